import { common, staysIn } from './inside-rules';

const step = (at: number, container: string | null) => ({ at, container });

describe('a unit', () => {
  it('is in what it was packed into until it is out of it', () => {
    expect(staysIn([step(1, null), step(2, 'BOX'), step(3, 'BOX'), step(5, null), step(7, 'BAG')])).toEqual([
      { container: 'BOX', from: 2, to: 5 },
      { container: 'BAG', from: 7, to: Infinity },
    ]);
  });

  it('that is packed from one into another is in one at a time', () => {
    expect(staysIn([step(1, 'BOX'), step(4, 'BAG'), step(6, null)])).toEqual([
      { container: 'BOX', from: 1, to: 4 },
      { container: 'BAG', from: 4, to: 6 },
    ]);
  });

  it('is in something for no time when both are of one moment', () => {
    expect(staysIn([step(1, 'BOX'), step(1, null)])).toEqual([]);
  });
});

describe('two stretches', () => {
  it.each([
    [
      { from: 1, to: 5 },
      { from: 3, to: 9 },
      { from: 3, to: 5 },
    ],
    [
      { from: 1, to: Infinity },
      { from: 3, to: 9 },
      { from: 3, to: 9 },
    ],
    [{ from: 1, to: 3 }, { from: 3, to: 9 }, null],
  ])('have in common what is in both (%#)', (one, other, expected) => {
    expect(common(one, other)).toEqual(expected);
  });
});
