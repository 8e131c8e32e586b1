// Saves changed questions one after the other, in the order in which they were changed. What was
// sent and not confirmed is sent again as it was, with the same key, so that it counts once.
import { forget, keep } from "./vendor-typed.js";
import { clockTime, fieldsOf, headers, replaceQuestion, say, statusOf, words } from "./vendor-words.js";

const PATIENCE = 4500;
const WAITS = [1000, 2000, 4000, 8000, 15000];

export class Saver {
  constructor(form) {
    this.form = form;
    // Question id -> {due, sent, state}; state is waiting, wrong or conflict. Insertion is order.
    this.entries = new Map();
    this.failures = 0;
    this.busy = false;
    this.expired = false;
    this.uploads = 0;
  }

  get unsaved() {
    return this.entries.size > 0 || this.uploads > 0;
  }

  // Whether something was typed that has not been sent yet.
  waits(question) {
    return Boolean(this.entries.get(question.dataset.question)?.changed);
  }

  touch(question, delay) {
    if (!question) return;
    const id = question.dataset.question;
    const entry = this.entries.get(id) ?? { sent: null };
    if (entry.state === "conflict") return;
    entry.due = Date.now() + delay;
    entry.state = "waiting";
    entry.changed = true;
    this.entries.set(id, entry);
    question.dataset.unsaved = "";
    keep(question);
    this.schedule(delay);
  }

  // Save everything now; true when nothing is left unsaved.
  async flush() {
    for (const entry of this.entries.values()) entry.due = 0;
    await this.run();
    while (this.busy) await new Promise((done) => setTimeout(done, 50));
    return !this.unsaved;
  }

  hurry() {
    for (const entry of this.entries.values()) entry.due = 0;
    this.schedule(0);
  }

  schedule(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), delay);
  }

  async run() {
    if (this.busy || this.expired) return;
    this.busy = true;
    clearTimeout(this.timer);
    let wait = null;
    try {
      for (const [id, entry] of [...this.entries]) {
        if (entry.state !== "waiting") continue;
        const early = entry.due - Date.now();
        if (early > 0 && !entry.sent) {
          wait = Math.min(wait ?? early, early);
          continue;
        }
        if (!(await this.send(id, entry))) {
          wait = WAITS[Math.min(this.failures, WAITS.length) - 1];
          break;
        }
      }
    } finally {
      this.busy = false;
    }
    const more = [...this.entries.values()].some((one) => one.state === "waiting");
    if (more && !this.expired) this.schedule(wait ?? 0);
  }

  // False when there was no answer and it must be tried again.
  async send(id, entry) {
    const question = document.getElementById(`q-${id}`);
    if (!entry.sent) {
      entry.sent = fieldsOf(question);
      entry.sent.append("save-key", crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
      entry.changed = false;
    }
    let reply, told;
    try {
      reply = await fetch(`${this.form.dataset.at}/answer/${id}`, {
        method: "POST",
        body: entry.sent,
        headers: headers(),
        signal: AbortSignal.timeout(PATIENCE),
        keepalive: entry.sent.toString().length < 50000,
      });
      if (reply.status >= 500) throw new Error(reply.statusText);
      told = await reply.json();
    } catch {
      this.failures += 1;
      this.unreached(question);
      return false;
    }
    this.failures = 0;
    this.say("");
    entry.sent = null;
    this.settle(id, entry, question, reply, told);
    return true;
  }

  settle(id, entry, question, reply, told) {
    if (told.expired) return this.ask();
    if (reply.ok) return this.saved(id, entry, question, told);
    if ("conflict" in told) return this.differ(entry, question, told);
    entry.state = entry.changed ? "waiting" : "wrong";
    this.mark(question, told.sentence, told.cells ?? []);
  }

  saved(id, entry, question, told) {
    this.clearFaults(question);
    question.querySelector(`input[name="${CSS.escape(`${id}:version`)}"]`).value = told.version;
    question.dataset.state = told.state;
    if (entry.changed) {
      this.entries.delete(id);
      this.entries.set(id, entry);
      keep(question);
    } else {
      this.entries.delete(id);
      forget(this.form, id);
      delete question.dataset.unsaved;
      const status = statusOf(question);
      status.className = "saved";
      status.textContent = told.saved_at
        ? say(words.saved, { time: clockTime(new Date(told.saved_at)) })
        : "";
      if (told.lacking) {
        const lacking = document.createElement("span");
        Object.assign(lacking, { className: "lacking", textContent: told.lacking });
        status.append(" ", lacking);
      }
    }
    for (const one of told.appeared) document.getElementById(`q-${one}`)?.removeAttribute("hidden");
    for (const one of told.gone) document.getElementById(`q-${one}`)?.setAttribute("hidden", "");
    this.count(told);
  }

  // Both values: the server's in a box, one's own in the controls.
  differ(entry, question, told) {
    entry.state = "conflict";
    entry.stored = told.stored;
    question.querySelector(".conflict")?.remove();
    question.querySelector(".value").insertAdjacentHTML("beforebegin", told.conflict);
    question.querySelector('input[name$=":version"]').value = told.version;
    this.unsavedStatus(question, words.notSaved);
    question.querySelector(".conflict").scrollIntoView({ block: "center" });
  }

  keepStored(question) {
    const entry = this.entries.get(question.dataset.question);
    this.entries.delete(question.dataset.question);
    forget(this.form, question.dataset.question);
    replaceQuestion(question, entry.stored).focus();
  }

  replaceStored(question) {
    const entry = this.entries.get(question.dataset.question);
    if (entry) entry.state = "waiting";
    question.querySelector(".conflict")?.remove();
    this.touch(question, 0);
  }

  // Wrong as it came back from the server: nothing to send before it is changed.
  hold(question) {
    this.entries.set(question.dataset.question, { due: 0, sent: null, state: "wrong" });
    keep(question);
  }

  mark(question, sentence, cells) {
    this.clearFaults(question);
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
    const status = statusOf(question);
    status.className = "saved wrong";
    status.textContent = words.wrong;
  }

  clearFaults(question) {
    question.classList.remove("question-wrong");
    question.querySelectorAll("p.wrong:not(.saved)").forEach((one) => one.remove());
    question.querySelectorAll(".cell-wrong").forEach((one) => one.classList.remove("cell-wrong"));
    question.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
  }

  unreached(question) {
    this.unsavedStatus(question, words.notSaved);
    this.say(words.retrying);
  }

  unsavedStatus(question, text) {
    const status = statusOf(question);
    status.className = "saved unsaved";
    status.textContent = text;
  }

  // One line about the whole page, at the bottom of the window.
  say(sentence) {
    const bar = document.getElementById("save-bar");
    bar.textContent = sentence;
    bar.hidden = !sentence;
  }

  // The session has ended: the form itself carries what was typed over a new code.
  ask() {
    this.expired = true;
    document.getElementById("again").showModal();
  }

  showFirstUnsaved() {
    const first = [...this.entries.keys()].map((id) => document.getElementById(`q-${id}`))[0];
    first?.scrollIntoView({ block: "center" });
    first?.focus({ preventScroll: true });
  }

  count(told) {
    const whole = document.getElementById("whole");
    if (whole && "asked" in told) {
      whole.querySelector("[data-answered]").textContent = told.answered;
      whole.querySelector("[data-asked]").textContent = told.asked;
    }
    const here = document.querySelector(".section-list a[aria-current] .section-count");
    if (!here) return;
    const shown = [...this.form.querySelectorAll("fieldset[data-question]:not([hidden])")];
    const given = shown.filter((one) => one.dataset.state !== "blank").length;
    here.querySelector("[data-given]").textContent = given;
    here.querySelector("[data-shown]").textContent = shown.length;
    here.closest("li").classList.toggle("section-done", given === shown.length);
  }
}
