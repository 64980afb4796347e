// A button beside each password that shows what is typed, and hides it again before it is sent.
const words = {
  vi: { show: "Hiện", hide: "Ẩn", of: "mật khẩu" },
  en: { show: "Show", hide: "Hide", of: "password" },
};
const word = words[document.documentElement.lang] ?? words.en;

function addButton(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-quiet px-2";
  button.setAttribute("aria-controls", input.id);
  const name = document.createElement("span");
  name.className = "visually-hidden";
  name.textContent = ` ${word.of}`;
  const label = document.createElement("span");
  button.append(label, name);

  const set = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    label.textContent = shown ? word.hide : word.show;
  };
  set(false);
  button.addEventListener("click", () => set(input.type === "password"));
  input.form?.addEventListener("submit", () => set(false));

  const head = document.createElement("div");
  head.className = "d-flex between align-items-end gap-2";
  const title = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
  title?.replaceWith(head);
  if (title) head.append(title, button);
}

document.querySelectorAll('input[type="password"][id]').forEach(addButton);
