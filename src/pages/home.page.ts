import { pickText } from '../localisation';
import type { CatalogueRow } from '../tenancy';
import { html, type Html } from './html';
import type { Page } from './layout';
import { linkTo, type Visit } from './visit';

/** What this is, whom it serves, and where to go. */
export function homePage(visit: Visit, countries: readonly CatalogueRow[]): Page {
  const { say } = visit;
  return {
    main: html`<div class="hero">
        <h1>${say('home.title')}</h1>
        <p class="lead">${say('home.lead')}</p>
        <p>
          <a class="button" href="${linkTo(visit, '/verify')}">${say('home.verify.action')}</a>
        </p>
        ${BRIDGE}
      </div>
      <section aria-labelledby="countries">
        <h2 id="countries">${say('home.countries.title')}</h2>
        ${
          countries.length === 0
            ? html`<p>${say('home.countries.none')}</p>`
            : html`<ul class="cards">
                ${inReadingOrder(visit, countries).map(country =>
                  countryCard(visit, country, nameOfCountry(visit, country, countries)),
                )}
              </ul>`
        }
      </section>
      <section aria-labelledby="where">
        <h2 id="where">${say('home.where')}</h2>
        <ul class="cards">
          ${card(linkTo(visit, '/verify'), say('home.verify.title'), say('home.verify.text'))}
          ${card(linkTo(visit, '/explorer'), say('home.explorer.title'), say('home.explorer.text'))}
          ${
            visit.sandbox &&
            card(linkTo(visit, '/sandbox/outbox'), say('home.outbox.title'), say('home.outbox.text'))
          }
        </ul>
      </section>`,
  };
}

/** Three spans of a bridge, each wider than the one before: what the name means. */
const BRIDGE = html`<svg class="bridge" viewBox="0 0 920 84" aria-hidden="true">
  <path
    d="M0 10h920M0 82c0-80 176-80 176 0M18 10V42.6M38 10V30.3M138 10V30.3M158 10V42.6M176 82c0-80 284-80 284 0M206 10V42.6M237 10V30.3M399 10V30.3M430 10V42.6M460 82c0-80 460-80 460 0M508 10V42.6M559 10V30.3M821 10V30.3M872 10V42.6M176 10v72M460 10v72"
  />
</svg>`;

const card = (href: string, title: string, text: string): Html =>
  html`<li class="card">
    <h3><a href="${href}">${title}</a></h3>
    <p>${text}</p>
  </li>`;

function countryCard(visit: Visit, country: CatalogueRow, name: string): Html {
  return html`<li class="card">
    <h3 id="country-${country.code}">${name}</h3>
    <p><bdi>${ministryOf(visit, country)}</bdi></p>
    ${country.state === 'SUSPENDED' && html`<p class="note">${visit.say('home.countries.suspended')}</p>`}
    <p>
      <a href="${linkTo(visit, `/${country.code}/verify`)}" aria-describedby="country-${country.code}"
        >${visit.say('home.countries.verify')}</a
      >
    </p>
  </li>`;
}

/** The country's name in the visitor's language, by Unicode CLDR; with its code when it is here more than once. */
export function nameOfCountry(visit: Visit, tenant: CatalogueRow, among: readonly CatalogueRow[]): string {
  const names = new Intl.DisplayNames([...visit.ctx.languages], { type: 'region' });
  const name = names.of(tenant.country) ?? tenant.country;
  const alone = among.every(other => other.country !== tenant.country || other.code === tenant.code);
  return alone ? name : `${name} (${tenant.code})`;
}

/** Who runs the programme, in the visitor's language or else in one of the country's. */
export const ministryOf = (visit: Visit, country: CatalogueRow): string =>
  pickText(country.names, [...visit.ctx.languages, ...country.languages]) ?? '';

function inReadingOrder(visit: Visit, countries: readonly CatalogueRow[]): CatalogueRow[] {
  const { compare } = new Intl.Collator(visit.language);
  const name = (country: CatalogueRow): string => nameOfCountry(visit, country, countries);
  return [...countries].sort((a, b) => compare(name(a), name(b)));
}
