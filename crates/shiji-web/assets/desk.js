// Saves as one types, keeps what the server has not got yet in the browser, shows advice, counts minutes.
// Without it every form on the page works by itself.
const script = document.currentScript;
const { root, page, csrf, owner } = script.dataset;
const state = document.getElementById('saved-state');

function say(kind) {
  if (!state) return;
  state.textContent = state.dataset[kind] || '';
  state.dataset.kind = kind;
}

async function send(path, fields) {
  const body = new URLSearchParams({ csrf, owner, ...fields });
  // A page to sign in at is no answer: it must not pass for one.
  return fetch(root + path, { method: 'POST', body, credentials: 'same-origin', redirect: 'manual' });
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
    kept('shiji-sent', key);
  });
}
const sent = kept('shiji-sent');
if (sent && new URLSearchParams(location.search).get('done') === 'captured') {
  kept(sent, null);
  kept('shiji-sent', null);
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

const SAVE_AFTER = 800;
const TRY_AGAIN_AFTER = 5000;
// Forms whose words the server has not got yet, each with what sends them at once.
const waiting = new Map();

// One item's form: what stands in it is kept in the browser with the version it was typed against, until the server
// has it. Words that come back after a break are therefore never taken for newer than they are.
function keepItem(form) {
  const entry = form.closest('.entry');
  const { text, difficulty, due, version } = form.elements;
  const key = `shiji-item-${form.dataset.item}`;
  let timer = 0;
  let running = null;
  const values = () => ({ text: text.value, difficulty: difficulty.value, due: due ? due.value : '' });
  const same = (a, b) => a.text === b.text && a.difficulty === b.difficulty && a.due === b.due;

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function save() {
    clearTimeout(timer);
    running ||= sendOnce().finally(() => { running = null; });
    return running;
  }

  async function sendOnce() {
    say('saving');
    const sentNow = values();
    const fields = { item: form.dataset.item, version: version.value, kind: form.elements.kind.value, ...sentNow };
    let answer;
    let result;
    try {
      answer = await send('/save', fields);
      result = await answer.json().catch(() => ({}));
    } catch {
      say('lost');
      later(TRY_AGAIN_AFTER);
      return;
    }
    const typedOn = !same(values(), sentNow);
    if (answer.ok && Number.isInteger(result.version)) {
      for (const field of entry.querySelectorAll('input[name="version"]')) field.value = result.version;
      entry.querySelector('.words').textContent = sentNow.text;
      showAdvice(entry, result.advice);
      say('saved');
      if (typedOn) { keep(); later(SAVE_AFTER); return; }
      forget();
    } else if (answer.status === 409) {
      // Words typed meanwhile belong to the version that waits.
      if (typedOn) { later(0); return; }
      forget();
      location.assign(`${page}?done=${result.done}#i-${form.dataset.item}`);
    } else if (answer.status === 404) {
      moveToCapture(sentNow.text);
      forget();
      if (state) state.textContent = result.text || '';
    } else if (answer.type === 'opaqueredirect') {
      say('out');
    } else if (answer.status >= 500) {
      say('lost');
      later(TRY_AGAIN_AFTER);
    } else if (state) {
      state.textContent = result.text || state.dataset.lost;
    }
  }

  function keep() {
    waiting.set(form, save);
    kept(key, JSON.stringify({ version: version.value, ...values() }));
  }

  function forget() {
    waiting.delete(form);
    kept(key, null);
  }

  form.addEventListener('input', () => { keep(); later(SAVE_AFTER); });
  form.addEventListener('submit', () => clearTimeout(timer));

  const before = parsed(kept(key));
  if (!before) return;
  // Taken by the server: the page came back with the words in a newer version.
  if (same(before, values()) && version.value !== String(before.version)) { forget(); return; }
  text.value = before.text;
  difficulty.value = before.difficulty;
  if (due) due.value = before.due;
  version.value = before.version;
  form.closest('details').open = true;
  keep();
  later(0);
}

function parsed(words) {
  try {
    const before = JSON.parse(words);
    return before && typeof before.text === 'string' ? before : null;
  } catch {
    return null;
  }
}

// The item is gone, its words are not.
function moveToCapture(words) {
  const box = document.getElementById('capture');
  if (!box || box.value.includes(words)) return;
  box.value = box.value ? `${box.value}\n${words}` : words;
  box.dispatchEvent(new Event('input'));
}

for (const form of document.querySelectorAll('form[data-item]')) keepItem(form);

// What a list in the capture box will become, and what a reader would miss in it.
const capture = document.getElementById('capture');
const preview = document.getElementById('capture-advice');
let reading = 0;
async function readCapture() {
  const words = capture.value;
  if (!words.trim()) { preview.hidden = true; return; }
  const answer = await send('/check', { words }).catch(() => null);
  const result = answer && answer.ok ? await answer.json().catch(() => null) : null;
  if (!result || capture.value !== words) return;
  const list = document.createElement('ol');
  list.className = 'entries';
  for (const { text, advice } of [...result.work, ...result.plan]) {
    const entry = document.createElement('li');
    entry.className = 'entry numbered';
    const line = document.createElement('p');
    line.className = 'text';
    line.textContent = text;
    const place = document.createElement('div');
    place.className = 'advice';
    entry.append(line, place);
    showAdvice(entry, advice);
    list.append(entry);
  }
  preview.replaceChildren(list);
  preview.hidden = !list.children.length;
}
if (capture) {
  const soon = () => { clearTimeout(reading); reading = setTimeout(readCapture, SAVE_AFTER); };
  capture.addEventListener('input', soon);
  if (capture.value) soon();
}

// Filing takes along what is still being typed, and leaves nothing behind in a box.
const bar = document.querySelector('form.bar[action$="/file"]');
if (bar) {
  bar.addEventListener('submit', async (event) => {
    const box = [...document.querySelectorAll('textarea[data-keep]')].find((unsent) => unsent.value.trim());
    if (!box && !waiting.size) return;
    event.preventDefault();
    if (box) {
      say('unsent');
      box.focus();
      return;
    }
    await Promise.all([...waiting.values()].map((save) => save()));
    if (!waiting.size) bar.submit();
  });
}

// A tap on anything but "done" asks why before it is sent.
for (const form of document.querySelectorAll('form[data-answer]')) {
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
    reason.focus();
    form.dataset.waiting = button.value;
  });
  const choice = (value) => form.querySelector(`.choice[value="${value}"]`);
  reason.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const pressed = form.querySelector('.choice[aria-pressed="true"]');
    if (pressed) pressed.click();
  });
  reason.addEventListener('change', () => {
    if (form.dataset.waiting && reason.value.trim()) choice(form.dataset.waiting).click();
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
