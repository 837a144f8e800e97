// On the page for writing: begins with another template at once, and takes over a sentence of the
// coach. On the page for sending: copies the text. All of it is done by plain buttons without this.

for (const button of document.querySelectorAll("[data-switch]")) {
  button.hidden = true;
  button.form.elements.template.addEventListener("change", () => button.form.requestSubmit(button));
}

// Buttons that need this file are hidden until it has run, also in what the coach answers later.
const show = () => {
  for (const button of document.querySelectorAll("button[data-use], button[data-copy]")) {
    button.hidden = false;
  }
};
show();
document.addEventListener("htmx:afterSwap", show);

const use = ({ use: sentence, insteadOf, in: id }) => {
  const field = document.getElementById(id);
  if (!field) return;
  const place = insteadOf ? field.value.indexOf(insteadOf) : -1;
  const [start, end] = place < 0 ? [field.value.length, field.value.length] : [place, place + insteadOf.length];
  if (insteadOf && place < 0) return; // rewritten since; the coach will answer anew
  const gap = place < 0 && field.value.trim() ? " " : "";
  field.setRangeText(gap + sentence, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

const copy = async ({ copy: id, says }) => {
  const status = document.getElementById(says);
  try {
    await navigator.clipboard.writeText(document.getElementById(id).textContent);
    status.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(document.getElementById(id));
    status.textContent = "Press Ctrl+C to copy.";
  }
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.use) use(button.dataset);
  if (button?.dataset.copy) copy(button.dataset);
});
