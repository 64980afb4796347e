// The text size changes in place, so that nothing typed on the page is lost; the server keeps the choice.
for (const form of document.querySelectorAll("form[data-text-size]")) {
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (!pressed) return;
    event.preventDefault();
    const body = new URLSearchParams({ size: pressed.value, next: "/" });
    const keep = { method: "POST", body, redirect: "manual", credentials: "same-origin" };
    fetch(form.action, keep).catch(() => {}); // offline: the size holds for this page
    const root = document.documentElement;
    if (pressed.value === "normal") delete root.dataset.text;
    else root.dataset.text = pressed.value;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === pressed));
    }
  });
}
