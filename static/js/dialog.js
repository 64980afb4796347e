// A confirmation stands in the page without script; with it, <dialog data-dialog id="x"> opens on top when
// a button or link with data-opens="x" is pressed. data-closes inside it closes and gives the focus back.
for (const dialog of document.querySelectorAll("dialog[data-dialog]")) {
  if (!dialog.hasAttribute("data-open-now")) dialog.close();
  else {
    dialog.close();
    dialog.showModal();
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer?.closest("dialog")) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});
