// Notifications without reload: one socket per page that goes on from the last row the page has, a poll
// every 15 s while there is none. What arrives goes to the bell, to a toast and to parts of the page.
import { showUnread } from "./bell.js";
import { refreshAll, refreshKeys } from "./refresh.js";
import { showToasts } from "./toast.js";

const POLL_EVERY = 15000;
const SILENCE = 60000; // the server beats every 25 s; after this the line is dead whatever the browser says
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const SIGN_IN_ENDED = 4401;

const { socket: path, lastNotification } = document.body.dataset;
const news = document.querySelector("[data-toasts]")?.dataset.news;

let last = Number(lastNotification) || 0;
let socket = null;
let failures = 0;
let gap = false; // something may have been missed: parts of the page are fetched anew
let silence, retry, poll;
let ended = false;

// Rows come in order; one that is not newer than the last was taken already, by socket or poll.
function take({ rows = [], unread }) {
  const fresh = rows.filter((row) => row.id > last);
  if (fresh.length) {
    last = fresh[fresh.length - 1].id;
    refreshKeys(fresh.flatMap((row) => row.refresh));
    showToasts(fresh.filter((row) => !row.quiet));
    document.dispatchEvent(new CustomEvent("notifications", { detail: fresh }));
  }
  if (unread !== undefined) showUnread(unread);
  if (gap) {
    gap = false;
    refreshAll();
  }
}

function connect() {
  clearTimeout(retry);
  if (ended || socket) return;
  const own = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`);
  socket = own;
  own.addEventListener("open", () => {
    failures = 0;
    clearTimeout(poll);
    own.send(JSON.stringify({ last }));
    listen();
  });
  own.addEventListener("message", (event) => {
    if (own !== socket) return;
    listen();
    const message = JSON.parse(event.data);
    if (message.rows) take(message);
  });
  own.addEventListener("close", (event) => {
    if (own === socket) lost(event.code);
  });
  listen();
}

// A network that went away sends no close: silence is one.
function listen() {
  clearTimeout(silence);
  silence = setTimeout(() => {
    const dead = socket;
    lost(0);
    dead?.close();
  }, SILENCE);
}

function lost(code) {
  clearTimeout(silence);
  socket = null;
  gap = true;
  if (code === SIGN_IN_ENDED) {
    ended = true;
    return;
  }
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
  failures += 1;
  retry = setTimeout(connect, pause * (0.5 + Math.random()));
  clearTimeout(poll);
  poll = setTimeout(ask, failures > 1 ? 1000 * Math.random() : POLL_EVERY);
}

async function ask() {
  clearTimeout(poll);
  if (ended || socket?.readyState === WebSocket.OPEN) return;
  let more = false;
  try {
    const answer = await fetch(`${news}?after=${last}`, { headers: { Accept: "application/json" } });
    if (answer.status === 401) {
      ended = true;
      clearTimeout(retry);
      return;
    }
    if (answer.ok) {
      const message = await answer.json();
      take(message);
      more = message.more;
    }
  } catch {
    // no network: asked again below
  }
  if (!socket || socket.readyState !== WebSocket.OPEN) poll = setTimeout(ask, more ? 0 : POLL_EVERY);
}

if (path && news) {
  connect();
  addEventListener("online", connect);
  document.addEventListener("signed-in-again", () => {
    ended = false;
    connect();
  });
  addEventListener("pagehide", () => {
    // Kept pages come back with "pageshow": they connect again and miss nothing.
    clearTimeout(retry);
    clearTimeout(poll);
    clearTimeout(silence);
    const own = socket;
    socket = null;
    own?.close();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    gap = true;
    connect();
  });
}
