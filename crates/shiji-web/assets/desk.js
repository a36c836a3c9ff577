// Saves as one types, keeps what the server has not got yet in the browser, shows advice, counts minutes.
// Without it every form on the page works by itself.
const script = document.currentScript;
const { root, csrf, owner } = script.dataset;
const state = document.getElementById('saved-state');

function say(kind) {
  if (!state) return;
  state.textContent = state.dataset[kind] || '';
  state.dataset.kind = kind;
}

async function send(path, fields) {
  const body = new URLSearchParams({ csrf, owner, ...fields });
  return fetch(root + path, { method: 'POST', body, credentials: 'same-origin' });
}

function kept(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch { /* A browser without storage saves to the server all the same. */ }
  return null;
}

// The boxes whose words are not an item yet live in the browser until they are sent.
for (const box of document.querySelectorAll('textarea[data-keep]')) {
  const key = `shiji-${box.dataset.keep}`;
  const before = kept(key);
  if (before && !box.value) box.value = before;
  box.addEventListener('input', () => kept(key, box.value || null));
  box.form.addEventListener('submit', () => {
    // Kept until the page comes back without an error: a refusal must not cost a word.
    sessionStorage.setItem('shiji-sent', key);
  });
}
const sent = sessionStorage.getItem('shiji-sent');
if (sent && new URLSearchParams(location.search).get('done') === 'captured') {
  kept(sent, null);
  sessionStorage.removeItem('shiji-sent');
  for (const box of document.querySelectorAll('textarea[data-keep]')) {
    if (`shiji-${box.dataset.keep}` === sent) box.value = '';
  }
}

function showAdvice(entry, advice) {
  const place = entry.querySelector('.advice');
  if (!place) return;
  place.replaceChildren(...advice.sentences.map((sentence) => {
    const line = document.createElement('p');
    line.className = 'finding todo';
    line.textContent = sentence;
    return line;
  }));
}

for (const form of document.querySelectorAll('form[data-item]')) {
  const entry = form.closest('.entry');
  const text = form.elements.text;
  const key = `shiji-item-${form.dataset.item}`;
  let timer = 0;
  let running = false;
  const unsaved = kept(key);
  if (unsaved && unsaved !== text.value) {
    text.value = unsaved;
    form.closest('details').open = true;
    timer = setTimeout(save, 0);
  }
  async function save() {
    if (running) { timer = setTimeout(save, 300); return; }
    running = true;
    say('saving');
    const value = text.value;
    try {
      const answer = await send('/save', {
        item: form.elements.item.value,
        version: form.elements.version.value,
        kind: form.elements.kind.value,
        text: value,
        due: form.elements.due ? form.elements.due.value : '',
        difficulty: form.elements.difficulty.value,
      });
      const result = await answer.json().catch(() => ({}));
      if (answer.ok) {
        form.elements.version.value = result.version;
        entry.querySelector('.words').textContent = value;
        showAdvice(entry, result.advice);
        kept(key, null);
        say('saved');
      } else if (answer.status === 409) {
        kept(key, null);
        location.assign(`${location.pathname}?done=conflict#i-${form.dataset.item}`);
      } else {
        if (state) state.textContent = result.text || state.dataset.lost;
      }
    } catch {
      say('lost');
      timer = setTimeout(save, 5000);
    }
    running = false;
  }
  form.addEventListener('input', () => {
    kept(key, text.value);
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  });
  form.addEventListener('submit', () => { clearTimeout(timer); kept(key, null); });
}

// A tap on anything but "done" asks why before it is sent.
for (const form of document.querySelectorAll('form.answer')) {
  const reason = form.elements.reason;
  const field = form.querySelector('.reason-field');
  const chosen = form.querySelector('[aria-pressed="true"]');
  field.hidden = !chosen || chosen.value === 'done';
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (!button || button.value === 'done' || reason.value.trim()) return;
    event.preventDefault();
    field.hidden = false;
    for (const other of form.querySelectorAll('.choice')) other.setAttribute('aria-pressed', String(other === button));
    reason.required = true;
    reason.focus();
    form.dataset.waiting = button.value;
  });
  reason.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !form.dataset.waiting) return;
    event.preventDefault();
    form.querySelector(`[value="${form.dataset.waiting}"]`).click();
  });
  reason.addEventListener('change', () => {
    if (form.dataset.waiting && reason.value.trim()) form.querySelector(`[value="${form.dataset.waiting}"]`).click();
  });
}

// Minutes: only while the page is seen and somebody touches it.
let active = 0;
let touched = Date.now();
for (const kind of ['input', 'click', 'keydown', 'scroll']) {
  addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
}
setInterval(() => {
  if (document.visibilityState === 'visible' && Date.now() - touched < 60000) active += 1;
  if (active >= 30) {
    send('/minutes', { seconds: String(active) }).catch(() => {});
    active = 0;
  }
}, 1000);
addEventListener('pagehide', () => {
  if (active > 2) navigator.sendBeacon(`${root}/minutes`, new URLSearchParams({ csrf, owner, seconds: String(active) }));
  active = 0;
});
