// Draws the screen anew when the meeting moves, and counts the time. Without it the projector reloads itself.
const { events, draw, version: drawn, page } = document.currentScript.dataset;
// After a form that was refused, the address is the form's.
const here = page ?? location.href;
const parts = draw.split(',');
// What the page was drawn from: a change between then and the first event is not missed.
let version = drawn ?? null;
let skew = 0;

function readClock() {
  const timer = document.getElementById('timer');
  if (timer) skew = Number(timer.dataset.now) - Date.now();
}

function tick() {
  const timer = document.getElementById('timer');
  if (!timer || timer.dataset.since === '0') return;
  const seconds = Math.max(0, Math.floor((Date.now() + skew - Number(timer.dataset.since)) / 1000));
  timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  timer.classList.toggle('over', seconds >= 180);
}

function fit() {
  const slide = document.querySelector('.projector .slide');
  if (!slide) return;
  document.body.classList.add('paging');
  for (const size of ['', 'tight', 'tighter', 'tightest']) {
    slide.classList.remove('tight', 'tighter', 'tightest');
    if (size) slide.classList.add(size);
    if (slide.scrollHeight <= slide.clientHeight + 2) break;
  }
}

async function redraw() {
  const answer = await fetch(here, { cache: 'no-store' });
  if (!answer.ok || answer.redirected) { location.replace(here); return; }
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of parts) {
    const old = document.querySelector(part);
    const next = fresh.querySelector(part);
    if (!old || !next) continue;
    // Words being typed must not go away under the fingers.
    const typed = [...old.querySelectorAll('input, textarea')].some((field) => ('typed' in field.dataset || field.value !== field.defaultValue) && field.type !== 'hidden');
    if (!typed) old.replaceWith(document.adoptNode(next));
  }
  readClock();
  tick();
  fit();
}

readClock();
tick();
fit();
setInterval(tick, 1000);
let source = null;
let pause = 1000;

function onVersion(event) {
  pause = 1000;
  const next = event.data;
  if (version !== null && next !== version) {
    if (next === '-1') { source.close(); location.assign(events.replace(/\/meeting\/events$/, '/')); return; }
    redraw();
  }
  version = next;
}

// A browser tries again by itself after a broken line, but not after an answer that is none.
function listen() {
  source = new EventSource(events);
  source.addEventListener('version', onVersion);
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(listen, pause);
    pause = Math.min(pause * 2, 30000);
  });
}

listen();
