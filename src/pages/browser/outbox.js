// @ts-check
// Adds a copy button to each code and shows new messages as they come. While nobody looks, nothing is fetched.

const EVERY_MS = 4_000;

const messages = /** @type {HTMLElement} */ (document.querySelector('#messages'));
const news = /** @type {HTMLElement} */ (document.querySelector('#news'));
const { copy = '', copied = '', new: arrived = '' } = messages.dataset;

function addCopyButtons() {
  for (const code of messages.querySelectorAll('code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = copy;
    button.setAttribute('aria-label', `${copy} ${code.textContent}`);
    button.addEventListener('click', () => void copyCode(code, button));
    code.after(button);
  }
}

/** @param {HTMLElement} code @param {HTMLElement} button */
async function copyCode(code, button) {
  getSelection()?.selectAllChildren(code); // where the clipboard is closed to us, it is one keystroke away
  await navigator.clipboard?.writeText(code.textContent ?? '');
  button.textContent = copied;
  setTimeout(() => (button.textContent = copy), 2_000);
}

let tag = '';
let shown = messages.innerHTML; // as it was sent, without the buttons

async function look() {
  if (document.hidden || messages.contains(document.activeElement)) return;
  const answer = await fetch(location.href, {
    cache: 'no-store',
    headers: tag ? { 'if-none-match': tag } : {},
  });
  if (answer.status !== 200) return; // 304: nothing new
  tag = answer.headers.get('etag') ?? '';
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const latest = page.querySelector('#messages');
  if (!latest || latest.innerHTML === shown) return;
  shown = latest.innerHTML;
  messages.replaceChildren(...latest.childNodes);
  addCopyButtons();
  news.textContent = arrived;
}

addCopyButtons();
setInterval(() => void look().catch(() => undefined), EVERY_MS);
