"use strict";
{
const root = document.documentElement;
root.classList.add("js");
let theme = null;
try {
theme = localStorage.getItem("specwright-theme");
} catch {
}
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
}
