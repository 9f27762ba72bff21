import { shownDate, tidied, toneOf } from './verdict';

describe('a verdict on a page', () => {
  it('is good for a valid certificate alone', () => {
    const outcomes = [
      'VALID',
      'REVOKED',
      'EXPIRED',
      'NOT_GENUINE',
      'UNREADABLE',
      'SUPERSEDED',
      'SOMETHING_NEW',
    ];

    expect(outcomes.map(toneOf)).toEqual(['good', 'bad', 'bad', 'bad', 'unclear', 'unclear', 'bad']);
  });

  it('is asked for the code without what pasting has added', () => {
    expect(tidied(' HC1:AB CD\r\n EF\t\n ')).toBe('HC1:AB CD EF');
  });

  it('shows a date in the visitor’s language, no more precise than it is', () => {
    expect(shownDate('en', '2024-02-29')).toBe('February 29, 2024');
    expect(shownDate('fr', '2024-02')).toBe('février 2024');
    expect(shownDate('en', '2024')).toBe('2024');
    expect(shownDate('en', 'unknown')).toBe('unknown');
  });
});
