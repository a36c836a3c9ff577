// Does the sum that a crowded network asks for (SHA-256 with leading zero bits), then lets the form go.
(async () => {
  const form = document.querySelector('form[data-step]');
  if (!form || !window.crypto?.subtle) return;
  const says = form.querySelector('[data-working]');
  const button = form.querySelector('button.main');
  says.textContent = says.dataset.working;
  button.disabled = true;
  const bits = Number(form.dataset.bits);
  const encoder = new TextEncoder();
  const zeros = (bytes) => {
    let count = 0;
    for (const byte of bytes) {
      if (byte) return count + Math.clz32(byte) - 24;
      count += 8;
    }
    return count;
  };
  for (let work = 0; ; work++) {
    const digest = await crypto.subtle.digest('SHA-256', encoder.encode(`${form.dataset.step}:${work}`));
    if (zeros(new Uint8Array(digest)) >= bits) {
      form.elements.work.value = String(work);
      break;
    }
  }
  says.textContent = says.dataset.ready;
  button.disabled = false;
  button.focus();
})();
