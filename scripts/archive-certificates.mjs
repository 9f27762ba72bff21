// npx tikasetu archive-certificates <address of the country's pages> <folder>
// e.g. npx tikasetu archive-certificates https://vaccines.example/xx archive
// Takes everything that a verifier needs of a country out of the service, as plain files: served from any web server, at
// the same addresses, its certificates still verify when the service is gone. It asks only for what everybody may have.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const USAGE = 'usage: tikasetu archive-certificates <address of the country> <folder>';
/** Lists of statuses are numbered from the first on; so many may be missing between two before the last was passed. */
const MOST_LISTS = 10_000;

/** Gives the exit code: 0 all is there, 1 something could not be had, 2 wrong arguments. */
export async function archiveCertificates([address, folder, ...more]) {
  if (!address || !folder || more.length > 0 || !URL.canParse(address)) return say(console.error, USAGE, 2);
  try {
    const files = await published(new URL(address));
    for (const [path, body] of files) write(join(folder, path), body);
    const manifest = [...files].map(([path, body]) => `${sha256(body)}  ${path}`).join('\n');
    write(join(folder, 'SHA256SUMS'), `${manifest}\n`);
    return say(console.log, `${files.size} files in ${folder}; check them with: sha256sum -c SHA256SUMS`, 0);
  } catch (error) {
    return say(console.error, `Not archived: ${error.message}`, 1);
  }
}

/** Every file by its path. */
async function published({ origin, pathname }) {
  const country = pathname.replace(/\/+$/, '');
  const files = new Map();
  const take = async (path, as = path) => {
    const body = await fetched(origin + path);
    files.set(as.slice(1), body);
    return body;
  };
  const keys = JSON.parse(await take(`${country}/.well-known/jwks.json`)).keys;
  for (const { kid, crlVersion } of keys)
    if (crlVersion) await take(`${country}/.well-known/crl/${kid}.json`);
  for (const path of ['did.json', 'trust/dsc.json', 'trust/bundle.jws', 'trust/revocations.jws'])
    await take(`${country}/${path}`).catch(unless404(path === 'did.json' && !country));
  for (let number = 1; number <= MOST_LISTS; number++) {
    const spellings = ['status', 'token-status'].map(kind => `${country}/trust/${kind}/${number}`);
    const lists = await Promise.all(spellings.map(path => take(path).catch(unless404(true))));
    if (!lists.some(Boolean)) break;
  }
  await verifyPage(country, take, (path, text) => files.set(path.slice(1), Buffer.from(text)));
  return files;
}

/**
 * The page in each language that it is offered in, with all that it loads, so that it works from the folder as it does
 * installed. A web server of files looks at nobody's language, so the browser does: the page itself leads to that one.
 */
async function verifyPage(country, take, put) {
  const path = `${country}/verify`;
  const page = String(await take(path, `${path}/index.html`));
  const languages = [...new Set([...page.matchAll(/[?&;]lang=([\w-]+)/g)].map(([, language]) => language))];
  const inFolders = html => html.replace(/href="\?(?:[^"]*&amp;)?lang=([\w-]+)"/g, `href="${path}/$1/"`);
  for (const language of languages) {
    const translated = String(await take(`${path}?lang=${language}`, `${path}/${language}/index.html`));
    put(`${path}/${language}/index.html`, inFolders(translated));
  }
  const chooser = `<script src="${path}/language.js" data-languages="${languages.join(' ')}"></script>`;
  put(`${path}/index.html`, inFolders(page).replace('<head>', `<head>${chooser}`));
  put(`${path}/language.js`, CHOOSE_LANGUAGE);
  const worker = String(await take('/verify-worker.js'));
  const pages = [`${path}/`, ...languages.map(language => `${path}/${language}/`)];
  const archived = `Object.assign(globalThis.shell, ${JSON.stringify({ page: path, pages })});`;
  put('/verify-worker.js', worker.replace('\n', `\n${archived}\n`));
  await take(`${path}/trust-bundle`);
  await take(`${path}/app.webmanifest`);
  for (const asset of new Set(`${page} ${worker}`.match(/\/assets\/[\w-]+\/[\w.-]+/g))) await take(asset);
}

/** Leads to the page in the first language of the visitor's, or of the address, that there is; else this one stays. */
const CHOOSE_LANGUAGE = `// The visitor's language, on a web server that has nothing but files.
const { src, dataset } = document.currentScript;
const offered = (dataset.languages ?? '').split(' ');
const asked = new URLSearchParams(location.search).get('lang');
const wanted = [...(asked ? [asked] : []), ...navigator.languages];
const found = wanted
  .flatMap(language => [language, language.split('-')[0]])
  .find(language => offered.includes(language));
if (found) location.replace(new URL(\`\${found}/\`, src));
`;

async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(60_000) });
  if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  throw Object.assign(new Error(`${address} answered ${answer.status}`), { status: answer.status });
}

const unless404 = mayBeMissing => error => {
  if (mayBeMissing && error.status === 404) return null;
  throw error;
};

const sha256 = body => createHash('sha256').update(body).digest('hex');

function write(path, body) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, body);
}

function say(print, text, code) {
  print(text);
  return code;
}
