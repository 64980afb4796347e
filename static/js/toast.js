// A toast per notification in the page's polite live region: the code and what to do, never more. It stays
// until closed, opened or pushed out, since a text that vanishes by itself is missed by slow readers.
const AT_ONCE = 3;
const box = document.querySelector("[data-toasts]");
const pattern = document.querySelector("template[data-toast]");

export function showToasts(rows) {
  if (!box || !pattern || !rows.length) return;
  if (rows.length > AT_ONCE) {
    add(box.dataset.someNew.replace("{n}", rows.length), box.dataset.list, "bell");
    return;
  }
  for (const row of rows) add(row.text, row.link, row.icon);
}

function add(text, link, icon) {
  const card = pattern.content.cloneNode(true).firstElementChild;
  card.querySelector("[data-text]").textContent = text;
  card.querySelector("[data-link]").setAttribute("href", link);
  if (document.getElementById(`i-${icon}`)) card.querySelector("use").setAttribute("href", `#i-${icon}`);
  card.querySelector("[data-close]").addEventListener("click", () => card.remove());
  box.append(card);
  while (box.querySelectorAll(".toast-card").length > AT_ONCE) box.querySelector(".toast-card").remove();
}
