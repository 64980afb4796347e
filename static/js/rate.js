// "Was this page useful?" answered in place; without this the form leads back to the page.
for (const form of document.querySelectorAll("form[data-rate]")) {
  const failed = document.querySelector("[data-rate-failed]");
  form.addEventListener("submit", async (event) => {
    const pressed = event.submitter;
    if (!pressed) return;
    event.preventDefault();
    failed.textContent = "";
    const body = new URLSearchParams({ page: form.elements.page.value, answer: pressed.value });
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer?.ok) {
      failed.textContent = failed.dataset.words;
      return;
    }
    form.hidden = true;
    const thanks = document.querySelector("#cam-on");
    location.hash = thanks.id;
    thanks.focus();
  });
}
