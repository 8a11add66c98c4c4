// "Try it": a form from the parameters and the body of an operation, sent from the page. Credentials are kept in the
// form alone: nothing of them is stored, and no sample shows them.
"use strict";

{
  const call = JSON.parse(document.getElementById("call").textContent);
  const PLACEHOLDER = "YOUR_TOKEN";
  let form = null;

  const make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };

  /** The input for a value, with what the document demands of it as far as a browser can check it. */
  function input(field, name) {
    const common = { name, id: `try-${name}`, required: field.required };
    const text = field.example === undefined ? "" : typeof field.example === "string" ? field.example : JSON.stringify(field.example, null, 2);
    if (field.kind === "boolean") field = { ...field, values: ["true", "false"] };
    if (field.values) {
      const options = field.values.map((value) => make("option", { value, selected: value === text }, value));
      if (!field.required) options.unshift(make("option", { value: "", selected: text === "" }, "–"));
      return make("select", common, ...options);
    }
    if (field.kind === "json") {
      const area = make("textarea", { ...common, rows: Math.min(12, Math.max(3, text.split("\n").length)), spellcheck: "false" });
      area.value = text;
      area.addEventListener("input", () => {
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
          // A pattern that is no regular expression demands nothing.
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

  /** The value of a field as JSON; nothing where it is left out. */
  function typed(field, text) {
    if (text === "") return undefined;
    if (field.kind === "boolean") return text === "true";
    if (field.kind === "integer" || field.kind === "number") return Number(text);
    if (field.kind === "json") return JSON.parse(text);
    return text;
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
        more.replaceChildren(row("URL", url, true, "This page may only reach servers of the document, and localhost."));
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
    return [row("Server", select), more];
  }

  function baseUrl() {
    const server = call.servers[Number(value("server"))];
    const url = server ? server.url.map((piece) => (piece.v ? value(`variable-${piece.v}`) : piece)).join("") : value("base");
    return new URL(url, location.href).href.replace(/\/+$/, "");
  }

  const credentials = call.security.flatMap((scheme) =>
    scheme.kind === "basic" ? [{ ...scheme, part: "user" }, { ...scheme, part: "password", secret: true }] : [{ ...scheme, part: "token", secret: true }],
  );

  /** The text of a value in a path, a header or a cookie. */
  function simple(item, explode) {
    if (Array.isArray(item)) return item.join(",");
    if (item && typeof item === "object") return Object.entries(item).map(([key, part]) => `${key}${explode ? "=" : ","}${part}`).join(",");
    return String(item);
  }

  /** The pairs of a value in a query. */
  function pairs({ name, style, explode }, item) {
    if (Array.isArray(item)) {
      const separator = { space: " ", pipe: "|" }[style] ?? ",";
      return explode ? item.map((part) => [name, part]) : [[name, item.join(separator)]];
    }
    if (item && typeof item === "object") {
      if (style === "deep") return Object.entries(item).map(([key, part]) => [`${name}[${key}]`, part]);
      return explode ? Object.entries(item) : [[name, simple(item, false)]];
    }
    return [[name, item]];
  }

  /** The request that the form says. With `shown`, credentials are placeholders. */
  function request(shown) {
    const headers = [];
    const query = [];
    const cookies = [];
    const inPath = new Map();
    call.parameters.forEach((parameter, index) => {
      const item = typed(parameter, value(`parameter-${index}`));
      if (item === undefined) return;
      if (parameter.in === "path") inPath.set(parameter.name, encodeURIComponent(simple(item, parameter.explode)));
      else if (parameter.in === "query") query.push(...pairs(parameter, item));
      else if (parameter.in === "header") headers.push([parameter.name, simple(item, parameter.explode)]);
      else cookies.push(`${parameter.name}=${encodeURIComponent(simple(item, false))}`);
    });
    for (const scheme of call.security) {
      const secret = (part) => {
        const given = value(`credential-${scheme.name}-${part}`);
        return shown ? PLACEHOLDER : given;
      };
      const given = value(`credential-${scheme.name}-token`) || value(`credential-${scheme.name}-user`);
      if (!given && !shown) continue;
      if (scheme.kind === "bearer") headers.push(["Authorization", `Bearer ${secret("token")}`]);
      else if (scheme.kind === "basic") headers.push(["Authorization", shown ? "Basic …" : `Basic ${btoa(`${secret("user")}:${secret("password")}`)}`]);
      else if (scheme.place === "header") headers.push([scheme.key, secret("token")]);
      else if (scheme.place === "query") query.push([scheme.key, secret("token")]);
      else cookies.push(`${scheme.key}=${secret("token")}`);
    }
    if (cookies.length) headers.push(["Cookie", cookies.join("; ")]);
    const path = call.path.map((piece) => (piece.p === undefined ? piece : (inPath.get(piece.p) ?? ""))).join("");
    const text = query.map(([key, item]) => `${encodeURIComponent(key)}=${encodeURIComponent(item)}`).join("&");
    const url = baseUrl() + path + (text ? `?${text}` : "");
    const body = bodyText();
    if (body !== undefined) headers.push(["Content-Type", call.body.type]);
    return { method: call.method, url, headers, body };
  }

  function bodyText() {
    if (!call.body) return undefined;
    if (!call.body.fields) {
      const text = value("body");
      return text === "" ? undefined : text;
    }
    const members = {};
    call.body.fields.forEach((field, index) => {
      const item = typed(field, value(`body-${index}`));
      if (item !== undefined) members[field.name] = item;
    });
    if (!call.body.required && Object.keys(members).length === 0) return undefined;
    if (call.body.kind !== "form") return JSON.stringify(members, null, 2);
    const list = new URLSearchParams();
    for (const [key, item] of Object.entries(members)) {
      for (const part of Array.isArray(item) ? item : [item]) list.append(key, typeof part === "object" ? JSON.stringify(part) : part);
    }
    return list.toString();
  }

  // The request in the languages that can say any request in a few lines; the other tabs keep their sample.
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const literal = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const spelled = {
    shell: ({ method, url, headers, body }) =>
      [`curl --request ${/^\w+$/.test(method) ? method : quoted(method)} ${quoted(url)}`, ...headers.map(([name, text]) => `--header ${quoted(`${name}: ${text}`)}`), ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`])].join(" \\\n  "),
    http: ({ method, url, headers, body }) => {
      const { host, pathname, search } = new URL(url);
      return [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`, ...headers.map(([name, text]) => `${name}: ${text}`), "", body ?? ""].join("\n");
    },
    javascript: ({ method, url, headers, body }) =>
      `const response = await fetch(${literal(url)}, {\n  method: ${literal(method)},\n  headers: {\n${headers.map(([name, text]) => `    ${literal(name)}: ${literal(text)},\n`).join("")}  },\n${body === undefined ? "" : `  body: ${literal(body)},\n`}});\nconsole.log(response.status, await response.text());`,
    python: ({ method, url, headers, body }) =>
      `import urllib.request\n\nrequest = urllib.request.Request(${literal(url)}, method=${literal(method)})\n${headers.map(([name, text]) => `request.add_header(${literal(name)}, ${literal(text)})\n`).join("")}${body === undefined ? "" : `request.data = ${literal(body)}.encode()\n`}with urllib.request.urlopen(request) as response:\n    print(response.status, response.read().decode())`,
  };

  /** Shows the request as it is edited. */
  function preview() {
    let made;
    try {
      made = request(true);
    } catch {
      // What is half typed may be no URL and no JSON yet.
      return;
    }
    for (const panel of document.querySelectorAll(".panel[data-language]")) {
      const spell = spelled[panel.dataset.language];
      if (spell) panel.querySelector("pre code").textContent = spell(made);
    }
  }

  /** The documented response for a status: the code itself, its hundred, or any. */
  function documented(status) {
    const names = [String(status), `${Math.floor(status / 100)}XX`, "default"];
    return names.map((name) => call.responses.find((response) => response.status === name)).find(Boolean);
  }

  /** JSON with the colours of the page. */
  function coloured(text) {
    const code = make("code");
    const token = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;
    let last = 0;
    for (const match of text.matchAll(token)) {
      code.append(text.slice(last, match.index));
      const kind = match[2] !== undefined ? "p" : match[1] ? "s" : match[3] ? "n" : "k";
      code.append(make("i", { class: kind }, match[1] ?? match[0]), match[2] ?? "");
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
    const { method, url, headers, body } = request(false);
    // A browser does not let a page set this header; the cookies of the server's own site are sent all the same.
    const allowed = headers.filter(([name]) => name.toLowerCase() !== "cookie");
    result.replaceChildren(make("p", { class: "more" }, "Sending …"));
    const start = performance.now();
    try {
      const response = await fetch(url, { method, headers: allowed, body, redirect: "follow" });
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
        ? call.body.fields.map((item, index) => row(item.name, input(item, `body-${index}`), item.required))
        : [row(call.body.type, input({ kind: call.body.kind === "json" ? "json" : "text", required: call.body.required, example: call.body.example }, "body"), call.body.required)];
      parts.push(group("Body", ...rows));
    }
    const result = make("div", { class: "try-result", role: "status" });
    form = make("form", { class: "try", "aria-label": "Try it" }, ...parts, make("button", { class: "try-send", type: "submit" }, "Send"), result);
    form.addEventListener("submit", send);
    form.addEventListener("input", preview);
    form.addEventListener("change", preview);
    document.querySelector(".meta").after(form);
  }

  specwright.tryIt = (button) => {
    if (!form) build();
    else form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) {
      preview();
      form.querySelector("select, input").focus();
    }
  };
}
