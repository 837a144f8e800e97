// Saves a form by itself while somebody types, and keeps on the device what is not saved yet.
//
//   <form method="post" autocomplete="off" data-autosave="URL" data-revision-field="revision">
//     <input type="hidden" name="revision" value="3"> … <p role="status" data-autosave-state></p>
//
// After two seconds of rest the form is posted to URL with the header X-Autosave: 1. Answers:
//   200 {"revision": 4, "saved": "3:50 pm"}  saved; "fields": {name: value} fills hidden fields
//   409 {"words": "…"}                       something newer stands there: saving by itself ends
//   422 {"words": "…"}                       refused until something else is typed
// A request whose answer was lost is sent again as it was, so whoever answers must take a form that
// says what stands there already for saved. Hidden fields are sent, but are not what was typed.
// Fields with data-autosave-ignore wait for the button. After each save: an event "autosaved".

const KEPT = "careerhub:kept:"; // frame.js knows this prefix
const REST = 2000;
const RETRY = 10000;
const OFFLINE = "Kept on this device; will be saved when you are back online.";
const NOT_KEPT = "Not saved yet. Leave this page open; it will be saved when you are back online.";
const SIGNED_OUT = "You are signed out. What you typed is kept on this device until you sign in.";
const NOT_SAVED = "This could not be saved just now. What you typed is kept on this device.";

const NOT_TYPED = ["hidden", "submit", "button", "fieldset", "file"];

const isTyped = (field) =>
  field.name && !NOT_TYPED.includes(field.type) && !("autosaveIgnore" in field.dataset);

const fieldsOf = (form) => [...form.elements].filter(isTyped);

const valuesOf = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked ? [field.value] : [];
  if (field.type === "select-multiple") return [...field.selectedOptions].map((one) => one.value);
  return [field.value];
};

const typedIn = (form) =>
  fieldsOf(form).flatMap((field) => valuesOf(field).map((value) => [field.name, value]));

const isSame = (one, other) => {
  const plain = (typed) => JSON.stringify(typed.map(([name, value]) => [name, value.trim()]));
  return Boolean(one && other) && plain(one) === plain(other);
};

const byName = (typed) => {
  const values = new Map();
  for (const [name, value] of typed) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
};

// The names of the fields in which the two differ.
const changedNames = (before, after) => {
  const [old, young] = [byName(before), byName(after)];
  const names = [...new Set([...old.keys(), ...young.keys()])];
  return names.filter((name) => `${old.get(name) ?? ""}` !== `${young.get(name) ?? ""}`);
};

const labelOf = (form, name) => {
  const field = fieldsOf(form).find((one) => one.name === name);
  return field?.labels?.[0]?.textContent.trim() || field?.ariaLabel || "Also";
};

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// The newest token there is: signing in again in another tab makes the one in the page worthless.
const csrfCookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.revision = form.elements[form.dataset.revisionField];
    this.state = form.querySelector("[data-autosave-state]");
    this.key = `${KEPT}${this.url}:${Date.now()}-${Math.random()}`; // each visit has its own
    this.stands = typedIn(form); // as the server has it
    this.unanswered = null; // what was sent and perhaps saved: the form, and what was typed
    this.hasNews = this.isStopped = this.isSubmitting = false;
    form.addEventListener("input", (event) => this.noteChange(event.target));
    form.addEventListener("change", (event) => this.noteChange(event.target));
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    document.addEventListener("signingout", () => (this.isStopped = true));
    addEventListener("online", () => this.save());
    addEventListener("offline", () => this.sayOffline());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    this.recall();
  }

  say(words, ...more) {
    if (this.state.textContent !== words || more.length) this.state.replaceChildren(words, ...more);
  }

  sayOffline() {
    if (this.hasNews || this.unanswered) this.say(this.keep() ? OFFLINE : NOT_KEPT);
  }

  noteChange(field) {
    if (field !== this.form && !isTyped(field)) return;
    this.hasNews = true;
    const isKept = this.keep();
    if (this.isStopped) return;
    if (!navigator.onLine) this.say(isKept ? OFFLINE : NOT_KEPT);
    this.saveLater(REST);
  }

  // ---- What is kept on the device

  keep(more = {}) {
    const kept = {
      revision: this.revision.value,
      stood: this.stands,
      typed: typedIn(this.form),
      sent: this.unanswered?.typed ?? null,
      at: Date.now(),
    };
    try {
      localStorage.setItem(this.key, JSON.stringify({ ...kept, ...more }));
      return true;
    } catch {
      return false; // no room, or a browser that keeps nothing
    }
  }

  kept() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(`${KEPT}${this.url}:`))
        .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
        .sort((one, other) => other.at - one.at);
    } catch {
      return [];
    }
  }

  // Puts back what an earlier visit could not save; shows it if something newer stands here.
  recall() {
    let isTaken = false;
    for (const kept of this.kept()) {
      const isCurrent = kept.revision === this.revision.value;
      if (isSame(kept.typed, this.stands) || (kept.isSubmitted && !isCurrent)) {
        localStorage.removeItem(kept.key);
      } else if (!isTaken && (isCurrent || isSame(kept.sent, this.stands))) {
        isTaken = true;
        this.putBack(kept);
      } else {
        this.show(kept);
      }
    }
  }

  // Only what was changed then: the other fields may have got something newer since.
  putBack(kept) {
    const typed = byName(kept.typed);
    const names = changedNames(kept.stood, kept.typed);
    for (const field of fieldsOf(this.form).filter(({ name }) => names.includes(name))) {
      const values = typed.get(field.name) ?? [];
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else if (field.type === "select-multiple") {
        for (const option of field.options) option.selected = values.includes(option.value);
      } else if (values.length) {
        field.value = values.shift();
      }
    }
    localStorage.removeItem(kept.key);
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show(kept) {
    const typed = byName(kept.typed);
    const box = make("div", { className: "ch-kept" });
    const button = (words, act) => {
      const made = make("button", { type: "button", className: "btn btn-line btn-sm" }, words);
      made.addEventListener("click", () => (act(), box.remove(), this.state.scrollIntoView()));
      return made;
    };
    box.append(
      make("p", {}, "You typed this on this device, and it was never saved:"),
      ...changedNames(kept.stood, kept.typed).map((name) =>
        make(
          "p",
          {},
          make("b", {}, labelOf(this.form, name)),
          make("span", {}, typed.get(name)?.join(", ") || "Nothing"),
        ),
      ),
      button("Put it in place of what stands here", () => this.putBack(kept)),
      button("Let it go", () => localStorage.removeItem(kept.key)),
    );
    this.state.after(box);
  }

  // ---- Saving

  saveLater(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  save() {
    this.saving ??= this.saveOnce().finally(() => (this.saving = null));
    return this.saving;
  }

  async saveOnce() {
    clearTimeout(this.timer);
    if (this.isStopped || !(this.hasNews || this.unanswered)) return;
    if (!navigator.onLine) return this.sayOffline();
    if (!this.unanswered) {
      this.unanswered = { body: new FormData(this.form), typed: typedIn(this.form) };
      this.hasNews = false;
    }
    const isKept = this.keep();
    let response, answer;
    try {
      response = await this.post(this.unanswered.body);
      answer = response.ok || [409, 422].includes(response.status) ? await response.json() : {};
    } catch {
      this.say(isKept ? OFFLINE : NOT_KEPT);
      return this.saveLater(RETRY);
    }
    this.take(response, answer);
  }

  post(body) {
    const token = csrfCookie();
    if (token) body.set("csrfmiddlewaretoken", token);
    return fetch(this.url, {
      method: "POST",
      body,
      headers: { "X-Autosave": "1" },
      redirect: "manual", // to the sign-in page, if anywhere
      keepalive: document.hidden, // the tab may be about to close
    });
  }

  take(response, answer) {
    if (response.ok) {
      this.stands = this.unanswered.typed;
      this.unanswered = null;
      this.revision.value = answer.revision;
      for (const [name, value] of Object.entries(answer.fields ?? {})) {
        this.form.elements[name].value = value;
      }
      this.say(`Saved ${answer.saved}`);
      this.form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
      if (!this.hasNews) return this.forget();
      this.keep();
      if (!this.isSubmitting) this.saveLater(REST);
    } else if (response.status === 409 || response.status === 422) {
      this.unanswered = null;
      this.hasNews = true;
      this.isStopped = response.status === 409;
      this.keep();
      this.say(answer.words, ...(this.isStopped ? [" ", this.linkHere("See the newer version")] : []));
    } else {
      const isSignedOut = response.type === "opaqueredirect";
      this.say(...(isSignedOut ? [SIGNED_OUT, " ", this.linkHere("Sign in")] : [NOT_SAVED]));
      this.saveLater(RETRY);
    }
  }

  linkHere(words) {
    const link = { href: location.pathname, target: "_blank", rel: "noopener" };
    return make("a", link, `${words} in a new tab`);
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }

  // A save under way brings the revision that the form has to begin from, so it goes first.
  async beforeSubmit(event) {
    clearTimeout(this.timer);
    if (this.saving || (this.unanswered && !this.isStopped)) {
      event.preventDefault();
      this.isSubmitting = true;
      await this.save();
      this.isSubmitting = false;
      if (!this.unanswered) this.form.requestSubmit(event.submitter);
    } else if (navigator.onLine) {
      if (this.hasNews) this.keep({ isSubmitted: true });
      this.isStopped = true; // the answer begins from this revision, so nothing may follow now
    } else {
      event.preventDefault();
      this.sayOffline();
    }
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
