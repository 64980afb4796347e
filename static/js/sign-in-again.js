// A session that ended in the middle of a form is taken up again without leaving the page: a dialog opens the
// sign-in (password, second factor, all of it) in a tab of its own, and once the same person is back the form
// goes on by itself. Somebody else who signs in gets nothing of it: the form is hidden until its writer is back.
const CHANNEL = "dang-nhap"; // the page after sign-in says so here (signed-in.js)

export class SignInAgain {
  // `back()` is called when the writer is signed in again.
  constructor(form, back) {
    this.form = form;
    this.back = back;
    this.dialog = document.querySelector("dialog[data-sign-in]");
    this.isOut = false;
    if (!this.isKnown) return;
    for (const opener of document.querySelectorAll("[data-sign-in-again]")) {
      opener.addEventListener("click", () => this.show());
    }
    new BroadcastChannel(CHANNEL).addEventListener("message", () => this.look());
    addEventListener("focus", () => this.look());
    document.addEventListener("visibilitychange", () => this.look());
  }

  // Forms of people without an account have their own way in.
  get isKnown() {
    return Boolean(this.form.dataset.who && this.dialog);
  }

  // Who this browser is signed in as: "me", "nobody", "other", or "unreachable" without network.
  async ask() {
    let answer, said;
    try {
      const headers = { Accept: "application/json" };
      answer = await fetch(this.form.dataset.who, { headers, cache: "no-store" });
    } catch {
      return "unreachable";
    }
    if (!answer.ok) return "unreachable";
    try {
      said = await answer.json();
    } catch {
      return "nobody"; // a page instead: the sign-in is not through, a new password is asked first
    }
    if (said.writer === this.form.dataset.writer) {
      this.renew(said.token);
      return "me";
    }
    if (!said.writer) return "nobody";
    this.dialog.querySelector("[data-other-name]").textContent = said.name;
    return "other";
  }

  // Signing in changes the form token: those of this page follow.
  renew(token) {
    document.body.dataset.csrf = token;
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  }

  // Nothing is sent from now on.
  open(who) {
    const isFirst = !this.isOut;
    this.isOut = true;
    this.form.hidden = who === "other";
    for (const part of this.dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== who;
    if (isFirst || who === "other") this.show();
  }

  show() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  async look() {
    if (!this.isOut || this.looking) return;
    this.looking = true;
    const who = await this.ask();
    this.looking = false;
    if (who === "me") {
      this.isOut = false;
      this.form.hidden = false;
      this.dialog.close();
      document.dispatchEvent(new Event("signed-in-again")); // notices go on as well (live.js)
      this.back();
    } else if (who === "other") this.open(who);
  }
}
