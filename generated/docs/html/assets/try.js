"use strict";
{
const call = JSON.parse(document.getElementById("call").textContent);
const { json } = specwright;
let form = null;
const printed = new Map();
const make = (name, attributes = {}, ...children) => {
const made = document.createElement(name);
for (const [key, value] of Object.entries(attributes)) {
if (value === true) made.setAttribute(key, "");
else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
}
made.append(...children);
return made;
};
function input(field, name) {
const common = { name, id: `try-${name}`, required: field.required };
const text = field.example ?? "";
if (field.file || field.kind === "file") return make("input", { ...common, type: "file", multiple: field.kind === "json", required: false });
if (field.kind === "boolean") field = { ...field, values: ["true", "false"] };
if (field.values) {
const values = field.values.includes(text) || !text ? field.values : [text, ...field.values];
const options = values.map((value) => make("option", { value, selected: value === text }, value));
if (!field.required) options.unshift(make("option", { value: "", selected: text === "" }, "–"));
return make("select", common, ...options);
}
if (field.kind === "json" || field.kind === "text" || text.includes("\n")) {
const area = make("textarea", { ...common, rows: Math.min(12, Math.max(3, text.split("\n").length)), spellcheck: "false" });
area.value = text;
if (field.kind === "json") area.addEventListener("input", () => {
let fault = "";
try {
if (area.value.trim()) JSON.parse(area.value);
} catch (error) {
fault = `No JSON: ${error.message}`;
}
area.setCustomValidity(fault);
});
return area;
}
const is_number = field.kind === "integer" || field.kind === "number";
const made = make("input", {
...common,
type: field.secret ? "password" : is_number ? "number" : "text",
step: field.kind === "number" ? "any" : undefined,
min: field.min,
max: field.max,
minlength: field.minLength,
maxlength: field.maxLength,
value: text,
autocomplete: "off",
spellcheck: "false",
});
if (field.pattern) {
made.addEventListener("input", () => {
let fits = true;
try {
fits = new RegExp(field.pattern, "u").test(made.value);
} catch {
}
made.setCustomValidity(made.value === "" || fits ? "" : `Does not match ${field.pattern}`);
});
}
return made;
}
function row(label, control, required, note) {
const name = make("label", { for: control.id }, label);
if (required) name.append(" ", make("span", { class: "req" }, "required"));
return make("div", { class: "try-row" }, name, control, ...(note ? [make("small", {}, note)] : []));
}
function group(title, ...rows) {
return make("fieldset", {}, make("legend", {}, title), ...rows);
}
const value = (name) => form.elements[name]?.value ?? "";
function typed(field, name) {
const control = form.elements[name];
const chosen = [...(control?.files ?? [])].map((file) => ({ file, text: control.texts?.get(file) ?? `(the contents of ${file.name})` }));
if (chosen.length) return field.kind === "json" ? chosen : chosen[0];
const text = control?.type === "file" ? (field.example ?? "") : value(name);
const isText = field.kind === "string" || field.kind === "text" || field.kind === "file";
if (text === "" && !(isText && (field.required || field.example === ""))) return undefined;
if (field.kind === "boolean") return text === "true";
if (field.kind === "integer" || field.kind === "number") return new json.Digits(text);
return field.kind === "json" ? json.parse(text) : text;
}
function serverRows() {
const options = call.servers.map((server, index) => make("option", { value: index }, server.url.map((piece) => piece.v ? `{${piece.v}}` : piece).join("")));
options.push(make("option", { value: "other" }, "Another server"));
const select = make("select", { name: "server", id: "try-server" }, ...options);
const more = make("div", { class: "try-more" });
const show = () => {
const server = call.servers[Number(select.value)];
if (!server) {
const url = make("input", { name: "base", id: "try-base", type: "url", required: true, value: "http://localhost:8080" });
more.replaceChildren(row("Address", url, true, "This page may only reach servers of the document, and localhost."));
} else {
more.replaceChildren(
...server.variables.map((variable) => {
const field = { kind: "string", required: true, example: variable.default, values: variable.values.length ? variable.values : undefined };
return row(variable.name, input(field, `variable-${variable.name}`), true);
}),
);
}
};
select.addEventListener("change", show);
show();
return [row("URL", select), more];
}
function baseUrl() {
const server = call.servers[Number(value("server"))];
const parts = server ? server.url.map((piece) => (piece.v ? value(`variable-${piece.v}`) : piece)) : [value("base")];
const url = parts.join("").replace(/\/+$/, "");
if (url.includes("://")) return specwright.encodeUrl(url);
if (url.startsWith("//")) return `https:${specwright.encodeUrl(url)}`;
const own = location.protocol === "file:" ? "http://localhost:8080" : location.origin;
return own + (url && !url.startsWith("/") ? "/" : "") + specwright.encodeUrl(url);
}
const credentials = call.security.flatMap((scheme) =>
scheme.kind === "basic" ? [{ ...scheme, part: "user" }, { ...scheme, part: "password", secret: true }] : [{ ...scheme, part: "token", secret: true }],
);
function body() {
const { fields, required, example, kind } = call.body;
if (!fields) return typed({ ...call.body, kind: kind === "form" || kind === "parts" ? "json" : kind }, "body");
const members = new Map();
const known = example === null || example === undefined ? new Map() : json.parse(example);
for (const [name, item] of known) if (!fields.some((field) => field.name === name)) members.set(name, item);
else members.set(name, undefined);
fields.forEach((field, index) => members.set(field.name, typed(field, `body-${index}`)));
for (const [name, item] of members) if (item === undefined) members.delete(name);
return !required && members.size === 0 ? undefined : members;
}
function built(shown) {
const given = (scheme, part) => value(`credential-${scheme.name}-${part}`);
const used = (scheme) => shown || given(scheme, "token") || given(scheme, "user");
return specwright.buildCall(
{ ...call, security: call.security.filter(used) },
{
server: baseUrl(),
value: (parameter) => typed(parameter, `parameter-${call.parameters.indexOf(parameter)}`),
secret: (scheme, part) => (shown ? undefined : given(scheme, part)),
body: call.body ? body() : undefined,
},
);
}
function request() {
const made = built(false);
const text = (pieces, inUrl) => specwright.spelled(made, pieces, inUrl);
const query = made.query.map((pair) => `${pair.name}=${text(pair.value, true)}`).join("&");
const headers = made.headers.filter(({ name }) => name !== "Cookie" && !(made.body?.parts && name === "Content-Type")).map((header) => [header.name, text(header.value)]);
if (made.basic) {
const bytes = new TextEncoder().encode(`${text([made.basic.user])}:${text([made.basic.password])}`);
headers.push(["Authorization", `Basic ${btoa(String.fromCharCode(...bytes))}`]);
}
return { method: made.method, url: text([made.base]) + text(made.path, true) + (query && `?${query}`), headers, body: made.body && sent(made.body) };
}
function sent(made) {
if (made.json !== undefined) return json.text(made.json, "  ");
if (made.form) return made.form.map((pair) => pair.map(specwright.component).join("=")).join("&");
if (!made.parts) return made.file ?? made.text;
const data = new FormData();
for (const part of made.parts) {
const text = part.json === undefined ? part.text : json.text(part.json);
if (part.file instanceof File) data.append(part.name, part.file);
else if (part.media) data.append(part.name, new Blob([text], { type: part.media }), part.file ? "file.txt" : "blob");
else data.append(part.name, text);
}
return data;
}
function highlighted(code) {
const token = /((?:^|\s)(?:#|\/\/)[^\n]*)|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])*')/g;
const made = [];
let last = 0;
for (const match of code.matchAll(token)) {
made.push(code.slice(last, match.index), make("i", { class: match[1] === undefined ? "s" : "c" }, match[0]));
last = match.index + match[0].length;
}
return [...made, code.slice(last)];
}
function preview() {
let made;
try {
made = built(true);
} catch {
return;
}
for (const panel of document.querySelectorAll(".panel[data-language]")) {
const code = panel.querySelector("pre code");
if (!printed.has(code)) printed.set(code, code.textContent);
const text = specwright.sample(panel.dataset.language, made, printed.get(code))?.replaceAll("\r\n", "\n").replace(/\n+$/, "");
if (text !== undefined && text !== code.textContent) code.replaceChildren(...highlighted(text));
panel.querySelector(".as-printed")?.remove();
if (text === undefined) {
code.textContent = printed.get(code);
panel.prepend(make("p", { class: "as-printed" }, "As printed: this language has no way to say what is typed, or its template is for the generator alone."));
}
}
}
function documented(status) {
const names = [String(status), `${Math.floor(status / 100)}XX`, "default"];
return names.map((name) => call.responses.find((response) => response.status === name)).find(Boolean);
}
function coloured(text) {
const code = make("code");
const token = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;
let last = 0;
for (const match of text.matchAll(token)) {
code.append(text.slice(last, match.index));
const kind = match[2] !== undefined ? "p" : match[3] ? "n" : "k";
const isText = match[1] !== undefined && match[2] === undefined;
code.append(isText ? match[0] : make("i", { class: kind }, match[1] ?? match[0]), match[2] ?? "");
last = match.index + match[0].length;
}
code.append(text.slice(last));
return code;
}
function pretty(text) {
try {
return coloured(JSON.stringify(JSON.parse(text), null, 2));
} catch {
return make("code", {}, text);
}
}
async function send(event) {
event.preventDefault();
const result = form.querySelector(".try-result");
const { method, url, headers, body } = request();
result.replaceChildren(make("p", { class: "more" }, "Sending …"));
const start = performance.now();
try {
const response = await fetch(url, { method, headers, body, redirect: "follow" });
const text = await response.text();
const time = Math.round(performance.now() - start);
show(result, response, text, time);
} catch (error) {
refused(result, url, error);
}
}
function show(result, response, text, time) {
const known = documented(response.status);
const kind = response.ok ? "ok" : response.status < 400 ? "redirect" : "error";
const head = make("p", { class: "try-status" }, make("span", { class: `pill st-${kind}` }, `${response.status} ${response.statusText}`), ` in ${time} ms`);
const said = make("p", { class: "try-typed" });
if (known) {
said.append(known.type ? make("b", {}, known.type) : "Documented, without a body", known.description ? `: ${known.description}` : "");
if (known.rust) said.append(make("br"), "In Rust ", make("code", {}, known.rust));
} else said.append("The document does not name this status.");
const list = [...response.headers].map(([name, item]) => `${name}: ${item}`).join("\n");
const answer = make("section", { class: "card", "aria-label": "Body of the answer" }, make("pre", { tabindex: "0" }, text ? pretty(text) : make("code", {}, "(no body)")));
const names = make("details", { class: "nested" }, make("summary", {}, `${[...response.headers].length} headers that this page may read`), make("pre", { tabindex: "0" }, list));
result.replaceChildren(head, said, answer, names);
}
function refused(result, url, error) {
const { origin } = new URL(url);
result.replaceChildren(
make("p", { class: "try-status" }, make("span", { class: "pill st-error" }, "No answer")),
make("p", {}, `The browser did not hand over an answer of ${origin} (${error.message}). One of three things is the cause:`),
make(
"ul",
{ class: "prose" },
make("li", {}, "The server does not let pages of other origins read its answers (CORS): it would have to send Access-Control-Allow-Origin, and answer an OPTIONS request first. The call may have had its effect all the same."),
make("li", {}, "The server cannot be reached, or its certificate is not trusted."),
make("li", {}, "The policy of this page does not allow it: only servers of the document and localhost are."),
),
make("p", {}, "The sample works where there is no browser: copy it and run it in a terminal."),
);
}
const NO_FILE = "Without a file, the text of the example is sent.";
async function readTexts(control) {
if (!control.files) return;
control.texts = new Map();
for (const file of control.files) {
const text = file.size <= 4096 ? await file.text() : "";
if (text && !text.includes("\ufffd") && !text.includes("\0")) control.texts.set(file, text);
}
}
function build() {
const parts = [group("Server", ...serverRows())];
if (credentials.length) {
const rows = credentials.map((item) => row(item.part === "token" ? item.name : `${item.name}, ${item.part}`, input({ kind: "string", secret: item.secret }, `credential-${item.name}-${item.part}`)));
parts.push(group("Credentials", ...rows, make("small", {}, "Kept in this form until the page is left.")));
}
if (call.parameters.length) {
parts.push(group("Parameters", ...call.parameters.map((item, index) => row(item.name, input(item, `parameter-${index}`), item.required, `in the ${item.in}`))));
}
if (call.body) {
const rows = call.body.fields
? call.body.fields.map((item, index) => row(item.name, input(item, `body-${index}`), item.required, item.file && NO_FILE))
: [row(call.body.type, input({ ...call.body, kind: call.body.kind === "form" || call.body.kind === "parts" ? "json" : call.body.kind }, "body"), call.body.required, call.body.kind === "file" && NO_FILE)];
parts.push(group("Body", ...rows));
}
const result = make("div", { class: "try-result", role: "status" });
form = make("form", { class: "try", "aria-label": "Try it" }, ...parts, make("button", { class: "try-send", type: "submit" }, "Send"), result);
form.addEventListener("submit", send);
form.addEventListener("input", preview);
form.addEventListener("change", async ({ target }) => {
await readTexts(target);
preview();
});
document.querySelector(".meta").after(form);
}
function declarations() {
const printed = document.querySelector('.panel[data-language="typescript"] code')?.textContent ?? "";
return printed.split("\n\n").filter((piece) => /^(interface|type) /.test(piece));
}
specwright.tryIt = (button) => {
if (!form && call.fixed.typescript) call.fixed.typescript.declarations = declarations();
if (!form) build();
else form.hidden = !form.hidden;
button.setAttribute("aria-expanded", String(!form.hidden));
if (!form.hidden) {
preview();
form.querySelector("select, input").focus();
}
};
}
