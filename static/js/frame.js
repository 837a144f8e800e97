// Menus are <details> and work without this file. With it, one closes when attention leaves it,
// so that an open menu never covers what has the keyboard focus.
const closeOpenMenus = (keep) => {
  for (const menu of document.querySelectorAll("details.ch-menu[open]")) {
    if (!menu.contains(keep)) menu.open = false;
  }
};

document.addEventListener("click", (event) => closeOpenMenus(event.target));
document.addEventListener("focusin", (event) => closeOpenMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.ch-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu.open = false;
});

// What autosave.js keeps on the device until it is saved belongs to whoever signs out.
document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.endsWith("/accounts/logout/")) return;
  const keys = Object.keys(localStorage).filter((key) => key.startsWith("careerhub:kept:"));
  const isUnsaved = keys.some((key) => !JSON.parse(localStorage.getItem(key)).isSubmitted);
  const question = "Some of what you typed is not saved yet. Sign out and lose it?";
  if (isUnsaved && !confirm(question)) event.preventDefault();
  else {
    document.dispatchEvent(new Event("signingout"));
    for (const key of keys) localStorage.removeItem(key);
  }
});
