// The total of the shares while they are typed, in hundredths so that nothing is rounded. The server says
// the same when the step is saved.
const inputs = [...document.querySelectorAll("[data-share]")];
const total = document.querySelector("[data-total]");
const words = document.querySelector("[data-total-words]");
const note = document.querySelector("[data-total-note]");
const WHOLE = 10000;

function hundredths(text) {
  const typed = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text);
  return typed ? Number(typed[1]) * 100 + Number((typed[2] ?? "").padEnd(2, "0")) : null;
}

const shown = (value) => `${Math.floor(value / 100)},${String(value % 100).padStart(2, "0")}`;
const percent = (value) => `${shown(value)}\u00a0%`;

function add() {
  const values = inputs.map((input) => hundredths(input.value));
  if (values.includes(null)) return; // half typed: the last whole total stands
  const sum = values.reduce((one, other) => one + other, 0);
  const pattern = sum < WHOLE ? words.dataset.short : sum > WHOLE ? words.dataset.over : words.dataset.exact;
  total.textContent = shown(sum);
  words.textContent = pattern
    .replace("{total}", percent(sum))
    .replace("{rest}", percent(Math.abs(WHOLE - sum)))
    .replace("{whole}", percent(WHOLE));
  note.classList.toggle("note-ok", sum === WHOLE);
  note.classList.toggle("note-bad", sum !== WHOLE);
}

if (total && words && note) {
  for (const input of inputs) input.addEventListener("input", add);
  document.addEventListener("copy-restored", add);
}
