// Rows of tables and lists of countries: adding, removing, pasting from a spreadsheet.
import { mark } from "./vendor-status.js";
import { fieldsOf, post, replaceQuestion, statusOf, words, write } from "./vendor-words.js";

export function addRow(question) {
  const rows = question.querySelector(".rows");
  const used = [...rows.querySelectorAll("[id]")].map((one) => Number(one.id.match(/-(\d+)$/)?.[1] ?? -1));
  const next = Math.max(-1, ...used) + 1;
  const html = question.querySelector(".value > template").innerHTML.replaceAll("__n__", next);
  rows.insertAdjacentHTML("beforeend", html);
  untickNone(question);
  renumber(rows);
  rows.lastElementChild.querySelector("input, select")?.focus();
}

export function removeRow(saver, question, button) {
  const row = button.closest(".row-card");
  const beside = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  renumber(question.querySelector(".rows"));
  (beside?.querySelector("input, select") ?? question.querySelector('[name="add-row"]')).focus();
  saver.touch(question, 0);
}

function renumber(rows) {
  rows.querySelectorAll(":scope > .row-card").forEach((row, place) => {
    row.querySelectorAll(".row-number").forEach((one) => (one.textContent = place + 1));
  });
}

// A box that stands alone ("none of these") and the others untick each other.
export function onlyOne(question, control) {
  if (control.type === "checkbox" && control.checked) {
    const group = control.closest(".cell, .value");
    const alone = "alone" in control.dataset;
    // A box outside of the answer ("we have nothing to add") excludes no other.
    for (const one of group?.querySelectorAll('input[type="checkbox"]') ?? []) {
      const together = one.closest(".row-card") === control.closest(".row-card");
      if (one !== control && together && (alone || "alone" in one.dataset)) one.checked = false;
    }
  }
  if (control.closest(".rows") && control.value) untickNone(question);
}

function untickNone(question) {
  const none = question.querySelector('.table-tools input[name$=":none"]');
  if (none) none.checked = false;
}

// Several cells pasted into a box of a table are meant for the table, not for the box.
export function pastedCells(event) {
  if (!event.target.closest(".row-card")) return "";
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/\t|\n./.test(text.trim())) return "";
  event.preventDefault();
  return text;
}

// The server reads the rows, as it does without a script; they come back in the boxes.
export async function pasteInto(saver, question, text) {
  const id = question.dataset.question;
  const fields = fieldsOf(question);
  const pasted = text ?? question.querySelector(".paste textarea").value;
  fields.set(`${id}:paste`, pasted);
  let told;
  try {
    ({ told } = await post(`/rows/${id}`, fields));
  } catch {
    saver.unreached(question);
    return;
  }
  if (told.expired) return saver.ask();
  if (!told.html) return mark(question, told.sentence, []);
  const fresh = replaceQuestion(question, told.html);
  fresh.dataset.unsaved = "";
  if (told.faults) {
    saver.hold(fresh);
    fresh.querySelector("[aria-invalid]")?.focus();
  } else {
    saver.touch(fresh, 0);
    fresh.querySelector(".rows input, .rows select")?.focus();
  }
  if (told.faults) write(statusOf(fresh), words.wrong, "saved wrong");
  else write(statusOf(fresh), words.pasted, "saved");
  if (told.notices.length) tellLeftOut(fresh, told.notices, pasted);
}

// What the table has no place for is named, and the pasted text stays where it was pasted.
function tellLeftOut(question, notices, pasted) {
  const told = document.createElement("p");
  Object.assign(told, { className: "notice notice-warning", textContent: notices.join(" ") });
  told.setAttribute("role", "status");
  question.querySelector(".table-tools").before(told);
  const paste = question.querySelector(".paste");
  paste.querySelector("textarea").value = pasted;
  paste.open = true;
}
