import { type Changer, mayCorrect, mayVoid, windowEnd } from './change-rules';

const entry = { firstRecordedBy: 'anna', firstRecordedAt: new Date('2026-03-01T10:00:00Z') };
const within = new Date('2026-03-02T10:00:00Z');
const after = new Date('2026-03-02T10:00:00.001Z');
const vaccinator = (id: string): Changer => ({ id, supervises: false, changesOwn: true });
const supervisor = (id: string): Changer => ({ id, supervises: true, changesOwn: false });

describe('correcting a recorded dose', () => {
  it('is for the one who recorded it, for 24 hours', () => {
    expect(windowEnd(entry)).toEqual(within);
    expect(mayCorrect(entry, vaccinator('anna'), within)).toBe('yes');
    expect(mayCorrect(entry, vaccinator('anna'), after)).toBe('window-over');
  });

  it('is not for another vaccinator, at no time', () => {
    expect(mayCorrect(entry, vaccinator('berta'), within)).toBe('no');
    expect(mayCorrect(entry, vaccinator('berta'), after)).toBe('no');
  });

  it('is for a supervisor at any time', () => {
    expect(mayCorrect(entry, supervisor('carla'), within)).toBe('yes');
    expect(mayCorrect(entry, supervisor('carla'), after)).toBe('yes');
  });

  it('is not for the one who recorded it and may no longer vaccinate there', () => {
    expect(mayCorrect(entry, { ...vaccinator('anna'), changesOwn: false }, within)).toBe('no');
  });
});

describe('voiding a recorded dose', () => {
  it('is for the one who recorded it, within the window', () => {
    expect(mayVoid(entry, vaccinator('anna'), within)).toBe('yes');
    expect(mayVoid(entry, vaccinator('anna'), after)).toBe('window-over');
  });

  it('takes a second person after the window, even when the first supervises', () => {
    expect(mayVoid(entry, { ...supervisor('anna'), changesOwn: true }, within)).toBe('yes');
    expect(mayVoid(entry, supervisor('anna'), after)).toBe('second-person');
    expect(mayVoid(entry, supervisor('carla'), after)).toBe('yes');
  });
});
