import { newId } from '../../../src/common';
import { FollowExcursions } from '../../../src/delivery/carriers/follow-excursions';
import { addFacility, write } from '../../harness/worlds/clinic';
import { addHub } from '../../harness/worlds/hubs';
import { ColdCountry, RECORD, type Store } from './cold-country';

describe('an excursion in a cold box on the road', () => {
  const world = new ColdCountry();
  const { store, stockAt, excursionsAt, decide, onHand, stateOf, ask } = world;

  let hubId: string;
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const named = ({ id }: { id: string }, facilityId: string) => ({ facilityId, shipmentId: id });

  beforeAll(async () => {
    hubId = await addHub(world.service, world.tenant);
  });

  /** A cold box of another facility, whose label is scanned. */
  const coldBox = async () => {
    const owner = await store({ intervalMinutes: 60 });
    const [{ equipmentId }] = (await write<{ equipmentId: string }>(
      world.service,
      world.tenant,
      `SELECT equipment_id AS "equipmentId" FROM temperature_logger WHERE facility_id = $1`,
      [owner.facilityId],
    )) as [{ equipmentId: string }];
    const unit = `COLD-${newId().slice(-12)}`.toUpperCase();
    await ask(
      `mutation ($input: LabelColdEquipmentInput!) { labelColdEquipment(input: $input) { unitId } }`,
      {
        input: { unit, facilityId: owner.facilityId, equipmentId },
      },
    );
    return { ...owner, unit };
  };
  /** Stock that left yesterday in a box of its own. */
  const sent = async (product = 'penta-10', into: string | null = null) => {
    const [from, to] = [
      await addFacility(world.service, world.tenant),
      await addFacility(world.service, world.tenant),
    ];
    const lotId = await stockAt(from.id, 50, product);
    const shipment = await ask(
      `mutation ($input: AllocateStockInput!) { allocateStock(input: $input) { ... on StockShipment { id } } }`,
      {
        input: {
          idempotencyKey: newId(),
          facilityId: from.id,
          toFacilityId: to.id,
          products: [{ productCode: product, doses: 20 }],
        },
      },
    );
    const unit = `BOX-${newId().slice(-12)}`.toUpperCase();
    await ask(`mutation ($input: PackShipmentInput!) { packShipment(input: $input) { __typename } }`, {
      input: { ...named(shipment, from.id), boxes: [{ unit, into }] },
    });
    await ask(`mutation ($input: ShipmentInput!) { despatchStock(input: $input) { __typename } }`, {
      input: named(shipment, from.id),
    });
    await write(
      world.service,
      world.tenant,
      `UPDATE stock_shipment SET allocated_at = allocated_at - interval '1 day' WHERE id = $1`,
      [shipment.id],
    );
    return { shipment, from: from.id, to: to.id, lotId, unit };
  };
  const scan = (step: string, unit: string, container: string | null, hours: number) =>
    ask(`mutation ($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome } } }`, {
      input: {
        deviceId: 'device-0001',
        deviceTime: new Date().toISOString(),
        scans: [{ clientId: newId(), at: hoursAgo(hours), step, hubId, units: [unit], container }],
      },
    });
  /** So many degrees from thirteen hours ago to two. */
  const outside = async (box: Store, celsius: number) => {
    const readings = Array.from({ length: 14 }, (_, hour) => ({
      loggerId: box.loggerId,
      at: hoursAgo(14 - hour),
      celsius: hour > 0 && hour < 13 ? celsius : 5,
    }));
    await ask(RECORD, { input: { facilityId: box.facilityId, readings } });
    await world.service.carryFacts();
  };
  const receive = ({ shipment, from, lotId }: Awaited<ReturnType<typeof sent>>) =>
    ask(`mutation ($input: ReceiveShipmentInput!) { receiveShipment(input: $input) { __typename } }`, {
      input: { ...named(shipment, from), lines: [{ lotId, accepted: 20 }] },
    });

  it('holds the doses that were in it where they are going, until it is decided on there', async () => {
    const [box, inside, before] = [await coldBox(), await sent(), await sent()];
    await scan('PACKED', before.unit, box.unit, 20);
    await scan('UNPACKED', before.unit, box.unit, 15);
    await scan('PACKED', inside.unit, box.unit, 14.5);

    await outside(box, 12);
    const [measured] = await excursionsAt(box.facilityId);
    const [excursion] = await excursionsAt(inside.to);
    const lots = [{ lotId: inside.lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' }];
    const early = await decide(excursion, lots);
    await receive(inside);
    const state = await stateOf(inside.to, inside.lotId);
    const decided = await decide(excursion, lots);

    expect(excursion).toMatchObject({
      originFacilityId: box.facilityId,
      originId: measured.id,
      lots: [{ lotId: inside.lotId, doses: 20 }],
    });
    expect(early).toMatchObject({
      __typename: 'ExcursionStockOnTheWay',
      shipmentIds: [inside.shipment.id],
    });
    expect(state).toBe('ON_HOLD');
    expect(decided.lots).toMatchObject([{ outcome: 'DISCARDED', discarded: 20 }]);
    expect(await onHand(inside.to, inside.lotId)).toBe(0);
    expect(await excursionsAt(before.to)).toEqual([]);
  });

  it('is known of doses whose box was scanned by a device that came back later, once', async () => {
    const [box, inside] = [await coldBox(), await sent()];
    await outside(box, 12);
    const atFirst = await excursionsAt(inside.to);
    await scan('PACKED', inside.unit, box.unit, 14.5);
    const follow = world.service.app.get(FollowExcursions);

    await follow.again(world.service.contextOf(world.tenant));
    await follow.again(world.service.contextOf(world.tenant));

    const found = await excursionsAt(inside.to);
    expect(atFirst).toEqual([]);
    expect(found.map(({ version }: { version: number }) => version)).toEqual([1]);
  });

  it('holds doses whose box nobody scanned where whoever packed it said, until a scan says otherwise', async () => {
    const box = await coldBox();
    const [silent, outAgain, elsewhere] = [
      await sent('penta-10', box.unit),
      await sent('penta-10', box.unit),
      await sent('penta-10', (await coldBox()).unit),
    ];
    await scan('ARRIVED', outAgain.unit, null, 14.5);

    await outside(box, 12);

    expect(await excursionsAt(silent.to)).toMatchObject([{ lots: [{ lotId: silent.lotId, doses: 20 }] }]);
    expect(await excursionsAt(outAgain.to)).toEqual([]);
    expect(await excursionsAt(elsewhere.to)).toEqual([]);
  });

  it('leaves doses alone that bear it', async () => {
    const [box, harmed, bears] = [await coldBox(), await sent(), await sent('bcg-20')];
    await scan('PACKED', harmed.unit, box.unit, 14.5);
    await scan('PACKED', bears.unit, box.unit, 14.5);

    await outside(box, -3);

    expect(await excursionsAt(harmed.to)).toHaveLength(1);
    expect(await excursionsAt(bears.to)).toEqual([]);
  });
});
