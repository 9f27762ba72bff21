import fc from 'fast-check';
import { type Cause, type EndKind, END_REASONS, planCertificates } from './certificate-rules';

const certificate = (id: string, vaccinationIds: string[], ...kinds: EndKind[]) => ({
  id,
  issuedAt: new Date('2026-01-01T00:00:00Z'),
  vaccinationIds,
  kid: 'k',
  ends: kinds.map(kind => ({ kind })),
});

describe('what a fact makes of a person’s certificates', () => {
  it('the first dose: the first certificate', () => {
    expect(planCertificates([], ['a'], 'new-dose')).toEqual({ issue: true, keep: null, ends: [] });
  });

  it('another dose: a new one, and the old one is superseded', () => {
    expect(planCertificates([certificate('1', ['a'])], ['a', 'b'], 'new-dose')).toEqual({
      issue: true,
      keep: null,
      ends: [{ id: '1', kind: 'superseded', reason: 'new-dose' }],
    });
  });

  it('a corrected dose: a new one, and every one with the dose as it was is revoked', () => {
    const issued = [certificate('2', ['a', 'b']), certificate('1', ['a'], 'superseded')];

    expect(planCertificates(issued, ['a2', 'b'], 'dose-corrected')).toEqual({
      issue: true,
      keep: null,
      ends: [
        { id: '2', kind: 'revoked', reason: 'dose-corrected' },
        { id: '1', kind: 'revoked', reason: 'dose-corrected' },
      ],
    });
  });

  it('a later dose corrected: an earlier one that does not state it is left as it was', () => {
    const issued = [certificate('2', ['a', 'b']), certificate('1', ['a'], 'superseded')];

    expect(planCertificates(issued, ['a', 'b2'], 'dose-corrected').ends).toEqual([
      { id: '2', kind: 'revoked', reason: 'dose-corrected' },
    ]);
  });

  it('the only dose voided: revoked, and no new one', () => {
    expect(planCertificates([certificate('1', ['a'])], [], 'dose-voided')).toEqual({
      issue: false,
      keep: null,
      ends: [{ id: '1', kind: 'revoked', reason: 'dose-voided' }],
    });
  });

  it('a corrected name: a new one with the same doses, and the old one is revoked', () => {
    expect(planCertificates([certificate('1', ['a'])], ['a'], 'person-corrected')).toEqual({
      issue: true,
      keep: null,
      ends: [{ id: '1', kind: 'revoked', reason: 'person-corrected' }],
    });
  });

  it('a key withdrawn: a new one, and those it signed are revoked, no others', () => {
    const issued = [
      { ...certificate('2', ['a', 'b']), kid: 'stolen' },
      certificate('1', ['a'], 'superseded'),
    ];

    expect(planCertificates(issued, ['a', 'b'], 'key-withdrawn', { withdrawnKid: 'stolen' })).toEqual({
      issue: true,
      keep: null,
      ends: [{ id: '2', kind: 'revoked', reason: 'key-withdrawn' }],
    });
  });

  it('a detail taken back: a new one, and the old one is superseded, for it stated nothing wrong', () => {
    expect(planCertificates([certificate('1', ['a'])], ['a'], 'detail-taken-back')).toEqual({
      issue: true,
      keep: null,
      ends: [{ id: '1', kind: 'superseded', reason: 'detail-taken-back' }],
    });
  });

  it('a detail taken back where that revokes: those issued since it was stated are revoked, no others', () => {
    const statedSince = new Date('2026-02-01T00:00:00Z');
    const issued = [
      { ...certificate('3', ['a']), issuedAt: new Date('2026-03-01T00:00:00Z') },
      { ...certificate('2', ['a'], 'superseded'), issuedAt: statedSince },
      certificate('1', ['a'], 'superseded'),
    ];

    expect(planCertificates(issued, ['a'], 'detail-taken-back', { statedSince })).toEqual({
      issue: true,
      keep: null,
      ends: [
        { id: '3', kind: 'revoked', reason: 'detail-taken-back' },
        { id: '2', kind: 'revoked', reason: 'detail-taken-back' },
      ],
    });
  });

  it('the same fact again: nothing', () => {
    expect(planCertificates([certificate('1', ['a'])], ['a'], 'new-dose')).toEqual({
      issue: false,
      keep: '1',
      ends: [],
    });
  });

  it('whatever happens in whatever order, one stands with the doses that stand, and none that is not true is left', () => {
    const ids = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'));
    const told = fc.record({ ids, cause: fc.constantFrom<Cause>(...END_REASONS) });
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 8 }), tellings => {
        const issued: ReturnType<typeof certificate>[] = [];
        tellings.forEach(({ ids: standing, cause }, index) => {
          const { issue, ends } = planCertificates(issued, standing, cause);
          for (const { id, kind } of ends) issued.find(one => one.id === id)!.ends.push({ kind });
          if (issue) issued.push(certificate(String(index), standing));
        });
        const now = tellings.at(-1)!.ids;
        const left = issued.filter(({ ends }) => ends.length === 0);
        expect(left.map(({ vaccinationIds }) => [...vaccinationIds].sort())).toEqual(
          now.length > 0 ? [[...now].sort()] : [],
        );
        const believed = issued.filter(({ ends }) => !ends.some(({ kind }) => kind === 'revoked'));
        expect(believed.flatMap(one => one.vaccinationIds).filter(id => !now.includes(id))).toEqual([]);
      }),
    );
  });
});
