// A kiosk stands in a room: the next person finds the question as it was.
const THANKED = 8, LEFT = 60; // seconds

// After the thanks the question comes back. Nothing is typed on that page, so nothing is lost.
const start = document.querySelector("[data-kiosk-start]");
if (start) setTimeout(() => location.replace(start.href), THANKED * 1000);

// What somebody typed and left is no concern of the next one: after a minute without a touch it is gone.
const form = document.querySelector("[data-kiosk-form]");
if (form) {
  let waiting;
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(empty, LEFT * 1000);
  };
  const empty = () => {
    for (const field of form.querySelectorAll("textarea, select")) {
      if (field.matches("select")) field.selectedIndex = 0;
      else field.value = "";
    }
    form.querySelector("details").open = false;
    wait();
  };
  for (const kind of ["pointerdown", "keydown", "input", "touchstart", "scroll"]) {
    addEventListener(kind, wait, { passive: true, capture: true });
  }
  wait();
}
