// Evidence: files go up one by one, each with its progress; what is refused is named. What was cut
// off goes up again as soon as there is a line, as long as the page is open; a file that is there
// already is not kept twice. A page that is closed meanwhile leaves the file's name behind.
import { forget, keep } from "./vendor-typed.js";
import { frame, headers, placeOf, say, statusOf, words, write } from "./vendor-words.js";
import { count } from "./vendor-status.js";

const MOST_BYTES = 20 * 1024 * 1024;
const WAITS = [1000, 2000, 4000];
const SILENCE = 30000;

let number = 0;
const waiting = new Set();

function parts(question) {
  const find = (part) => question.querySelector(`[name$=":${part}"]`);
  return { type: find("document-type"), issued: find("issued-on"), file: find("file") };
}

// Every file that was chosen and not sent yet, on the whole page.
export async function attachChosen(saver, form) {
  for (const question of form.querySelectorAll("fieldset[data-question]")) {
    if (parts(question).file?.files.length) await attachFrom(saver, question);
  }
}

// Done when each file was tried once; what did not come through goes on by itself.
export async function attachFrom(saver, question) {
  const { type, issued, file } = parts(question);
  const place = notes(question);
  place.replaceChildren();
  if (!file.files.length) return complain(place, words.chooseFile, file);
  if (!type.value) return complain(place, words.chooseType, type);
  const id = question.dataset.question;
  const chosen = [...file.files];
  const fields = { [type.name]: type.value, [issued.name]: issued.value };
  const name = file.name;
  file.value = "";
  for (const one of chosen) {
    if (one.size > MOST_BYTES) note(place, say(words.tooLarge, { name: `“${one.name}”` }));
    else await begin(saver, { id, one, fields, name, kept: `${id}*${(number += 1)}`, tries: 0 });
  }
}

async function begin(saver, upload) {
  const question = document.getElementById(`q-${upload.id}`);
  saver.uploads += 1;
  keep(upload.kept, { ...placeOf(question), file: upload.one.name }, Date.now());
  await go(saver, upload);
}

async function go(saver, upload) {
  clearTimeout(upload.timer);
  waiting.delete(upload);
  const question = document.getElementById(`q-${upload.id}`);
  upload.line ??= lineIn(question);
  const moved = sending(upload);
  const body = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) body.append(name, value);
  body.append(upload.name, upload.one, upload.one.name);
  let told;
  try {
    told = await send(`${frame.at}/attach/${upload.id}`, body, moved);
  } catch {
    return wait(saver, upload);
  }
  upload.line.remove();
  saver.uploads -= 1;
  // After a new code it is named, for a browser does not let a file be carried over.
  if (told.expired) return saver.ask();
  forget(upload.kept);
  take(saver, document.getElementById(`q-${upload.id}`), told);
  for (const sentence of told.refused ?? [told.sentence]) note(notes(question), sentence);
}

// Named as not attached, with a button; tried again without it.
function wait(saver, upload) {
  upload.tries += 1;
  waiting.add(upload);
  const text = document.createElement("span");
  text.textContent = say(words.cutOff, { name: `“${upload.one.name}”` });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-secondary btn-sm" });
  button.textContent = words.tryAgain;
  upload.again = () => waiting.has(upload) && go(saver, upload);
  button.addEventListener("click", upload.again);
  // Said once, however often it is tried.
  if (!upload.line.querySelector("button")) upload.line.replaceChildren(text, button);
  upload.timer = setTimeout(upload.again, WAITS[Math.min(upload.tries, WAITS.length) - 1]);
}

// The line is back: nothing waits.
export function hurryUploads() {
  for (const upload of [...waiting]) upload.again();
}

// fetch cannot tell how far an upload is.
function send(address, body, moved) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.responseType = "json";
    let silence;
    // An upload may take long; one that does not move any more has been cut.
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE);
    };
    request.upload.onprogress = (event) => {
      heard();
      if (event.lengthComputable) moved(event.loaded / event.total);
    };
    request.onload = () =>
      request.response && request.status < 500 ? done(request.response) : fail(request.status);
    request.onerror = fail;
    request.onabort = fail;
    request.onloadend = () => clearTimeout(silence);
    heard();
    request.send(body);
  });
}

export async function removeFile(saver, question, button) {
  const address = `${frame.at}/files/${button.value}/remove`;
  try {
    const reply = await fetch(address, { method: "POST", headers: headers() });
    const told = await reply.json();
    if (told.expired) saver.ask();
    else if (reply.ok) take(saver, question, told);
    else note(notes(question), told.sentence);
  } catch {
    saver.unreached(question);
  }
}

// The list as the server has it now; where the file is the answer, the answer too.
function take(saver, question, told) {
  if (!("files" in told)) return;
  document.getElementById(`${question.id}-files`).innerHTML = told.files;
  question.querySelector('input[name$=":version"]').value = told.version;
  question.dataset.state = told.state;
  for (const name of told.kept ?? []) {
    write(statusOf(question), say(words.attached, { name }), "saved");
  }
  count(saver.form, told);
}

function notes(question) {
  const attach = question.querySelector(".attach");
  let place = attach.querySelector(".upload-notes");
  if (!place) {
    place = document.createElement("div");
    place.className = "upload-notes";
    place.setAttribute("role", "alert");
    attach.append(place);
  }
  return place;
}

function note(place, sentence) {
  const line = document.createElement("p");
  line.className = "wrong";
  line.textContent = sentence;
  place.append(line);
}

function complain(place, sentence, control) {
  note(place, sentence);
  control.focus();
}

function lineIn(question) {
  const attach = question.querySelector(".attach");
  const line = document.createElement("div");
  line.className = "upload";
  line.setAttribute("role", "status");
  attach.append(line);
  return line;
}

// Shows how far it is; after a cut only once something moves again.
function sending({ line, one, tries }) {
  const text = document.createElement("span");
  text.textContent = say(words.uploading, { name: one.name });
  const progress = document.createElement("progress");
  Object.assign(progress, { max: 1, value: 0 });
  progress.setAttribute("aria-label", text.textContent);
  if (!tries) line.replaceChildren(text, progress);
  return (share) => {
    progress.value = share;
    if (!progress.isConnected) line.replaceChildren(text, progress);
  };
}
