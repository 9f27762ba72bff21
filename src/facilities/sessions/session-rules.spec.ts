import { civilTimeOf, planFaults, poolsOf, type SessionPlan, sessionState } from './session-rules';

const now = { date: '2030-05-04', time: '10:00' };
const plan: SessionPlan = {
  date: '2030-05-05',
  startTime: '09:00',
  endTime: '12:00',
  minAge: '6 weeks',
  maxAge: null,
  capacity: [{ doseNumber: null, places: 10 }],
  walkInPlaces: 0,
  assistedPlaces: 0,
};
const faultsOf = (change: Partial<SessionPlan>): string[] =>
  planFaults({ ...plan, ...change }, now).map(({ field, key }) => `${field} ${key}`);

describe('a plan for a session', () => {
  it('is sound when its day is to come and its hours, ages and places are', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each<[string, Partial<SessionPlan>, string]>([
    ['ends before it begins', { endTime: '08:00' }, 'endTime hours'],
    ['has an hour that no clock shows', { startTime: '25:00' }, 'endTime hours'],
    ['was yesterday', { date: '2030-05-03' }, 'date past'],
    ['is over today', { date: '2030-05-04', endTime: '10:00' }, 'date past'],
    ['has an age that is none', { minAge: 'six' }, 'minAge age'],
    [
      'counts places both by dose and all together',
      {
        capacity: [
          { doseNumber: null, places: 1 },
          { doseNumber: 1, places: 1 },
        ],
      },
      'capacity doses',
    ],
    ['has no place for anybody', { capacity: [{ doseNumber: 1, places: 0 }] }, 'capacity noPlaces'],
  ])('has a fault when it %s', (_, change, fault) => {
    expect(faultsOf(change)).toEqual([fault]);
  });

  it('still to end today is no fault', () => {
    expect(faultsOf({ date: '2030-05-04' })).toEqual([]);
  });

  it('has a counter for each dose and for each sort of people', () => {
    const pools = poolsOf({
      capacity: [
        { doseNumber: 1, places: 5 },
        { doseNumber: 2, places: 3 },
      ],
      walkInPlaces: 2,
      assistedPlaces: 1,
    });

    expect(pools).toEqual([
      { pool: 'dose-1', capacity: 5 },
      { pool: 'dose-2', capacity: 3 },
      { pool: 'walk-in', capacity: 2 },
      { pool: 'assisted', capacity: 1 },
    ]);
  });
});

describe('a session', () => {
  const session = {
    state: 'PLANNED',
    opensAt: new Date('2030-05-01T06:00:00Z'),
    date: '2030-05-04',
    endTime: '12:00',
  } as const;
  const at = (instant: string, civil: { date: string; time: string }) =>
    sessionState(session, new Date(instant), civil);

  it('opens at the announced instant, to the second', () => {
    expect(at('2030-05-01T05:59:59Z', { date: '2030-05-01', time: '05:59' })).toBe('PLANNED');
    expect(at('2030-05-01T06:00:00Z', { date: '2030-05-01', time: '06:00' })).toBe('OPEN');
  });

  it('closes when its hours are over by the clock of the country', () => {
    expect(at('2030-05-04T12:00:00Z', { date: '2030-05-04', time: '11:59' })).toBe('OPEN');
    expect(at('2030-05-04T12:00:00Z', { date: '2030-05-04', time: '12:00' })).toBe('CLOSED');
    expect(at('2030-05-04T12:00:00Z', { date: '2030-05-05', time: '00:00' })).toBe('CLOSED');
  });

  it('stays cancelled whatever the clock says', () => {
    const cancelled = { ...session, state: 'CANCELLED' as const };

    expect(sessionState(cancelled, new Date('2030-05-02'), { date: '2030-05-02', time: '00:00' })).toBe(
      'CANCELLED',
    );
  });

  it('has its hours by the clock of the country, at both ends of the world', () => {
    const instant = new Date('2030-05-04T12:30:00Z');

    expect(civilTimeOf(instant, 'Etc/GMT-14')).toBe('02:30');
    expect(civilTimeOf(instant, 'Etc/GMT+12')).toBe('00:30');
  });
});
