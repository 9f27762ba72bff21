import { html, type Html } from './html';
import { ministryOf } from './home.page';
import type { Page } from './layout';
import { shownDate, type Tone, toneOf, type Verdict } from './verdict';
import { linkTo, type Visit } from './visit';

/** A code in, a verdict out. Without a verdict it only asks. */
export function verifyPage(visit: Visit, verdict?: Verdict): Page {
  const { say, tenant } = visit;
  return {
    title: verdict ? titleOf(visit, verdict) : say('verify.title'),
    scripts: ['verify.js'],
    main: html`${verdict && shownVerdict(visit, verdict)}
      ${
        verdict
          ? html`<h2>${say('verify.another')}</h2>`
          : html`${tenant && html`<p class="above"><bdi>${ministryOf(visit, tenant)}</bdi></p>`}
              <h1>${say('verify.title')}</h1>
              <p class="lead">${say('verify.lead')}</p>`
      }
      ${form(visit)}
      <p class="note">${say('verify.kept')}</p>`,
  };
}

/** Scanning and pictures are shown by the script, which a browser without scripts never runs. */
function form(visit: Visit): Html {
  const { say } = visit;
  return html`<form
    id="verify"
    class="panel"
    method="post"
    action="${linkTo(visit, visit.path)}"
    data-library="jsqr.js"
    data-no-code="${say('verify.noCode')}"
    data-no-camera="${say('verify.noCamera')}"
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

const titleOf = (visit: Visit, { outcome }: Verdict): string => visit.say(`verdict.${outcome}`);

/** Large, in words and by a sign, never by colour alone. It takes the focus, so that it is also heard first. */
function shownVerdict(visit: Visit, verdict: Verdict): Html {
  const { say, language } = visit;
  const tone = toneOf(verdict.outcome);
  const facts: [string, string | null][] = [
    [say('verdict.holder'), verdict.holderName],
    [say('verdict.birthDate'), verdict.birthDate && shownDate(language, verdict.birthDate)],
    [say('verdict.issuer'), verdict.issuer],
    [say('verdict.issuedAt'), verdict.issuedAt && shownDate(language, verdict.issuedAt)],
    [say('verdict.expiresAt'), verdict.expiresAt && shownDate(language, verdict.expiresAt)],
  ];
  const known = facts.filter(([, value]) => value);
  return html`<section class="verdict ${tone}" aria-labelledby="verdict">
      ${sign(tone)}
      <h1 id="verdict" tabindex="-1" autofocus>${titleOf(visit, verdict)}</h1>
      <p class="lead">${verdict.message}</p>
    </section>
    ${
      known.length > 0 &&
      html`<dl class="facts">
        ${known.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd><bdi>${value}</bdi></dd>
            </div>`,
        )}
      </dl>`
    }
    ${verdict.doses.length > 0 && doses(visit, verdict)}`;
}

function doses({ say, language }: Visit, verdict: Verdict): Html {
  const columns = ['vaccine', 'date', 'dose', 'lot'].map(name => say(`verdict.${name}`));
  return html`<table>
    <caption>
      ${say('verdict.doses')}
    </caption>
    <thead>
      <tr>
        ${columns.map(column => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${verdict.doses.map(
        dose =>
          html`<tr>
            <th scope="row"><bdi>${dose.vaccine}</bdi></th>
            <td>${shownDate(language, dose.date)}</td>
            <td>${dose.doseNumber}</td>
            <td><bdi>${dose.lot}</bdi></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const SIGNS: Record<Tone, string> = {
  good: 'M14 33l12 12 24-27',
  bad: 'M18 18l28 28M46 18L18 46',
  unclear: 'M23 24c1-13 19-12 18 0-1 7-9 7-9 15M32 47v1',
};

const sign = (tone: Tone): Html =>
  html`<svg class="sign" viewBox="0 0 64 64" aria-hidden="true"><path d="${SIGNS[tone]}" /></svg>`;

const ICONS = {
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 10.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 8.5v.5',
};

const icon = (name: keyof typeof ICONS): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}" /></svg>`;
