import { html, type Html } from '../html';
import { shownDate, type Tone, toneOf, type Verdict } from './verdict';

/** What the words of a verdict need: the language, and the text `pages.<key>` in it. */
export interface Words {
  /** BCP 47. */
  language: string;
  say: (key: string) => string;
}

/** The verdict at the head of the page. The server and, without a network, the browser itself write it by this. */
export const shownAnswer = (words: Words, verdict: Verdict): Html =>
  html`${shownVerdict(words, verdict)}
    <h2>${words.say('verify.another')}</h2>`;

/** What the window is called while the verdict stands. */
export const titleOf = ({ say }: Words, { outcome }: Verdict): string => say(`verdict.${outcome}`);

/** Large, in words and by a sign, never by colour alone. It takes the focus, so that it is also heard first. */
function shownVerdict(words: Words, verdict: Verdict): Html {
  const { say, language } = words;
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
      <h1 id="verdict" tabindex="-1" autofocus>${titleOf(words, verdict)}</h1>
      <p class="lead">${verdict.message}</p>
    </section>
    ${verdict.checkedBy && html`<p class="note" id="checked-by">${verdict.checkedBy}</p>`}
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
    ${verdict.doses.length > 0 && doses(words, verdict)}`;
}

function doses({ say, language }: Words, verdict: Verdict): Html {
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
