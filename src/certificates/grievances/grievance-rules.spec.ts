import type { GrievanceRow } from './grievance';
import { isWellRaised, mayDecide } from './grievance-rules';

describe('a case says what its kind needs', () => {
  it.each([
    ['wrong-details', { name: 'Ama', evidence: 'PASSPORT' }, true],
    ['wrong-details', { name: 'Ama', evidence: 'STATEMENT' }, false],
    ['wrong-details', { evidence: 'PASSPORT' }, false],
    ['add-passport', { passportNumber: 'X1', evidence: 'PASSPORT' }, true],
    ['add-passport', { passportNumber: 'X1', evidence: 'IDENTITY_DOCUMENT' }, false],
    ['doses-of-two-records', { otherCode: '1', evidence: 'VACCINATION_CARD' }, true],
    ['doses-of-two-records', { evidence: 'VACCINATION_CARD' }, false],
    ['move-member', { toPersonId: 'p', evidence: 'STATEMENT' }, true],
    ['issue-again', { evidence: 'STATEMENT' }, true],
    ['issue-again', { vaccinationId: 'v', evidence: 'STATEMENT' }, false],
    ['wrong-dose', { vaccinationId: 'v', givenOn: '2026-01-01', evidence: 'STATEMENT' }, true],
    ['wrong-dose', { vaccinationId: 'v', evidence: 'STATEMENT' }, false],
    ['dose-not-given', { vaccinationId: 'v', evidence: 'STATEMENT' }, true],
    ['dose-not-given', { vaccinationId: 'v', passportNumber: 'X1', evidence: 'STATEMENT' }, false],
  ] as const)('%s %j', (kind, facts, well) => {
    expect(isWellRaised(kind, facts, true)).toBe(well);
  });

  it('and only an account says whom it does not know', () => {
    expect(isWellRaised('unknown-member', { evidence: 'STATEMENT' }, true)).toBe(true);
    expect(isWellRaised('unknown-member', { evidence: 'STATEMENT' }, false)).toBe(false);
  });
});

it('whoever took a case in does not decide it', () => {
  const row = (raisedKind: string) => ({ raisedKind, raisedBy: 'anna' }) as GrievanceRow;

  expect(mayDecide(row('staff'), 'anna')).toBe(false);
  expect(mayDecide(row('staff'), 'berta')).toBe(true);
  expect(mayDecide(row('citizen'), 'berta')).toBe(true);
});
