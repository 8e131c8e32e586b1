// Hands the server's options to the browser's passkey dialogue and sends back what it says.
"use strict";

(() => {
  const form = document.getElementById("passkey");

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const asked = (options) => {
    const read = { ...options, challenge: bytes(options.challenge) };
    if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) read.excludeCredentials = named(options.excludeCredentials);
    if (options.allowCredentials) read.allowCredentials = named(options.allowCredentials);
    return read;
  };

  const said = (key) => {
    const answer = {};
    for (const part of ["attestationObject", "clientDataJSON", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) answer[part] = text(key.response[part]);
    }
    if (key.response.getTransports) answer.transports = key.response.getTransports();
    return JSON.stringify({
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      response: answer,
      extensions: JSON.stringify(key.getClientExtensionResults()),
    });
  };

  const show = (name) => {
    document.getElementById("passkey-waiting").hidden = true;
    document.getElementById(`passkey-${name}`).hidden = false;
  };

  const run = async () => {
    if (!window.PublicKeyCredential) return show("impossible");
    try {
      const publicKey = asked(JSON.parse(form.dataset.options));
      const key = await navigator.credentials[form.dataset.work]({ publicKey });
      form.elements.credential.value = said(key);
      form.submit();
    } catch (fault) {
      show(fault.name === "SecurityError" ? "impossible" : "refused");
    }
  };

  run();
})();
