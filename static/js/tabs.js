// Parts of a page one at a time: <nav data-tabs> holds links to ids in the page. Without script the parts
// stand one under the other and the links jump to them.
for (const nav of document.querySelectorAll("[data-tabs]")) {
  const links = [...nav.querySelectorAll("a[href^='#']")];
  const part = (link) => document.querySelector(link.hash);
  const show = (chosen) => {
    for (const link of links) {
      if (link === chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      part(link).hidden = link !== chosen;
    }
  };
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    show(link);
  });
  show(links.find((link) => link.hash === location.hash) ?? links[0]);
}
