// Asks the browser for a passkey, to make one or to show one, and sends its answer with the form it stands in.
// A page without such a form is left alone; a browser without passkeys keeps what the page says without script.

const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

const asked = (publicKey) => ({
  ...publicKey,
  challenge: bytes(publicKey.challenge),
  ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
  ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
  ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
});

const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const said = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: Object.fromEntries(
    parts.filter((part) => credential.response[part]).map((part) => [part, text(credential.response[part])]),
  ),
});

const prepare = (form) => {
  const button = form.querySelector("[data-passkey-button]");
  const problem = form.querySelector("[data-passkey-problem]");
  const options = { publicKey: asked(JSON.parse(form.dataset.options).publicKey) };
  form.querySelector("[data-passkey-without-script]").hidden = true;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(said(await navigator.credentials[form.dataset.passkey](options)));
      form.submit();
    } catch {
      button.disabled = false;
      problem.hidden = false;
    }
  });
};

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(prepare);
