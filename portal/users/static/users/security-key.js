// Asks a security key what the portal wants to know, and sends its answer with the form.
const [form, problem, unsupported] = ["form", "problem", "unsupported"].map(
  (name) => document.querySelector(`[data-key=${name}]`),
);

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
};
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// What JSON has as text, browsers want as bytes.
const read = (options) => {
  const raw = (all = []) => all.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    excludeCredentials: raw(options.excludeCredentials),
    allowCredentials: raw(options.allowCredentials),
  };
};

const write = ({ rawId, type, response }) => JSON.stringify({
  id: text(rawId),
  rawId: text(rawId),
  type,
  clientExtensionResults: {},
  response: Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]
      .filter((name) => response[name])
      .map((name) => [name, text(response[name])]),
  ),
});

const answer = async () => {
  const asked = await fetch(form.action.split("?")[0], { headers: { Accept: "application/json" } });
  // Whoever has been signed out meanwhile is led to sign in again.
  if (asked.redirected) return location.reload();
  const publicKey = read((await asked.json()).publicKey);
  form.elements.credential.value = write(await navigator.credentials[form.dataset.ask]({ publicKey }));
  return form.requestSubmit();
};

if (form && !window.PublicKeyCredential) {
  unsupported.hidden = false;
} else if (form) {
  const button = form.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    problem.hidden = button.disabled = true;
    try {
      await answer();
    } catch {
      problem.hidden = button.disabled = false;
      problem.focus();
    }
  });
}
