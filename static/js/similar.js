// Similar initiatives while the name or the solution is typed. A hint: without this module the saved step shows
// the same, and whatever goes wrong here changes nothing on the page.
const PAUSE = 800; // ms after the last key
const BETWEEN = 1200; // ms from one request to the next; the server gives an account one answer a second
const FEWEST = 4; // letters

const place = document.querySelector("[data-similar]");
const form = place.closest("form");
const names = place.dataset.fields.split(" ");
let waiting, running, asked, lastAt = 0;

function typed() {
  return names.map((name) => form.elements[name]?.value ?? "");
}

function later(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(ask, Math.max(pause, lastAt + BETWEEN - Date.now()));
}

async function ask() {
  const texts = typed();
  const key = texts.join("\n").trim();
  if (running || key === asked) return; // an answer under way asks again by itself
  if (key.length < FEWEST) return;
  running = true;
  lastAt = Date.now();
  try {
    const body = new URLSearchParams({ code: place.dataset.code });
    names.forEach((name, index) => body.append(name, texts[index]));
    const answer = await fetch(place.dataset.similar, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": document.body.dataset.csrf ?? form.elements.csrfmiddlewaretoken.value },
      redirect: "error",
    });
    if (answer.status === 429) return;
    asked = key; // answered or refused: the same words are not asked about again
    if (answer.ok) show(await answer.text());
  } catch {
    asked = key; // no network: the next word tries again
  } finally {
    running = false;
    if (typed().join("\n").trim() !== asked) later(BETWEEN);
  }
}

// Parsed as a document of its own: nothing in it runs. The same answer is not announced twice.
function show(html) {
  const found = new DOMParser().parseFromString(html, "text/html").body;
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
