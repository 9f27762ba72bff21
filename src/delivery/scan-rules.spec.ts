import fc from 'fast-check';
import { applyScan, bareStep, emptyYard, foldScans, isLate, microseconds, type Scan } from './scan-rules';

let made = 0;
const scan = (at: number, step: string, more: Partial<Scan>): Scan => ({
  id: `scan-${made++}`,
  at,
  act: 'seen',
  step,
  place: null,
  units: [],
  container: null,
  ...more,
});
const packed = (at: number, container: string, ...units: string[]) =>
  scan(at, 'packing', { act: 'packed', container, units, place: 'hub' });
const seen = (at: number, step: string, ...units: string[]) => scan(at, step, { units, place: 'door' });
const after = (...scans: Scan[]) => {
  const { yard, anomalies } = foldScans(scans);
  return { unit: (id: string) => yard.units.get(id), told: anomalies.map(one => [one.kind, one.unit]) };
};

describe('The scans of handling units', () => {
  test('of a container move all that is in it, however deep', () => {
    const { unit, told } = after(
      packed(1, 'box', 'vial'),
      packed(2, 'bag', 'box'),
      seen(3, 'departing', 'bag'),
    );

    expect(unit('vial')).toMatchObject({ status: 'IN_TRANSIT', place: 'door', container: 'box' });
    expect(told).toEqual([]);
  });

  test('of a unit elsewhere than in its container take it out, and say so', () => {
    const { unit, told } = after(
      packed(1, 'box', 'vial'),
      seen(2, 'arriving', 'vial'),
      seen(3, 'departing', 'box'),
    );

    expect(unit('vial')).toMatchObject({ status: 'AT_HUB', container: null });
    expect(told).toEqual([['seen_outside_container', 'vial']]);
  });

  test('that pack a unit into another container move it there, and say so', () => {
    const { unit, told } = after(packed(1, 'box', 'vial'), packed(2, 'bag', 'vial'));

    expect(unit('vial')).toMatchObject({ container: 'bag' });
    expect(told).toEqual([['implicit_unpack', 'vial']]);
  });

  test('that unpack nothing by name unpack all', () => {
    const empty = scan(2, 'unpacking', { act: 'unpacked', container: 'box', place: 'clinic' });
    const { unit, told } = after(packed(1, 'box', 'vial', 'vial 2'), empty);

    expect([unit('vial'), unit('vial 2')]).toMatchObject([
      { container: null, place: 'clinic' },
      { container: null },
    ]);
    expect(told).toEqual([]);
  });

  test('after delivery change nothing, and say so', () => {
    const { unit, told } = after(
      seen(1, 'accepting', 'parcel'),
      seen(2, 'departing', 'parcel'),
      packed(3, 'bag', 'parcel'),
    );

    expect(unit('parcel')).toMatchObject({ status: 'DELIVERED', container: null });
    expect(told).toEqual([
      ['scan_after_delivery', 'parcel'],
      ['scan_after_delivery', 'parcel'],
    ]);
  });

  test('after it went back to the sender change nothing either, and say so', () => {
    const { unit, told } = after(
      seen(1, 'delivery_attempt_failed', 'parcel'),
      seen(2, 'returned_to_sender', 'parcel'),
      seen(3, 'accepting', 'parcel'),
    );

    expect(unit('parcel')).toMatchObject({ status: 'RETURNED' });
    expect(told).toEqual([['scan_after_delivery', 'parcel']]);
  });

  test('that put a box into what is inside it end with one inside the other', () => {
    const { unit, told } = after(packed(1, 'bag', 'box'), packed(2, 'box', 'bag'));

    expect([unit('bag')?.container, unit('box')?.container]).toEqual(['box', null]);
    expect(told).toEqual([['implicit_unpack', 'box']]);
  });

  test('taken one by one as they come, and anew when late, end where all in order end', () => {
    const unit = fc.constantFrom('vial', 'box', 'bag', 'van');
    const anyScan = fc.record({
      id: fc.uuid(),
      at: fc.integer({ min: 1, max: 9 }),
      act: fc.constantFrom('seen' as const, 'packed' as const, 'unpacked' as const),
      step: fc.constantFrom(
        'departing',
        'arriving',
        'packing',
        'holding',
        'transporting',
        'delivery_attempt_failed',
        'returned_to_sender',
        'accepting',
        'inspecting',
      ),
      place: fc.constantFrom(null, 'hub', 'door'),
      units: fc.uniqueArray(unit, { maxLength: 3 }),
      container: unit,
    });
    const scans = fc.uniqueArray(
      anyScan.map((one): Scan => (one.act === 'seen' ? { ...one, container: null } : one)),
      { maxLength: 12, selector: ({ id }) => id }, // one id is one scan: the service refuses a second of it
    );

    fc.assert(
      fc.property(scans, given => {
        let [yard, told] = [emptyYard(), 0];
        given.forEach((one, at) => {
          if (isLate(yard, one)) {
            const anew = foldScans(given.slice(0, at + 1));
            [yard, told] = [anew.yard, anew.anomalies.length];
          } else told += applyScan(yard, one).length;
        });
        const whole = foldScans(given);
        expect(yard.units).toEqual(whole.yard.units);
        expect(told).toBe(whole.anomalies.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('A scan’s own words', () => {
  test.each([
    ['departing', 'departing'],
    ['urn:epcglobal:cbv:bizstep:departing', 'departing'],
    ['https://ref.gs1.org/cbv/BizStep-departing', 'departing'],
    ['https://post.example/voc/delivery_attempt_failed', 'delivery_attempt_failed'],
  ])('%s is %s', (step, word) => expect(bareStep(step)).toBe(word));

  test('are told apart to the microsecond, in any time zone', () => {
    expect(microseconds('1970-01-01T06:00:00.000001+06:00')).toBe(1);
    expect(microseconds('1970-01-01T00:00:01Z')).toBe(1_000_000);
    expect(() => microseconds('1970-01-01T00:00:01')).toThrow(RangeError);
  });
});
