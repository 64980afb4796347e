// The day of the figures: dragging writes the day into the field beside it, letting go asks for its
// figures (data-hx-get of the slider). Without script the field and its button do the same.
const form = document.querySelector("[data-day-slider]");
const range = form.querySelector("input[type=range]");
const field = form.querySelector("input[name=day]");
const said = form.querySelector("[data-said]");
const two = (number) => String(number).padStart(2, "0");

function dayOf(number) {
  const day = new Date(Date.UTC(range.dataset.year, 0, number));
  return `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}`;
}

function numberOf(text) {
  const found = text.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/);
  if (!found || found[3] !== range.dataset.year) return null;
  const first = Date.UTC(found[3], 0, 1);
  return (Date.UTC(found[3], found[2] - 1, found[1]) - first) / 86400000 + 1;
}

function say() {
  range.setAttribute("aria-valuetext", dayOf(range.value));
}

form.querySelector("[data-slider]").hidden = false;
say();
range.addEventListener("input", () => {
  field.value = dayOf(range.value);
  say();
});
field.addEventListener("change", () => {
  range.value = numberOf(field.value) ?? range.value;
  say();
});
document.body.addEventListener("htmx:afterSettle", () => {
  said.textContent = document.querySelector("#so-lieu").dataset.sentence;
});
