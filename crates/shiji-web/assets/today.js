// Acts are kept in the browser and sent when the network is back: none is lost, and none is done twice, because each form
// carries a key by which the server knows it again. Without this script every form works by itself.
const script = document.currentScript;
const { page, worker, csrf, person } = script.dataset;
const box = document.getElementById('unsent');
const QUEUE = `shiji-today-${new URL(page, location).pathname}-${person}`;
const TRY_AGAIN_AFTER = 10000;
const MEETING_LASTS = 60000;

function read() {
  try { return JSON.parse(localStorage.getItem(QUEUE)) || []; } catch { return []; }
}

function write(acts) {
  try {
    if (acts.length) localStorage.setItem(QUEUE, JSON.stringify(acts));
    else localStorage.removeItem(QUEUE);
    return true;
  } catch { return false; }
}

// Only the list itself knows of an act once it is written down; two tabs keep one list.
function change(id, with_) {
  write(read().flatMap((act) => (act.id === id ? with_(act) : [act])));
}

function show() {
  const acts = read();
  box.hidden = acts.length === 0;
  markWaiting();
  if (!acts.length) return;
  const refused = acts.some((act) => act.refused);
  const out = acts.some((act) => act.out);
  box.querySelector('p').textContent = out ? box.dataset.out : refused ? box.dataset.refused
    : acts.some((act) => act.later) ? box.dataset.later : box.dataset.wait;
  box.querySelector('ul').replaceChildren(...acts.map((act) => {
    const line = document.createElement('li');
    line.textContent = [act.label, act.text, act.refused].filter(Boolean).join(' · ');
    if (act.refused) {
      const away = document.createElement('button');
      away.type = 'button';
      away.className = 'button small plain';
      away.textContent = box.dataset.away;
      away.addEventListener('click', () => { change(act.id, () => []); show(); });
      line.append(' ', away);
    }
    return line;
  }));
}

// A line whose act waits cannot be tapped again, also on a page that was opened anew.
function isWaiting(form) {
  const subject = form.elements.subject?.value;
  return Boolean(subject) && read().some((act) => !act.refused && act.fields.some(([name, value]) => name === 'subject' && value === subject));
}

function markWaiting() {
  for (const form of document.querySelectorAll('form[data-queue]')) {
    if (!form.elements.subject) continue;
    const waits = isWaiting(form);
    form.closest('.entry')?.classList.toggle('waiting', waits);
    for (const button of form.querySelectorAll('button')) button.disabled = waits;
  }
}

let running = null;
function sendAll() {
  running ||= sendInOrder().finally(() => { running = null; });
  return running;
}

// One after the other, in the order of the taps: a line must be there before it can be done.
async function sendInOrder() {
  let sent = 0;
  for (const act of read()) {
    if (act.refused) continue;
    let answer;
    try {
      const body = new URLSearchParams({ ...Object.fromEntries(act.fields), csrf });
      answer = await fetch(act.path, {
        method: 'POST', body, credentials: 'same-origin', redirect: 'manual', headers: { accept: 'application/json' },
      });
    } catch { break; }
    if (answer.ok) {
      change(act.id, () => []);
      sent += 1;
    } else if (answer.type === 'opaqueredirect' || answer.status === 401) {
      change(act.id, (one) => [{ ...one, out: true }]);
      break;
    } else if (answer.status >= 500) {
      break;
    } else if (answer.status === 409) {
      // The meeting hears the week: the act waits for its end.
      change(act.id, (one) => [{ ...one, out: false, later: Date.now() }]);
      break;
    } else if (answer.status === 403 && !(answer.headers.get('content-type') || '').startsWith('application/json')) {
      // The page is older than the session: the act waits for a new one.
      change(act.id, (one) => [{ ...one, out: true }]);
      break;
    } else {
      const result = await answer.json().catch(() => ({}));
      change(act.id, (one) => [{ ...one, out: false, refused: result.text || String(answer.status) }]);
    }
  }
  show();
  if (read().some((act) => act.refused)) box.focus();
  // What was done shows only on a new page; words that are being typed are not thrown away for it.
  const typing = document.activeElement?.matches('input[type=text], input:not([type]), textarea') && document.activeElement.value;
  if (sent && !typing) location.assign(page);
  return sent;
}

for (const form of document.querySelectorAll('form[data-queue]')) {
  form.addEventListener('submit', (event) => {
    if (isWaiting(form)) {
      event.preventDefault();
      return;
    }
    const fields = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === 'string');
    const words = form.closest('.entry')?.querySelector('.words, .text')?.textContent || form.elements.words?.value || '';
    const typed = ['words', 'stuck', 'to'].map((name) => form.elements[name]?.value).find(Boolean);
    const act = {
      id: form.elements.key.value,
      path: form.getAttribute('action'),
      label: form.dataset.queue,
      text: form.matches('.capture') ? words : [words, typed].filter(Boolean).join('：'),
      fields: fields.filter(([name]) => name !== 'csrf'),
    };
    // A browser without storage sends the form as forms are sent.
    if (!write([...read().filter((one) => one.id !== act.id), act])) return;
    event.preventDefault();
    if (form.matches('.capture')) form.reset();
    // The next line of the same form is another act.
    form.elements.key.value = crypto.randomUUID ? crypto.randomUUID() : key();
    show();
    sendAll();
  });
}

// crypto.randomUUID is there on https only; a town's own network may be without.
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

show();
sendAll();
addEventListener('online', sendAll);
setInterval(() => {
  const first = read().find((act) => !act.refused);
  if (first && !(Date.now() - first.later < MEETING_LASTS)) sendAll();
}, TRY_AGAIN_AFTER);
addEventListener('storage', show);

// Whoever signs out leaves no copy of the list on the phone.
for (const form of document.querySelectorAll('form[action$="/sign-out"]')) {
  form.addEventListener('submit', () => { if ('caches' in window) caches.delete('shiji-today'); });
}
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register(worker, { scope: new URL(page, location).pathname }).catch(() => {});
}
