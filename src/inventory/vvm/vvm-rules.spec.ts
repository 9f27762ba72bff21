import { isAtDiscardPoint, isUsedFirst, mayRead, stageAfterArrival } from './vvm-rules';

describe('a vaccine vial monitor', () => {
  it.each([
    [null, false, false],
    [1, false, false],
    [2, false, true],
    [3, true, false],
    [4, true, false],
  ])('at stage %s: discard point %s, used first %s', (stage, discarded, first) => {
    expect(isAtDiscardPoint(stage)).toBe(discarded);
    expect(isUsedFirst(stage)).toBe(first);
  });
});

describe('a shelf to which vials come', () => {
  it('is as bad as the worst of them', () => {
    expect(stageAfterArrival({ doses: 5, setAside: 0, stage: 2 }, 1)).toBe(2);
    expect(stageAfterArrival({ doses: 5, setAside: 0, stage: 1 }, 2)).toBe(2);
    expect(stageAfterArrival({ doses: 5, setAside: 0, stage: null }, 2)).toBe(2);
    expect(stageAfterArrival({ doses: 5, setAside: 0, stage: 3 }, null)).toBe(3);
  });

  it('is as they are when nothing else is there, nor can come back', () => {
    expect(stageAfterArrival({ doses: 0, setAside: 0, stage: 4 }, 1)).toBe(1);
    expect(stageAfterArrival({ doses: 0, setAside: 0, stage: 4 }, null)).toBeNull();
    expect(stageAfterArrival({ doses: 0, setAside: 9, stage: 4 }, 1)).toBe(4);
  });
});

describe('who reads a shelf', () => {
  it('is anybody, until it is at the discard point: then somebody else says that it is not', () => {
    expect(mayRead({ stage: 2, readBy: 'a' }, 1, 'a')).toBe(true);
    expect(mayRead({ stage: 3, readBy: 'a' }, 4, 'a')).toBe(true);
    expect(mayRead({ stage: 3, readBy: 'a' }, 2, 'a')).toBe(false);
    expect(mayRead({ stage: 3, readBy: 'a' }, 2, 'b')).toBe(true);
  });
});
