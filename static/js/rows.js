// Adds a row to a table of a form at a press. Without this file the button asks the server for one.
//
//   <div data-rows="findings">…</div> <template data-row-of="findings">… __prefix__ …</template>
//   <button name="another" value="findings">Another finding</button>
for (const button of document.querySelectorAll('button[name="another"]')) {
  const prefix = button.value;
  const rows = document.querySelector(`[data-rows="${prefix}"]`);
  const row = document.querySelector(`template[data-row-of="${prefix}"]`);
  const total = button.form.elements[`${prefix}-TOTAL_FORMS`];
  const most = Number(button.form.elements[`${prefix}-MAX_NUM_FORMS`].value);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const number = Number(total.value);
    if (number >= most) return;
    const html = row.innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
    rows.insertAdjacentHTML("beforeend", html);
    total.value = number + 1;
    rows.lastElementChild.querySelector("select, input:not([type=hidden]), textarea").focus();
  });
}

// A possible opening is for the student alone, unless they say otherwise.
document.addEventListener("change", ({ target }) => {
  const row = target.closest(".ch-finding");
  if (!row) return;
  const isPrivate = row.querySelector('[name$="-is_private"]');
  const hasChosen = row.querySelector('[name$="-has_chosen"]');
  if (target === isPrivate) hasChosen.value = "True";
  else if (target.value === "possible_opening" && !hasChosen.value) isPrivate.checked = true;
});
