// @ts-check
// GraphiQL with the repository's examples beside it. The bar above says for which country and in which language is
// asked, and keeps the token of the last sign-in, in memory and for this page alone. The header editor wins over it.

/** @typedef {import('../explorer/examples').Example} Example */
/** @typedef {{ token: string, by: string }} SignedIn */

/** The libraries put themselves on the window; they have no types of their own here. @type {any} */
const libraries = globalThis;

const place = /** @type {HTMLElement} */ (document.querySelector('#explorer'));
const bar = /** @type {HTMLFormElement} */ (document.querySelector('#caller'));
const who = /** @type {HTMLElement} */ (document.querySelector('#who'));
const forget = /** @type {HTMLButtonElement} */ (document.querySelector('#forget'));

/** A token is good in one country only. @type {Map<string, SignedIn>} */
const signedIn = new Map();

/** @param {'tenant' | 'language'} name */
const chosen = name => /** @type {HTMLSelectElement} */ (bar.elements.namedItem(name)).value;

/** What is sent beside the header editor's own. @returns {Record<string, string>} */
function callersHeaders() {
  const tenant = chosen('tenant');
  const token = signedIn.get(tenant)?.token;
  return {
    'accept-language': chosen('language'),
    ...(tenant && { 'x-tenant': tenant }),
    ...(token && { authorization: `Bearer ${token}` }),
  };
}

function showCaller() {
  const somebody = signedIn.get(chosen('tenant'));
  who.textContent = somebody ? `${who.dataset.somebody} ${somebody.by}` : (who.dataset.nobody ?? '');
  forget.hidden = !somebody;
}

/** Asked anew when a caller has signed in: outside the sandbox nobody else sees the schema. */
let lookAtSchema = () => {};

/** The first sign-in token in an answer's data. @param {unknown} data */
function keepToken(data) {
  for (const [by, value] of Object.entries(data ?? {})) {
    const { token } = value ?? {};
    if (typeof token !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) continue;
    signedIn.set(chosen('tenant'), { token, by });
    showCaller();
    lookAtSchema();
  }
}

/**
 * GraphiQL finds out a moment late which operations the editor holds, and may still name one of the example before.
 * @param {{ query: string, operationName?: string }} operation
 */
const isNamedThere = ({ query, operationName }) => new RegExp(`\\b${operationName}\\b`).test(query);

/** @param {{ query: string, variables?: unknown, operationName?: string }} operation @param {{ headers?: object }} [options] */
async function fetcher(operation, options) {
  const headers = new Headers({ 'content-type': 'application/json', ...callersHeaders() });
  for (const [name, value] of Object.entries(options?.headers ?? {})) headers.set(name, String(value));
  const sent = isNamedThere(operation) ? operation : { ...operation, operationName: undefined };
  const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(sent) });
  const result = await answer.json();
  keepToken(result.data);
  return result;
}

/** Puts an example into a tab of its own, or into the one that is still empty. @param {any} editor @param {Example} example */
function open(editor, example) {
  if (editor.queryEditor.getValue().trim()) editor.addTab();
  setTimeout(() => {
    editor.queryEditor.setValue(example.query);
    editor.variableEditor?.setValue(example.variables);
    editor.queryEditor.focus();
  });
}

/** @param {Example[]} examples */
function examplesPlugin(examples) {
  const { createElement: make } = libraries.React;
  const groups = Object.entries(Object.groupBy(examples, example => example.group));
  return {
    title: 'Examples',
    icon: () =>
      make(
        'svg',
        { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 },
        make('path', { d: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3' }),
      ),
    content: () => {
      const editor = libraries.GraphiQL.React.useEditorContext();
      const { introspect } = libraries.GraphiQL.React.useSchemaStore();
      lookAtSchema = introspect;
      return make(
        'div',
        { className: 'examples' },
        make('div', { className: 'graphiql-doc-explorer-title' }, 'Examples'),
        ...groups.map(([group, ofGroup = []]) =>
          make(
            'section',
            { key: group },
            make('h2', null, group),
            ...ofGroup.map(example =>
              make(
                'button',
                { key: example.name, type: 'button', onClick: () => open(editor, example) },
                `${example.name} `,
                make('small', null, example.kind),
              ),
            ),
          ),
        ),
      );
    },
  };
}

/** One after the other: each needs the one before. @param {string[]} names */
async function load(names) {
  for (const name of names) await import(new URL(name, import.meta.url).href);
}

/** @returns {Promise<Example[]>} */
const readExamples = async () => (await fetch(place.dataset.examples ?? '')).json();

bar.hidden = false;
bar.addEventListener('change', showCaller);
forget.addEventListener('click', () => {
  signedIn.delete(chosen('tenant'));
  showCaller();
});
showCaller();

const [examples] = await Promise.all([readExamples(), load((place.dataset.scripts ?? '').split(' '))]);
const { React, ReactDOM, GraphiQL } = libraries;
const plugin = examplesPlugin(examples);
const first = examples.find(example => example.kind === 'query' && !example.variables);

function Explorer() {
  // GraphiQL keeps the pane of a plugin that is visible from the start folded; its button unfolds it.
  React.useEffect(() => {
    setTimeout(() => {
      const button = place.querySelector(`button[aria-label="Show ${plugin.title}"]`);
      if (button instanceof HTMLElement) button.click();
    });
  }, []);
  return React.createElement(GraphiQL, {
    fetcher,
    plugins: [plugin],
    defaultQuery: '',
    ...(first && { defaultTabs: [{ query: first.query }] }),
    storage: sessionStorage, // gone with the tab: what was asked may name a person
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
    defaultEditorToolsVisibility: 'variables',
  });
}
ReactDOM.createRoot(place).render(React.createElement(Explorer));
