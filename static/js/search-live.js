// The results follow what is typed. Without this module the button asks, and the same page answers.
const WAIT = 250; // milliseconds without a key before asking

const form = document.querySelector("[data-live-search]");
let waiting, asking;

form.addEventListener("input", (event) => {
  if (!event.isComposing) askSoon(); // else a Vietnamese keyboard has not finished the word
});
form.addEventListener("compositionend", askSoon);

function askSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
}

// Read as a document by the browser itself: nothing in it runs. No answer, no change: the button is there.
function ask() {
  asking?.abort();
  asking = new XMLHttpRequest();
  asking.open("GET", `${form.action}?${new URLSearchParams(new FormData(form))}`);
  asking.responseType = "document";
  asking.addEventListener("load", ({ target }) => target.status === 200 && show(target.response, target.responseURL));
  asking.send();
}

function show(page, address) {
  for (const id of ["so-ket-qua", "ket-qua"]) {
    document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  }
  document.title = page.title;
  history.replaceState(null, "", address);
}
