// How many words a text has while it is typed, counted as the server counts them: what stands between blanks.
// The server's own count takes the place of this one whenever it has saved.
const field = document.querySelector("[data-words-most]");
const place = document.querySelector("[data-word-count]");

function show(count) {
  const most = Number(field.dataset.wordsMost);
  const words = count > most ? place.dataset.over : place.dataset.within;
  place.querySelector("[data-text]").textContent = words
    .replace("{count}", count)
    .replace("{rest}", Math.abs(most - count));
  place.classList.toggle("flag-bad", count > most);
}

function recount() {
  show(field.value.match(/\S+/g)?.length ?? 0);
}

if (field && place) {
  field.addEventListener("input", recount);
  document.addEventListener("copy-restored", recount);
  document.addEventListener("autosaved", ({ detail }) => {
    if (field.value.normalize("NFC").trim() === detail.text) show(detail.words);
  });
}
