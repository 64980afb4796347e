// Parts of the page that can fetch themselves: <tr data-refresh="initiative:12" data-hx-get="…"
// data-hx-trigger="refresh" data-hx-swap="outerHTML">. data-refresh may hold several keys, divided by spaces.
const TOGETHER = 150; // ms: several notifications about one row make one request
const SPREAD = 2000; // ms: after a restart not every page asks at once

const wanted = new Set();
let timer;

export function refreshKeys(keys) {
  if (!keys.length) return;
  const changed = new Set(keys);
  const parts = [...document.querySelectorAll("[data-refresh]")];
  queue(parts.filter((part) => part.dataset.refresh.split(/\s+/).some((key) => changed.has(key))), TOGETHER);
}

export function refreshAll() {
  queue([...document.querySelectorAll("[data-refresh]")], Math.random() * SPREAD);
}

function queue(parts, pause) {
  if (!parts.length) return;
  parts.forEach((part) => wanted.add(part));
  clearTimeout(timer);
  timer = setTimeout(fetchWanted, pause);
}

function fetchWanted() {
  for (const part of wanted) {
    if (isBeingTypedIn(part)) continue; // nothing typed is lost: it waits until the person leaves it
    wanted.delete(part);
    if (part.isConnected) part.dispatchEvent(new CustomEvent("refresh"));
  }
}

function isBeingTypedIn(part) {
  const at = document.activeElement;
  if (at.matches("[data-pick] input[type=checkbox]")) return false; // a ticked row stays ticked: pick-rows.js
  return part.contains(at) && at.matches("input, textarea, select, [contenteditable]");
}

document.addEventListener("focusout", () => {
  if (wanted.size) timer = setTimeout(fetchWanted, TOGETHER);
});
