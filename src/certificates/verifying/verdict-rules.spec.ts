import type { CertificateRow, EndRow } from '../certificates.store';
import { judgeFault, judgeRegistered, OUTCOMES, statusOf, tellsFacts } from './verdict-rules';

const now = new Date('2026-06-01T00:00:00Z');
const end = (kind: EndRow['kind'], reason: EndRow['reason']): EndRow => ({
  kind,
  reason,
  successor: null,
  at: now,
});
const certificate = (facts: Partial<CertificateRow> = {}): CertificateRow => ({
  id: '1',
  personId: 'p',
  number: 'n',
  vaccinationIds: ['a'],
  kid: 'k',
  issuedAt: new Date('2026-01-01T00:00:00Z'),
  expiresAt: new Date('2036-01-01T00:00:00Z'),
  ends: [],
  ...facts,
});
const superseded = end('superseded', 'new-dose');
const revoked = end('revoked', 'dose-corrected');
const expired = { expiresAt: new Date('2026-05-31T00:00:00Z') };

describe('the verdict on a rightly signed code', () => {
  it.each([
    ['that stands', certificate(), { outcome: 'VALID', reason: null }],
    [
      'that has a later one',
      certificate({ ends: [superseded] }),
      { outcome: 'SUPERSEDED', reason: 'new-dose' },
    ],
    ['that was revoked', certificate({ ends: [revoked] }), { outcome: 'REVOKED', reason: 'dose-corrected' }],
    [
      'that was superseded first and revoked later',
      certificate({ ends: [superseded, revoked] }),
      { outcome: 'REVOKED', reason: 'dose-corrected' },
    ],
    ['whose time is over', certificate(expired), { outcome: 'EXPIRED', reason: 'expired' }],
    [
      'that was revoked and whose time is over',
      certificate({ ...expired, ends: [revoked] }),
      { outcome: 'REVOKED', reason: 'dose-corrected' },
    ],
    ['that the register does not have', null, { outcome: 'NOT_GENUINE', reason: 'not-registered' }],
  ])('%s', (_, registered, judgement) => {
    expect(judgeRegistered(registered, now)).toEqual(judgement);
  });

  it('is valid to the last second of its time', () => {
    expect(judgeRegistered(certificate({ expiresAt: now }), now).outcome).toBe('VALID');
    expect(statusOf(certificate({ expiresAt: now }), now)).toBe('VALID');
  });
});

it('a code with a fault is valid in no case', () => {
  expect(judgeFault('signature').outcome).toBe('NOT_GENUINE');
  expect(judgeFault('key-unknown').outcome).toBe('UNKNOWN_ISSUER');
  expect(judgeFault('base45').outcome).toBe('UNREADABLE');
});

it('facts are told of what is genuine and true, and of nothing else', () => {
  const telling = OUTCOMES.filter(outcome => tellsFacts({ outcome, reason: null }));

  expect(telling).toEqual(['VALID', 'SUPERSEDED', 'EXPIRED']);
});
