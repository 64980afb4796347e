// The room's screen: counts the seconds of the code down and fetches the next one when they are over. A screen
// that lost its connection says so instead of showing an old code as good.
const FIRST_PAUSE = 2000; // ms, while there is no connection
const lost = document.querySelector("[data-stage-lost]");
let endsAt = 0;

function begin() {
  const stage = document.querySelector("[data-stage]");
  endsAt = Date.now() + Number(stage.dataset.left) * 1000;
  lost.hidden = true;
}

function show() {
  const stage = document.querySelector("[data-stage]");
  const left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
  stage.querySelector("[data-seconds]").textContent = left;
  stage.querySelector("[data-bar]").setAttribute("width", left);
  if (Date.now() < endsAt) return;
  endsAt = Date.now() + FIRST_PAUSE; // asked again then, unless an answer says otherwise
  stage.dispatchEvent(new CustomEvent("refresh"));
}

document.body.addEventListener("htmx:afterSettle", begin);
for (const failed of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failed, () => {
    lost.hidden = false;
  });
}

const whole = document.querySelector("[data-fullscreen]");
if (document.fullscreenEnabled) {
  whole.hidden = false;
  whole.addEventListener("click", () => document.querySelector("main").requestFullscreen());
}

begin();
setInterval(show, 250);
