import { ministryOf } from './home.page';
import { html, type Html } from './html';
import type { Page } from './layout';
import { linkTo, type Visit } from './visit';

/** What the API says of a consignment. Without milestones it is a message: that nothing is known, or why not. */
export type Tracked = { message: string; milestones?: undefined } | Tracking;

interface Tracking {
  status: string | null;
  destination: string | null;
  /** Instants as ISO 8601 has them. */
  dueAt: string | null;
  /** A day of the country's own. */
  heldUntil: string | null;
  milestones: { status: string; at: string; place: string | null; reason: string | null }[];
}

/** A code in, the way of a consignment out. Without an answer it only asks. */
export function trackPage(visit: Visit, tracked?: Tracked): Page {
  const { say, tenant } = visit;
  return {
    title: say('track.title'),
    main: html`${tracked && shown(visit, tracked)}
      ${
        tracked
          ? html`<h2>${say('track.another')}</h2>`
          : html`<p class="above"><bdi>${ministryOf(visit, tenant!)}</bdi></p>
              <h1>${say('track.title')}</h1>
              <p class="lead">${say('track.lead')}</p>`
      }
      <form class="panel" method="post" action="${linkTo(visit, visit.path)}">
        <label for="code">${say('track.code')}</label>
        <p class="hint" id="hint">${say('track.hint')}</p>
        <input
          id="code"
          name="code"
          required
          maxlength="60"
          dir="ltr"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="characters"
          aria-describedby="hint"
        />
        <button class="button">${say('track.action')}</button>
      </form>
      <p class="note">${say('track.kept')}</p>`,
  };
}

/** It takes the focus, so that it is also heard first. */
function shown(visit: Visit, tracked: Tracked): Html {
  const { say } = visit;
  if (!tracked.milestones)
    return html`<section class="verdict plain unclear" aria-labelledby="answer">
      <h1 id="answer" tabindex="-1" autofocus>${say('track.nothing')}</h1>
      <p class="lead">${tracked.message}</p>
    </section>`;
  const { status, destination, dueAt, heldUntil, milestones } = tracked;
  return html`<section
      class="verdict plain ${status === 'DELIVERED' ? 'good' : 'unclear'}"
      aria-labelledby="answer"
    >
      <h1 id="answer" tabindex="-1" autofocus>${say(`track.status.${status ?? 'NOT_YET'}`)}</h1>
      ${dueAt && html`<p class="lead">${say('track.due')} <time datetime="${dueAt}">${moment(visit, dueAt)}</time></p>`}
      ${heldUntil && html`<p class="lead">${say('track.held')} <time datetime="${heldUntil}">${day(visit, heldUntil)}</time></p>`}
      ${destination && html`<p>${say('track.destination')} <bdi>${destination}</bdi></p>`}
    </section>
    ${milestones.length > 0 && way(visit, milestones)}`;
}

function way(visit: Visit, milestones: Tracking['milestones']): Html {
  const { say } = visit;
  return html`<table>
    <caption>
      ${say('track.way')}
    </caption>
    <thead>
      <tr>
        ${['when', 'what', 'where'].map(column => html`<th scope="col">${say(`track.${column}`)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${milestones.map(
        ({ status, at, place, reason }) =>
          html`<tr>
            <th scope="row"><time datetime="${at}">${moment(visit, at)}</time></th>
            <td>${say(`track.status.${status}`)}${reason && html`: ${say(`track.failure.${reason}`)}`}</td>
            <td><bdi>${place ?? ''}</bdi></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** An instant as the visitor reads it, by the country's own clock. */
function moment({ language, tenant }: Visit, instant: string): string {
  const form = { dateStyle: 'long', timeStyle: 'short', timeZone: tenant!.timeZone } as const;
  return new Intl.DateTimeFormat(language, form).format(new Date(instant));
}

/** A civil day as the visitor reads it. */
const day = ({ language }: Visit, date: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
