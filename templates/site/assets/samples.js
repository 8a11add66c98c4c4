// Samples of a call as it is edited, by the templates and the tables of the generator (`languages.js`), so that they are
// what the generator would have printed. What templates may use here is what ours use: `if`, `for`, names and tests.
"use strict";

{
  const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u;
  const hex = (number, width = 0) => number.toString(16).padStart(width, "0");
  const units = (c) => [...Array(c.length).keys()].map((at) => `\\u${hex(c.charCodeAt(at), 4)}`).join("");
  const { component, json, spelled, BOUNDARY } = specwright;

  /** How a character is spelled by its number. */
  const NUMBERS = {
    utf16: units,
    wide: (c) => (c.length === 1 ? units(c) : `\\U${hex(c.codePointAt(0), 8)}`),
    braced: (c) => `\\u{${hex(c.codePointAt(0))}}`,
    bytes: (c) => [...new TextEncoder().encode(c)].map((byte) => `\\x${hex(byte, 2)}`).join(""),
  };

  function character(table, c) {
    if (Object.hasOwn(table.escapes, c)) return table.escapes[c];
    return INVISIBLE.test(c) || (table.ascii && c > "\x7f") ? NUMBERS[table.code](c) : c;
  }

  const quoted = (table, text) => table.quote + [...text].map((c) => character(table, c)).join("") + table.quote;
  const shell = (text) => `'${text.replaceAll("\0", "").replace(/'|\\(?=$|')/g, (c) => (c === "'" ? "'\\''" : "'\\\\'"))}'`;
  const escaped = (text, ascii) => [...text].map((c) => (c !== "\n" && (INVISIBLE.test(c) || (ascii && c > "\x7f")) ? units(c) : c)).join("");
  const pretty = (value, ascii) => escaped(json.text(value, "  "), ascii);

  /** The text of a JSON value as a literal, in languages without such values. */
  const JSON_TEXT = {
    shell: (value) => shell(pretty(value)),
    java(value, table) {
      const text = pretty(value, true);
      const keeps = !text.includes('"""') && !text.endsWith('"');
      const line = (line) => [...line].map((c) => (keeps && c === '"' ? c : character(table, c))).join("");
      return `"""${text.split("\n").map((one) => `\n            ${line(one)}`).join("")}"""`;
    },
    go: (value, table) => (pretty(value).includes("`") ? quoted(table, pretty(value)) : `\`${pretty(value)}\``),
    csharp: (value) => `@"${pretty(value).replaceAll('"', '""')}"`,
    perl: (value) => `'${pretty(value).replace(/[\\']/g, "\\$&")}'`,
    r(value) {
      const text = pretty(value, true);
      let hyphens = "";
      while (text.includes(`)${hyphens}"`)) hyphens += "-";
      return `r"${hyphens}(${text})${hyphens}"`;
    },
  };

  const isIndex = (key) => /^-?\d+$/.test(key);
  const isWhole = (digits) => /^-?\d+$/.test(digits);
  /** Whether a language keeps a value as it is. */
  const KEEPS = {
    script: (value) => (value instanceof Map ? ![...value.keys()].some((key) => key === "__proto__" || isIndex(key)) : !(value instanceof json.Digits && isWhole(value.digits)) || Number.isSafeInteger(Number(value.digits))),
    php: (value) => (value instanceof Map ? ![...value.keys()].some(isIndex) : !(value instanceof json.Digits && isWhole(value.digits)) || BigInt(value.digits) < 2n ** 63n),
  };
  const isWord = (key) => /^[a-z][A-Za-z0-9_]{0,39}$/.test(key);

  /** A literal of a value; nothing if the language cannot say it exactly. */
  function literal(language, value, depth = 1) {
    const { values, table } = language;
    if (!(KEEPS[values.keeps]?.(value) ?? true)) return undefined;
    if (value === null) return values.null;
    if (typeof value === "boolean") return value ? values.yes : values.no;
    if (typeof value === "string") return quoted(table, value);
    if (value instanceof json.Digits) return value.digits;
    const items = Array.isArray(value)
      ? value.map((item) => literal(language, item, depth + 1))
      : [...value].map(([key, item]) => {
          const text = literal(language, item, depth + 1);
          return text && (values.keeps === "script" && isWord(key) ? key : quoted(table, key)) + values.pair + text;
        });
    if (items.includes(undefined)) return undefined;
    const [open, close] = Array.isArray(value) ? ["[", "]"] : values.object;
    if (!items.length) return Array.isArray(value) ? "[]" : values.empty_object;
    return `${open}${items.map((item) => `\n${values.indent.repeat(depth)}${item},`).join("")}\n${values.indent.repeat(depth - 1)}${close}`;
  }

  /** Literals and variables one after the other. */
  function text(language, names, pieces, inUrl) {
    const literalOf = (part) => (language.table ? quoted(language.table, part) : shell(part));
    const merged = [];
    for (const piece of pieces) {
      if (typeof piece === "string" && typeof merged.at(-1) === "string") merged.push(merged.pop() + piece);
      else merged.push(piece);
    }
    if (!language.table && merged.some((piece) => typeof piece !== "string")) {
      const inside = merged.map((piece) => {
        if (typeof piece === "string") return piece.replaceAll("\0", "").replace(/["\\$`]/g, "\\$&");
        return inUrl || piece.encoded ? `$(urlencode "$${names[piece.id]}")` : `\${${names[piece.id]}}`;
      });
      return `"${inside.join("")}"`;
    }
    const parts = merged.filter((piece) => piece !== "").map((piece) => {
      if (typeof piece === "string") return literalOf(piece);
      const name = language.sigil + names[piece.id];
      return inUrl || piece.encoded ? `encode(${name})` : name;
    });
    if (!parts.length) return literalOf("");
    return parts.length === 1 ? parts[0] : language.call ? `${language.call}(${parts.join(", ")})` : parts.join(language.infix);
  }

  /** The body of parts as it is on the wire. */
  function message(parts) {
    const one = (part) => {
      const name = part.name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
      const head = part.name && `Content-Disposition: form-data; name="${name}"${part.file ? `; filename="${fileName(part)}"` : ""}`;
      const lines = [`--${BOUNDARY}`, ...(head ? [head] : []), ...(part.media ? [`Content-Type: ${part.media}`] : []), "", part.json === undefined ? part.text : json.text(part.json)];
      return `${lines.join("\r\n")}\r\n`;
    };
    return `${parts.map(one).join("")}--${BOUNDARY}--\r\n`;
  }
  const fileName = (part) => part.file?.name?.replace(/["\\\r\n;]/g, "_") ?? "file.txt";

  function bodyView(language, name, body) {
    const string = (part) => (language.table ? quoted(language.table, part) : shell(part));
    const view = { json: null, form: null, parts: null, text: null, media_type: string(body.type) };
    if (body.json !== undefined) {
      const made = language.values && literal(language, body.json);
      if (made !== undefined && made !== null) view.json = made;
      else view.text = language.values ? string(pretty(body.json)) : JSON_TEXT[name](body.json, language.table);
    } else if (body.form) view.form = body.form.map(([key, value]) => ({ name: string(key), value: string(value), line: string(`${component(key)}=${value}`) }));
    else if (body.parts) {
      view.text = string(message(body.parts));
      view.parts = body.parts.map((part) => {
        const content = part.json === undefined ? part.text : escaped(json.text(part.json));
        const form = `${part.name}="${content.replace(/[\\"]/g, "\\$&")}"${part.file ? `;filename=${fileName(part)}` : ""}${part.media ? `;type=${part.media}` : ""}`;
        return {
          name: string(part.name),
          text: string(content),
          line: string(`${part.name}=${content}`),
          json: (part.json !== undefined && language.values && literal(language, part.json)) || null,
          media_type: part.media ? string(part.media) : null,
          file_name: part.file ? string(fileName(part)) : null,
          form: part.media ? string(form) : null,
        };
      });
    } else view.text = string(body.text);
    return view;
  }

  const isContent = (name) => /^content-|^(allow|expires|last-modified)$/i.test(name);

  function view(language, name, call) {
    const string = (part) => (language.table ? quoted(language.table, part) : shell(part));
    const names = name === "typescript" ? scriptNames(call) : call.variables.map((variable) => variable.name);
    const variable = ({ id }) => language.sigil + names[id];
    const isVariable = (piece) => typeof piece !== "string";
    const made = {
      title: call.title,
      method: string(call.method),
      method_word: /^[A-Za-z0-9]*$/.test(call.method) ? call.method : string(call.method),
      method_class: /^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)$/.test(call.method) ? call.method[0] + call.method.slice(1).toLowerCase() : null,
      is_head: call.method === "HEAD",
      variables: call.variables.map(({ name, fallback }) => ({ name, key: string(name), fallback: string(fallback) })),
      encodes: call.path.some(isVariable) || call.query.some((pair) => pair.value.some(isVariable)) || call.headers.some((header) => header.value.some((piece) => piece.encoded)),
      headers: call.headers.map((header) => ({
        name: string(header.name),
        value: text(language, names, header.value),
        line: text(language, names, [`${header.name}: `, ...header.value]),
        is_content: isContent(header.name),
        is_of_parts: Boolean(call.body?.parts) && header.name === "Content-Type",
      })),
      has_cookie: call.headers.some((header) => header.name === "Cookie"),
      has_content_header: call.headers.some((header) => isContent(header.name)),
      has_underscore: call.headers.some((header) => header.name.includes("_")),
      basic: call.basic ? { user: variable(call.basic.user), password: variable(call.basic.password) } : null,
      body: call.body ? bodyView(language, name, call.body) : null,
      download: call.download ? variable(call.download) : null,
    };
    // The server is not percent-encoded, and neither is it text: it is put in by itself.
    const rest = [...call.path, ...call.query.flatMap((pair, index) => [`${index ? "&" : "?"}${pair.name}=`, ...pair.value])];
    const encoded = rest.map((piece) => (isVariable(piece) ? { ...piece, encoded: true } : piece));
    made.url = text(language, names, [call.base, ...encoded]);
    return name === "typescript" ? { ...made, ...script(call) } : made;
  }

  const camel = (name) => name.toLowerCase().replace(/_+([a-z0-9])/g, (_, c) => c.toUpperCase());
  function words(call) {
    const all = call.variables.map((variable) => camel(variable.name));
    return all.map((word, index) => (specwright.languages.typescript.taken.includes(word) || all.filter((other) => other === word).length > 1 ? call.variables[index].name : word));
  }
  const isField = (call, id) => id === call.base.id || call.credentials.includes(id);
  const scriptNames = (call) => words(call).map((word, id) => (id === call.download?.id ? call.variables[id].name : isField(call, id) ? `this.${word}` : word));

  function script(call) {
    const all = words(call).map((name, id) => ({ name, variable: call.variables[id].name, id }));
    const { method, output, is_json, declarations, body_type } = call.typescript;
    return {
      method_name: method,
      fields: all.filter(({ id }) => isField(call, id)),
      arguments: all.filter(({ id }) => !isField(call, id) && id !== call.download?.id),
      body_type: call.body ? body_type : null,
      output,
      is_json,
      declarations,
    };
  }

  function wire(call) {
    const base = call.variables[call.base.id].fallback.replace(/^[^:]*:\/\//, "");
    const [, host, prefix] = /^([^/?#]*)(.*)$/s.exec(base);
    let target = prefix + spelled(call, call.path, true) + call.query.map((pair, index) => `${index ? "&" : "?"}${pair.name}=${spelled(call, pair.value, true)}`).join("");
    if (!target.startsWith("/")) target = `/${target}`;
    const bytes = (part) => String.fromCharCode(...new TextEncoder().encode(part));
    const line = (name, value) => `${name}: ${[...value].filter((c) => c === "\t" || !INVISIBLE.test(c)).join("")}`;
    const headers = [line("Host", host)];
    if (call.basic) headers.push(line("Authorization", `Basic ${btoa(bytes(`${spelled(call, [call.basic.user])}:${spelled(call, [call.basic.password])}`))}`));
    headers.push(...call.headers.map((header) => line(header.name, spelled(call, header.value))));
    const { body } = call;
    const sent = !body ? "" : body.json !== undefined ? pretty(body.json) : body.form ? body.form.map((pair) => pair.map(component).join("=")).join("&") : body.parts ? message(body.parts) : body.text;
    if (body) headers.push(line("Content-Length", String(bytes(sent).length)));
    return { request_line: `${call.method} ${target} HTTP/1.1`, headers, body: sent };
  }

  // The templates: a text, an expression, a condition or a loop.
  function parse(source) {
    const pieces = source.split(/(\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\})/);
    const root = [];
    const stack = [{ nodes: root }];
    let atStart = true;
    pieces.forEach((piece, index) => {
      const { nodes } = stack.at(-1);
      if (index % 2 === 0) {
        const [before, after] = [pieces[index - 1], pieces[index + 1]];
        let own = piece;
        if (before?.endsWith("-%}") || before?.endsWith("-}}")) own = own.trimStart();
        else if (before?.startsWith("{%")) own = own.replace(/^\r?\n/, "");
        atStart = !before || (before.startsWith("{%") && own !== piece);
        if (after?.startsWith("{%-") || after?.startsWith("{{-")) own = own.trimEnd();
        else if (after?.startsWith("{%")) own = own.replace(atStart ? /(^|\n)[ \t]*$/ : /(\n)[ \t]*$/, "$1");
        if (own) nodes.push({ text: own });
        return;
      }
      const code = piece.slice(2, -2).replace(/^-|-$/g, "").trim();
      if (piece.startsWith("{{")) return nodes.push({ show: expression(code) });
      const [, word, rest] = /^(\w+)\s*([\s\S]*)$/.exec(code);
      if (word === "if") {
        const node = { branches: [[expression(rest), []]] };
        nodes.push(node);
        stack.push({ node, nodes: node.branches[0][1] });
      } else if (word === "elif" || word === "else") {
        const branch = [word === "else" ? () => true : expression(rest), []];
        stack.at(-1).node.branches.push(branch);
        stack.at(-1).nodes = branch[1];
      } else if (word === "for") {
        const [, name, list, , only] = /^(\w+) in (.+?)( if (.+))?$/s.exec(rest);
        const node = { name, list: expression(list), only: only ? expression(only) : () => true, nodes: [] };
        nodes.push(node);
        stack.push({ nodes: node.nodes });
      } else if (word === "endif" || word === "endfor") stack.pop();
      else throw new Error(`${word} is for the generator`);
    });
    return root;
  }

  const truth = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  function expression(code) {
    const tokens = code.match(/"[^"]*"|[\w.]+|[()]/g);
    if (tokens.join("") !== code.replace(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, "")) throw new Error(`${code} is for the generator`);
    let at = 0;
    const take = (word) => tokens[at] === word && Boolean((at += 1));
    const primary = () => {
      const word = tokens[at++];
      if (word === "(") {
        const inner = either();
        at += 1;
        return inner;
      }
      if (word.startsWith('"')) return () => word.slice(1, -1);
      const names = word.split(".");
      return (scope) => names.reduce((value, name) => value?.[name], scope);
    };
    const test = () => {
      if (take("not")) {
        const inner = test();
        return (scope) => !truth(inner(scope));
      }
      const inner = primary();
      if (!take("is")) return inner;
      const not = take("not");
      at += 1;
      return (scope) => ((inner(scope) ?? null) === null) !== not;
    };
    const chain = (word, part, decide) => {
      let left = part();
      while (take(word)) {
        const [one, other] = [left, part()];
        left = (scope) => (truth(one(scope)) === decide ? decide : truth(other(scope)));
      }
      return left;
    };
    const both = () => chain("and", test, false);
    const either = () => chain("or", both, true);
    return either();
  }

  const fill = (nodes, scope) =>
    nodes
      .map((node) => {
        if (node.text !== undefined) return node.text;
        if (node.show) return node.show(scope);
        if (node.branches) return fill(node.branches.find(([holds]) => truth(holds(scope)))?.[1] ?? [], scope);
        const items = node.list(scope).filter((item) => truth(node.only({ ...scope, [node.name]: item })));
        return items.map((item, index) => fill(node.nodes, { ...scope, [node.name]: item, loop: { first: !index, last: index === items.length - 1, index: index + 1 } })).join("");
      })
      .join("");

  const parsed = new Map();
  /** The sample of a call in a language; nothing if only the generator can write it. */
  specwright.sample = (name, call, printed) => {
    if (name === "rust") return specwright.rust(call, printed);
    const language = specwright.languages[name];
    if (!language) return undefined;
    if (!parsed.has(name)) {
      try {
        parsed.set(name, parse(language.template));
      } catch {
        // A template of the user's own may say more than this script knows.
        parsed.set(name, null);
      }
    }
    if (!parsed.get(name)) return undefined;
    return fill(parsed.get(name), name === "http" ? wire(call) : view(language, name, call));
  };
}
