// A form that is on its way is not sent twice. The button is disabled after the browser has taken the
// form's data, so its own name and value still travel; coming back to the page enables it again.
const SECONDS = 10;
const held = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target || "many" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  held.add(form);
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (button.disabled) continue;
      button.disabled = true;
      button.dataset.once = "yes";
    }
  });
  setTimeout(() => release(form), SECONDS * 1000); // an answer that is a file leaves the page standing
});

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[data-once]")) {
    button.disabled = false;
    delete button.dataset.once;
  }
  held.delete(form);
}

window.addEventListener("pageshow", () => held.forEach(release));
