import { auditSearch } from './audit-search-rules';

const ID = '0191b4c0-0000-7000-8000-000000000001';

describe('a search for AuditEvents', () => {
  it('reads what is asked', () => {
    const asked = {
      patient: `Patient/${ID}`,
      agent: 'account',
      subtype: 'person.read',
      date: ['ge2026-01-01T00:00:00Z', 'lt2026-02-01T00:00:00+06:00'],
      _count: '7',
      _after: 'abc',
    };

    expect(auditSearch(asked)).toEqual({
      search: {
        personId: ID,
        actorId: 'account',
        action: 'person.read',
        from: new Date('2026-01-01T00:00:00Z'),
        to: new Date('2026-01-31T18:00:00Z'),
        count: 7,
        after: 'abc',
      },
    });
    expect(auditSearch({ patient: ID })).toEqual({ search: { personId: ID, count: 100 } });
  });

  it.each([
    ['of no such name', { person: ID }, 'person', 'parameter'],
    ['there twice', { patient: [ID, ID] }, 'patient', 'once'],
    ['no id', { patient: 'x' }, 'patient', 'format'],
    ['an object', { agent: { a: 1 } }, 'agent', 'once'],
    ['a day', { date: 'ge2026-01-01' }, 'date', 'format'],
    ['a day that is not', { date: 'ge2026-02-31T25:00:00Z' }, 'date', 'format'],
    ['with another comparison', { date: 'sa2026-01-01T00:00:00Z' }, 'date', 'format'],
    ['two beginnings', { date: ['ge2026-01-01T00:00:00Z', 'ge2026-01-02T00:00:00Z'] }, 'date', 'once'],
    ['more than a page', { _count: '101' }, '_count', 'format'],
    ['no page', { _count: '0' }, '_count', 'format'],
    ['of another form', { subtype: `'; --` }, 'subtype', 'format'],
  ])('refuses a parameter that is %s', (_what, asked, path, text) => {
    expect(auditSearch(asked)).toMatchObject({ faults: [{ path, text }] });
  });
});
