import type { BoxedLot } from '../../inventory';
import { exposedDoses } from './exposed-rules';

const hour = (at: number) => at * 3_600_000_000;
const boxed = (more: Partial<BoxedLot> = {}): BoxedLot => ({
  unitId: 'BOX',
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
