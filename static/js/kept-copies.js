// Offers what an earlier window kept and the server never got: when it was typed, what it is, to be read, put back
// or thrown away. Nothing is put back by itself, and never over something typed meanwhile.
import { plain, valuesOf } from "./local-copy.js";

export class KeptCopies {
  constructor(form, copy, changed) {
    this.form = form;
    this.copy = copy;
    this.changed = changed; // called after something was put back
    this.box = document.querySelector("[data-restored]");
  }

  // Shows the copies that hold something the form does not; the others have done their work.
  async offer(copies) {
    for (const copy of copies) {
      const fields = this.unsaved(copy);
      if (fields.length) this.draw(copy, fields);
      else await this.copy.drop(copy.place);
    }
    this.box.hidden = !this.box.querySelector("[data-copy-of]");
  }

  unsaved(copy) {
    const here = valuesOf(this.form);
    return Object.entries(copy.typed).filter(
      ([name, value]) => name in here && plain(value) !== plain(here[name]),
    );
  }

  draw(copy, fields) {
    const card = this.box.querySelector("template").content.cloneNode(true).firstElementChild;
    const names = fields.map(([name]) => this.labelOf(name)).join(", ");
    const when = this.box.dataset.words.replace("{time}", moment(copy.at)).replace("{fields}", names);
    card.querySelector("[data-text]").textContent = when;
    card.querySelector("[data-fields]").append(...fields.flatMap(([name, value]) => this.lines(name, value)));
    card.querySelector("[data-put-back]").addEventListener("click", () => this.putBack(copy, card));
    card.querySelector("[data-drop]").addEventListener("click", () => this.drop(copy, card));
    this.box.querySelector("[data-cards]").append(card);
  }

  lines(name, value) {
    const term = document.createElement("dt");
    const words = document.createElement("dd");
    term.textContent = this.labelOf(name);
    words.className = "kept-text";
    words.textContent = this.shown(name, value) || "–";
    return [term, words];
  }

  // Fields typed in since stay as they are: what was kept for them goes on being offered.
  async putBack(copy, card) {
    const here = valuesOf(this.form);
    const base = JSON.parse(this.form.elements.base.value || "{}");
    const fields = this.unsaved(copy);
    for (const [name, value] of fields) {
      if (plain(here[name]) !== plain(this.copy.drawn[name] ?? "")) continue;
      this.put(name, value);
      const stored = name === "field" ? "field_id" : name;
      if (copy.base[stored]) base[stored] = copy.base[stored];
    }
    this.form.elements.base.value = JSON.stringify(base);
    this.copy.drawnBase = this.form.elements.base.value;
    await this.copy.keep();
    const over = this.unsaved(copy);
    if (over.length) {
      card.querySelector("[data-fields]").replaceChildren(
        ...over.flatMap(([name, value]) => this.lines(name, value)),
      );
      card.querySelector("[data-text]").textContent = this.box.dataset.over;
      card.querySelector("details").open = true;
      card.querySelector("[data-put-back]").hidden = true;
    } else if (this.copy.works) await this.drop(copy, card);
    else this.close(card);
    document.dispatchEvent(new Event("copy-restored"));
    this.changed();
    this.fieldOf(fields[0]?.[0])?.focus();
  }

  async drop(copy, card) {
    await this.copy.drop(copy.place);
    this.close(card);
  }

  close(card) {
    card.remove();
    this.box.hidden = !this.box.querySelector("[data-copy-of]");
  }

  fieldOf(name) {
    const field = name ? this.form.elements[name] : null;
    return field instanceof RadioNodeList ? field[0] : field;
  }

  labelOf(name) {
    const field = this.fieldOf(name);
    const label = field?.closest("fieldset")?.querySelector("legend") ?? field?.labels?.[0];
    return label?.textContent.trim() ?? name;
  }

  shown(name, value) {
    const field = this.form.elements[name];
    if (field instanceof RadioNodeList) {
      const chosen = [...field].find((radio) => radio.value === value);
      return chosen?.labels[0]?.textContent.trim() ?? "";
    }
    if (field.options) return [...field.options].find((option) => option.value === value)?.text ?? "";
    return field.type === "checkbox" ? (value ? "✓" : "") : value;
  }

  put(name, value) {
    const field = this.form.elements[name];
    if (field instanceof RadioNodeList) {
      for (const radio of field) radio.checked = radio.value === value;
    } else if (field.type === "checkbox") field.checked = value === "on";
    else field.value = value;
  }
}

function moment(at) {
  const when = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  const day = `${two(when.getDate())}/${two(when.getMonth() + 1)}/${when.getFullYear()}`;
  return `${two(when.getHours())}:${two(when.getMinutes())}, ${day}`;
}
