import type { Pool, SessionRow } from '../../facilities';
import { PlacesAtHand } from './places-at-hand';

const session = (pools: Record<string, number>): SessionRow => ({
  facilityId: 'f',
  id: 's',
  date: '2030-05-04',
  startTime: '09:00',
  endTime: '12:00',
  products: [],
  minAge: null,
  maxAge: null,
  opensAt: new Date(0),
  caps: { account: null, device: null, network: null },
  state: 'PLANNED',
  reason: null,
  pools: Object.entries(pools).map(([pool, capacity]) => ({
    pool: pool as Pool,
    capacity,
    held: 0,
    booked: 0,
  })),
});
const at = (pool: Pool) => ({ facilityId: 'f', sessionId: 's', pool });

describe('places behind the gate', () => {
  it('run down as parties take them, and are moved once a counter', () => {
    const places = new PlacesAtHand();
    const three = session({ any: 3 });

    const taken = [['any'], ['any', 'any'], ['any']].map(pools =>
      places.take(three, [pools as Pool[]], 'held'),
    );

    expect(taken).toEqual([['any'], ['any', 'any'], null]);
    expect(places.moves()).toEqual([{ ...at('any'), held: 3, booked: 0 }]);
  });

  it('are taken for a whole family or not at all', () => {
    const places = new PlacesAtHand();

    const taken = places.take(session({ 'dose-1': 5, 'dose-2': 0 }), [['dose-1', 'dose-2']], 'held');

    expect(taken).toBeNull();
    expect(places.moves()).toEqual([]);
  });

  it('are those kept for some people while all of these fit, and then those of everybody', () => {
    const places = new PlacesAtHand();
    const kept = session({ assisted: 1, any: 3 });
    const family: Pool[][] = [
      ['assisted', 'assisted'],
      ['any', 'any'],
    ];

    const two = places.take(kept, family, 'booked');
    const one = places.take(kept, [['assisted'], ['any']], 'booked');

    expect(two).toEqual(['any', 'any']);
    expect(one).toEqual(['assisted']);
  });

  it('that were given back can be taken again', () => {
    const places = new PlacesAtHand();
    const full = { ...session({}), pools: [{ pool: 'any' as const, capacity: 1, held: 1, booked: 0 }] };

    places.giveBack(at('any'), 'held');
    const taken = places.take(full, [['any']], 'booked');

    expect(taken).toEqual(['any']);
    expect(places.moves()).toEqual([{ ...at('any'), held: -1, booked: 1 }]);
  });
});
