// @ts-check
// Reads a certificate's QR code from the camera or a picture and asks the service for the verdict. Without a network the
// verdict is found here, by the keys and lists the browser keeps (verify-worker.js, verifier.js). Nothing that is read or
// answered is stored, and no picture leaves the machine: only the code does, as if it had been pasted.

/** @typedef {{ data: string, binaryData: number[] }} Qr */
/** @typedef {(pixels: Uint8ClampedArray, width: number, height: number) => Qr | null} ReadQr */
/** @typedef {{ title: string, html: string }} Answer */

const PAUSE_MS = 120; // between two looks of the camera: quick for people, light for an old telephone
const PATIENCE_MS = 10_000; // after which a network is none
const SIDES = [1600, 1000, 2600]; // pixels; a large photograph is read best made smaller, a dense code not too small

/** @template {Element} E @param {string} selector @param {new () => E} kind @returns {E} */
function found(selector, kind) {
  const element = document.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`The page lacks ${selector}`);
}

const form = found('#verify', HTMLFormElement);
const code = found('#code', HTMLTextAreaElement);
const video = found('.camera video', HTMLVideoElement);
const picture = found('#picture', HTMLInputElement);
const scanButton = found('#scan', HTMLButtonElement);
const canvas = document.createElement('canvas');

/** @param {'noCode' | 'noCamera' | 'noTrust' | 'looking' | null} text */
function tell(text) {
  found('.notice', HTMLElement).textContent = text && (form.dataset[text] ?? '');
}

/** @param {string} text */
async function verify(text) {
  const answer = await answerOfService(text)
    .catch(() => answerHere(text))
    .catch(() => null);
  if (!answer) return tell('noTrust'); // neither the service nor the verifier is to be had
  const parsed = new DOMParser().parseFromString(answer.html, 'text/html');
  found('#answer', HTMLElement).replaceChildren(...parsed.body.childNodes);
  document.title = answer.title;
  code.value = '';
  tell(null);
  scrollTo(0, 0);
  found('#verdict', HTMLElement).focus();
}

/** @param {string} text @returns {Promise<Answer>} */
async function answerOfService(text) {
  const body = new URLSearchParams({ code: text });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(form.action, { method: 'POST', body, signal });
  if (!answer.ok) throw new Error(`The service answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const html = page.querySelector('#answer')?.innerHTML;
  if (!html) throw new Error('Not the answer of the service'); // a hotel's own page, say
  return { title: page.title, html };
}

/** @param {string} text @returns {Promise<Answer>} */
async function answerHere(text) {
  const { answerOffline } = await import(libraryAt(form.dataset.verifier));
  const bundle = await fetch(form.dataset.trust ?? '').then(
    answer => (answer.ok ? answer.text() : null),
    () => null,
  );
  const { words = '{}', signers = '[]' } = form.dataset;
  const along = {
    language: document.documentElement.lang,
    words: JSON.parse(words),
    signers: JSON.parse(signers),
  };
  // JSON-LD needs five times the code, which is fetched only for it; the browser keeps it as it keeps the rest
  // (a JWS in JSON is no JSON-LD)
  const linking = /^(?:PK|\s*\{(?!\s*"(?:payload|protected|header|signatures?)"\s*:))/.test(text);
  const linked = linking ? await import(libraryAt(form.dataset.linked)) : null;
  return answerOffline(text, bundle, along, new Date(), linked?.verifyJsonWithBundle);
}

/** Fetched when first needed: most people paste, and have a network. @param {string | undefined} name */
function libraryAt(name) {
  return new URL(name ?? '', import.meta.url).href;
}

/** @returns {Promise<ReadQr>} */
async function qrReader() {
  await import(libraryAt(form.dataset.library));
  return /** @type {any} */ (globalThis).jsQR;
}

/** A code of bytes (an archive) is one character a byte. @param {Qr} qr */
function textOf({ data, binaryData: bytes }) {
  return bytes[0] === 0x50 && bytes[1] === 0x4b ? String.fromCharCode(...bytes) : data;
}

/**
 * @param {ReadQr} read @param {HTMLVideoElement | ImageBitmap} image
 * @param {number} width @param {number} height @param {number} side of the longer edge, at most, in pixels
 */
function codeIn(read, image, width, height, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || canvas.width === 0) return null;
  context.fillStyle = '#fff'; // a transparent picture would be black on black
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const qr = read(data, canvas.width, canvas.height);
  return qr && textOf(qr);
}

/** @param {File} file */
async function readPicture(file) {
  tell('looking');
  const text = await codeInPicture(file).catch(() => null); // not a picture that this browser can open
  if (text) return verify(text);
  tell('noCode');
}

/** @param {File} file */
async function codeInPicture(file) {
  const [read, image] = await Promise.all([qrReader(), createImageBitmap(file)]);
  for (const side of SIDES) {
    const text = codeIn(read, image, image.width, image.height, side);
    if (text) return text;
  }
  return null;
}

/** @type {MediaStream | null} */
let stream = null;

function stop() {
  stream?.getTracks().forEach(track => track.stop());
  stream = null;
  found('.camera', HTMLElement).hidden = true;
  scanButton.hidden = false;
}

async function scan() {
  tell('looking');
  try {
    const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
    [stream] = await Promise.all([navigator.mediaDevices.getUserMedia({ video: wanted }), qrReader()]);
    found('.camera', HTMLElement).hidden = false;
    scanButton.hidden = true;
    video.srcObject = stream;
    await video.play();
    found('#stop', HTMLButtonElement).focus();
  } catch {
    stop();
    return tell('noCamera');
  }
  const read = await qrReader();
  while (stream) {
    const text = codeIn(read, video, video.videoWidth, video.videoHeight, SIDES[0] ?? 0);
    if (text) {
      stop();
      tell(null);
      return verify(text);
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
}

scanButton.addEventListener('click', () => void scan());
found('#stop', HTMLButtonElement).addEventListener('click', () => {
  stop();
  tell(null);
  scanButton.focus();
});
picture.addEventListener('change', () => {
  const [file] = picture.files ?? [];
  picture.value = ''; // the same picture again is a change again
  if (file) void readPicture(file);
});
form.addEventListener('submit', event => {
  event.preventDefault();
  void verify(code.value);
});
addEventListener('pagehide', stop);
// Where a browser lacks it or forbids it, the page works as before, with a network
void navigator.serviceWorker
  ?.register('/verify-worker.js', { scope: location.pathname })
  .catch(() => undefined);
found('.ways', HTMLElement).hidden = false;
