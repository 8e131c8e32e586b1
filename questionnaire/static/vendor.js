// A page of questions that saves itself. Without this script the same page works by its buttons.
import { Saver } from "./vendor-saver.js";
import { attachChosen, attachFrom, hurryUploads, removeFile } from "./vendor-files.js";
import { beforeLeaving, sendLeft } from "./vendor-left.js";
import { addRow, onlyOne, pasteInto, pastedCells, removeRow } from "./vendor-rows.js";
import { sayWhole } from "./vendor-status.js";
import { localTimes, post, questionOf, replaceQuestion, words } from "./vendor-words.js";

const form = document.getElementById("questions");
const saver = new Saver(form);
let leaving = false;

form.addEventListener("input", (event) => {
  if (changes(event.target)) saver.touch(questionOf(event.target), 450);
});

form.addEventListener("change", (event) => {
  // Leaving a text box tells of what was typed into it: that is on its way already.
  const typed = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (!changes(event.target)) return;
  if (!typed || saver.waits(questionOf(event.target))) saver.touch(questionOf(event.target), 0);
});

form.addEventListener("paste", (event) => {
  const text = pastedCells(event);
  if (text) pasteInto(saver, questionOf(event.target), text);
});

// Whether a change of this control is a change of the answer.
function changes(control) {
  const question = questionOf(control);
  const part = question && control.name?.slice(question.dataset.question.length + 1);
  if (!part || ["file", "document-type", "issued-on", "paste"].includes(part)) return false;
  onlyOne(question, control);
  if (!["said", "reason", "comment", "nothing"].includes(part)) sayAnswered(question);
  return true;
}

// Who types an answer takes a "don't know" back.
function sayAnswered(question) {
  const answered = question.querySelector('.said input[value="answered"]');
  if (answered) answered.checked = true;
}

const BUTTONS = {
  "add-row": (question) => addRow(question),
  "remove-row": (question, button) => removeRow(saver, question, button),
  paste: (question) => pasteInto(saver, question),
  clear: (question) => {
    question.querySelectorAll(".value input:checked").forEach((one) => (one.checked = false));
    saver.touch(question, 0);
  },
  attach: (question) => attachFrom(saver, question),
  "remove-file": (question, button) => removeFile(saver, question, button),
  take: (question) => saver.keepStored(question),
  mine: (question) => saver.replaceStored(question),
};

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (button && "plain" in button.dataset) {
    leaving = true;
    return;
  }
  event.preventDefault();
  const action = button && BUTTONS[button.name];
  if (action) {
    await action(questionOf(button), button);
    return;
  }
  await attachChosen(saver, form);
  if (await saver.flush()) goOn(button);
  else saver.showFirstUnsaved();
});

// Where the pressed button leads once everything is saved.
function goOn(button) {
  const to = button?.name === "go" ? button.value : "";
  if (!to) {
    sayWhole(words.allSaved);
    return;
  }
  leaving = true;
  if (to === "send") {
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: "go", value: to });
    form.append(pressed);
    form.submit();
  } else {
    location.assign(form.dataset.at + pathTo(to));
  }
}

function pathTo(to) {
  if (to === "overview") return "";
  if (to === "check") return "/check";
  if (to.startsWith("ask:")) return `/colleagues/new?${to.slice(4)}`;
  const here = form.getAttribute("action").split("/").at(-1);
  if (to === "next") return `/next-open?section=${here}`;
  if (to === "earlier") return `/section/${here}/earlier`;
  return `/section/${to}`;
}

window.addEventListener("beforeunload", (event) => {
  if (!leaving && saver.unsaved) event.preventDefault();
});
window.addEventListener("leaving", () => {
  leaving = true;
  saver.expired = true;
});

function hurry() {
  saver.hurry();
  hurryUploads();
}

window.addEventListener("online", hurry);
document.addEventListener("visibilitychange", hurry);

// An answer of this page that an earlier window has left goes back into its box and is saved from
// there: it is saved, or marked with what is wrong, or shown beside what was stored meanwhile.
async function takeLeft({ id, sent, fields, since }) {
  const question = form.querySelector(`[data-question="${CSS.escape(id)}"]`);
  if (!question) return false;
  if (saver.entries.has(id)) return null;
  // The server makes the boxes; nothing is stored by this.
  const { told } = await post(`/typed/${id}`, new URLSearchParams(fields ?? sent));
  if (told.expired) saver.ask();
  if (!told.html || saver.entries.has(id)) return null;
  saver.resume(replaceQuestion(question, told.html), { sent, fields, since });
  await saver.flush();
  sayWhole(words.broughtBack);
  return true;
}

document.getElementById("again").addEventListener("cancel", (event) => event.preventDefault());
document.getElementById("error-summary")?.focus();
localTimes(form);
beforeLeaving(() => saver.flush());
sendLeft(takeLeft);
document.documentElement.dataset.ready = "true";
