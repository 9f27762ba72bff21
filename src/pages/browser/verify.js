// @ts-check
// Reads a certificate's QR code from the camera or a picture and sends the form. Nothing is stored, and no picture
// leaves the machine: only the code does, as if it had been pasted.

/** @typedef {(pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null} ReadQr */

const PAUSE_MS = 120; // between two looks of the camera: quick for people, light for an old telephone
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

/** @param {'noCode' | 'noCamera' | 'looking' | null} text */
function tell(text) {
  found('.notice', HTMLElement).textContent = text && (form.dataset[text] ?? '');
}

/** @param {string} text */
function verify(text) {
  code.value = text;
  form.requestSubmit();
}

/** The reader is fetched when first needed: most people paste or have it already. @returns {Promise<ReadQr>} */
async function qrReader() {
  await import(new URL(form.dataset.library ?? '', import.meta.url).href);
  return /** @type {any} */ (globalThis).jsQR;
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
  return read(data, canvas.width, canvas.height)?.data ?? null;
}

/** @param {File} file */
async function readPicture(file) {
  tell('looking');
  try {
    const [read, image] = await Promise.all([qrReader(), createImageBitmap(file)]);
    for (const side of SIDES) {
      const text = codeIn(read, image, image.width, image.height, side);
      if (text) return verify(text);
    }
    tell('noCode');
  } catch {
    tell('noCode'); // not a picture that this browser can open
  }
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
addEventListener('pagehide', stop);
found('.ways', HTMLElement).hidden = false;
