// Saves changed questions one after the other, in the order in which they were changed. What was
// sent and not confirmed is sent again as it was, with the same key, so that it counts once.
import { forget, keep } from "./vendor-typed.js";
import { fieldsOf, newKey, placeOf, post, questionOf, replaceQuestion, words } from "./vendor-words.js";
import { clearFaults, count, mark, sayCount, sayCalm, saySaved, unsavedStatus } from "./vendor-status.js";

const WAITS = [500, 1000, 2000, 4000];
// Who types on and on is saved meanwhile.
const LONGEST = 2000;
// Whatever has not been confirmed for so long is said not to be saved.
const UNSURE = 3500;

export class Saver {
  constructor(form) {
    this.form = form;
    // Question id -> {due, first, since, typed, sent, changed, state}; state is waiting, wrong or
    // conflict. What was changed last stands last.
    this.entries = new Map();
    this.failures = 0;
    this.busy = false;
    this.expired = false;
    this.uploads = 0;
    setInterval(() => this.sayOverdue(), 500);
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
    const now = Date.now();
    const entry = this.entries.get(id) ?? { sent: null, since: now };
    this.entries.delete(id);
    this.entries.set(id, entry);
    if (!entry.changed || entry.state !== "waiting") entry.first = now;
    entry.changed = true;
    entry.typed = now;
    sayCalm();
    question.dataset.unsaved = "";
    this.persist(question, entry);
    if (entry.state === "conflict") return;
    if (entry.state !== "waiting") entry.since = now;
    entry.state = "waiting";
    entry.due = Math.min(now + delay, entry.first + LONGEST);
    this.schedule(entry.due - now);
  }

  // What a window before this one has left: what it had sent may have come, and counts once.
  resume(question, { sent, fields, since }) {
    const entry = { due: 0, first: 0, since: Date.now(), typed: since, state: "waiting" };
    entry.sent = sent ? new URLSearchParams(sent) : null;
    entry.changed = fields !== null;
    this.entries.set(question.dataset.question, entry);
    question.dataset.unsaved = "";
    this.persist(question, entry);
  }

  persist(question, entry) {
    const told = {
      ...placeOf(question),
      sent: entry.sent && entry.sent.toString(),
      fields: entry.changed ? fieldsOf(question).toString() : null,
    };
    keep(question.dataset.question, told, entry.typed);
  }

  // Save everything now; true when nothing is left unsaved.
  async flush() {
    for (const entry of this.entries.values()) entry.due = 0;
    await this.run();
    while (this.busy) await new Promise((done) => setTimeout(done, 50));
    return !this.unsaved;
  }

  // The line is back, or the window is looked at again: nothing waits for what may hang.
  hurry() {
    for (const entry of this.entries.values()) entry.due = 0;
    if (this.failures || Date.now() - this.asked > LONGEST) this.cut?.abort();
    this.hurried = true;
    this.schedule(0);
  }

  schedule(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), Math.max(0, delay));
  }

  async run() {
    if (this.busy || this.expired) return;
    this.busy = true;
    this.hurried = false;
    clearTimeout(this.timer);
    let reached = true;
    try {
      // What was sent and got no answer comes first, so that there is one such at most.
      const sent = [...this.entries].filter(([, one]) => one.sent);
      for (const [id, entry] of [...sent, ...this.entries]) {
        const ready = entry.state === "waiting" && (entry.sent || entry.due <= Date.now());
        if (ready && this.entries.get(id) === entry) reached = await this.send(id, entry);
        if (!reached || this.expired) break;
      }
    } finally {
      this.busy = false;
    }
    const waiting = [...this.entries.values()].filter((one) => one.state === "waiting");
    if (!waiting.length || this.expired) return;
    if (this.hurried) this.schedule(0);
    else if (!reached) this.schedule(WAITS[Math.min(this.failures, WAITS.length) - 1]);
    else this.schedule(Math.min(...waiting.map((one) => one.due)) - Date.now());
  }

  // False when there was no answer and it must be tried again.
  async send(id, entry) {
    const question = document.getElementById(`q-${id}`);
    if (!entry.sent) {
      entry.sent = fieldsOf(question);
      entry.sent.append("save-key", newKey());
      entry.changed = false;
      this.persist(question, entry);
    }
    let reply;
    try {
      this.cut = new AbortController();
      this.asked = Date.now();
      reply = await post(`/answer/${id}`, entry.sent, this.cut);
    } catch {
      this.failures += 1;
      this.unreached(question);
      return false;
    }
    this.cut = null;
    this.failures = 0;
    if (reply.told.expired) this.ask();
    else this.settle(id, entry, document.getElementById(`q-${id}`), reply);
    return true;
  }

  settle(id, entry, question, { ok, told }) {
    entry.sent = null;
    if (ok) this.saved(id, entry, question, told);
    else if ("conflict" in told) this.differ(entry, question, told);
    else {
      entry.state = entry.changed ? "waiting" : "wrong";
      entry.changed = true;
      this.persist(question, entry);
      mark(question, told.sentence, told.cells ?? []);
    }
    sayCount(this);
  }

  saved(id, entry, question, told) {
    clearFaults(question);
    question.querySelector(`input[name="${CSS.escape(`${id}:version`)}"]`).value = told.version;
    question.dataset.state = told.state;
    if (entry.changed) {
      entry.since = entry.first;
      this.persist(question, entry);
    } else {
      this.entries.delete(id);
      forget(id);
      delete question.dataset.unsaved;
      saySaved(question, told);
    }
    for (const one of told.appeared) document.getElementById(`q-${one}`)?.removeAttribute("hidden");
    for (const one of told.gone) document.getElementById(`q-${one}`)?.setAttribute("hidden", "");
    count(this.form, told);
  }

  // Both values: the server's in a box, one's own in the controls. What is typed stays one of the
  // version that was seen until somebody chooses: it is never sent over the other by itself.
  differ(entry, question, told) {
    entry.state = "conflict";
    entry.changed = true;
    entry.stored = told.stored;
    entry.version = told.version;
    this.persist(question, entry);
    question.querySelector(".conflict")?.remove();
    question.querySelector(".value").insertAdjacentHTML("beforebegin", told.conflict);
    unsavedStatus(question, words.differs);
    if (questionOf(document.activeElement) === question) {
      question.querySelector(".conflict").scrollIntoView({ block: "center" });
    }
  }

  keepStored(question) {
    const id = question.dataset.question;
    const entry = this.entries.get(id);
    this.entries.delete(id);
    forget(id);
    if (entry) replaceQuestion(question, entry.stored).focus();
    sayCount(this);
  }

  replaceStored(question) {
    const entry = this.entries.get(question.dataset.question);
    if (entry?.state === "conflict") {
      entry.state = "waiting";
      question.querySelector('input[name$=":version"]').value = entry.version;
    }
    question.querySelector(".conflict")?.remove();
    question.focus({ preventScroll: true });
    this.touch(question, 0);
  }

  // Wrong as it came back from the server: nothing to send before it is changed.
  hold(question) {
    const now = Date.now();
    const entry = { due: 0, first: 0, since: now, typed: now, sent: null, changed: true };
    entry.state = "wrong";
    this.entries.set(question.dataset.question, entry);
    this.persist(question, entry);
  }

  unreached(question) {
    unsavedStatus(question, words.notSaved);
    sayCount(this);
  }

  // Not saved is said in time, whether or not the line has said anything.
  sayOverdue() {
    if (this.expired) return;
    const now = Date.now();
    for (const [id, entry] of this.entries) {
      if (entry.state !== "waiting" || now - entry.since < UNSURE) continue;
      unsavedStatus(document.getElementById(`q-${id}`), words.notSaved);
    }
    sayCount(this);
  }

  // Whether the page has to say that it cannot save at the moment.
  get cutOff() {
    const late = (one) => one.state === "waiting" && Date.now() - one.since >= UNSURE;
    return this.failures > 0 || [...this.entries.values()].some(late);
  }

  // The session has ended: the form itself carries what was typed over a new code.
  ask() {
    this.expired = true;
    const dialog = document.getElementById("again");
    if (!dialog.open) dialog.showModal();
  }

  showFirstUnsaved() {
    const first = [...this.entries.keys()].map((id) => document.getElementById(`q-${id}`))[0];
    const place = first?.querySelector(".conflict") ?? first;
    place?.scrollIntoView({ block: "center" });
    place?.focus({ preventScroll: true });
  }
}
