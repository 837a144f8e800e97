// The clock of a conversation, and which question is next. Without this file the page shows from
// when to when they talk.

const line = document.querySelector("[data-starts]");
const bar = document.querySelector("progress.ch-progress");
const minutes = Number(line.dataset.minutes);
const starts = Date.parse(line.dataset.starts);
const offset = Date.parse(line.dataset.now) - Date.now(); // the phone's clock may be wrong

const tick = () => {
  const used = Math.floor((Date.now() + offset - starts) / 60000);
  if (used < 0) return;
  const left = minutes - used;
  line.querySelector("[data-time]").textContent = `${Math.abs(left)} min`;
  line.querySelector("[data-time-words]").textContent =
    left >= 0 ? `left of ${minutes}` : `over the ${minutes}`;
  bar.hidden = false;
  bar.value = Math.min(used, minutes);
};

const markNext = () => {
  let hasNext = false;
  for (const item of document.querySelectorAll("[data-questions] li")) {
    const isDone = item.querySelector("input").checked;
    item.classList.toggle("done", isDone);
    item.classList.toggle("now", !isDone && !hasNext);
    hasNext ||= !isDone;
  }
};

document.addEventListener("input", markNext);
tick();
markNext();
setInterval(tick, 5000);
