// What was typed in one step, kept in this browser under the person, the dossier and the step: nobody else who
// signs in here is shown it. Each field goes with the version it was typed over.
const NOT_TYPED = ["base", "edit_version", "csrfmiddlewaretoken", "files", "scan", "pledge", "then"];

function plain(text) {
  return text.normalize("NFC").replaceAll("\r\n", "\n").trim();
}

export class LocalCopy {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.copy;
    this.drawn = this.values();
    this.drawnBase = this.form.elements.base.value;
  }

  // The copy of another step that the server says it has saved.
  static forget(form, step) {
    try {
      localStorage.removeItem(form.dataset.copy.replace(/\d+$/, step));
    } catch {
      // no storage in this browser
    }
  }

  values() {
    const values = {};
    for (const field of this.form.elements) {
      if (!field.name || NOT_TYPED.includes(field.name) || field.matches("button, [type=file]")) continue;
      if (field.type === "radio") {
        if (field.checked) values[field.name] = field.value;
        else values[field.name] ??= "";
      } else if (field.type === "checkbox") values[field.name] = field.checked ? "on" : "";
      else values[field.name] = field.value;
    }
    return values;
  }

  keep() {
    const typed = {};
    for (const [name, value] of Object.entries(this.values())) {
      if (plain(value) !== plain(this.drawn[name] ?? "")) typed[name] = value;
    }
    const now = new Date();
    const at = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    const copy = { at, base: JSON.parse(this.drawnBase || "{}"), typed };
    try {
      if (Object.keys(typed).length) localStorage.setItem(this.key, JSON.stringify(copy));
      else localStorage.removeItem(this.key);
    } catch {
      // full or forbidden: the server's copy remains
    }
  }

  remove() {
    this.drawn = this.values();
    this.drawnBase = this.form.elements.base.value;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // no storage in this browser
    }
  }

  // Puts back what is not on the server; answers when it was typed, or null.
  restore() {
    let copy;
    try {
      copy = JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
    const lost = Object.entries(copy?.typed ?? {}).filter(
      ([name, value]) => name in this.drawn && plain(value) !== plain(this.drawn[name]),
    );
    if (!lost.length) {
      this.remove();
      return null;
    }
    const base = JSON.parse(this.form.elements.base.value || "{}");
    for (const [name, value] of lost) {
      this.put(name, value);
      const stored = name === "field" ? "field_id" : name;
      if (copy.base[stored]) base[stored] = copy.base[stored];
    }
    this.form.elements.base.value = JSON.stringify(base);
    this.drawnBase = this.form.elements.base.value;
    return copy.at;
  }

  put(name, value) {
    const field = this.form.elements[name];
    if (field instanceof RadioNodeList) {
      for (const radio of field) radio.checked = radio.value === value;
    } else if (field.type === "checkbox") field.checked = value === "on";
    else field.value = value;
  }
}
