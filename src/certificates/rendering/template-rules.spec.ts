import { templateFor } from './template-rules';

const accent = '#123456';
const travel = { code: 'travel', accent, vaccines: ['YF', 'POLIO'] };
const inHindi = { code: 'hindi', accent, languages: ['hi'] };
const usual = { code: 'usual', accent };

describe('the template of a certificate', () => {
  it.each([
    ['a programme’s own, when it holds nothing else', 'fr', ['YF'], 'travel'],
    ['not that of a programme, when it holds more', 'fr', ['YF', 'BCG'], 'usual'],
    ['the language’s own', 'hi', ['BCG'], 'hindi'],
    ['the first that fits, of several', 'hi', ['POLIO', 'YF'], 'travel'],
  ])('is %s', (_, language, vaccines, code) => {
    expect(templateFor([travel, inHindi, usual], language, vaccines)?.code).toBe(code);
  });

  it('is none where none fits', () => {
    expect(templateFor([travel, inHindi], 'fr', ['BCG'])).toBeUndefined();
    expect(templateFor([], 'fr', ['BCG'])).toBeUndefined();
  });
});
