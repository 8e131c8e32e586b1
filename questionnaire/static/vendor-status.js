// What a page of questions says about saving: at each question, in the bar below, in the counts.
import { clockTime, say, statusOf, words, write } from "./vendor-words.js";

const bar = document.getElementById("save-bar");
const said = bar.querySelector("[data-said]");
// It counts up while somebody types: that is for the eyes alone.
const counted = bar.querySelector("[data-counted]");

// That the line is gone, and that it is back, is said once each.
export function sayCount(saver) {
  const off = saver.cutOff;
  const waiting = [...saver.entries.values()].filter((one) => one.state === "waiting").length;
  if (off) sayWhole(words.offline);
  else if ("off" in bar.dataset) sayWhole("");
  write(counted, off ? say(words.counted, { n: waiting }) : "");
  bar.toggleAttribute("data-off", off);
}

// One line about the whole page, at the bottom of the window.
export function sayWhole(sentence) {
  write(said, sentence);
  bar.classList.toggle("save-bar-empty", !sentence);
}

// What was said of the whole page is over as soon as something is typed.
export function sayCalm() {
  if (!("off" in bar.dataset)) sayWhole("");
}

export function unsavedStatus(question, text) {
  write(statusOf(question), text, "saved unsaved");
}

export function saySaved(question, told) {
  const status = statusOf(question);
  const time = told.saved_at ? clockTime(new Date(told.saved_at)) : "";
  const text = time && say(words.saved, { time });
  if (!told.lacking) return write(status, text, "saved");
  const lacking = document.createElement("span");
  Object.assign(lacking, { className: "lacking", textContent: told.lacking });
  write(status, text, "saved");
  status.append(" ", lacking);
}

export function mark(question, sentence, cells) {
  clearFaults(question);
  question.classList.add("question-wrong");
  const fault = document.createElement("p");
  Object.assign(fault, { className: "wrong", id: `${question.id}-wrong`, textContent: sentence });
  question.querySelector(".value").before(fault);
  const rows = [...question.querySelectorAll(".rows > .row-card")];
  for (const { row, column, sentence: said } of cells) {
    const box = rows[row] && document.getElementById(`${rows[row].id}-${column}`);
    if (!box) continue;
    const cell = box.closest(".cell");
    cell.classList.add("cell-wrong");
    box.setAttribute("aria-invalid", "true");
    const beside = document.createElement("p");
    Object.assign(beside, { className: "wrong small", id: `${box.id}-wrong`, textContent: said });
    box.setAttribute("aria-describedby", beside.id);
    (box.tagName === "FIELDSET" ? box.querySelector(".ticks") : box).before(beside);
  }
  write(statusOf(question), words.wrong, "saved wrong");
}

export function clearFaults(question) {
  question.classList.remove("question-wrong");
  question.querySelectorAll("p.wrong:not(.saved)").forEach((one) => one.remove());
  question.querySelectorAll(".cell-wrong").forEach((one) => one.classList.remove("cell-wrong"));
  question.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
}

// How much is answered, of everything and of this section.
export function count(form, told) {
  const whole = document.getElementById("whole");
  if (whole && "asked" in told) {
    whole.querySelector("[data-answered]").textContent = told.answered;
    whole.querySelector("[data-asked]").textContent = told.asked;
  }
  const here = document.querySelector(".section-list a[aria-current] .section-count");
  if (!here) return;
  const shown = [...form.querySelectorAll("fieldset[data-question]:not([hidden])")];
  const given = shown.filter((one) => one.dataset.state !== "blank").length;
  here.querySelector("[data-given]").textContent = given;
  here.querySelector("[data-shown]").textContent = shown.length;
  here.closest("li").classList.toggle("section-done", given === shown.length);
}
