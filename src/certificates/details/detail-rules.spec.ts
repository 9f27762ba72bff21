import { obstacleTo, proves, statedDetails } from './detail-rules';

const nothing = { birthDate: null, passport: null };
const both = { birthDate: '1990-05-17', passport: 'X1234567' };

describe('what certificates state of a person', () => {
  it.each([
    ['the year, of a whole birth date', '1990-05-17', nothing, {}, { birthDate: '1990' }],
    ['the year, of one known to the month', '1990-05', nothing, {}, { birthDate: '1990' }],
    ['what is known, of a year', '1990', nothing, {}, { birthDate: '1990' }],
    ['nothing, of nothing', '', nothing, {}, {}],
    [
      'all of it, asked for and proved',
      '1990-05-17',
      both,
      {},
      { birthDate: '1990-05-17', passport: 'X1234567' },
    ],
    [
      'the year, of one corrected since',
      '1990-05-18',
      { ...both, passport: null },
      {},
      { birthDate: '1990' },
    ],
    [
      'the year, where the country says no more',
      '1990-05-17',
      both,
      { birthDate: 'year' },
      { birthDate: '1990', passport: 'X1234567' },
    ],
    [
      'nothing, where the country says none',
      '1990-05-17',
      both,
      { birthDate: 'none', passport: 'never' },
      {},
    ],
  ] as const)('%s', (_, known, proved, allowed, stated) => {
    expect(statedDetails(known, proved, allowed)).toEqual(stated);
  });

  it('is proved by documents, each by its own', () => {
    expect(proves('birth-date', 'BIRTH_CERTIFICATE')).toBe(true);
    expect(proves('passport', 'BIRTH_CERTIFICATE')).toBe(false);
    expect(proves('birth-date', 'STATEMENT')).toBe(false);
  });

  it.each([
    ['birth-date', 'PASSPORT', '1990-05-17', {}, null],
    ['birth-date', 'STATEMENT', '1990-05-17', {}, 'not-proved'],
    ['birth-date', 'PASSPORT', '1990-05', {}, 'birth-date-not-whole'],
    ['birth-date', 'PASSPORT', '1990-05-17', { birthDate: 'year' }, 'not-in-this-country'],
    ['passport', 'PASSPORT', '1990', {}, null],
    ['passport', 'IDENTITY_DOCUMENT', '1990', {}, 'not-proved'],
    ['passport', 'PASSPORT', '1990', { passport: 'never' }, 'not-in-this-country'],
  ] as const)('%s by %s of %s where %j: %s', (detail, seen, known, allowed, obstacle) => {
    expect(obstacleTo(detail, seen, known, allowed)).toBe(obstacle);
  });
});
