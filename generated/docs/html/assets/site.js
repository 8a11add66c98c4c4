"use strict";
window.specwright = { root: document.documentElement.dataset.root };
const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];
const memory = {
get(key) {
try {
return localStorage.getItem(`specwright-${key}`);
} catch {
return null;
}
},
set(key, value) {
try {
localStorage.setItem(`specwright-${key}`, value);
} catch {
}
},
};
document.documentElement.classList.add("js");
const theme = memory.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
function switchTheme() {
const root = document.documentElement;
const dark = root.dataset.theme
? root.dataset.theme === "dark"
: matchMedia("(prefers-color-scheme: dark)").matches;
root.dataset.theme = dark ? "light" : "dark";
memory.set("theme", root.dataset.theme);
}
async function copy(button) {
const from = "copyPath" in button.dataset ? find("code", button.parentElement) : find("pre", button.parentElement);
const text = from.textContent;
try {
await navigator.clipboard.writeText(text);
} catch {
getSelection().selectAllChildren(from);
document.execCommand("copy");
}
button.textContent = "Copied";
setTimeout(() => (button.textContent = "Copy"), 1500);
}
function chooseLanguage(language) {
for (const input of findAll('[data-tabs="language"] > input')) {
if (input.value === language) input.checked = true;
}
}
function reveal() {
const id = decodeURIComponent(location.hash.slice(1));
const target = id && document.getElementById(id);
if (!target) return;
for (let at = target; at; at = at.parentElement) {
if (at.localName === "details") at.open = true;
if (at.classList.contains("panel")) {
const index = [...at.parentElement.children].indexOf(at);
const input = findAll(":scope > input", at.closest(".tabs"))[index];
if (input) input.checked = true;
}
}
target.scrollIntoView();
}
const scripts = new Map();
function load(path) {
if (!scripts.has(path)) {
scripts.set(
path,
new Promise((resolve, reject) => {
const script = document.createElement("script");
script.src = specwright.root + path;
script.async = false;
script.onload = resolve;
script.onerror = () => reject(new Error(`${path} is not there`));
document.head.append(script);
}),
);
}
return scripts.get(path);
}
specwright.load = load;
async function openSearch() {
const [search] = ["assets/search.js", "search/pages.js", "search/fields.js"].map(load);
await search;
specwright.openSearch();
}
async function openForm(button) {
await Promise.all(["languages", "call", "rust", "samples", "try"].map((name) => load(`assets/${name}.js`)));
specwright.tryIt(button);
}
document.addEventListener("click", (event) => {
const button = event.target.closest("button");
if (!button) return;
if ("copy" in button.dataset || "copyPath" in button.dataset) copy(button);
if ("themeSwitch" in button.dataset) switchTheme();
if ("search" in button.dataset) openSearch();
if ("try" in button.dataset) openForm(button);
});
document.addEventListener("change", (event) => {
if (event.target.matches('[data-tabs="language"] > input')) {
memory.set("language", event.target.value);
chooseLanguage(event.target.value);
}
});
document.addEventListener("keydown", (event) => {
const typing = event.target.matches("input:not([type=radio]), textarea, select, [contenteditable]");
const asked = event.key === "/" ? !typing : event.key === "k" && (event.ctrlKey || event.metaKey);
if (asked && !event.altKey) {
event.preventDefault();
openSearch();
}
if (event.key === "Escape" && location.hash === "#nav") location.hash = "#main";
});
addEventListener("hashchange", reveal);
addEventListener("beforeprint", () => {
for (const details of findAll("details")) details.open = true;
});
addEventListener("DOMContentLoaded", () => {
chooseLanguage(memory.get("language"));
reveal();
find('.side [aria-current="page"]')?.scrollIntoView({ block: "center" });
if (!location.hash) scrollTo(0, 0);
});
