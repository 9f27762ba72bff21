import { asset } from './assets';
import { html, type Html } from './html';
import { directionOf, linkTo, nameOfLanguage, type Visit } from './visit';

/** The frame of every page: what it is called, what stands in it, what it loads. */
export interface Page {
  /** Said before the product's name in the window's title; without it the product's name stands alone. */
  title?: string;
  main: Html;
  /** Names of style sheets and scripts of `browser/` beside the common ones. */
  styles?: string[];
  scripts?: string[];
  /** Address of the web app manifest, when the page can be installed. */
  manifest?: string;
  /** The page uses the whole window. */
  wide?: boolean;
}

/** The whole document. Scripts are modules and only add to it: every page says what it has to say without them. */
export function layout(visit: Visit, page: Page): Html {
  const { say } = visit;
  return html`<!doctype html>
    <html lang="${visit.language}" dir="${visit.direction}">
      <head>
        <meta charset="utf-8" />
        <title>${page.title && `${page.title} · `}${PRODUCT}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="${say('home.lead')}" />
        <link rel="icon" href="${asset('mark.svg')}" type="image/svg+xml" />
        ${page.manifest && html`<link rel="manifest" href="${page.manifest}" />`}
        ${['pages.css', ...(page.styles ?? [])].map(
          name => html`<link rel="stylesheet" href="${asset(name)}" />`,
        )}
        ${page.scripts?.map(name => html`<script type="module" src="${asset(name)}"></script>`)}
      </head>
      <body class="${page.wide ? 'wide' : ''}">
        <a class="skip" href="#main">${say('skip')}</a>
        ${header(visit)}
        <main id="main">${page.main}</main>
        ${!page.wide && footer(visit)}
      </body>
    </html>`;
}

const PRODUCT = 'TikaSetu';

function header(visit: Visit): Html {
  const { say } = visit;
  const links: [string, string][] = [
    [visit.tenant ? `/${visit.tenant.code}/verify` : '/verify', say('nav.verify')],
    ...(visit.tenant ? [[`/${visit.tenant.code}/track`, say('nav.track')] as [string, string]] : []),
    ['/explorer', say('nav.explorer')],
    ...(visit.sandbox ? [['/sandbox/outbox', say('nav.outbox')] as [string, string]] : []),
  ];
  return html`<header class="top">
    <a class="brand" href="${linkTo(visit, '/')}"
      ><img src="${asset('mark.svg')}" alt="" width="32" height="32" />${PRODUCT}</a
    >
    ${visit.sandbox && html`<span class="badge">${say('sandbox')}</span>`}
    <nav aria-label="${say('nav.label')}">
      ${links.map(
        ([path, name]) =>
          html`<a href="${linkTo(visit, path)}" ${path === visit.path && html`aria-current="page"`}
            >${name}</a
          >`,
      )}
    </nav>
    ${languages(visit)}
  </header>`;
}

/** A list that opens by itself in any browser, without a script. */
function languages(visit: Visit): Html {
  return html`<details class="languages">
    <summary aria-label="${visit.say('language')}: ${nameOfLanguage(visit.language)}">
      ${nameOfLanguage(visit.language)}
    </summary>
    <ul>
      ${visit.offered.map(
        code =>
          html`<li>
            <a
              href="?${new URLSearchParams({ ...visit.query, lang: code }).toString()}"
              lang="${code}"
              dir="${directionOf(code)}"
              hreflang="${code}"
              ${code === visit.language && html`aria-current="true"`}
              >${nameOfLanguage(code)}</a
            >
          </li>`,
      )}
    </ul>
  </details>`;
}

const footer = ({ say }: Visit): Html => html`<footer><p>${say('footer')}</p></footer>`;
