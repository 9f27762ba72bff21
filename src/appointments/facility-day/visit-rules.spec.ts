import fc from 'fast-check';
import {
  after,
  dueOf,
  endingOf,
  instantOf,
  isOpen,
  observedUntil,
  onArrival,
  prolonged,
  type Standing,
  stateAt,
  type Step,
  type StepKind,
  USUAL_OBSERVATION,
  verificationOf,
} from './visit-rules';

const at = (minute: number): Date => new Date(Date.UTC(2030, 0, 1, 9, minute));
const step = (kind: StepKind, minute: number, more: Partial<Step> = {}): Step => ({
  step: kind,
  at: at(minute),
  by: 'nurse',
  reason: null,
  station: null,
  earlierReaction: null,
  observedUntil: kind === 'VACCINATED' ? observedUntil(at(minute), USUAL_OBSERVATION, false) : null,
  ...more,
});
const visitAfter = (...steps: Step[]): Standing => steps.reduce(after, onArrival(at(0), at(0)));

describe('a visit', () => {
  it('goes from waiting over verification, dose and observation to its end', () => {
    const states = [
      visitAfter(),
      visitAfter(step('VERIFIED', 1)),
      visitAfter(step('VERIFIED', 1), step('VACCINATED', 2)),
      visitAfter(step('VERIFIED', 1), step('VACCINATED', 2), step('OBSERVED', 32)),
      visitAfter(step('VERIFIED', 1), step('VACCINATED', 2), step('OBSERVED', 32), step('GONE', 33)),
    ].map(({ state }) => state);

    expect(states).toEqual(['WAITING', 'VERIFIED', 'VACCINATED', 'OBSERVED', 'GONE']);
  });

  it('is with a dose though nobody had verified her', () => {
    expect(visitAfter(step('VACCINATED', 2))).toMatchObject({ state: 'VACCINATED', observedUntil: at(32) });
  });

  it('is observed from the last of its doses', () => {
    const twice = visitAfter(step('VACCINATED', 2), step('VACCINATED', 5), step('VACCINATED', 4));

    expect(twice).toMatchObject({ doses: 3, vaccinatedAt: at(2), observedUntil: at(35) });
  });

  it('that was closed stays over when a dose from before is told of', () => {
    expect(visitAfter(step('LEFT', 60), step('VACCINATED', 30)).state).toBe('GONE');
  });

  it('goes on when she comes back for a dose', () => {
    expect(visitAfter(step('LEFT', 60), step('VACCINATED', 70))).toMatchObject({
      state: 'VACCINATED',
      leftBecause: null,
    });
  });

  it('waits again for a dose when its only one was none, and not when there is another', () => {
    const one = visitAfter(step('VERIFIED', 1), step('VACCINATED', 2), step('DOSE_VOIDED', 3));
    const two = visitAfter(step('VACCINATED', 2), step('VACCINATED', 2), step('DOSE_VOIDED', 3));

    expect(one).toMatchObject({ state: 'VERIFIED', doses: 0, observedUntil: null, vaccinatedAt: null });
    expect(two).toMatchObject({ state: 'VACCINATED', doses: 1, observedUntil: at(32) });
  });

  it('is called until she goes on, or is put back behind those who are due by then', () => {
    const called = visitAfter(step('CALLED', 3, { station: '2' }));

    expect(called).toMatchObject({ calledBy: 'nurse', station: '2', turnAt: at(0), state: 'WAITING' });
    expect(after(called, step('VERIFIED', 4)).calledBy).toBeNull();
    expect(after(called, step('PUT_BACK', 4))).toMatchObject({ calledBy: null, turnAt: at(4) });
  });

  it('lasts longer when an earlier reaction is told after the dose, even when she might have gone', () => {
    const observed = visitAfter(step('VACCINATED', 2), step('OBSERVED', 32));
    const until = prolonged(observed.observedUntil!, USUAL_OBSERVATION);

    const told = after(observed, step('VERIFIED', 33, { earlierReaction: true, observedUntil: until }));

    expect(told).toMatchObject({ state: 'VACCINATED', observedUntil: at(62), earlierReaction: true });
  });

  it('is never in a state that its steps do not allow, in whatever order they come', () => {
    const kinds: StepKind[] = [
      'CALLED',
      'PUT_BACK',
      'VERIFIED',
      'VACCINATED',
      'DOSE_VOIDED',
      'OBSERVED',
      'GONE',
      'LEFT',
    ];
    const any = fc.array(
      fc.record({ kind: fc.constantFrom(...kinds), minute: fc.integer({ min: 0, max: 90 }) }),
    );

    fc.assert(
      fc.property(any, steps => {
        const visit = visitAfter(...steps.map(({ kind, minute }) => step(kind, minute, { reason: 'OTHER' })));
        const given = steps.filter(({ kind }) => kind === 'VACCINATED').length;
        expect(visit.steps).toBe(steps.length + 1);
        expect(visit.doses).toBeLessThanOrEqual(given);
        expect(visit.calledBy === null || isOpen(visit.state)).toBe(true);
        const observed = visit.state === 'VACCINATED' || visit.state === 'OBSERVED';
        expect(!observed || (given > 0 && visit.observedUntil !== null)).toBe(true);
        expect(visit.state !== 'LEFT' || visit.leftBecause === 'OTHER').toBe(true);
      }),
    );
  });
});

describe('whoever goes', () => {
  it('without a dose says why', () => {
    expect(endingOf(visitAfter(), at(5), null)).toEqual({ reasonNeeded: true });
    expect(endingOf(visitAfter(step('VERIFIED', 1)), at(5), 'REFUSED')).toEqual({ steps: ['LEFT'] });
  });

  it('before her time of observation is over says why, and after it not', () => {
    const visit = visitAfter(step('VACCINATED', 2));

    expect(endingOf(visit, new Date(at(32).getTime() - 1), null)).toEqual({ reasonNeeded: true });
    expect(endingOf(visit, at(31), 'NOT_WELL')).toEqual({ steps: ['GONE'] });
    expect(endingOf(visit, at(32), null)).toEqual({ steps: ['OBSERVED', 'GONE'] });
    expect(endingOf(after(visit, step('OBSERVED', 33)), at(34), null)).toEqual({ steps: ['GONE'] });
  });

  it('and has gone already goes no second time', () => {
    expect(endingOf(visitAfter(step('LEFT', 5)), at(6), null)).toEqual({ steps: [] });
  });

  it('may go by the clock, whether or not it was written down', () => {
    const visit = visitAfter(step('VACCINATED', 2));

    expect([stateAt(visit, at(31)), stateAt(visit, at(32))]).toEqual(['VACCINATED', 'OBSERVED']);
  });
});

describe('a verification', () => {
  const vaccinated = visitAfter(step('VACCINATED', 2));

  it('is a step before the dose, and says nothing new the second time', () => {
    const verified = visitAfter(step('VERIFIED', 1, { earlierReaction: false }));

    expect(verificationOf(visitAfter(), false, false)).toBe('step');
    expect(verificationOf(verified, false, false)).toBe('nothing-new');
    expect(verificationOf(verified, true, false)).toBe('step');
  });

  it('after the dose is out of order, unless it is told late or a reaction comes to light', () => {
    expect(verificationOf(vaccinated, false, false)).toBe('out-of-order');
    expect(verificationOf(vaccinated, false, true)).toBe('step');
    expect(verificationOf(vaccinated, true, false)).toBe('step');
    expect(verificationOf(after(vaccinated, step('GONE', 40)), true, false)).toBe('out-of-order');
  });
});

describe('the turn of a party', () => {
  it('is the booked time, or arrival, of the first; and its rank', () => {
    const party = [
      { bookedAt: null, rank: 3 },
      { bookedAt: at(-30), rank: null },
      { bookedAt: at(20), rank: 2 },
    ];

    expect(dueOf(party, at(0))).toEqual({ dueAt: at(-30), rank: 2 });
    expect(dueOf([{ bookedAt: null, rank: null }], at(0))).toEqual({ dueAt: at(0), rank: null });
  });

  it('is at a civil time of the day', () => {
    expect(instantOf(new Date('2030-01-01T05:30:00Z'), '09:45')).toEqual(new Date('2030-01-01T15:15:00Z'));
  });
});
