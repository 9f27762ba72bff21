import { html } from './html';

describe('a page’s markup', () => {
  it('escapes whatever a person may have written, in text and in attributes', () => {
    const name = `<script>alert('x')</script>&"`;
    const escaped = '&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;&#38;&#34;';

    const made = html`<p title="${name}">${name}</p>`.text;

    expect(made).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('keeps markup that it made itself', () => {
    expect(html`<b>${html`<i>${'yes'}</i>`}</b>`.text).toBe('<b><i>yes</i></b>');
  });

  it('joins lists and leaves out what is not there', () => {
    expect(html`${['a', html`<b></b>`, ['<']]}${null}${undefined}${false}`.text).toBe('a<b></b>&#60;');
  });
});
