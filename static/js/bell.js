// The bell's count and "(3) " before the page's title say the same number.
const plainTitle = document.title.replace(/^\(\d+\) /, "");
const words = document.querySelector("[data-toasts]")?.dataset ?? {};

export function showUnread(unread) {
  document.title = unread ? `(${unread}) ${plainTitle}` : plainTitle;
  for (const bell of document.querySelectorAll("[data-bell]")) {
    const count = bell.querySelector(".count");
    if (count) {
      count.textContent = unread;
      count.hidden = !unread;
    }
    const spoken = bell.querySelector(".visually-hidden");
    const text = unread ? words.bellSome : words.bellNone;
    if (spoken && text) spoken.textContent = text.replace("{n}", unread);
  }
}

const drawn = document.querySelector("[data-bell] .count");
if (drawn && !drawn.hidden) showUnread(Number(drawn.textContent) || 0);
