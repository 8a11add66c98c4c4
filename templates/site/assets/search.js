// Search over operations, types, fields and descriptions. The index comes in two scripts: pages, then fields.
"use strict";

{
  const MOST_RESULTS = 40;
  const entries = [];
  let pages = [];
  let dialog = null;
  let input = null;
  let list = null;
  let status = null;

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /** The index hands itself over by this function. */
  specwright.searchData = (part, data) => {
    if (part === "pages") {
      pages = data;
      for (const [kind, title, path, url, text] of data) {
        const weight = kind === "tag" ? 1 : kind === "type" ? 2 : 4;
        entries.push({ kind, title, path, url, text, weight, name: `${title} ${path}`.toLowerCase(), all: text.toLowerCase() });
      }
    } else {
      for (const [page, name, prefix, text] of data) {
        const [, title, , url] = pages[page];
        const id = `${prefix}-${name.replace(/[^A-Za-z0-9_-]/gu, "-").slice(0, 80)}`;
        entries.push({
          kind: "field",
          title: name,
          path: title,
          url: `${url}#${id}`,
          text,
          weight: 0,
          name: name.toLowerCase(),
          all: `${title} ${text}`.toLowerCase(),
        });
      }
    }
    if (dialog?.open) show();
  };

  /** How well an entry answers; nothing if some term is not in it. */
  function score(entry, terms, phrase) {
    let sum = entry.weight;
    for (const term of terms) {
      const at = entry.name.indexOf(term);
      if (at === 0) sum += 12;
      else if (at > 0) sum += /[a-z0-9]/.test(entry.name[at - 1]) ? 5 : 9;
      else if (entry.all.includes(term)) sum += 2;
      else return 0;
    }
    if (entry.name === phrase) sum += 20;
    else if (terms.length > 1 && (entry.name.includes(phrase) || entry.all.includes(phrase))) sum += 8;
    return sum + 1;
  }

  function answers(query) {
    const phrase = query.toLowerCase().trim();
    const terms = phrase.split(/\s+/u).filter(Boolean);
    if (terms.length === 0) return [];
    const found = [];
    for (const entry of entries) {
      const points = score(entry, terms, phrase);
      if (points > 0) found.push([points, entry]);
    }
    found.sort((one, other) => other[0] - one[0] || one[1].title.length - other[1].title.length);
    return found.map(([, entry]) => entry);
  }

  /** The text around the first hit, with the hit marked. */
  function excerpt(text, terms) {
    const lower = text.toLowerCase();
    const hits = terms.map((term) => lower.indexOf(term)).filter((at) => at >= 0);
    const from = hits.length && Math.min(...hits) > 70 ? Math.min(...hits) - 40 : 0;
    return marked((from > 0 ? "…" : "") + text.slice(from, from + 150), terms);
  }

  function marked(text, terms) {
    const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pieces = text.split(new RegExp(`(${escaped.join("|")})`, "giu"));
    return pieces.map((piece, index) => (index % 2 ? element("mark", {}, piece) : piece));
  }

  function show() {
    const terms = input.value.toLowerCase().split(/\s+/u).filter(Boolean);
    const found = answers(input.value);
    const options = found.slice(0, MOST_RESULTS).map((entry, index) => {
      const is_method = entry.kind === entry.kind.toUpperCase();
      const badge = element("span", { class: is_method ? `m m-${entry.kind.toLowerCase()}` : "kind" }, entry.kind);
      const head = element("span", { class: "hit-head" }, badge, element("b", {}, ...marked(entry.title, terms)));
      if (entry.path) head.append(element("code", {}, ...(entry.kind === "field" ? [entry.path] : marked(entry.path, terms))));
      const option = { href: specwright.root + entry.url, role: "option", id: `hit-${index}`, tabindex: "-1", "aria-selected": "false" };
      const link = element("a", option, head);
      if (entry.text) link.append(element("span", { class: "hit-text" }, ...excerpt(entry.text, terms)));
      return link;
    });
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    const shown = found.length > MOST_RESULTS ? `the best ${MOST_RESULTS} of ${found.length} results` : `${found.length} ${found.length === 1 ? "result" : "results"}`;
    status.textContent = terms.length ? shown : "Search operations, types, fields and their descriptions";
    select(0);
  }

  function selected() {
    return list.querySelector('[aria-selected="true"]');
  }

  function select(index) {
    selected()?.setAttribute("aria-selected", "false");
    const option = list.children[index];
    input.setAttribute("aria-expanded", String(Boolean(option)));
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function keys(event) {
    const index = [...list.children].indexOf(selected());
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") select(index < last ? index + 1 : 0);
    else if (event.key === "ArrowUp") select(index > 0 ? index - 1 : last);
    else if (event.key === "Enter") selected()?.click();
    else return;
    event.preventDefault();
  }

  function build() {
    input = element("input", {
      type: "search",
      role: "combobox",
      "aria-label": "Search",
      "aria-controls": "hits",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "Search operations, types, fields …",
    });
    list = element("div", { id: "hits", class: "hits", role: "listbox", "aria-label": "Results" });
    status = element("p", { class: "search-status", role: "status" });
    dialog = element("dialog", { class: "search", "aria-label": "Search" }, input, list, status);
    input.addEventListener("input", show);
    input.addEventListener("keydown", keys);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
    document.body.append(dialog);
  }

  specwright.openSearch = async () => {
    if (!dialog) build();
    dialog.showModal();
    input.select();
    show();
    await specwright.load("search/pages.js");
    await specwright.load("search/fields.js");
  };
}
