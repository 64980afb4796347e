// Counts down to a deadline by the server's clock, which is asked once: neither the clock of this device nor
// the age of a kept page plays a part. Without script the page says the moment itself.
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function words(place, left) {
  const figures = {
    days: Math.floor(left / DAY),
    hours: Math.floor((left % DAY) / HOUR),
    minutes: Math.floor((left % HOUR) / MINUTE),
    seconds: Math.floor((left % MINUTE) / SECOND),
  };
  const said = place.dataset;
  const pattern = left >= DAY ? said.days : left >= HOUR ? said.hours : said.minutes;
  return pattern.replace(/\{(\w+)\}/g, (_, name) => figures[name]);
}

async function run(place) {
  const asked = performance.now();
  const answer = await fetch(place.dataset.countdown);
  if (!answer.ok) return;
  const { now } = await answer.json();
  const began = performance.now();
  const server = now + (began - asked) / 2; // half the way there and back
  const until = Number(place.dataset.until) * SECOND;
  const draw = () => {
    const left = until - (server + performance.now() - began);
    place.textContent = left > 0 ? words(place, left) : place.dataset.over;
    if (left > 0) setTimeout(draw, (left >= HOUR ? left % MINUTE : left % SECOND) + 50);
  };
  draw();
}

for (const place of document.querySelectorAll("[data-countdown]")) {
  run(place).catch(() => {}); // no network: the moment stands beside it
}
