import type { BoxedLot } from '../../inventory';
import { exposedDoses, saidTime } from './exposed-rules';

const hour = (at: number) => at * 3_600_000_000;
const boxed = (more: Partial<BoxedLot> = {}): BoxedLot => ({
  unitId: 'BOX',
  intoUnitId: null,
  facilityId: 'store',
  shipmentId: 'shipment',
  toFacilityId: 'clinic',
  state: 'DESPATCHED',
  lotId: 'lot',
  productCode: 'product',
  unit: 'DOSE',
  doses: 10,
  since: new Date(hour(10) / 1000),
  until: null,
  ...more,
});
const carried = (from: number, to: number, unitId = 'BOX') => [{ unitId, from: hour(from), to: hour(to) }];

describe('doses in a box that was too warm', () => {
  it('are held where they are going', () => {
    expect(exposedDoses(carried(11, 12), [boxed()])).toEqual([
      { lotId: 'lot', productCode: 'product', place: 'clinic' },
    ]);
  });

  it('are held at the sender’s while they have not left', () => {
    expect(exposedDoses(carried(11, 12), [boxed({ state: 'ALLOCATED' })])).toMatchObject([
      { place: 'store' },
    ]);
  });

  it.each([
    ['the box carried something else before', carried(5, 9), boxed()],
    ['the box was emptied before', carried(14, 15), boxed({ until: new Date(hour(13) / 1000) })],
    ['it was another box', carried(11, 12, 'OTHER'), boxed()],
  ])('are none where %s', (_why, stays, box) => {
    expect(exposedDoses(stays, [box])).toEqual([]);
  });
});

describe('a box that was said to stand in a cold box', () => {
  const scannedAt = (...hours: number[]) => hours.map(at => ({ at: hour(at) }));

  it.each([
    ['until it is counted', scannedAt(), boxed({ until: new Date(hour(20) / 1000) }), 20],
    ['until it is scanned, in whatever', scannedAt(13, 15), boxed(), 13],
    ['whatever it was scanned in before', scannedAt(5, 9), boxed(), Infinity],
  ])('is in it from when its shipment was set aside %s', (_until, scans, box, to) => {
    expect(saidTime(box, scans)).toEqual({ from: hour(10), to: to === Infinity ? Infinity : hour(to) });
  });

  it('is not in it when it was scanned at once', () => {
    expect(saidTime(boxed(), scannedAt(10))).toBeNull();
  });
});
