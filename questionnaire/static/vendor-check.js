// Before handing in: names what this browser still keeps because it could not be saved.
const place = document.getElementById("typed-left");
const list = place.querySelector("ul");

// Whose answers they are is all that is read here: what was typed is locked (vendor-typed.js).
function keptQuestions() {
  const ours = `typed:${place.dataset.at}/`;
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(ours))
      .map((name) => name.slice(ours.length));
  } catch {
    return [];
  }
}

for (const id of keptQuestions()) {
  const line = document.getElementById(`a-${id}`);
  const change = line?.querySelector("a[href*='#q-']");
  if (!change) continue;
  const link = document.createElement("a");
  Object.assign(link, { href: change.href, textContent: line.querySelector("dt").textContent });
  const entry = document.createElement("li");
  entry.append(link);
  list.append(entry);
}
place.hidden = !list.children.length;
