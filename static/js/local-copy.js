// What was typed in one form, kept in this browser until the server has it. Each window keeps a copy of its own
// under the person, the record and the step, so that two windows never write over each other's. It is sealed
// with a key that only that person's pages bring along (editing/copies.py): on a computer several people share
// nobody else's page opens it, nor does whoever looks into the browser's storage. Each field goes with the
// version it was typed over. Web Crypto and locks need a secure address, which the portal in use always has.
const PREFIX = "giu:";
const KEPT_FOR = 30 * 24 * 3600 * 1000; // ms; then nobody comes back for it
const SENT = "giu-da-gui"; // which copy went with the form this window sent
const NOT_TYPED = ["base", "edit_version", "csrfmiddlewaretoken", "files", "scan", "pledge", "then", "writer"];

export function plain(text) {
  return text.normalize("NFC").replaceAll("\r\n", "\n").trim();
}

export function valuesOf(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.includes(field.name) || field.matches("button, [type=file]")) continue;
    if (field.type === "radio") {
      if (field.checked) values[field.name] = field.value;
      else values[field.name] ??= "";
    } else if (field.type === "checkbox") values[field.name] = field.checked ? "on" : "";
    else values[field.name] = field.value;
  }
  return values;
}

export class LocalCopy {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.copy;
    this.place = `${PREFIX}${this.name}:${Math.random().toString(36).slice(2)}`;
    this.drawn = "typed" in form.dataset ? {} : valuesOf(form); // what the server is known to have
    this.drawnBase = form.elements.base.value;
    this.works = false; // whether this browser keeps anything
    this.turn = this.prepare(); // one thing after the other
  }

  async prepare() {
    try {
      const raw = bytes(this.form.dataset.copyKey);
      this.key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
      await hold(this.place);
      await forgetOld();
      this.works = true;
    } catch {
      // no storage, no secure address: what is typed lives in this window alone
    }
  }

  // The copies nobody's window is working on: [{place, at, base, typed}], newest first.
  async found() {
    await this.turn;
    if (!this.works) return [];
    const copies = await Promise.all((await left(`${PREFIX}${this.name}:`)).map((place) => this.read(place)));
    return copies.filter(Boolean).sort((one, other) => other.at - one.at);
  }

  // Steps of the same record with a copy of their own: ["4", …].
  async otherSteps() {
    if (!this.works) return [];
    const record = this.name.replace(/\d+$/, "");
    const steps = (await left(PREFIX + record)).map((place) => place.slice(PREFIX.length + record.length).split(":")[0]);
    return [...new Set(steps)].filter((step) => record + step !== this.name).sort();
  }

  keep() {
    this.stale = true;
    this.turn = this.turn.then(() => this.stale && this.write());
    return this.turn;
  }

  async write() {
    this.stale = false;
    if (!this.key) return;
    const typed = {};
    for (const [name, value] of Object.entries(valuesOf(this.form))) {
      if (plain(value) !== plain(this.drawn[name] ?? "")) typed[name] = value;
    }
    try {
      if (!Object.keys(typed).length) return localStorage.removeItem(this.place);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = JSON.stringify({ base: JSON.parse(this.drawnBase || "{}"), typed });
      const sealed = await crypto.subtle.encrypt(this.seal(iv), this.key, new TextEncoder().encode(text));
      localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), iv: letters(iv), sealed: letters(sealed) }));
      this.works = true;
    } catch {
      this.works = false; // full or forbidden: the page says so
    }
  }

  seal(iv) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(this.name) };
  }

  async read(place) {
    try {
      const { at, iv, sealed } = JSON.parse(localStorage.getItem(place));
      const text = await crypto.subtle.decrypt(this.seal(bytes(iv)), this.key, bytes(sealed));
      return { place, at, ...JSON.parse(new TextDecoder().decode(text)) };
    } catch {
      return null; // sealed with a key of before; it goes by its age
    }
  }

  // The server has everything.
  remove() {
    this.drawn = valuesOf(this.form);
    this.drawnBase = this.form.elements.base.value;
    this.drop(this.place);
  }

  drop(place) {
    this.turn = this.turn.then(() => localStorage.removeItem(place)).catch(() => {});
    return this.turn;
  }

  // The form is on its way: once the server says it was saved (`forgetSent`) its copy may go.
  sent() {
    try {
      sessionStorage.setItem(SENT, this.place);
    } catch {
      // no storage in this browser
    }
  }

  static forgetSent() {
    if (!new URLSearchParams(location.search).has("da-luu")) return;
    history.replaceState(null, "", location.pathname + location.hash);
    try {
      localStorage.removeItem(sessionStorage.getItem(SENT));
      sessionStorage.removeItem(SENT);
    } catch {
      // no storage in this browser
    }
  }
}

// A lock that lasts as long as this page says that its copy is being worked on.
function hold(place) {
  return new Promise((held) => {
    navigator.locks.request(place, () => {
      held();
      return new Promise(() => {});
    });
  });
}

async function left(prefix) {
  const { held } = await navigator.locks.query();
  const alive = new Set(held.map((lock) => lock.name));
  return Object.keys(localStorage).filter((place) => place.startsWith(prefix) && !alive.has(place));
}

async function forgetOld() {
  for (const place of await left(PREFIX)) {
    try {
      if (Date.now() - JSON.parse(localStorage.getItem(place)).at < KEPT_FOR) continue;
    } catch {
      // not ours to read: gone as well
    }
    localStorage.removeItem(place);
  }
}

function letters(buffer) {
  return btoa(Array.from(new Uint8Array(buffer), (code) => String.fromCharCode(code)).join(""));
}

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
