// What is still missing follows what is saved while one types.
document.addEventListener("autosaved", ({ detail }) => {
  if (detail.changed?.length) document.querySelector("[data-progress]")?.dispatchEvent(new Event("refresh"));
});
