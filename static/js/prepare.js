// How long the pitch is, while it is written. The pace is that of apps/journal/preparation.py.
const WORDS_A_MINUTE = 135;

for (const counter of document.querySelectorAll("[data-length-of]")) {
  const field = document.getElementById(counter.dataset.lengthOf);
  field.addEventListener("input", () => {
    const words = field.value.split(/\s+/).filter(Boolean).length;
    const seconds = Math.max(5, 5 * Math.round(((words / WORDS_A_MINUTE) * 60) / 5));
    const unit = words === 1 ? "word" : "words";
    counter.textContent = words ? `${words} ${unit}, about ${seconds} seconds` : "";
  });
}
