// A quiz under way: the time left counts on from what the server said, an answer is kept as soon as it is
// chosen, and at zero the quiz hands itself in. The server's clock decides all the same; without script the
// buttons do everything.
const clock = document.querySelector("[data-quiz-clock]");
const form = document.querySelector("form[data-quiz-answer]");
const handIn = document.querySelector("form[data-quiz-hand-in]");
const saved = document.querySelector("[data-quiz-saved]");
let ends = performance.now() + Number(clock?.dataset.left) * 1000;
let latest = Promise.resolve(); // answers go one after the other, so that the last one chosen stays

function tick() {
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  clock.querySelector("[data-text]").textContent = clock.dataset.words
    .replace("{minutes}", Math.floor(left / 60))
    .replace("{seconds}", left % 60);
  if (left) return;
  clearInterval(timer);
  latest.finally(() => handIn?.requestSubmit());
}

async function keep() {
  const body = new FormData(form);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return;
    const said = await answer.json();
    saved.textContent = said.message;
    if (answer.ok) ends = Math.min(ends, performance.now() + said.left * 1000);
  } catch {
    saved.textContent = ""; // no network: the button is still there
  }
}

form?.addEventListener("change", () => {
  latest = latest.then(keep);
});
const timer = clock ? setInterval(tick, 1000) : 0;
if (clock) tick();
