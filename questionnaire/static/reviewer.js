// Makes the reviewers' pages quicker. Every one of them works without this file.
"use strict";

const KEYS_ON = "reviewer-keys";

function keysAreOn() {
  try {
    return localStorage.getItem(KEYS_ON) !== "off";
  } catch {
    return true;
  }
}

function keepKeys(on) {
  try {
    localStorage.setItem(KEYS_ON, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function isTyping(element) {
  return element.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
}

// Only what belongs to the chosen action is shown: the date to a waiver, the person to assigning.
function showWhatBelongs(form) {
  const chosen = form.querySelector("input[name=action]:checked")?.value;
  for (const [name, action] of [[".until-field", "waive"], [".assignee-field", "assign"]]) {
    const field = form.querySelector(name);
    if (field) field.hidden = chosen !== action && !field.classList.contains("field-wrong");
  }
}

// Likewise a document: what it is said to prove, or why it proves nothing.
function showWhatIsProven(form) {
  const level = form.querySelector("input[name=level]:checked")?.value;
  for (const [name, wanted] of [[".proof-refused", level === "0"], [".proof-taken", level !== "0"]]) {
    for (const part of form.querySelectorAll(name)) {
      part.hidden = !wanted && !part.classList.contains("field-wrong");
    }
  }
}

function press(target) {
  if (target.matches("details")) {
    target.open = !target.open;
    (target.open ? target.querySelector("textarea") : target.querySelector("summary"))?.focus();
    return;
  }
  target.click();
  if (!target.matches("input[type=radio]")) return;
  const needsWords = ["accept", "waive", "0"].includes(target.value);
  const next = needsWords ? target.form.elements.reason : document.getElementById("decide-next");
  next?.focus();
}

// Lines of a list: j and k go down and up, t ticks.
function walk(key) {
  const lines = [...document.querySelectorAll(".line")];
  const here = lines.indexOf(document.activeElement.closest(".line"));
  if (key === "t" && here >= 0) {
    lines[here].querySelector(".line-tick")?.click();
    return true;
  }
  const step = { j: 1, k: -1 }[key];
  if (!step || !lines.length) return false;
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), lines.length - 1);
  (lines[next].querySelector("a") ?? lines[next].querySelector("input"))?.focus();
  return true;
}

function onKey(event) {
  const typing = isTyping(event.target);
  if (typing && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.form;
    const go = form?.querySelector("#decide-next, button[type=submit]");
    if (go) {
      event.preventDefault();
      form.requestSubmit(go);
    }
    return;
  }
  if (typing && event.key === "Escape") {
    event.target.blur();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return;
  if (event.key === "Enter" && event.target.matches("input[type=radio][name=action], input[type=radio][name=level]")) {
    const go = event.target.form.querySelector("#decide-next");
    if (go) {
      event.preventDefault();
      event.target.form.requestSubmit(go);
    }
    return;
  }
  if (event.key === "?") {
    const help = document.getElementById("keys");
    if (help) help.open = !help.open;
    help?.querySelector("summary").focus();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    press(target);
  } else if (walk(event.key)) {
    event.preventDefault();
  }
}

function tickButtons() {
  for (const [id, on] of [["tick-all", true], ["tick-none", false]]) {
    const button = document.getElementById(id);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of document.querySelectorAll(".line-tick")) box.checked = on;
    });
  }
}

function setUp() {
  for (const form of document.querySelectorAll("form")) {
    if (!form.querySelector(".until-field")) continue;
    showWhatBelongs(form);
    form.addEventListener("change", () => showWhatBelongs(form));
  }
  for (const form of document.querySelectorAll(".proof-form")) {
    showWhatIsProven(form);
    form.addEventListener("change", () => showWhatIsProven(form));
  }
  tickButtons();
  const help = document.getElementById("keys");
  const box = document.getElementById("keys-on");
  if (help && box) {
    help.hidden = false;
    box.checked = keysAreOn();
    box.addEventListener("change", () => keepKeys(box.checked));
  }
  const groups = document.getElementById("groups");
  if (groups && matchMedia("(max-width: 62rem)").matches) groups.open = false;
  document.addEventListener("keydown", onKey);
}

setUp();
