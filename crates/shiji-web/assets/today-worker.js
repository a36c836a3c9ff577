// Keeps the last copy of the list of the day, so that it opens without the network. Who is signed out has no copy.
const STORE = 'shiji-today';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  event.respondWith(fromNetworkOrCopy(event.request));
});

async function fromNetworkOrCopy(request) {
  const store = await caches.open(STORE);
  const { pathname } = new URL(request.url);
  // The page under its plain address, whatever was said behind it.
  const isPage = request.mode === 'navigate';
  const name = isPage ? pathname : request.url;
  try {
    const answer = await fetch(request);
    if (isPage && (answer.redirected || answer.type === 'opaqueredirect' || answer.status === 401)) await store.delete(name);
    else if (answer.ok) await store.put(name, answer.clone());
    return answer;
  } catch (failure) {
    const copy = await store.match(name, { ignoreVary: true });
    if (!copy) throw failure;
    return copy;
  }
}
