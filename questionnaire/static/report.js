// While a report is being made, looks every second how far it is and shows that in place.
"use strict";

(() => {
  const place = () => document.getElementById("made");
  let misses = 0;

  async function look() {
    if (!place()?.dataset.underWay) return;
    try {
      const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("made");
      if (!fresh) throw new Error("no list");
      place().replaceWith(fresh);
      misses = 0;
    } catch {
      misses += 1;
    }
    if (misses < 20) setTimeout(look, 1000 * (1 + misses));
  }

  setTimeout(look, 1000);
})();
