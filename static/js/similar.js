// Similar initiatives while the name or the solution is typed. A hint: without this module the saved step shows
// the same, and whatever goes wrong here changes nothing on the page.
const PAUSE = 800; // ms after the last key
const BETWEEN = 1200; // ms from one request to the next; the server gives an account one answer a second
const FEWEST = 4; // letters

const place = document.querySelector("[data-similar]");
const form = place.closest("form");
const names = place.dataset.fields.split(" ");
let waiting, running, asked;
let lastAt = 0;

function typed() {
  return names.map((name) => form.elements[name]?.value ?? "");
}

function keyOf(texts) {
  return texts.join("\n").trim();
}

function later(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(ask, Math.max(pause, lastAt + BETWEEN - Date.now()));
}

function ask() {
  const texts = typed();
  const key = keyOf(texts);
  if (running || key === asked || key.length < FEWEST) return; // an answer under way asks again by itself
  running = true;
  lastAt = Date.now();
  const body = new FormData();
  body.append("code", place.dataset.code);
  names.forEach((name, index) => body.append(name, texts[index]));
  const request = new XMLHttpRequest();
  request.open("POST", place.dataset.similar);
  request.setRequestHeader("X-CSRFToken", document.body.dataset.csrf ?? form.elements.csrfmiddlewaretoken.value);
  request.responseType = "document"; // read by the browser itself: nothing in it runs
  request.addEventListener("loadend", () => answered(request, key));
  request.send(body);
}

// Asked too soon, the same words are asked about again; refused or without a network, only the next ones.
function answered(request, key) {
  running = false;
  if (request.status !== 429) asked = key;
  if (request.status === 200) show(request.response?.body ?? document.createElement("body"));
  if (keyOf(typed()) !== asked) later(BETWEEN);
}

// The same answer is not announced twice.
function show(found) {
  if (found.textContent.trim() === place.textContent.trim()) return;
  place.replaceChildren(...found.childNodes);
  const difference = document.getElementById("khac");
  if (difference && place.childElementCount) difference.hidden = false;
}

form.addEventListener("input", (event) => {
  if (names.includes(event.target.name) && !event.isComposing) later(PAUSE);
});
form.addEventListener("compositionend", (event) => names.includes(event.target.name) && later(PAUSE));
document.addEventListener("copy-restored", () => later(PAUSE));
