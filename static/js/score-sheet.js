// The score sheet: kept two seconds after the last key, the level of the typed points marked, total and grade as
// the server says them. Everything also works by the form's own buttons.
const PAUSE = 2000;
const LONGEST_PAUSE = 30000;

for (const form of document.querySelectorAll("[data-score-sheet]")) start(form);

function start(form) {
  const kept = form.querySelector("[data-kept]");
  const version = form.elements.edit_version;
  let timer;
  let waiting = false; // a request is under way
  let dirty = "dirty" in form.dataset;
  let stopped = dirty; // a conflict or a form brought back: the person decides by the buttons
  let failures = 0;

  const say = (words) => {
    kept.textContent = words;
  };

  form.addEventListener("input", (event) => {
    markLevel(event.target.closest("[data-criterion]"));
    dirty = true;
    if (stopped) return;
    say(form.dataset.changed);
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    dirty = false;
    stopped = true;
    clearTimeout(timer);
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  addEventListener("online", () => {
    if (dirty && !stopped) save();
  });
  for (const part of form.querySelectorAll("[data-criterion]")) markLevel(part);

  async function save() {
    clearTimeout(timer);
    if (waiting || stopped) return;
    waiting = true;
    dirty = false;
    let answer;
    let data;
    try {
      answer = await fetch(form.dataset.save, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      data = await answer.json();
    } catch {
      waiting = false;
      dirty = true;
      failures += 1;
      say(form.dataset.offline);
      timer = setTimeout(save, Math.min(LONGEST_PAUSE, PAUSE * 2 ** failures));
      return;
    }
    waiting = false;
    failures = 0;
    if (stopped) return;
    if (!answer.ok) {
      dirty = true;
      stopped = true;
      say(data.message);
      return;
    }
    version.value = data.version;
    showErrors(form, data.errors);
    showStanding(form, data);
    if (dirty) timer = setTimeout(save, PAUSE);
    else say(data.saved);
  }
}

function markLevel(part) {
  const input = part?.querySelector(".score-in input");
  if (!input) return;
  const text = input.value.trim().replace(",", ".");
  const points = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  const bands = [...part.querySelectorAll("[data-low]")];
  const reached = bands.filter((band) => Number(band.dataset.low) <= points);
  const level = reached.sort((a, b) => b.dataset.low - a.dataset.low)[0];
  for (const band of bands) band.classList.toggle("on", band === level);
}

function showErrors(form, errors) {
  for (const part of form.querySelectorAll("[data-criterion]")) {
    const place = part.querySelector("[data-errors]");
    const input = part.querySelector(".score-in input");
    if (!place || !input) continue;
    const words = errors[`points-${part.dataset.criterion}`] ?? [];
    input.classList.toggle("is-invalid", words.length > 0);
    input.toggleAttribute("aria-invalid", words.length > 0);
    place.replaceChildren(
      ...words.map((text) => {
        const line = document.createElement("p");
        line.className = "invalid-feedback";
        line.setAttribute("role", "alert");
        line.textContent = text;
        return line;
      }),
    );
  }
}

function showStanding(form, { standing, words, errors }) {
  for (const part of form.querySelectorAll("[data-criterion]")) {
    const mark = part.querySelector("[data-mark]");
    if (mark) mark.replaceChildren(badge(form, standing.done.includes(part.dataset.criterion)));
  }
  const whole = standing.total !== "" && !Object.keys(errors).length;
  const figure = form.querySelector("[data-figure]");
  const small = document.createElement("small");
  small.textContent = whole ? ` ${form.dataset.points}${standing.grade ? `, ${standing.grade}` : ""}` : words.scored;
  figure.replaceChildren(whole ? standing.total : "", small);
  const send = form.querySelector("[data-send]");
  const why = form.querySelector("[data-why]");
  send.classList.toggle("btn-primary", whole);
  why.hidden = whole;
  if (whole) {
    send.removeAttribute("aria-disabled");
    send.removeAttribute("aria-describedby");
  } else {
    send.setAttribute("aria-disabled", "true");
    send.setAttribute("aria-describedby", why.id);
    if (words.why) why.querySelector("[data-why-words]").textContent = words.why;
  }
}

const SVG = "http://www.w3.org/2000/svg";

function badge(form, done) {
  const state = document.createElement("span");
  state.className = done ? "state state-ok" : "state state-wait";
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", done ? "#i-check" : "#i-warn");
  icon.append(use);
  state.append(icon, done ? form.dataset.scored : form.dataset.open);
  return state;
}
