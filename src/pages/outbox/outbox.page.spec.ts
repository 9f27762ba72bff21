import { withCodes } from './outbox.page';

const codesIn = (text: string): string[] =>
  [...withCodes(text).text.matchAll(/<code>(.*?)<\/code>/g)].map(([, code]) => code!);

describe('a message in the outbox', () => {
  it('has its sign-in code marked, and not the minutes it works for', () => {
    expect(codesIn('Your sign-in code is 482913. It works for 10 minutes.')).toEqual(['482913']);
  });

  it('has its invitation marked, whatever characters it is made of', () => {
    const invitation = 'Ab-_'.repeat(8);

    expect(
      codesIn(`Answer within 14 days at https://a.example:4000/.\n\nYour invitation: ${invitation}`),
    ).toEqual([invitation]);
  });

  it('keeps every character and line of the text', () => {
    expect(withCodes('a <b>\n 123456, c').text).toBe('a &#60;b&#62;<br /> <code>123456</code>, c');
  });
});
