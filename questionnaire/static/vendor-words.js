// What the pages' scripts share: sentences in the page's language, times, questions by element.
const said = document.getElementById("words").dataset;

export const words = said;

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
  const made = document.createElement("template");
  made.innerHTML = html;
  const fresh = made.content.firstElementChild;
  question.replaceWith(fresh);
  localTimes(fresh);
  return fresh;
}

export function headers() {
  const form = document.getElementById("questions");
  return {
    Accept: "application/json",
    "X-CSRFToken": form.elements.csrf_token.value,
    "X-Invitation": form.elements.invitation.value,
  };
}

// The fields of one question, as the form would send them.
export function fieldsOf(question) {
  const id = question.dataset.question;
  const fields = new URLSearchParams();
  const unknown = question.querySelector('.said input:checked')?.value !== "answered";
  for (const [name, value] of new FormData(question.form)) {
    if (!name.startsWith(`${id}:`) || typeof value !== "string") continue;
    const part = name.slice(id.length + 1);
    if (["document-type", "issued-on", "paste"].includes(part)) continue;
    if (unknown && !["said", "reason", "comment", "version"].includes(part)) continue;
    fields.append(name, value);
  }
  return fields;
}
