// Keeps the last copy of the lobby screen, so that it goes on, and starts again, without the network.
const STORE = 'screen';

self.addEventListener('install', (event) => {
  const page = new URL('screen', self.location).pathname;
  event.waitUntil(caches.open(STORE).then((store) => store.addAll([page, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  event.respondWith(fromNetworkOrCopy(event.request));
});

async function fromNetworkOrCopy(request) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await store.put(request.url, answer.clone());
    return answer;
  } catch (failure) {
    const copy = await store.match(request.url, { ignoreVary: true });
    if (!copy) throw failure;
    const headers = new Headers(copy.headers);
    headers.set('x-from-copy', '1');
    headers.delete('content-encoding');
    headers.delete('content-length');
    return new Response(await copy.blob(), { status: copy.status, headers });
  }
}
