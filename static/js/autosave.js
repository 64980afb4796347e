// What is typed in a step of the dossier is kept twice: at once in this browser, and after a pause on the
// server. The browser's copy outlives a closed tab, a lost network and an ended session; it goes once the
// server has everything. Without script the form is saved by its buttons alone.
import { KeptCopies } from "./kept-copies.js";
import { LocalCopy } from "./local-copy.js";
import { SignInAgain } from "./sign-in-again.js";

const PAUSE = 2000; // ms after the last key
const RETRY = 15000; // ms while there is no network
const LAST_WORDS = 60000; // bytes a browser still sends for a page that is being closed
const form = document.querySelector("form[data-autosave]");

function note(name) {
  return document.querySelector(`[data-${name}]`);
}

function show(name, text) {
  const box = note(name);
  if (!box) return;
  const words = text && box.querySelector("[data-text]");
  if (words) words.textContent = text;
  box.hidden = false;
}

function hide(...names) {
  for (const name of names) if (note(name)) note(name).hidden = true;
}

function token() {
  const cookie = document.cookie.split("; ").find((part) => /^(csrftoken|__Host-csrf)=/.test(part));
  if (cookie) return cookie.slice(cookie.indexOf("=") + 1);
  return document.body.dataset.csrf ?? form.elements.csrfmiddlewaretoken.value; // whoever has no account
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.copy = new LocalCopy(form);
    this.copies = new KeptCopies(form, this.copy, () => this.typed());
    this.session = new SignInAgain(form, () => this.back());
    this.base = form.elements.base;
    this.changes = 0; // counts what was typed, so that an answer knows whether it is still the latest
    this.running = false;
    this.refused = 0; // answers in a row that asked for a new form token
    this.stopped = !form.dataset.autosave;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => this.send());
    addEventListener("offline", () => this.offline());
    addEventListener("pageshow", () => (this.cleared = false));
    addEventListener("beforeunload", (event) => this.leaving(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.send());
    this.session.dialog?.addEventListener("close", () => {
      if (this.session.isOut) this.waiting = null; // "later": nothing is sent by itself then
    });
  }

  async start() {
    LocalCopy.forgetSent();
    if (!navigator.onLine) this.offline();
    const copies = await this.copy.found();
    if ("typed" in this.form.dataset) await this.copy.keep(); // the server gave back what it has not stored
    await this.copies.offer(copies);
    await this.pointToOthers();
  }

  // "Step 4 holds something, too": each line leads there.
  async pointToOthers() {
    const box = note("other-steps");
    if (!box) return;
    const links = (await this.copy.otherSteps()).map((step) => {
      const link = document.createElement("a");
      link.href = location.pathname.replace(/\d+\/$/, `${step}/`);
      link.textContent = box.dataset.words.replace("{step}", step);
      const line = document.createElement("li");
      line.append(link);
      return line;
    });
    box.querySelector("[data-list]").replaceChildren(...links);
    box.hidden = !links.length;
  }

  typed() {
    this.changes += 1;
    this.copy.keep();
    hide("online", "back");
    if (this.session.isOut || !navigator.onLine) this.sayUnsaved();
    this.later(PAUSE);
  }

  // Only where this browser keeps nothing does closing the page lose something.
  leaving(event) {
    if (this.changes && !this.cleared && !this.copy.works) event.preventDefault();
  }

  later(pause) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.stopped || this.running || this.session.isOut || this.cleared || !this.changes) return;
    this.running = true;
    const sent = this.changes;
    try {
      await this.take(await this.post(), sent);
    } catch {
      this.offline(); // no network: the copy is there, and it is tried again
      this.later(RETRY);
    } finally {
      this.running = false;
      if (this.waiting) this.leave();
      else if (this.changes > sent) this.later(PAUSE);
    }
  }

  post() {
    const fields = new FormData(this.form);
    for (const name of ["csrfmiddlewaretoken", "files", "scan"]) fields.delete(name);
    const body = new URLSearchParams(fields).toString();
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": token(),
        Accept: "application/json",
      },
      keepalive: document.hidden && body.length < LAST_WORDS,
      redirect: "manual",
    });
  }

  async take(answer, sent) {
    if ([401, 403].includes(answer.status) || answer.type === "opaqueredirect") return this.signedOut();
    this.refused = 0;
    if (answer.status >= 500 || answer.status === 429) {
      this.sayUnsaved();
      return this.later(RETRY);
    }
    const said = await answer.json();
    if (answer.status === 409) {
      this.sayUnsaved();
      return show("conflict", said.message);
    }
    if (!answer.ok) {
      this.stopped = true;
      this.sayUnsaved();
      return show("closed", said.message);
    }
    this.kept(said, sent);
  }

  // Out, or in as somebody else, or in anew with another form token, which is fetched and tried.
  async signedOut() {
    const who = this.session.isKnown ? await this.session.ask() : "nobody";
    if (who === "me") {
      this.refused += 1;
      return this.later(this.refused > 1 ? RETRY : 0);
    }
    if (who === "unreachable") {
      this.offline();
      return this.later(RETRY);
    }
    this.out(who);
  }

  out(who) {
    this.sayUnsaved();
    show("expired");
    if (this.session.isKnown) this.session.open(who);
  }

  back() {
    hide("expired");
    show("back");
    if (this.waiting) this.leave();
    else this.send();
  }

  async offline() {
    await this.copy.turn;
    hide("offline", "unkept");
    show(this.copy.works ? "offline" : "unkept");
    this.sayUnsaved();
  }

  sayUnsaved() {
    const words = note(this.copy.works ? "offline" : "unkept")?.dataset.unsaved;
    if (words && this.changes) this.say(words, true);
  }

  say(words, isUnsaved = false) {
    for (const place of document.querySelectorAll("[data-kept]")) {
      if (isUnsaved && place.classList.contains("saved-not")) continue; // told once
      place.classList.toggle("saved-not", isUnsaved);
      place.replaceChildren(...place.querySelectorAll("svg"), words);
    }
  }

  // A form is sent only by its writer and only while the server answers: a page of the browser's own would take
  // the place of what was typed, and files that were chosen would be lost on the way through a sign-in. A save
  // under way is waited for: sent at once, the form would meet its own change as somebody else's.
  submitted(event) {
    if (this.cleared) return;
    clearTimeout(this.timer);
    if (!this.session.isKnown && !this.running) return this.clear(); // nobody to ask, nothing to wait for
    event.preventDefault();
    const asked = this.waiting;
    this.waiting = { button: event.submitter };
    if (!asked && !this.running) this.leave();
  }

  clear() {
    this.cleared = true;
    this.copy.sent();
  }

  async leave() {
    const who = this.session.isKnown ? await this.session.ask() : "me";
    const waiting = this.waiting;
    if (who === "me") {
      this.waiting = null;
      this.clear();
      return this.form.requestSubmit(waiting.button);
    }
    if (who === "unreachable") {
      this.waiting = null;
      await this.offline();
      note("kept")?.scrollIntoView({ block: "center" });
      return this.changes && this.later(RETRY);
    }
    this.out(who);
    this.session.show();
  }

  kept(said, sent) {
    const wasOffline = [note("offline"), note("unkept")].some((box) => box && !box.hidden);
    hide("offline", "expired", "conflict", "unkept", "back");
    this.base.value = JSON.stringify({ ...JSON.parse(this.base.value || "{}"), ...said.base });
    this.copy.drawnBase = this.base.value;
    if (this.form.elements.edit_version) this.form.elements.edit_version.value = said.edit_version;
    this.report(said.errors);
    document.dispatchEvent(new CustomEvent("autosaved", { detail: said }));
    this.say(said.message);
    if (Object.keys(said.errors).length || this.changes !== sent) return this.copy.keep();
    this.changes = 0;
    this.copy.remove();
    if (wasOffline) show("online");
  }

  // Wrong values stay as typed; each line leads to its field.
  report(errors) {
    const box = note("wrong");
    const lines = Object.entries(errors);
    const list = box.querySelector("[data-list]");
    list.replaceChildren(
      ...lines.map(([id, messages]) => {
        const line = document.createElement("li");
        const link = document.createElement("a");
        const field = document.getElementById(id) ?? document.getElementById(`${id}_0`);
        link.href = `#${field?.id ?? id}`;
        link.textContent = `${this.labelOf(field)}${messages.join(" ")}`;
        line.append(link);
        return line;
      }),
    );
    box.hidden = !lines.length;
  }

  labelOf(field) {
    const label = field?.closest("fieldset")?.querySelector("legend") ?? field?.labels?.[0];
    return label ? `${label.textContent.trim()}: ` : "";
  }
}

if (form) new Autosave(form).start();
