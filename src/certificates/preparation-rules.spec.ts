import { type Preparing, preparationOf } from './preparation-rules';

const now = new Date('2026-06-01T12:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const ready: Preparing = {
  certifiable: 2,
  excluded: 0,
  complete: true,
  expired: false,
  since: null,
  countryIsReadOnly: false,
  hasProgramme: true,
};
const waiting: Preparing = { ...ready, complete: false, since: ago(1_000) };

describe('how far a certificate is, and why no further', () => {
  it.each([
    ['all doses are on it', ready, 'READY', null],
    ['its time is over', { ...ready, expired: true }, 'READY', 'EXPIRED'],
    ['no dose is recorded', { ...ready, certifiable: 0 }, 'NONE', 'NO_DOSE'],
    ['no dose of it is certified', { ...ready, certifiable: 0, excluded: 1 }, 'NONE', 'DOSES_NOT_CERTIFIED'],
    ['some doses are not certified', { ...ready, excluded: 1 }, 'READY', 'DOSES_NOT_CERTIFIED'],
    ['a dose was recorded a second ago', waiting, 'PENDING', 'BEING_PREPARED'],
    ['a dose was recorded a minute ago', { ...waiting, since: ago(60_000) }, 'PENDING', 'BEING_PREPARED'],
    ['a dose was recorded longer ago', { ...waiting, since: ago(60_001) }, 'PENDING', 'LATE'],
    ['the country is suspended', { ...waiting, countryIsReadOnly: true }, 'PENDING', 'COUNTRY_READ_ONLY'],
    ['the country has no programme', { ...waiting, hasProgramme: false }, 'PENDING', 'NO_PROGRAMME'],
  ])('when %s', (_, facts, status, reason) => {
    expect(preparationOf(facts, now)).toEqual({ status, reason });
  });
});
