import type { SandboxMessage } from '../../platform/messaging';
import type { CatalogueRow } from '../../tenancy';
import { nameOfCountry } from '../home.page';
import { html, type Html } from '../html';
import type { Page } from '../layout';
import { directionOf, type Visit } from '../visit';

/** What people would have received, newest first, of one country or of the platform itself. */
export function outboxPage(
  visit: Visit,
  countries: readonly CatalogueRow[],
  messages: readonly SandboxMessage[],
): Page {
  const { say } = visit;
  const choices: [string | null, string][] = [
    ...countries.map((country): [string, string] => [country.code, nameOfCountry(visit, country, countries)]),
    [null, say('outbox.platform')],
  ];
  return {
    title: say('outbox.title'),
    scripts: ['outbox.js'],
    main: html`<h1>${say('outbox.title')}</h1>
      <p class="lead">${say('outbox.lead')}</p>
      <nav class="tabs" aria-label="${say('outbox.whose')}">
        ${choices.map(
          ([code, name]) =>
            html`<a
              href="${addressOf(visit, code)}"
              ${code === (visit.tenant?.code ?? null) && html`aria-current="page"`}
              >${name}</a
            >`,
        )}
      </nav>
      <div
        id="messages"
        data-copy="${say('outbox.copy')}"
        data-copied="${say('outbox.copied')}"
        data-new="${say('outbox.new')}"
      >
        ${
          messages.length === 0
            ? html`<p class="empty">${say('outbox.none')}</p>`
            : html`<ol class="messages">
                ${messages.map(message => shownMessage(visit, message))}
              </ol>`
        }
      </div>
      <p role="status" class="visually-hidden" id="news"></p>`,
  };
}

function addressOf(visit: Visit, code: string | null): string {
  const query = new URLSearchParams({
    ...(code ? { tenant: code } : {}),
    ...(visit.chosen ? { lang: visit.language } : {}),
  });
  return query.size > 0 ? `/sandbox/outbox?${query.toString()}` : '/sandbox/outbox';
}

function shownMessage(visit: Visit, message: SandboxMessage): Html {
  const time = new Intl.DateTimeFormat(visit.language, { dateStyle: 'medium', timeStyle: 'medium' });
  return html`<li class="message">
    <p class="envelope">
      <span class="badge">${visit.say(`outbox.${message.channel}`)}</span>
      <bdi class="receiver" dir="ltr">${message.receiver}</bdi>
      <time datetime="${message.at.toISOString()}">${time.format(message.at)}</time>
    </p>
    <p class="text" lang="${message.language}" dir="${directionOf(message.language)}">
      ${withCodes(message.text)}
    </p>
  </li>`;
}

/** Sign-in codes (six digits or more) and invitations (32 characters of base64url) stand out, to be copied at once. */
const CODES = /(?<![\p{L}\p{N}_/+-])([A-Za-z0-9_-]{32}|\p{Nd}{6,10})(?![\p{L}\p{N}_/-])/u;

/** A message's text with its lines kept and its codes marked. */
export const withCodes = (text: string): Html => {
  const lines = text.split('\n').map(line => line.split(CODES));
  const marked = (part: string, index: number): string | Html =>
    index % 2 === 1 ? html`<code>${part}</code>` : part;
  return html`${lines.map((parts, index) => [index > 0 && html`<br />`, parts.map(marked)])}`;
};
