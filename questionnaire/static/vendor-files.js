// Evidence: files go up one by one, each with its progress; what is refused is named.
import { headers, say, statusOf, words } from "./vendor-words.js";

const MOST_BYTES = 20 * 1024 * 1024;

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

export async function attachFrom(saver, question) {
  const { type, file } = parts(question);
  const place = notes(question);
  place.replaceChildren();
  if (!file.files.length) return complain(place, words.chooseFile, file);
  if (!type.value) return complain(place, words.chooseType, type);
  let left = false;
  for (const one of [...file.files]) {
    if (one.size > MOST_BYTES) note(place, say(words.tooLarge, { name: `“${one.name}”` }));
    else left = !(await attachOne(saver, question, place, one)) || left;
  }
  if (!left) file.value = "";
}

async function attachOne(saver, question, place, one) {
  const { type, issued, file } = parts(question);
  const id = question.dataset.question;
  const body = new FormData();
  body.append(type.name, type.value);
  body.append(issued.name, issued.value);
  body.append(file.name, one, one.name);
  saver.uploads += 1;
  try {
    const told = await upload(`${saver.form.dataset.at}/attach/${id}`, body, bar(place, one.name));
    if (told.expired) {
      saver.ask();
      return false;
    }
    take(saver, question, told);
    for (const sentence of told.refused ?? [told.sentence]) note(place, sentence);
    return true;
  } catch {
    saver.unreached(question);
    note(place, `“${one.name}”: ${words.notSaved}`);
    return false;
  } finally {
    saver.uploads -= 1;
    place.querySelector(".upload")?.remove();
  }
}

// fetch cannot tell how far an upload is.
function upload(address, body, progress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress.value = event.loaded / event.total;
    };
    request.onload = () => (request.response ? done(request.response) : fail(request.status));
    request.onerror = fail;
    request.send(body);
  });
}

export async function removeFile(saver, question, button) {
  const address = `${saver.form.dataset.at}/files/${button.value}/remove`;
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
    const status = statusOf(question);
    status.className = "saved";
    status.textContent = say(words.attached, { name });
  }
  saver.count(told);
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

function bar(place, name) {
  const line = document.createElement("div");
  line.className = "upload";
  const text = document.createElement("span");
  text.textContent = say(words.uploading, { name });
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", text.textContent);
  line.append(text, progress);
  place.append(line);
  return progress;
}
