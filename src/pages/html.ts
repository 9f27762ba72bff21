/** Markup that is safe to send. Only {@link html} makes it, and it escapes whatever did not come from itself. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing is nothing. */
type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A template of markup: html`<p>${textOfAnybody}</p>`. Put every attribute's value in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((before, text, index) => before + rendered(parts[index - 1]) + text));
}

function rendered(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return part.map(rendered).join('');
  return String(part).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
