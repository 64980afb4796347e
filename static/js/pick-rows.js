// Ticked rows: the bar of acts shows while there are some, and a row that fetched itself anew stays ticked.
for (const form of document.querySelectorAll("[data-pick]")) {
  const bar = form.querySelector("[data-bulk]");
  const words = form.querySelector("[data-chosen]");
  const ticked = new Set();

  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]")];
  const draw = () => {
    for (const box of boxes()) box.closest("tr").classList.toggle("selected", box.checked);
    const count = boxes().filter((box) => box.checked).length;
    bar.hidden = !count;
    words.textContent = form.dataset.words.replace("{count}", count);
  };

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches("tbody input[type=checkbox]")) return;
    if (box.checked) ticked.add(box.value);
    else ticked.delete(box.value);
    draw();
  });
  form.addEventListener("reset", () => {
    ticked.clear();
    setTimeout(draw);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    for (const box of boxes()) if (ticked.has(box.value)) box.checked = true;
    draw();
  });
  for (const box of boxes()) if (box.checked) ticked.add(box.value);
  draw();
}
