// Search over operations, types, fields and descriptions. The index comes in two scripts: pages, then fields.
"use strict";

{
  /** So many results are shown at first, and so many more when the end of them is reached. */
  const RESULTS = 12;
  let most = RESULTS;
  const entries = [];
  let pages = [];
  let dialog = null;
  let input = null;
  let list = null;
  let status = null;
  let pending = 0;

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
      for (const [name, prefix, text, places] of data) {
        const id = `${prefix}-${name.replace(/[^A-Za-z0-9_-]/gu, "-").slice(0, 80)}`;
        entries.push({ kind: "field", title: name, id, places, text, weight: 0, name: name.toLowerCase(), all: text.toLowerCase() });
      }
    }
    if (dialog?.open) show();
  };

  /** How well an entry answers; nothing if some term is not in it. `place` is the title of a page that a field is on. */
  function score(entry, terms, phrase, place = "") {
    let sum = entry.weight;
    for (const term of terms) {
      const at = entry.name.indexOf(term);
      if (at === 0) sum += 12;
      else if (at > 0) sum += /[a-z0-9]/.test(entry.name[at - 1]) ? 5 : 9;
      else if (entry.all.includes(term)) sum += 2;
      else if (place.includes(term)) sum += 1;
      else return 0;
    }
    if (entry.name === phrase) sum += 20;
    else if (terms.length > 1 && (entry.name.includes(phrase) || entry.all.includes(phrase))) sum += 8;
    return sum + 1;
  }

  /** What the path of a field of a page begins with: where its schema stands, else the name of its type. */
  const owner = ([kind, title, path]) => (kind === "type" && path) || title;
  const titles = [];
  const title = (page) => (titles[page] ??= `${pages[page][1]} ${owner(pages[page])}`.toLowerCase());

  /** The words of a query; those of a path (`Order.items.price`) are between its dots. */
  const words = (query) => query.toLowerCase().split(/[\s.]+/u).filter(Boolean);

  function answers(query) {
    const phrase = query.toLowerCase().trim();
    const terms = words(query);
    if (terms.length === 0) return [];
    const found = [];
    for (const entry of entries) {
      const points = score(entry, terms, phrase);
      if (points > 0) found.push([points, entry, entry.places?.[0], (entry.places?.length ?? 1) - 1]);
      // What is not said of a field may name the page that it is on.
      else if (entry.places && terms.some((term) => entry.name.includes(term) || entry.all.includes(term))) {
        const rest = terms.filter((term) => !entry.name.includes(term) && !entry.all.includes(term));
        for (const page of entry.places) {
          if (rest.every((term) => title(page).includes(term))) found.push([score(entry, terms, phrase, title(page)), entry, page, 0]);
        }
      }
    }
    found.sort((one, other) => other[0] - one[0] || one[1].title.length - other[1].title.length);
    return found;
  }

  /** The text around the first hit, with the hit marked. */
  function excerpt(text, terms) {
    const lower = text.toLowerCase();
    const hits = terms.map((term) => lower.indexOf(term)).filter((at) => at >= 0);
    const from = hits.length && Math.min(...hits) > 70 ? Math.min(...hits) - 40 : 0;
    return marked((from > 0 ? "…" : "") + text.slice(from, from + 150), terms);
  }

  function marked(text, terms) {
    // A word of one letter is marked where it is a word, not in all others.
    const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).map((term) => (term.length > 1 ? term : `(?<!\\S)${term}(?!\\S)`));
    const pieces = text.split(new RegExp(`(${escaped.join("|")})`, "giu"));
    return pieces.map((piece, index) => (index % 2 ? element("mark", {}, piece) : piece)).filter(Boolean);
  }

  const file = ([, entry, page]) => (entry.places ? pages[page][3] : entry.url);

  /** The hits of a page one after the other, the page itself before its fields, in the order of the best of each page. */
  function grouped(found) {
    const groups = new Map();
    for (const hit of found) {
      const group = groups.get(file(hit));
      if (!group) groups.set(file(hit), [hit]);
      else if (hit[1].places) group.push(hit);
      else group.unshift(hit);
    }
    return [...groups.values()].flat();
  }

  function show(chosen) {
    pending = 0;
    const terms = words(input.value);
    const found = answers(input.value);
    const best = grouped(found.slice(0, most));
    const options = best.map(([, entry, page, others], index) => {
      const inner = index > 0 && file(best[index]) === file(best[index - 1]);
      const is_method = entry.kind === entry.kind.toUpperCase();
      const badge = element("span", { class: is_method ? `m m-${entry.kind.toLowerCase()}` : "kind" }, entry.kind);
      const name = element("b", {}, ...marked(entry.title, terms));
      const head = element("span", { class: "hit-head" }, badge, name);
      if (entry.places) {
        const of_type = pages[page][0] === "type";
        const at = element("code", {}, ...marked(owner(pages[page]) + (of_type ? "." : ""), terms));
        if (of_type) head.append(element("span", { class: "hit-path" }, at, name));
        else head.append(at);
        head.classList.toggle("inner", inner);
      } else if (entry.path) head.append(element("code", {}, ...marked(entry.path, terms)));
      if (others) head.append(element("span", { class: "count" }, `and ${others} more`));
      const url = entry.places ? `${pages[page][3]}#${entry.id}` : entry.url;
      const option = { href: specwright.root + url, role: "option", id: `hit-${index}`, tabindex: "-1", "aria-selected": "false" };
      const link = element("a", option, head);
      if (entry.text) link.append(element("span", { class: "hit-text" }, ...excerpt(entry.text, terms)));
      return link;
    });
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    const shown = found.length > most ? `the best ${most} of ${found.length} results` : `${found.length} ${found.length === 1 ? "result" : "results"}`;
    status.textContent = terms.length ? shown : "Search operations, types, fields and their descriptions";
    select(chosen ?? 0, chosen === undefined);
  }

  function selected() {
    return list.querySelector('[aria-selected="true"]');
  }

  function select(index, scrolls = true) {
    selected()?.setAttribute("aria-selected", "false");
    const option = list.children[index];
    input.setAttribute("aria-expanded", String(Boolean(option)));
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    if (scrolls) option.scrollIntoView({ block: "nearest" });
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
    // Once for each picture at most, however fast the keys come.
    input.addEventListener("input", () => {
      most = RESULTS;
      pending ||= requestAnimationFrame(() => show());
    });
    list.addEventListener("scroll", () => {
      if (list.scrollTop + list.clientHeight < list.scrollHeight - 40 || list.children.length < most) return;
      most += RESULTS;
      show([...list.children].indexOf(selected()));
    });
    input.addEventListener("keydown", keys);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
    document.body.append(dialog);
  }

  specwright.openSearch = () => {
    if (!dialog) build();
    dialog.showModal();
    input.select();
    show();
  };
}
