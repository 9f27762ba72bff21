// @ts-check
// Keeps the verify page and what it needs (its code, its languages, the trust bundle) for when there is no network.
// Nothing that anybody enters or is answered is kept: only the GET requests named in the shell are.

/**
 * @typedef {object} Shell what the server put before this file
 * @property {string} edition changes with any file
 * @property {string[]} files paths that never change within an edition
 * @property {string[]} languages the page can be read in
 * @property {string} [page] of an archived page: its path, which has a page for each language below it
 * @property {string[]} [pages] likewise, their paths
 */

const PATIENCE_MS = 5_000; // a network that takes longer is none: the page must open at a desk with a queue

const worker = /** @type {any} */ (globalThis); // its own types and those of a page exclude each other
const shell = /** @type {Shell} */ (worker.shell);
/** The path of the page: one registration for each country's page. */
const page = shell.page ?? new URL(worker.registration.scope).pathname;
const trust = `${page}/trust-bundle`;
const cacheName = `${page} ${shell.edition}`;

const pages = shell.pages ?? [page, ...shell.languages.map(language => `${page}?lang=${language}`)];

async function keep() {
  const cache = await caches.open(cacheName);
  await cache.addAll([...shell.files, ...pages, trust, `${page}/app.webmanifest`]);
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter(other => other.startsWith(`${page} `) && other !== cacheName)
      .map(other => caches.delete(other)),
  );
}

/** @param {string} path */
async function kept(path) {
  return (await caches.open(cacheName)).match(path, { ignoreVary: true });
}

/** Today's, or without a network the kept one. @param {Request} request @param {string} path */
async function freshOrKept(request, path) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok && (path === trust || pages.includes(path)))
      await (await caches.open(cacheName)).put(path, answer.clone());
    return answer;
  } catch (error) {
    const found = (await kept(path)) ?? (path === trust ? undefined : await kept(pages[0] ?? page));
    if (found) return found;
    throw error;
  }
}

worker.addEventListener('install', (/** @type {any} */ event) =>
  event.waitUntil(keep().then(() => worker.skipWaiting())),
);
worker.addEventListener('activate', (/** @type {any} */ event) =>
  event.waitUntil(forgetOlder().then(() => worker.clients.claim())),
);
worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (shell.files.includes(pathname))
    event.respondWith(kept(pathname).then(found => found ?? fetch(request)));
  else if ([page, ...pages, trust, `${page}/app.webmanifest`].includes(pathname))
    event.respondWith(freshOrKept(request, `${pathname}${pathname === page ? search : ''}`));
});
