// What is still missing follows what is saved while one types; the short list stays open where it was open.
document.addEventListener("autosaved", ({ detail }) => {
  for (const [name, html] of Object.entries(detail.progress ?? {})) {
    const place = document.querySelector(`[data-${name}]`);
    if (!place) continue;
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const details = fresh.content.querySelector("details");
    if (details) details.open = place.querySelector("details").open;
    const at = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    place.replaceWith(fresh.content);
    if (at) document.querySelector(`[data-${name}] a[href="${at}"]`)?.focus();
  }
});
