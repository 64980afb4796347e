// What is typed in a step of the dossier is kept twice: at once in this browser, and after a pause on the
// server. The browser's copy outlives a closed tab, a lost network and an ended session; it goes once the
// server has everything. Without script the form is saved by its buttons alone.
import { LocalCopy } from "./local-copy.js";

const PAUSE = 2000; // ms after the last key
const RETRY = 15000; // ms while there is no network
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
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  if (cookie) return cookie.slice("csrftoken=".length);
  return document.body.dataset.csrf ?? form.elements.csrfmiddlewaretoken.value; // whoever has no account
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.copy = new LocalCopy(form);
    this.base = form.elements.base;
    this.changes = 0; // counts what was typed, so that an answer knows whether it is still the latest
    this.running = false;
    this.stopped = !form.dataset.autosave;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => this.send());
    addEventListener("offline", () => show("offline"));
    note("restored")?.querySelector("[data-drop]").addEventListener("click", () => this.drop());
    if (!navigator.onLine) show("offline");
  }

  start() {
    const saved = new URLSearchParams(location.search).get("da-luu");
    if (saved) {
      LocalCopy.forget(this.form, saved);
      history.replaceState(null, "", location.pathname + location.hash);
    }
    if ("typed" in this.form.dataset) return; // the server gave back what was typed: it is the latest
    const at = this.copy.restore();
    if (!at) return;
    show("restored", note("restored").dataset.words.replace("{time}", at));
    document.dispatchEvent(new Event("copy-restored"));
    this.typed();
  }

  drop() {
    this.copy.remove();
    clearTimeout(this.timer);
    location.reload();
  }

  // A save under way is waited for: sent at once, the form would meet its own change as somebody else's.
  submitted(event) {
    clearTimeout(this.timer);
    if (!this.running) return;
    event.preventDefault();
    this.waiting = event.submitter;
  }

  typed() {
    this.changes += 1;
    this.copy.keep();
    hide("online");
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.stopped || this.running || !this.changes) return;
    this.running = true;
    const sent = this.changes;
    try {
      const body = new FormData(this.form);
      for (const name of ["csrfmiddlewaretoken", "files", "scan"]) body.delete(name);
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
        redirect: "manual",
      });
      await this.take(answer, sent);
    } catch {
      show("offline"); // no network: the copy is there, and it is tried again
      this.later(RETRY);
    } finally {
      this.running = false;
      if (this.waiting) this.form.requestSubmit(this.waiting);
      else if (this.changes > sent) this.later(PAUSE);
    }
  }

  async take(answer, sent) {
    if (answer.status === 401 || answer.type === "opaqueredirect") return show("expired");
    if (answer.status === 403) return show("expired");
    if (answer.status >= 500 || answer.status === 429) return this.later(RETRY);
    const said = await answer.json();
    if (answer.status === 409) return show("conflict", said.message);
    if (!answer.ok) {
      this.stopped = true;
      return show("closed", said.message);
    }
    this.kept(said, sent);
  }

  kept(said, sent) {
    const wasOffline = note("offline") && !note("offline").hidden;
    hide("offline", "expired", "conflict", "restored");
    this.base.value = JSON.stringify({ ...JSON.parse(this.base.value || "{}"), ...said.base });
    this.copy.drawnBase = this.base.value;
    if (this.form.elements.edit_version) this.form.elements.edit_version.value = said.edit_version;
    this.report(said.errors);
    document.dispatchEvent(new CustomEvent("autosaved", { detail: said }));
    for (const place of document.querySelectorAll("[data-kept]")) {
      place.replaceChildren(...place.querySelectorAll("svg"), said.message);
    }
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
