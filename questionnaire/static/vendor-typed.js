// What is typed and not saved yet is kept by this browser as well: it survives a closed window, a
// crash, and an answer that the server cannot read. Saved, it is forgotten here.
import { fieldsOf, headers, replaceQuestion, words } from "./vendor-words.js";

const OURS = "typed:";
const LASTS = 90 * 24 * 60 * 60 * 1000;

function nameOf(form, id) {
  return `${OURS}${form.dataset.at}/${id}`;
}

export function keep(question) {
  const typed = { since: Date.now(), fields: fieldsOf(question).toString() };
  try {
    localStorage.setItem(nameOf(question.form, question.dataset.question), JSON.stringify(typed));
  } catch {
    // A browser that keeps nothing still warns before the page is left.
  }
}

export function forget(form, id) {
  try {
    localStorage.removeItem(nameOf(form, id));
  } catch {
    // Nothing was kept.
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function dropOld() {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(OURS))) {
      if (!(read(name)?.since > Date.now() - LASTS)) localStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept.
  }
}

// Put back what was not saved when this browser was here last, and try to save it: it is saved,
// or marked with what is wrong, or shown beside what was stored meanwhile.
export async function bringBack(saver) {
  dropOld();
  let found = false;
  for (const question of [...saver.form.querySelectorAll("fieldset[data-question]")]) {
    const kept = read(nameOf(saver.form, question.dataset.question));
    if (!kept) continue;
    try {
      const told = await asTyped(saver.form, question.dataset.question, kept.fields);
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
