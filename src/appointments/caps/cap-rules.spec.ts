import { brokenCap, PlacesTaken } from './cap-rules';

const caps = { account: 2, device: 3, network: null };
const origin = { account: 'a', device: 'd', network: 'n' };

describe('a cap', () => {
  it('lets in as many as it says, and names itself for one more', () => {
    const taken = new PlacesTaken();

    const first = brokenCap(caps, origin, taken, 2);
    taken.add('account', 'a', 2);
    const next = brokenCap(caps, origin, taken, 1);

    expect(first).toBeNull();
    expect(next).toEqual({ on: 'account', most: 2 });
  });

  it('counts a whole family, since all of it is seated or nobody', () => {
    expect(brokenCap(caps, origin, new PlacesTaken(), 3)).toEqual({ on: 'account', most: 2 });
  });

  it('looks at each sort by itself', () => {
    const taken = new PlacesTaken();
    taken.add('device', 'd', 3);
    taken.add('account', 'd', 9);

    expect(brokenCap(caps, origin, taken, 1)).toEqual({ on: 'device', most: 3 });
  });

  it('says nothing of what is not known, and where there is no limit', () => {
    const taken = new PlacesTaken();
    taken.add('device', '', 9);
    taken.add('network', 'n', 1000);

    expect(brokenCap(caps, { ...origin, device: '' }, taken, 1)).toBeNull();
  });
});
