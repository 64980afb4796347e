// The roll: each tick is sent at once. What could not be sent stays in this browser, under the organiser and the
// session, and goes when the network is back. Without script the form's own button sends everything.
const RETRY = 10000; // ms
const form = document.querySelector("form[data-roll]");

class Roll {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.copy;
    this.waiting = this.read(); // {person: status} not stored yet
    this.running = false;
    form.addEventListener("change", (event) => this.ticked(event.target));
    addEventListener("online", () => this.send());
    addEventListener("offline", () => this.banner(form.dataset.lost));
  }

  start() {
    for (const [person, status] of Object.entries(this.waiting)) {
      const radio = this.form.querySelector(`[name="mark-${CSS.escape(person)}"][value="${CSS.escape(status)}"]`);
      const stored = this.form.elements[`was-${person}`]?.value;
      if (!radio || stored === status) delete this.waiting[person];
      else {
        radio.checked = true;
        this.say(person, this.form.dataset.waiting);
      }
    }
    this.write(this.waiting);
    this.count();
    if (!Object.keys(this.waiting).length) return;
    this.banner(this.form.dataset.restored);
    this.send();
  }

  ticked(radio) {
    if (radio.type !== "radio") return;
    const person = radio.name.slice("mark-".length);
    this.waiting[person] = radio.value;
    this.write(this.waiting);
    this.count();
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.running) return;
    this.running = true;
    try {
      for (const [person, status] of Object.entries(this.waiting)) {
        if (!(await this.store(person, status))) return;
      }
      this.banner("");
    } catch {
      this.banner(this.form.dataset.lost);
      for (const person of Object.keys(this.waiting)) this.say(person, this.form.dataset.waiting);
    } finally {
      this.running = false;
      // Ticked meanwhile: at once; not sent: a little later.
      if (Object.keys(this.waiting).length && !this.stopped) {
        this.timer = setTimeout(() => this.send(), this.failed ? RETRY : 0);
      }
    }
  }

  // Whether to go on with the next one. Throws without network.
  async store(person, status) {
    this.failed = true;
    const body = new FormData();
    body.set("staff", person);
    body.set("status", status);
    const answer = await fetch(this.form.dataset.roll, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
      redirect: "manual",
    });
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.status === 409) {
      this.done(person, status);
      this.say(person, said.message);
      return true;
    }
    if (!answer.ok) {
      this.stopped = true; // signed out, or no longer allowed: the marks stay until the page is opened again
      this.banner(said.message || this.form.dataset.lost);
      return false;
    }
    this.failed = false;
    this.form.elements[`was-${person}`].value = status;
    this.done(person, status);
    this.say(person, said.message, true);
    return true;
  }

  done(person, status) {
    if (this.waiting[person] === status) delete this.waiting[person];
    this.write(this.waiting);
  }

  say(person, words, saved = false) {
    const place = this.form.querySelector(`[data-saved="${CSS.escape(person)}"]`);
    place?.replaceChildren(...(saved ? [cloud()] : []), words);
  }

  banner(words) {
    const box = document.querySelector("[data-offline]");
    box.hidden = !words;
    box.querySelector("[data-text]").textContent = words;
  }

  count() {
    const ticked = [...this.form.querySelectorAll("input[type=radio]:checked")].map((radio) => radio.value);
    const bar = document.querySelector("[data-rollbar]");
    bar.querySelector("[data-marked]").textContent = ticked.length;
    bar.querySelector("[data-bar]")?.setAttribute("width", ticked.length);
    for (const place of bar.querySelectorAll("[data-count]")) {
      place.textContent = ticked.filter((value) => value === place.dataset.count).length;
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  write(waiting) {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(this.key, JSON.stringify(waiting));
      else localStorage.removeItem(this.key);
    } catch {
      // full or forbidden: the marks stay in the page
    }
  }
}

const SVG = "http://www.w3.org/2000/svg";

function cloud() {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", "#i-cloud");
  icon.append(use);
  return icon;
}

if (form) new Roll(form).start();
