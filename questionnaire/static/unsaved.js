// Asks before what was typed into a form is left behind: by a link, or by the button of another form.
"use strict";

const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.method === "post") changed.add(form);
});

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});

document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
