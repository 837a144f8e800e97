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
