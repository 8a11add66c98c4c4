// Runs before the page is drawn, so that it never flashes in the other theme.
"use strict";
{
  const root = document.documentElement;
  root.classList.add("js");
  let theme = null;
  try {
    theme = localStorage.getItem("specwright-theme");
  } catch {
    // A browser that keeps nothing has the theme of the system.
  }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
}
