// A buyer's pages work without this; it saves presses: copying, ticking sections, finding, adding rows.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button.previousElementSibling;
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "✓ " + words;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

const counts = document.querySelector('[data-count="chosen"]');
function count() {
  const ticks = [...document.querySelectorAll('.ticks input[type="checkbox"]')];
  const elsewhere = Number(counts.dataset.elsewhere);
  counts.textContent = elsewhere + ticks.filter((one) => one.checked).length;
  for (const fold of document.querySelectorAll(".fold")) {
    const own = [...fold.querySelectorAll('.ticks input[type="checkbox"]')];
    fold.querySelector('[data-count="section"]').textContent = own.filter((one) => one.checked).length;
  }
}
if (counts) {
  document.addEventListener("change", (event) => {
    if (event.target.closest(".ticks")) count();
  });
  for (const button of document.querySelectorAll("[data-tick]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      for (const one of button.closest(".fold").querySelectorAll('.ticks input[type="checkbox"]')) {
        one.checked = button.dataset.tick === "all";
      }
      count();
    });
  }
}

for (const part of document.querySelectorAll("[data-filtered]")) {
  const filter = part.querySelector(".filter");
  const told = part.querySelector("[data-ticked]");
  const choices = [...part.querySelectorAll(".form-check")];
  filter.hidden = false;
  const tell = () => {
    const names = choices
      .filter((one) => one.querySelector("input").checked)
      .map((one) => one.textContent.trim());
    told.textContent = told.textContent.replace(/\d+/, names.length).replace(/:.*$/, "") +
      (names.length ? ": " + names.join(", ") : "");
  };
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const one of choices) one.hidden = !one.textContent.toLowerCase().includes(wanted);
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  part.addEventListener("change", tell);
  tell();
}

// Who names something takes "none to name" back, which may have been our suggestion.
for (const none of document.querySelectorAll('input[name$=".none"]')) {
  document.getElementById(none.name.slice(0, -5))?.addEventListener("input", (event) => {
    if (event.target.value.trim()) none.checked = false;
  });
}

// A row that is begun brings the next empty one.
for (const table of document.querySelectorAll("[data-rows]")) {
  table.addEventListener("input", () => {
    const rows = table.tBodies[0].rows;
    const last = rows[rows.length - 1];
    const begun = [...last.querySelectorAll("input, select")].some((one) => one.value);
    if (!begun || rows.length >= 33) return;
    const next = last.cloneNode(true);
    const number = rows.length;
    for (const one of next.querySelectorAll("[id], [for], [name]")) {
      for (const attribute of ["id", "for", "name"]) {
        const value = one.getAttribute(attribute);
        if (value) one.setAttribute(attribute, value.replace(/\.\d+\./, `.${number}.`));
      }
      if ("value" in one && one.tagName !== "LABEL") one.value = "";
    }
    for (const label of next.querySelectorAll("label")) {
      label.textContent = label.textContent.replace(/\d+$/, number + 1);
    }
    for (const wrong of next.querySelectorAll(".wrong")) wrong.remove();
    table.tBodies[0].append(next);
  });
}

// Either a fixed value or something that is looked up: only the controls of the chosen one show.
const sources = [...document.querySelectorAll('input[type="radio"][name="source"]')];
function showSource() {
  const fixed = sources.some((one) => one.checked && one.value === "value");
  for (const one of document.querySelectorAll("[data-fixed]")) one.hidden = !fixed;
  for (const one of document.querySelectorAll("[data-looked-up]")) one.hidden = fixed;
}
if (sources.length) {
  for (const one of sources) one.addEventListener("change", showSource);
  showSource();
}

// A new RFI begins in the zone of whoever makes it, unless an earlier one says otherwise.
const zone = document.querySelector('select[name="time_zone"]');
const fresh = document.querySelector('input[name="preset"]') && !document.querySelector(".error-summary");
if (zone && fresh && zone.value === "UTC") {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((one) => one.value === here)) zone.value = here;
}
