// What the pages' scripts share: sentences in the page's language, times, questions by element.
export const words = document.getElementById("words")?.dataset ?? {};

// Where these answers are, and with what they are sent; on every page behind the code.
export const frame = document.getElementById("typed-left").dataset;

// A sentence with its {names} filled in.
export function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function questionOf(element) {
  return element?.closest("fieldset[data-question]");
}

export function statusOf(question) {
  return document.getElementById(`${question.id}-status`);
}

// Who listens to a page hears a place that is written again: the same is not written twice.
export function write(place, text, className) {
  if (className) place.className = className;
  if (place.textContent !== text) place.textContent = text;
}

export function clockTime(moment) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return moment.toLocaleTimeString(document.documentElement.lang, options);
}

// The server writes times in the zone of the deadline; a browser knows its own.
export function localTimes(root) {
  for (const time of root.querySelectorAll(".saved time")) {
    const moment = new Date(time.dateTime);
    const today = moment.toDateString() === new Date().toDateString();
    // The month in letters: 11/12 is read in two ways.
    const named = { day: "numeric", month: "short", year: "numeric" };
    const day = today ? "" : `${moment.toLocaleDateString(document.documentElement.lang, named)}, `;
    time.textContent = day + clockTime(moment);
  }
}

// Put markup from the server in the place of a question; gives the new element.
export function replaceQuestion(question, html) {
  const fresh = elementOf(html);
  question.replaceWith(fresh);
  localTimes(fresh);
  return fresh;
}

export function elementOf(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content.firstElementChild;
}

export function headers() {
  return {
    Accept: "application/json",
    "X-CSRFToken": frame.csrf,
    "X-Invitation": frame.invitation,
  };
}

// How long a line may say nothing; whether anything came is said long before (vendor-saver.js).
const PATIENCE = 8000;

// Fails where no answer of ours came, which is when it must be sent again; `cut` ends the waiting.
export async function post(path, body, cut = new AbortController()) {
  const patience = setTimeout(() => cut.abort(), PATIENCE);
  try {
    const reply = await fetch(frame.at + path, {
      method: "POST",
      body,
      headers: headers(),
      signal: cut.signal,
      keepalive: body.toString().length < 50000,
    });
    if (reply.status >= 500) throw new Error(reply.statusText);
    return { ok: reply.ok, told: await reply.json() };
  } finally {
    clearTimeout(patience);
  }
}

export function newKey() {
  return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}

// What is said beside the value, and stays when there is none.
const BESIDE = ["said", "reason", "comment", "nothing", "remark", "version"];

// The fields of one question, as the form would send them.
export function fieldsOf(question) {
  const id = question.dataset.question;
  const fields = new URLSearchParams();
  const unknown = question.querySelector('.said input:checked')?.value !== "answered";
  for (const [name, value] of new FormData(question.form)) {
    if (!name.startsWith(`${id}:`) || typeof value !== "string") continue;
    const part = name.slice(id.length + 1);
    if (["document-type", "issued-on", "paste"].includes(part)) continue;
    if (unknown && !BESIDE.includes(part)) continue;
    fields.append(name, value);
  }
  return fields;
}

// Where a question is found again: its page, that page's heading, and what it is about.
export function placeOf(question) {
  const legend = question.querySelector("legend").cloneNode(true);
  legend.querySelectorAll(".question-number, .optional").forEach((one) => one.remove());
  return {
    page: `${location.pathname}#${question.id}`,
    place: document.querySelector("h1").textContent.trim(),
    subject: legend.textContent.trim().replace(/\s+/g, " "),
  };
}
