// What is typed and not saved yet is kept by this browser as well: it survives a closed window, a
// crash, and an answer that the server cannot read. Saved, it is forgotten here. It is locked with
// a key that the server makes for those who have entered a code, out of a secret of this browser's:
// nobody else can read it here, and signing out ends the secret.
//
// Each window keeps its own, under its own name, so that none overwrites what another one keeps.
// A window that lives holds the lock of its name; what a window without its lock has left behind
// is taken over by whoever gets that lock.
import { frame } from "./vendor-words.js";

const OURS = "typed:";
const LASTS = 90 * 24 * 60 * 60 * 1000;
const LOCK = "AES-GCM";
const mine = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
const whole = new BroadcastChannel("typed");

// One after the other, in the order in which they were asked for: locking takes a moment.
let last = held();
let ended = false;
let key = null;
const newest = new Map();

// A page that did not come over a safe line can lock nothing, and keeps nothing.
function held() {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((done) => {
    navigator.locks.request(OURS + mine, () => {
      done();
      return new Promise(() => {});
    });
  });
}

function after(step) {
  // A browser that keeps nothing still warns before the page is left.
  last = last.then(step).catch(() => null);
  return last;
}

function nameOf(id, window) {
  return `${OURS}${frame.at}/${id}~${window}`;
}

function keyOf() {
  const text = atob(frame.key.replaceAll("-", "+").replaceAll("_", "/"));
  key ??= crypto.subtle.importKey("raw", bytesOf(text), LOCK, false, ["encrypt", "decrypt"]);
  return key;
}

function bytesOf(text) {
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}

// `told` is {fields, sent, page, place, subject} of an answer, or {file, page, place, subject}.
// It was typed or chosen at `since`.
export function keep(id, told, since) {
  newest.set(id, { told, since });
  after(async () => {
    const one = newest.get(id);
    if (ended || !one) return;
    newest.delete(id);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(one.told));
    const locked = await crypto.subtle.encrypt({ name: LOCK, iv }, await keyOf(), plain);
    const text = [iv, new Uint8Array(locked)].map(textOf);
    if (!ended) localStorage.setItem(nameOf(id, mine), JSON.stringify({ since: one.since, text }));
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

export function forget(id) {
  newest.delete(id);
  drop({ name: nameOf(id, mine) });
}

export function drop({ name }) {
  after(() => localStorage.removeItem(name));
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// What other windows keep or have left of these answers, oldest first: {id, name, window, since,
// lives} and what was told. What another key has locked is not ours to read.
export async function left() {
  await after(dropOld);
  const found = [];
  for (const name of namesOf(`${OURS}${frame.at}/`)) {
    const [id, window] = name.slice(OURS.length + frame.at.length + 1).split("~");
    if (window === mine) continue;
    const told = await after(() => unlocked(name));
    if (told) found.push({ id, name, window, ...told });
  }
  const living = new Set((await navigator.locks?.query())?.held.map((one) => one.name));
  for (const one of found) one.lives = living.has(OURS + one.window);
  return found.sort((a, b) => a.since - b.since);
}

function namesOf(start) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start));
  } catch {
    return [];
  }
}

async function unlocked(name) {
  const kept = read(name);
  if (!kept) return null;
  const [iv, locked] = kept.text.map((one) => bytesOf(atob(one)));
  const plain = await crypto.subtle.decrypt({ name: LOCK, iv }, await keyOf(), locked);
  return { ...JSON.parse(new TextDecoder().decode(plain)), since: kept.since };
}

function dropOld() {
  for (const name of namesOf(OURS)) {
    if (!(read(name)?.since > Date.now() - LASTS)) localStorage.removeItem(name);
  }
}

// Do `work` with what a dead window has left, while nobody else does; nothing where it lives.
export function takeOver({ window, name }, work) {
  return navigator.locks.request(OURS + window, { ifAvailable: true }, (lock) =>
    lock && localStorage.getItem(name) !== null ? work() : null,
  );
}

export function whenGone(window, work) {
  navigator.locks.request(OURS + window, () => {}).then(work);
}

// How much signing out would delete: all that this browser keeps, of other questionnaires as well.
export async function count() {
  await after(() => {});
  return namesOf(OURS).length;
}

// After signing out nothing is left here, and other windows keep nothing any more.
export function wipe() {
  ended = true;
  for (const name of namesOf(OURS)) localStorage.removeItem(name);
  whole.postMessage("ended");
}

export function whenEnded(work) {
  whole.onmessage = () => {
    ended = true;
    work();
  };
}
