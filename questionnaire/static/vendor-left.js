// On every page behind the code: names what an earlier window of this browser has left unsaved,
// sends it, and says what became of it. Also the way out: signing out leaves nothing behind.
import { count, drop, left, takeOver, whenEnded, whenGone, wipe } from "./vendor-typed.js";
import { elementOf, frame, newKey, post, say, write } from "./vendor-words.js";

const WAITS = [500, 1000, 2000, 4000];
// A window that lives saves for itself; what it has not saved for so long is named.
const SLOW = 5000;

const place = document.getElementById("typed-left");
const list = place.querySelector("ul");
const became = new Map();
const waited = new Set();
let takes = async () => false;
let asked = false;
let busy = false;
let again = false;
let failures = 0;
let timer;

// Begins; `take` gives true where the page itself goes on with what was left.
export async function sendLeft(take) {
  if (take) takes = take;
  asked = true;
  await go();
}

async function go() {
  clearTimeout(timer);
  again = busy;
  if (busy) return;
  busy = true;
  try {
    for (const one of await left()) await takeOver(one, () => bring(one));
    failures = 0;
  } catch {
    failures += 1;
    timer = setTimeout(go, WAITS[Math.min(failures, WAITS.length) - 1]);
  } finally {
    busy = false;
  }
  await show();
  if (again) await go();
}

async function bring(one) {
  if (one.file) {
    if (await isAttached(one)) drop(one);
    return;
  }
  const taken = await takes(one);
  if (taken) drop(one);
  // Null where the page has something newer of the same question to save first.
  else if (taken === false) await deliver(one);
}

// As the window that was closed would have done: what it had sent first, then what was typed since.
async function deliver(one) {
  const id = one.id;
  let { fields } = one;
  if (one.sent) {
    const { ok, told } = await post(`/answer/${id}`, new URLSearchParams(one.sent));
    if (told.expired) return expire();
    if (ok && fields === null) return drop(one);
    if (ok) fields = seen(id, fields, told.version);
    fields ??= one.sent;
  }
  const body = new URLSearchParams(fields);
  // The same text has the same key whoever sends it, and however often.
  body.set("save-key", one.sent && fields === one.sent ? body.get("save-key") : keyOf(one));
  const { ok, told } = await post(`/answer/${id}`, body);
  if (told.expired) expire();
  else if (ok) drop(one);
  else became.set(one.name, "conflict" in told ? frame.differs : told.sentence);
}

const keys = new Map();

function keyOf({ name, since }) {
  const of = `${name}@${since}`;
  if (!keys.has(of)) keys.set(of, newKey());
  return keys.get(of);
}

function seen(id, fields, version) {
  const typed = new URLSearchParams(fields);
  typed.set(`${id}:version`, version);
  return typed.toString();
}

// It may have come, and only the answer to it not.
async function isAttached(one) {
  const id = one.id.split("*")[0];
  const { told } = await post(`/typed/${id}`, new URLSearchParams());
  if (!told.html) return false;
  const names = [...elementOf(told.html).querySelectorAll(".files a")];
  return names.some((link) => link.textContent.trim() === one.file);
}

function expire() {
  became.clear();
  location.reload();
}

async function show() {
  const now = Date.now();
  const named = (await left()).filter((one) => !one.lives || now - one.since > SLOW);
  for (const one of named) if (one.lives) watch(one);
  list.replaceChildren(...named.map(lineOf));
  place.hidden = !named.length;
  const files = named.filter((one) => one.file).length;
  const answers = place.querySelector("[data-answers]");
  answers.hidden = files === named.length;
  write(answers, say(failures ? frame.leftWaiting : frame.left, { n: named.length - files }));
}

// As soon as the other window is gone, this one goes on with what it has left.
function watch({ window }) {
  if (waited.has(window)) return;
  waited.add(window);
  whenGone(window, go);
}

function lineOf(one) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  Object.assign(link, { href: one.page, textContent: `${one.place}: ${one.subject}` });
  const why = document.createElement("span");
  why.textContent = whyOf(one);
  line.append(link, " ", why);
  if (one.file && !one.lives) line.append(" ", dismissing(one));
  return line;
}

function whyOf(one) {
  if (one.lives) return frame.elsewhere;
  if (one.file) return say(frame.notAttached, { name: one.file });
  return became.get(one.name) ?? "";
}

function dismissing(one) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "linklike", textContent: frame.dismiss });
  button.setAttribute("aria-label", `${frame.dismiss}: ${one.file}`);
  button.addEventListener("click", async () => {
    drop(one);
    await show();
    (list.querySelector("button") ?? document.getElementById("main")).focus();
  });
  return button;
}

window.addEventListener("online", () => asked && go());
document.addEventListener("visibilitychange", () => {
  if (asked && document.visibilityState === "visible") go();
});
// Another window has saved or kept something: only what is shown here already changes.
window.addEventListener("storage", () => {
  if (!place.hidden && !busy) show();
});

const out = document.getElementById("sign-out");
const sure = document.getElementById("leaving");
let before = async () => {};

// `work` is done before signing out: what can still be saved is saved.
export function beforeLeaving(work) {
  before = work;
}

out?.addEventListener("submit", async (event) => {
  event.preventDefault();
  await before();
  const kept = await count();
  if (!kept) return leave();
  write(sure.querySelector("p"), say(frame.leaving, { n: kept }));
  sure.showModal();
});
sure?.addEventListener("close", () => {
  if (sure.returnValue === "leave") leave();
});

// Without a line nobody can sign out: what is kept stays, and so does the way in.
async function leave() {
  let reply;
  try {
    reply = await fetch(out.action, { method: "POST", body: new FormData(out) });
  } catch {
    reply = null;
  }
  if (!reply?.ok) {
    write(sure.querySelector("p"), reply ? frame.notOut : frame.stillIn);
    return sure.open || sure.showModal();
  }
  wipe();
  gone();
}

function gone() {
  window.dispatchEvent(new Event("leaving"));
  location.replace(out.dataset.after);
}

whenEnded(gone);
