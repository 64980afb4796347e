// The page after signing in beside a form: the form's own tab goes on, and this one closes where the browser allows.
const channel = new BroadcastChannel("dang-nhap");
channel.postMessage("signed in");
setTimeout(() => window.close(), 500); // ms: time for the message to leave
document.querySelector("[data-close-tab]")?.addEventListener("click", () => window.close());
