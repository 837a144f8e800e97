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
