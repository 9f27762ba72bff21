import { html, type Html } from '../html';
import { ministryOf } from '../home.page';
import type { Page } from '../layout';
import type { Verdict } from './verdict';
import { shownAnswer, titleOf } from './verdict.page';
import { linkTo, type Visit } from '../visit';

/** The files of the page, its own and the frame's: all that a browser keeps to show it without a network. */
export const VERIFY_FILES = [
  'pages.css',
  'mark.svg',
  'verify.js',
  'jsqr.js',
  'verifier.js',
  'linked-verifier.js',
];

/** What the page takes along for when there is no network. */
export interface TakenAlong {
  /** See `OfflineWords`. */
  words: Record<string, string>;
  /** Public keys (JWK) of those who sign trust bundles. */
  signers: object[];
}

/** A code in, a verdict out. Without a verdict it only asks. */
export function verifyPage(visit: Visit, along: TakenAlong, verdict?: Verdict): Page {
  const { say, tenant } = visit;
  return {
    title: verdict ? titleOf(visit, verdict) : say('verify.title'),
    scripts: ['verify.js'],
    manifest: linkTo(visit, `${visit.path}/app.webmanifest`),
    main: html`<div id="answer">
        ${
          verdict
            ? shownAnswer(visit, verdict)
            : html`${tenant && html`<p class="above"><bdi>${ministryOf(visit, tenant)}</bdi></p>`}
                <h1>${say('verify.title')}</h1>
                <p class="lead">${say('verify.lead')}</p>`
        }
      </div>
      ${form(visit, along)}
      <p class="note">${say('verify.kept')}</p>`,
  };
}

/** Scanning and pictures are shown by the script, which a browser without scripts never runs. */
function form(visit: Visit, { words, signers }: TakenAlong): Html {
  const { say } = visit;
  return html`<form
    id="verify"
    class="panel"
    method="post"
    action="${linkTo(visit, visit.path)}"
    data-library="jsqr.js"
    data-verifier="verifier.js"
    data-linked="linked-verifier.js"
    data-trust="${visit.path}/trust-bundle"
    data-signers="${JSON.stringify(signers)}"
    data-words="${JSON.stringify(words)}"
    data-no-code="${say('verify.noCode')}"
    data-no-camera="${say('verify.noCamera')}"
    data-no-trust="${say('verify.noTrust')}"
    data-looking="${say('verify.looking')}"
  >
    <div class="ways" hidden>
      <button type="button" id="scan" class="button">${icon('camera')} ${say('verify.scan')}</button>
      <label class="button quiet"
        >${icon('picture')} ${say('verify.picture')}
        <input type="file" id="picture" accept="image/*" />
      </label>
    </div>
    <div class="camera" hidden>
      <video playsinline muted aria-label="${say('verify.cameraPicture')}"></video>
      <button type="button" id="stop" class="button quiet">${say('verify.stop')}</button>
    </div>
    <p role="status" class="notice"></p>
    <label for="code">${say('verify.code')}</label>
    <p class="hint" id="hint">${say('verify.hint')}</p>
    <textarea
      id="code"
      name="code"
      rows="4"
      required
      dir="ltr"
      spellcheck="false"
      autocomplete="off"
      autocapitalize="characters"
      aria-describedby="hint"
    ></textarea>
    <button class="button">${say('verify.action')}</button>
  </form>`;
}

const ICONS = {
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 10.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 8.5v.5',
};

const icon = (name: keyof typeof ICONS): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}" /></svg>`;
