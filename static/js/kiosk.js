// After the thanks a kiosk shows the question again. Nothing is typed on this page, so nothing is lost.
const SECONDS = 8;
const start = document.querySelector("[data-kiosk-start]");
setTimeout(() => location.replace(start.href), SECONDS * 1000);
