// Keeps the mail link in step with the note as it is edited, and copies the note at a press.
const subject = document.getElementById("subject");
const body = document.getElementById("body");
const mail = document.getElementById("mail");
const copy = document.getElementById("copy");
const copied = document.getElementById("copied");

// Line ends as mail has them (RFC 6068); some programs show one long line otherwise.
const encoded = (text) => encodeURIComponent(text.replace(/\r\n|\r|\n/g, "\r\n"));
const address = mail?.href.split("?")[0];

for (const field of [subject, body]) {
  field.addEventListener("input", () => {
    copied.textContent = "";
    if (mail) mail.href = `${address}?subject=${encoded(subject.value)}&body=${encoded(body.value)}`;
  });
}

copy.hidden = false;
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(body.value);
    copied.textContent = "Copied.";
  } catch {
    body.select();
    copied.textContent = "Press Ctrl+C to copy.";
  }
});
