import { html } from '../html';
import { nameOfCountry } from '../home.page';
import type { CatalogueRow } from '../../tenancy';
import type { Page } from '../layout';
import type { Visit } from '../visit';

/** The GraphQL explorer: whom to ask for, then GraphiQL itself, which is a script and nothing without one. */
export function explorerPage(visit: Visit, countries: readonly CatalogueRow[]): Page {
  const { say } = visit;
  return {
    title: say('explorer.title'),
    wide: true,
    styles: ['graphiql.css', 'explorer.css'],
    scripts: ['explorer.js'],
    main: html`<h1 class="visually-hidden">${say('explorer.title')}</h1>
      <form id="caller" class="caller" hidden>
        <label
          >${say('explorer.country')}
          <select name="tenant">
            ${countries.map(
              country =>
                html`<option value="${country.code}" ${country.code === visit.tenant?.code && html`selected`}>
                  ${nameOfCountry(visit, country, countries)}
                </option>`,
            )}
            <option value="">${say('explorer.platform')}</option>
          </select>
        </label>
        <label
          >${say('explorer.answersIn')}
          <select name="language">
            ${visit.offered.map(
              code => html`<option ${code === visit.language && html`selected`}>${code}</option>`,
            )}
          </select>
        </label>
        <p
          role="status"
          id="who"
          data-nobody="${say(visit.sandbox ? 'explorer.nobody' : 'explorer.signInFirst')}"
          data-somebody="${say('explorer.somebody')}"
        ></p>
        <button type="button" id="forget" class="button quiet" hidden>${say('explorer.forget')}</button>
      </form>
      <div
        id="explorer"
        dir="ltr"
        lang="en"
        data-examples="/explorer/examples.json"
        data-scripts="react.js react-dom.js graphiql.js"
      ></div>
      <noscript><p class="panel">${say('explorer.noScript')}</p></noscript>`,
  };
}
