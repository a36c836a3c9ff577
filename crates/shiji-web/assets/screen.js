// Shows one official after the other, looks for a newer copy now and then, and goes on without the network.
const SHOWN_MS = 12000;
const RENEWED_MS = 120000;
const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
let sheets = [];
let at = -1;

function gather() {
  sheets = [...document.querySelectorAll('.slide')];
  document.body.classList.add('paging');
}

function show(next) {
  if (sheets.length === 0) return;
  at = (next + sheets.length) % sheets.length;
  sheets.forEach((sheet, index) => sheet.classList.toggle('shown', index === at));
  const sheet = sheets[at];
  // The whole sheet must be seen from across the hall, so long ones get smaller type.
  for (const size of ['', 'tight', 'tighter', 'tightest']) {
    sheet.classList.remove('tight', 'tighter', 'tightest');
    if (size) sheet.classList.add(size);
    if (sheet.scrollHeight <= sheet.clientHeight + 2) break;
  }
  document.querySelector('.foot .count').textContent = `${at + 1} / ${sheets.length}`;
  const progress = document.querySelector('.foot progress');
  progress.max = sheets.length;
  progress.value = at + 1;
  const label = document.querySelector('.foot .next');
  const following = sheets[(at + 1) % sheets.length].dataset.name;
  label.textContent = following ? `${label.dataset.next} ${following}` : '';
}

// Who waits in the hall wants to know whom to ask: after so many officials comes one of the sheets that say so.
const OFFICIALS_BETWEEN = 6;
let officials = 0;
let guide = 0;
let left = null;

function advance() {
  if (left !== null) {
    const from = Math.max(0, sheets.indexOf(left));
    left = null;
    show(from + 1);
  } else if (officials >= OFFICIALS_BETWEEN) {
    officials = 0;
    const guides = sheets.filter((sheet) => sheet.matches('.desks, .now, .answers'));
    left = guides.length > 0 ? sheets[at] : null;
    show(guides.length > 0 ? sheets.indexOf(guides[guide++ % guides.length]) : at + 1);
    return;
  } else {
    show(at + 1);
  }
  officials = sheets[at].matches('.cover, .desks, .now, .answers') ? 0 : officials + 1;
}

async function renew() {
  const sign = document.getElementById('connection');
  try {
    const answer = await fetch(location.pathname, { cache: 'no-cache' });
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    sign.hidden = answer.headers.get('x-from-copy') !== '1';
    const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('main');
    const now = document.getElementById('main');
    if (fresh && fresh.textContent !== now.textContent) {
      location.reload();
    }
  } catch {
    sign.hidden = false;
  }
}

// Who is in today changes by the hour and is no part of the issue: fetched by itself, and shown when anybody said anything.
const LINES_A_SHEET = 10;
async function now() {
  const { now: address, nowHeading: heading } = document.body.dataset;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const lines = [...page.querySelectorAll('.now-list > li')].filter((line) => !line.querySelector('.state.unsaid'));
  const shown = sheets[at];
  document.querySelectorAll('.slide.now').forEach((sheet) => sheet.remove());
  let last = document.querySelector('.slide.cover');
  for (let from = 0; from < lines.length; from += LINES_A_SHEET) {
    const sheet = document.createElement('article');
    sheet.className = 'slide now';
    sheet.dataset.name = heading;
    const title = document.createElement('h2');
    title.textContent = heading;
    const head = document.createElement('header');
    head.className = 'who';
    head.append(title);
    const list = document.createElement('ul');
    list.className = 'now-list';
    list.append(...lines.slice(from, from + LINES_A_SHEET).map((line) => document.importNode(line, true)));
    sheet.append(head, list);
    last.after(sheet);
    last = sheet;
  }
  gather();
  at = Math.max(0, sheets.indexOf(shown));
}

gather();
show(0);
now().catch(() => {});
setInterval(() => now().catch(() => {}), RENEWED_MS);
setInterval(advance, reduced ? SHOWN_MS * 2 : SHOWN_MS);
setInterval(renew, RENEWED_MS);
addEventListener('keydown', (event) => {
  if (event.key === 'ArrowRight' || event.key === ' ') show(at + 1);
  if (event.key === 'ArrowLeft') show(at - 1);
});
addEventListener('offline', () => { document.getElementById('connection').hidden = false; });
addEventListener('online', renew);
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register(document.body.dataset.worker, { scope: location.pathname }).catch(() => {});
}
