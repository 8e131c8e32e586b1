// What is typed and not saved yet is kept by this browser as well: it survives a closed window, a
// crash, and an answer that the server cannot read. Saved, it is forgotten here. It is locked with
// a key that the server gives to those who have entered a code: nobody else can read it here.
import { fieldsOf, headers, replaceQuestion, words } from "./vendor-words.js";

const OURS = "typed:";
const LASTS = 90 * 24 * 60 * 60 * 1000;
const LOCK = "AES-GCM";

// One after the other, in the order in which they were asked for: locking takes a moment.
let last = Promise.resolve();
let ours = null;

function after(step) {
  // A browser that keeps nothing still warns before the page is left.
  last = last.then(step).catch(() => null);
  return last;
}

function nameOf(form, id) {
  return `${OURS}${form.dataset.at}/${id}`;
}

// Fails where the page did not come over a safe line: then nothing is kept.
function keyOf(form) {
  const text = atob(form.dataset.key.replaceAll("-", "+").replaceAll("_", "/"));
  ours ??= crypto.subtle.importKey("raw", bytesOf(text), LOCK, false, ["encrypt", "decrypt"]);
  return ours;
}

function bytesOf(text) {
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}

export function keep(question) {
  const { form } = question;
  const name = nameOf(form, question.dataset.question);
  const fields = fieldsOf(question).toString();
  const since = Date.now();
  after(async () => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(fields);
    const locked = await crypto.subtle.encrypt({ name: LOCK, iv }, await keyOf(form), plain);
    const text = [iv, new Uint8Array(locked)].map(textOf);
    localStorage.setItem(name, JSON.stringify({ since, text }));
  });
}

// By pieces: a call takes only so many arguments.
function textOf(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return btoa(text);
}

export function forget(form, id) {
  after(() => localStorage.removeItem(nameOf(form, id)));
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

async function unlocked(form, id) {
  const kept = read(nameOf(form, id));
  if (!kept) return null;
  const [iv, locked] = kept.text.map((one) => bytesOf(atob(one)));
  const plain = await crypto.subtle.decrypt({ name: LOCK, iv }, await keyOf(form), locked);
  return new TextDecoder().decode(plain);
}

function dropOld() {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(OURS))) {
    if (!(read(name)?.since > Date.now() - LASTS)) localStorage.removeItem(name);
  }
}

// Put back what was not saved when this browser was here last, and try to save it: it is saved,
// or marked with what is wrong, or shown beside what was stored meanwhile.
export async function bringBack(saver) {
  after(dropOld);
  let found = false;
  for (const question of [...saver.form.querySelectorAll("fieldset[data-question]")]) {
    const id = question.dataset.question;
    if (saver.waits(question)) continue;
    const fields = await after(() => unlocked(saver.form, id));
    if (!fields) continue;
    try {
      const told = await asTyped(saver.form, id, fields);
      if (!told.html || saver.waits(question)) continue;
      saver.touch(replaceQuestion(question, told.html), 0);
      found = true;
    } catch {
      // It stays kept for the next time.
    }
  }
  if (!found) return;
  await saver.flush();
  saver.say(words.broughtBack);
}

// The server makes the boxes; nothing is stored by this.
async function asTyped(form, id, fields) {
  const reply = await fetch(`${form.dataset.at}/typed/${id}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: headers(),
  });
  return reply.json();
}
