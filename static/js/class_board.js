// One box that selects all students of the table, and how many are selected. Without this file each
// row still has its own box.
const all = document.querySelector("[data-all]");
if (all) {
  const form = document.getElementById(all.dataset.all);
  const boxes = [...document.querySelectorAll(`input[form="${form.id}"][type="checkbox"]`)];
  const words = form.querySelector("[data-chosen]");
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    words.textContent = `${chosen} selected`;
    all.checked = chosen === boxes.length && chosen > 0;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  all.hidden = boxes.length === 0;
  words.setAttribute("role", "status");
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  form.addEventListener("reset", () => setTimeout(count));
  count();
}
