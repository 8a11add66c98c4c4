"use strict";
{
const { json } = specwright;
const WIDTH = 89;
const MONTHS = "January,February,March,April,May,June,July,August,September,October,November,December".split(",");
const RESERVED = "Client,Error,Result,Box,Vec,String,Option,Some,None,Ok,Err,SecretString,BTreeMap,FilePart,Body,BodyItems".split(",");
const group = (open, items, close, block = false) => (items.includes(undefined) ? undefined : items.length ? { open, items, close, block, chain: "" } : open + close);
const before = (text, code) => code && (typeof code === "string" ? text + code : { ...code, open: text + code.open });
const then = (code, method) => code && (typeof code === "string" ? code + method : { ...code, chain: method });
const flat = (code) => (typeof code === "string" ? code : code.open + code.items.map(flat).join(", ") + code.close + code.chain);
const hasBlock = (code) => Boolean(code.block || code.items?.some(hasBlock));
function laid(code, indent, rest = 0) {
const line = flat(code);
if (typeof code === "string" || (indent + line.length + rest <= WIDTH && !hasBlock(code))) return line;
const { open, items, close, chain } = code;
if (items.length === 1 && items[0].block) return open + laid(items[0], indent, rest + 1) + close + chain;
const pad = "\n" + " ".repeat(indent);
if (chain && !hasBlock(code) && (!items.length || indent + line.length - chain.length <= WIDTH)) return `${line.slice(0, -chain.length)}${pad}    ${chain}`;
const last = items.length - 1;
const lines = items.map((item, index) => `${pad}    ${laid(item, indent + 4, Number(index < last))}${flat(item).startsWith("..") ? "" : ","}`);
return `${open}${lines.join("")}${pad}${close}${chain && `${pad}    ${chain}`}`;
}
function filled(texts, indent) {
const lines = [];
texts.forEach((one, index) => {
const text = one + (index < texts.length - 1 ? "," : "");
if (lines.length && indent + lines.at(-1).length + 1 + text.length <= WIDTH) lines.push(`${lines.pop()} ${text}`);
else lines.push(text);
});
return lines.map((line) => `\n${" ".repeat(indent)}${line}`);
}
function listed(path, names) {
const one = names.length > 1 ? `{${names.join(", ")}}` : names[0];
if (names.length === 1 || `use ${path}${one};`.length <= WIDTH) return `${one};`;
return `{${filled(names, 4).join("")},\n};`;
}
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u;
const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0" };
const text = (value) => `"${[...value].map((c) => ESCAPES[c] ?? (INVISIBLE.test(c) ? `\\u{${c.codePointAt(0).toString(16)}}` : c)).join("")}"`;
const turned = (value, method) => ({ open: text(value), items: [], close: "", chain: method });
const isWhole = (digits) => /^-?\d+$/.test(digits);
const within = (digits, bits) => BigInt.asIntN(bits, BigInt(digits)) === BigInt(digits);
class Writer {
constructor(call) {
this.call = call;
this.types = new Set();
this.names = new Set(["Client"]);
}
named(name) {
if (RESERVED.includes(name)) {
this.has_types = true;
return `types::${name}`;
}
this.types.add(name);
return name;
}
spell(ty, value) {
const [letter, ...inner] = Array.isArray(ty) ? ty : [ty[0], ty.slice(1)];
const isText = typeof value === "string";
const digits = value instanceof json.Digits ? value.digits : undefined;
switch (letter) {
case "?":
return value === null ? "None" : group("Some(", [this.spell(inner[0], value)], ")");
case "^":
return group("Box::new(", [this.spell(inner[0], value)], ")");
case "*":
return Array.isArray(value) ? group("vec![", value.map((item) => this.spell(inner[0], item)), "]") : undefined;
case "(":
return Array.isArray(value) && value.length === inner.length ? group("(", inner.map((one, index) => this.spell(one, value[index])), ")") : undefined;
case "%":
return this.map("s", inner[0], value);
case "&":
return this.map(inner[0], inner[1], value);
case "#":
return this.type(inner[0], specwright.languages.rust.types[inner[0]], value);
case "b":
return typeof value === "boolean" ? String(value) : undefined;
case "i":
return digits && isWhole(digits) ? digits : undefined;
case "f":
return digits && (isWhole(digits) ? `${digits}.0` : digits);
case "n":
return digits && (isWhole(digits) && within(digits, 128) ? `${digits}${within(digits, 32) ? "" : "i128"}.into()` : `${text(digits)}.parse()?`);
case "s":
return isText ? turned(value, ".to_owned()") : undefined;
case "S":
return isText ? turned(value, ".into()") : undefined;
case "p":
return isText ? turned(value, ".parse()?") : undefined;
case "d": {
const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
return MONTHS[month - 1] && `time::Date::from_calendar_date(${Number(year)}, time::Month::${MONTHS[month - 1]}, ${Number(day)})?`;
}
case "x":
return isText ? this.bytes(value) : undefined;
case "j":
if (hasParts(value)) return `serde_json::json!(${this.json(value)})`;
return value === null ? "serde_json::Value::Null" : group("serde_json::Value::from(", [this.json(value).replace(/^- /, "-")], ")");
case "F":
return this.file(value);
case "u":
return "()";
}
}
bytes(value) {
try {
const bytes = [...atob(value)].map((c) => (c === '"' || c === "\\" ? `\\${c}` : c >= " " && c <= "~" ? c : `\\x${c.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`));
return `b"${bytes.join("")}".to_vec().into()`;
} catch {
return undefined;
}
}
file(value) {
const content = typeof value === "string" ? value : value?.text;
if (content === undefined) return undefined;
this.names.add("FilePart");
return then(group("FilePart::new(", [text(content)], ")"), `.file_name(${text(value.file?.name ?? "file.txt")})`);
}
json(value) {
if (value instanceof Map) return value.size ? `{ ${[...value].map(([key, item]) => `${text(key)} : ${this.json(item)}`).join(", ")} }` : "{}";
if (Array.isArray(value)) return `[${value.map((item) => this.json(item)).join(", ")}]`;
if (typeof value === "string") return text(value);
if (!(value instanceof json.Digits)) return String(value);
const { digits } = value;
if (digits.length > 17 && !(isWhole(digits) && within(digits, 64))) return `${text(digits)}.parse::<serde_json::Number>()?`;
return digits.replace("-", "- ") + (isWhole(digits) && !within(digits, 32) ? "i64" : "");
}
map(key, ty, value) {
if (!(value instanceof Map)) return undefined;
const pairs = [...value].map(([name, item]) => group("(", [this.spell(key, name), this.spell(ty, item)], ")"));
return then(group("[", pairs, "]"), ".into()");
}
type(name, [kind, ...made], value) {
if (kind === "alias") return this.spell(made[0], value);
if (kind === "new") return group(`${this.named(name)}(`, [this.spell(made[0], value)], ")");
if (kind === "union") return this.union(name, made, value);
if (kind === "record") return value instanceof Map ? this.record(name, made, value) : undefined;
const known = made[0].find(([wire]) => wire === (value?.digits ?? value));
return known && `${this.named(name)}::${known[1]}`;
}
union(name, [tag, variants], value) {
const word = tag && value instanceof Map ? value.get(tag) : undefined;
const unsaid = (ty) => {
const [kind, , fields] = specwright.languages.rust.types[String(ty).replace(/^\^*#/, "")] ?? [];
return kind === "record" && value instanceof Map ? [...value.keys()].filter((key) => !fields.some((field) => field[1] === key)).length : 0;
};
const candidates = variants.filter(([, , tags]) => !tag || tags.includes(word));
for (const [variant, ty] of candidates.sort((one, other) => unsaid(one[1]) - unsaid(other[1]))) {
const inner = this.spell(ty, value);
if (inner) return group(`${this.named(name)}::${variant}(`, [inner], ")");
}
return undefined;
}
record(name, [constructor, fields, additional], members) {
const path = this.named(name);
const isArgument = ([, , , mark]) => constructor === "new" && mark === "!";
const field = ([, , ty, mark], value) => (!mark && String(ty).startsWith("??") ? group("Some(", [this.spell(ty.slice(1), value)], ")") : this.spell(ty, value));
const others = [...members].filter(([key]) => !fields.some((one) => one[1] === key));
const rest = [];
const given = [];
for (const one of fields) {
const [own, wire, ty, mark, constant] = one;
const value = members.get(wire);
if (isArgument(one)) given.push(typeof value === "string" && (ty === "s" || ty === "S") ? text(value) : value === undefined ? undefined : field(one, value));
else if (constructor === "") rest.push(before(`${own}: `, field(one, value ?? null)));
else if (value !== undefined && !(mark === "=" && constant === (value?.digits ? Number(value.digits) : value))) {
const made = field(one, value);
if (made) rest.push(before(`${own}: `, made));
}
}
if (given.includes(undefined)) return undefined;
const all = rest.length === fields.length && !additional;
if (additional && others.length) rest.push(before(`${additional[0]}: `, this.map("s", additional[1], new Map(others))));
else if (additional && constructor === "") rest.push(`${additional[0]}: Default::default()`);
if (constructor === "") return group(`${path} {`, rest, "}", true);
const base = group(`${path}::${constructor}(`, given, ")");
if (!rest.length) return base;
return group(`${path} {`, all ? rest : [...rest, before("..", base)], "}", true);
}
body({ type, way }, body) {
if (way === "items" || way === "list") {
const lines = String(body.value ?? "").split(/[\n\x1e]/).filter((line) => line.trim());
const list = this.spell(type, lines.map((line) => json.parse(line)));
if (way === "list") return list;
this.names.add("BodyItems");
return group("BodyItems::from(", [list], ")");
}
if (way === "bytes") return `${text(body.text)}.as_bytes()`;
if (way === "body") {
this.names.add("Body");
return `Body::from(${text(body.text)}.as_bytes())`;
}
return way ? text(body.text) : this.spell(type, body.value);
}
sent(argument, lets) {
const by = argument.by ?? "";
if (!argument.of) {
const { body } = this.call;
return body ? before(argument.way ? "" : by, this.body(argument, body)) : null;
}
const [place, name] = argument.of;
const sent = this.call.arguments.find((one) => one.in === place && one.name === name);
if (!sent) return null;
if (sent.variable && argument.local) {
lets.push(this.variable(argument.local, sent.variable.id, argument.parse));
return by + argument.local;
}
if (by && argument.type === "s" && typeof sent.value === "string") return text(sent.value);
return before(by, this.spell(argument.type, sent.value));
}
value(id) {
const { name, fallback } = this.call.variables[id];
return group("variable(", [text(name), text(fallback)], ")");
}
variable(local, id, parse) {
const value = this.value(id);
return `${laid(before(`let ${local} = `, parse ? then(value, ".parse()?") : value), 4, 1)};`;
}
chain(start, first, links, end) {
const line = `${start}${first}${links.map(flat).join("")}${end}`;
if (4 + line.length <= WIDTH && !links.some(hasBlock)) return line;
return `${start}${first}${links.map((link) => `\n        ${laid(link, 8, 0)}`).join("")}${end}`;
}
imports() {
const { package: own } = specwright.languages.rust;
const lines = [`${own}::`, ...(this.has_types ? [`${own}::types;`] : []), `${own}::types::`, "std::env;"];
const lists = { [`${own}::`]: this.names, [`${own}::types::`]: this.types };
return lines.filter((line) => lists[line]?.size !== 0).map((line) => `use ${line}${lists[line] ? listed(line, [...lists[line]].sort()) : ""}`).join("\n");
}
sample(printed) {
const { call } = this;
const { method, credentials, arguments: required, setters } = call.rust;
const lets = [this.variable("base_url", call.base.id)];
const ids = [...call.credentials];
const keys = credentials.map((name, index) => {
const own = ids.splice(0, call.kinds[index] === "basic" ? 2 : 1).map((id) => {
const local = call.variables[id].name.toLowerCase();
lets.push(this.variable(local, id));
return local;
});
return `.${name}(${own.join(", ")})`;
});
const given = required.map((argument) => this.sent(argument, lets) ?? undefined);
const made = setters.map((setter) => [setter.name, this.sent(setter, lets)]).filter(([, value]) => value !== null);
const links = [group(`.${method}(`, given, ")"), ...made.map(([name, value]) => group(`.${name}(`, [value], ")"))];
if (links.includes(undefined)) return undefined;
const lines = [
...lets,
this.chain("let client = ", "Client::builder()", [".base_url(base_url)", ...keys, ".build()?"], ";"),
this.chain("let response = ", "client", [...links, ".await", ".map_err(shown)?"], ";"),
call.download ? `std::fs::write(${flat(this.value(call.download.id))}, &*response)?;` : 'println!("{response:?}");',
"Ok(())",
];
const [, head, , start, tail] = /^([\s\S]*?\n\n)(use [\s\S]*?)(\n\n#\[tokio::main\]\n.*\n)[\s\S]*?(\n\}\n[\s\S]*)$/.exec(printed);
return `${head}${this.imports()}${start}${lines.map((line) => `    ${line}`).join("\n")}${tail}`;
}
}
const hasParts = (value) => Array.isArray(value) || value instanceof Map;
specwright.rust = (call, printed) => {
try {
return call.rust && new Writer(call).sample(printed);
} catch {
return undefined;
}
};
}
