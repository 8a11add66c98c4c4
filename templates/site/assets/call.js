// The call that a form says, in no language: what the generator makes of the examples of the document, made of what
// the reader typed. JSON is read into maps and lists that keep numbers and the order of keys as they were written.
"use strict";

{
  const wellFormed = (text) => text.toWellFormed?.() ?? text;
  /** Percent-encodes all but unreserved characters. */
  const component = (text) => encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  /** The same, and keeps what may stand in a URL. */
  const url = (text) => wellFormed(text).replace(/[^A-Za-z0-9\-._~/:@!$&'()*+,;=%?#[\]]+/gu, component);
  const path = (text) => url(text).replace(/[?#[\]]/g, component);
  const token = (text) => text.replace(/[^A-Za-z0-9!#$%&'*+\-.^_`|~]/g, "");

  /** A number with the digits that were typed. */
  class Digits {
    constructor(digits) {
      this.digits = digits;
    }
  }

  const json = {
    Digits,
    parse(text) {
      JSON.parse(text);
      const tokens = text.match(/[{}[\],:]|"(?:\\.|[^"\\])*"|[^\s{}[\],:"]+/g);
      let at = 0;
      const next = () => {
        const word = tokens[at++];
        if (word === "{" || word === "[") {
          const map = new Map();
          const list = [];
          while (tokens[at] !== "}" && tokens[at] !== "]") {
            if (tokens[at] === ",") at += 1;
            const item = next();
            if (word === "[") list.push(item);
            else {
              at += 1;
              map.set(item, next());
            }
          }
          at += 1;
          return word === "[" ? list : map;
        }
        return /^[-\d]/.test(word) ? new Digits(word) : JSON.parse(word);
      };
      return next();
    },
    /** The text of a value, in lines with `indent`, else in one. */
    text(value, indent = "", depth = 1) {
      const lines = (open, items, close) => {
        if (!items.length) return open + close;
        const pad = indent ? `\n${indent.repeat(depth)}` : "";
        return open + pad + items.join(`,${pad}`) + (indent ? `\n${indent.repeat(depth - 1)}` : "") + close;
      };
      if (value instanceof Digits) return value.digits;
      if (Array.isArray(value)) return lines("[", value.map((item) => json.text(item, indent, depth + 1)), "]");
      if (value instanceof Map) return lines("{", [...value].map(([key, item]) => `${JSON.stringify(key)}:${indent && " "}${json.text(item, indent, depth + 1)}`), "}");
      return JSON.stringify(value);
    },
  };

  /** The name of a parameter as a variable. */
  function variableName(name) {
    if (!/^[A-Za-z][\w\-.[\]]{0,39}$/.test(name)) return "PARAMETER";
    const words = name.replace(/([a-z]\d*)([A-Z])/g, "$1_$2").replace(/([A-Z]\d*)([A-Z][a-z])/g, "$1_$2");
    const shouty = words.split(/[^A-Za-z0-9]+/).filter(Boolean).join("_").toUpperCase();
    const { taken, prefixes } = specwright.languages.variables;
    return taken.includes(shouty) || prefixes.some((prefix) => shouty.startsWith(prefix)) ? `PARAMETER_${shouty}` : shouty;
  }

  const hasParts = (value) => Array.isArray(value) || value instanceof Map;
  const scalar = (value) => (value === null ? undefined : typeof value === "string" ? value : json.text(value));
  const plain = (value) => scalar(value) ?? "";

  /** The leaves of a value with their names: `name[key]`, `name[0]`. */
  function flattened(name, value) {
    if (!hasParts(value)) return [[name, plain(value)]];
    return [...value.entries()].flatMap(([key, item]) => flattened(`${name}[${key}]`, item));
  }

  /** The names and texts of an exploded value. */
  function exploded(name, value) {
    if (Array.isArray(value)) return value.map((item) => [name, plain(item)]);
    if (value instanceof Map) return [...value].map(([key, item]) => [component(key), plain(item)]);
    return [[name, plain(value)]];
  }

  /** The pairs of a property of a form. */
  function property(name, value, style) {
    if (style === "deep") return flattened(name, value);
    if (style === "json") return [[name, json.text(value)]];
    const delimiter = { joined: ",", space: " ", pipe: "|" }[style];
    if (value instanceof Map || (Array.isArray(value) && value.some(hasParts))) return [[name, json.text(value)]];
    if (!Array.isArray(value)) return [[name, plain(value)]];
    if (value.length === 0) return [];
    return delimiter ? [[name, value.map(plain).join(delimiter)]] : value.map((item) => [name, plain(item)]);
  }

  /** Makes calls of what a form gives: `server` is a URL, `values` are the parameters, `secrets` what each scheme needs. */
  class Builder {
    constructor(data) {
      this.data = data;
      this.call = { ...data.fixed, method: data.method, variables: [], path: [], query: [], headers: [], credentials: [], kinds: data.security.map(({ kind }) => kind), arguments: [] };
    }

    addParameter(name, fallback) {
      return this.add(variableName(name), fallback);
    }

    add(name, fallback) {
      let unique = name;
      const { variables } = this.call;
      for (let count = 2; variables.some((variable) => variable.name === unique); count += 1) unique = `${name}_${count}`;
      variables.push({ name: unique, fallback });
      return { id: variables.length - 1 };
    }

    /** Notes what is sent, and the variable that it is, if it is one. */
    sent(parameter, value, add) {
      const id = this.call.variables.length;
      add(value);
      const is_one = !hasParts(value) && this.call.variables.length === id + 1;
      this.call.arguments.push({ in: parameter.in, name: parameter.name, value, variable: is_one ? { id } : undefined });
    }

    delimited({ name }, value, separator, mark) {
      const pieces = [];
      const push = (before, text) => {
        if (text === undefined) return;
        if (pieces.length) pieces.push(separator);
        if (before) pieces.push(before);
        pieces.push(this.addParameter(name, text));
      };
      if (Array.isArray(value)) for (const item of value) push("", scalar(item));
      else if (value instanceof Map) for (const [key, item] of value) push(component(key) + mark, scalar(item));
      else push("", plain(value));
      return pieces;
    }

    simple(parameter, value) {
      if (parameter.style === "json") return [this.addParameter(parameter.name, json.text(value))];
      return this.delimited(parameter, value, ",", parameter.style === "simple" && parameter.explode ? "=" : ",");
    }

    inPath(parameter, value) {
      const { style, explode } = parameter;
      const name = component(parameter.name);
      if (style === "label") return [".", ...this.delimited(parameter, value, explode ? "." : ",", explode ? "=" : ",")];
      if (style !== "matrix") return this.simple(parameter, value);
      if (value === null || value === "") return [`;${name}`];
      if (!explode) return [`;${name}=`, ...this.delimited(parameter, value, ",", ",")];
      return exploded(name, value).flatMap(([own, text]) => (text ? [`;${own}=`, this.addParameter(parameter.name, text)] : [`;${own}`]));
    }

    inQuery(parameter, value) {
      const { name, style, explode } = parameter;
      const pair = (own, text) => ({ name: component(own), value: [this.addParameter(own, text)] });
      if (style === "json") return [{ name: component(name), value: [this.addParameter(name, json.text(value))] }];
      if (style === "whole-text") return [{ name: component(String(value)), value: [] }];
      if (style === "whole") return [{ name: component(json.text(value)), value: [] }];
      if (style === "deep") return flattened(name, value).map(([own, text]) => pair(own, text));
      if (style === "form" && explode && hasParts(value)) {
        const items = Array.isArray(value) ? value.map((item) => [name, item]) : [...value];
        return items.filter(([, item]) => item !== null).map(([own, item]) => pair(own, scalar(item)));
      }
      const separator = { space: "%20", pipe: "%7C" }[style] ?? ",";
      return [{ name: component(name), value: this.delimited(parameter, value, separator, separator) }];
    }

    inCookie(parameter, value) {
      const { style, explode } = parameter;
      const name = token(parameter.name);
      const encoded = (id) => ({ ...id, encoded: true });
      if ((style === "form" || style === "cookie") && explode) {
        return exploded(name, value).map(([own, text]) => ({ name: own, value: [encoded(this.addParameter(parameter.name, text))] }));
      }
      const pieces = style === "json" ? [this.addParameter(parameter.name, json.text(value))] : this.delimited(parameter, value, ",", ",");
      return [{ name, value: pieces.map((piece) => (typeof piece === "string" ? piece : encoded(piece))) }];
    }

    credentials(secret) {
      const { call } = this;
      const cookies = [];
      for (const scheme of this.data.security) {
        const add = (name, fallback, part) => this.add(name, secret(scheme, part) ?? fallback);
        const used = [];
        if (scheme.kind === "basic") {
          call.basic = { user: add("API_USER", "user", "user"), password: add("API_PASSWORD", "your-password", "password") };
          used.push(call.basic.user, call.basic.password);
        } else if (scheme.kind === "bearer") {
          used.push(add("API_TOKEN", "YOUR_TOKEN", "token"));
          call.headers.push({ name: "Authorization", value: ["Bearer ", used[0]] });
        } else {
          used.push(add("API_KEY", "YOUR_KEY", "token"));
          if (scheme.place === "header") call.headers.push({ name: token(scheme.key), value: used });
          else if (scheme.place === "query") call.query.push({ name: component(scheme.key), value: used });
          else cookies.push({ name: token(scheme.key), value: used });
        }
        call.credentials.push(...used.map(({ id }) => id));
      }
      return cookies;
    }

    parts(value) {
      const styles = new Map(this.data.body.fields.map((field) => [field.name, field]));
      return [...value].flatMap(([name, item]) => {
        const { form, media, file } = styles.get(name) ?? {};
        if (!file && form && form !== "plain") return property(name, item, form).map(([own, text]) => ({ name: own, text }));
        return (Array.isArray(item) ? item : [item]).map((one) => {
          if (file) return { name, text: one.text ?? plain(one), media: media ?? "application/octet-stream", file: one.file ?? true };
          const isJson = /^(application|text)\/json\b|\+json\b/i.test(media ?? "") || (!media && hasParts(one));
          return isJson ? { name, json: one, media: media ?? "application/json" } : { name, text: plain(one), media };
        });
      });
    }

    body(value) {
      const { body } = this.data;
      const content = { type: body.type, value };
      if (body.kind === "json") content.json = value;
      else if (body.kind === "form") content.form = value instanceof Map ? [...value].flatMap(([name, item]) => property(name, item, body.fields?.find((field) => field.name === name)?.form)) : [];
      else if (body.kind === "parts") content.parts = value instanceof Map ? this.parts(value) : [];
      else Object.assign(content, value?.file ? { text: value.text, file: value.file } : { text: typeof value === "string" ? value : "" });
      return content;
    }

    build({ server, value, secret, body }) {
      const { call, data } = this;
      call.base = this.add("BASE_URL", server);
      const keys = this.credentials(secret);
      for (const piece of data.path) {
        const parameter = piece.p !== undefined && data.parameters.find((one) => one.in === "path" && one.name === piece.p);
        if (parameter) this.sent(parameter, value(parameter) ?? "", (given) => call.path.push(...this.inPath(parameter, given)));
        else call.path.push(path(piece));
      }
      const cookies = [];
      for (const parameter of data.parameters) {
        const given = parameter.in === "path" ? undefined : value(parameter);
        if (given === undefined) continue;
        this.sent(parameter, given, () => {
          if (parameter.in === "query") call.query.push(...this.inQuery(parameter, given));
          else if (parameter.in === "header") call.headers.push({ name: token(parameter.name), value: this.simple(parameter, given) });
          else cookies.push(...this.inCookie(parameter, given));
        });
      }
      cookies.push(...keys);
      if (cookies.length) call.headers.push({ name: "Cookie", value: cookies.flatMap((cookie, index) => [`${index ? "; " : ""}${cookie.name}=`, ...cookie.value]) });
      if (data.accept) call.headers.push({ name: "Accept", value: [data.accept] });
      if (body !== undefined) {
        call.body = this.body(body);
        call.headers.push({ name: "Content-Type", value: [call.body.type + (call.body.parts ? `; boundary=${specwright.BOUNDARY}` : "")] });
      }
      if (data.download) call.download = this.add("OUTPUT_FILE", data.download);
      return call;
    }
  }

  specwright.BOUNDARY = "----part-of-the-form";
  specwright.json = json;
  specwright.component = component;
  specwright.encodeUrl = url;
  specwright.buildCall = (data, given) => new Builder(data).build(given);
  /** The text of pieces, with every variable at its value. */
  specwright.spelled = (call, pieces, inUrl) =>
    pieces
      .map((piece) => {
        if (typeof piece === "string") return piece;
        const text = call.variables[piece.id].fallback;
        return inUrl || piece.encoded ? component(text) : text;
      })
      .join("");
}
