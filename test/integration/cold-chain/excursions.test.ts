import { newId } from '../../../src/common';
import { addFacility, write } from '../../harness/worlds/clinic';
import { fridgeTag2, fridgeTag2L } from '../../harness/worlds/loggers';
import { country } from '../../harness/service';
import { ColdCountry, DECIDE, type Store } from './cold-country';

describe('an excursion', () => {
  const world = new ColdCountry();
  const {
    store,
    stockAt,
    bring,
    excursionsAt,
    decide,
    onHand,
    stateOf,
    warmDay,
    coldDay,
    ask,
    ago,
    staffAt,
    messagesTo,
  } = world;
  const lotIdOf = ({ lotId }: { lotId: string }) => lotId;

  it('holds what was there then, and nothing else', async () => {
    const here = await store();
    const lotId = await stockAt(here.facilityId);
    const elsewhere = await addFacility(world.service, world.tenant);
    const other = await stockAt(elsewhere.id);

    const { openedExcursionIds } = await bring(here, warmDay(here, 3));

    const [excursion] = await excursionsAt(here.facilityId);
    expect(openedExcursionIds).toEqual([excursion.id]);
    expect(excursion).toMatchObject({
      side: 'TOO_WARM',
      byDevice: false,
      minutes: 720,
      furthest: 10,
      limitCelsius: 8,
      storageClass: 'usual',
      lots: [{ lotId, doses: 50 }],
    });
    expect(await stateOf(here.facilityId, lotId)).toBe('ON_HOLD');
    expect(await stateOf(elsewhere.id, other)).toBe('AVAILABLE');
  });

  it('of the cold holds what freezing harms and leaves what bears it; one of heat holds both, as one matter', async () => {
    const [frozen, warm] = [await store(), await store()];
    const lotsAt = async ({ facilityId }: Store) => ({
      harmed: await stockAt(facilityId),
      bears: await stockAt(facilityId, 50, 'bcg-20'),
    });
    const [atFrozen, atWarm] = [await lotsAt(frozen), await lotsAt(warm)];

    await bring(frozen, coldDay(frozen, 3));
    await bring(warm, warmDay(warm, 3));

    const [cold, ...others] = await excursionsAt(frozen.facilityId);
    const [heat, ...more] = await excursionsAt(warm.facilityId);
    expect([cold.side, heat.side, others, more]).toEqual(['TOO_COLD', 'TOO_WARM', [], []]);
    expect(cold.lots.map(lotIdOf)).toEqual([atFrozen.harmed]);
    expect(heat.lots.map(lotIdOf).sort()).toEqual([atWarm.harmed, atWarm.bears].sort());
  });

  it('is none where it was too warm for less than it may be, or for as long with a gap in it', async () => {
    const here = await store();
    const celsius = [...Array(19).fill(10), 5, ...Array(19).fill(10), 5];

    const { openedExcursionIds } = await bring(
      here,
      fridgeTag2L({ serial: here.serial, day: ago(3), celsius }),
    );

    expect(openedExcursionIds).toEqual([]);
  });

  it('does not hold what came after it, and tells what is gone without holding it', async () => {
    const here = await store();
    const gone = await stockAt(here.facilityId);
    const later = await stockAt(here.facilityId, 0);
    const day = ago(1);
    await write(
      world.service,
      world.tenant,
      `INSERT INTO stock_move (facility_id, id, lot_id, from_account, to_account, doses, reason, day, at)
       VALUES ($1, $2, $3, 'on-hand', 'given', 50, 'given', $5, now()), ($1, $4, $6, 'outside', 'on-hand', 20, 'x', $5, now())`,
      [here.facilityId, newId(), gone, newId(), day, later],
    );
    await write(
      world.service,
      world.tenant,
      `UPDATE stock_on_hand SET doses = CASE WHEN lot_id = $2 THEN 0 ELSE 20 END WHERE facility_id = $1`,
      [here.facilityId, gone],
    );
    // as if the first had come long ago
    await write(
      world.service,
      world.tenant,
      `UPDATE stock_on_hand SET first_received_on = '2020-01-01' WHERE lot_id = $1`,
      [gone],
    );

    await bring(here, warmDay(here, 3));

    const [excursion] = await excursionsAt(here.facilityId);
    expect(excursion.lots).toEqual([expect.objectContaining({ lotId: gone, doses: 0, holdId: null })]);
    expect(await stateOf(here.facilityId, later)).toBe('AVAILABLE');
  });

  it('is told by a device that keeps days only, from its own alarms', async () => {
    const here = await store({ model: 'Fridge-tag 2' });
    await stockAt(here.facilityId);

    await bring(here, fridgeTag2({ serial: here.serial, day: ago(5), warm: [0, 900, 1440, 30] }));

    const told = await excursionsAt(here.facilityId);
    expect(told).toMatchObject([{ byDevice: true, minutes: 2340, furthest: 12.5, side: 'TOO_WARM' }]);
    expect([told[0].fromAt, told[0].toAt]).toEqual([`${ago(4)}T00:00:00.000Z`, `${ago(2)}T00:00:00.000Z`]);
  });

  it('is decided on by a second person, with a reason that fits', async () => {
    const here = await store();
    const [kept, spoilt] = [await stockAt(here.facilityId), await stockAt(here.facilityId, 30)];
    const both = await world.service.tokenFor(world.tenant, [
      country('store-keeper'),
      country('cold-chain-officer'),
    ]);
    const one = { tenant: 'aa', token: both };
    await bring(here, warmDay(here, 3), one);
    const [excursion] = await excursionsAt(here.facilityId);
    const lots = [
      { lotId: kept, outcome: 'RELEASED', reason: 'VVM_STAGE_USABLE', vvmStage: 2 },
      { lotId: spoilt, outcome: 'DISCARDED', reason: 'VVM_DISCARD_POINT', vvmStage: 3 },
    ];

    const self = await decide(excursion, lots, one);
    const unfit = await decide(excursion, [{ ...lots[0], vvmStage: 3 }, lots[1]!]);
    const stale = await decide({ ...excursion, version: 99 }, lots);
    const decided = await decide(excursion, lots);

    expect(self.__typename).toBe('ExcursionNeedsSecondPerson');
    expect(unfit).toMatchObject({ lots: [{ lotId: kept, fault: 'VVM_DISCARD_POINT' }] });
    expect(stale).toMatchObject({ __typename: 'ExcursionChanged', version: excursion.version });
    expect(decided.decidedAt).not.toBeNull();
    expect(decided.lots).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ lotId: kept, outcome: 'RELEASED', vvmStage: 2 }),
        expect.objectContaining({ lotId: spoilt, outcome: 'DISCARDED', discarded: 30 }),
      ]),
    );
    expect([await onHand(here.facilityId, kept), await onHand(here.facilityId, spoilt)]).toEqual([50, 0]);
    expect(await stateOf(here.facilityId, kept)).toBe('AVAILABLE');
    const moves = await write(
      world.service,
      world.tenant,
      `SELECT doses, reason, to_account AS "to" FROM stock_move WHERE facility_id = $1 AND reference_id = $2`,
      [here.facilityId, excursion.id],
    );
    expect(moves).toEqual([{ doses: 30, reason: 'VVM_CHANGED', to: 'wasted' }]);
  });

  it('that was decided on is not decided on again; the same key says the same', async () => {
    const here = await store();
    const lotId = await stockAt(here.facilityId);
    await bring(here, warmDay(here, 3));
    const [excursion] = await excursionsAt(here.facilityId);
    const input = {
      idempotencyKey: newId(),
      facilityId: here.facilityId,
      excursionId: excursion.id,
      version: excursion.version,
      lots: [{ lotId, outcome: 'RELEASED', reason: 'WITHIN_STABILITY' }],
    };

    const first = await ask(DECIDE, { input }, world.officer);
    const again = await ask(DECIDE, { input }, world.officer);
    const { errors } = await world.service.graphql(
      DECIDE,
      { input: { ...input, idempotencyKey: newId() } },
      world.officer,
    );

    expect(again).toEqual(first);
    expect(errors![0]!.extensions.code).toBe('STATE_FORBIDS');
  });

  it('is a new one when it goes on after it was decided on', async () => {
    const here = await store();
    const lotId = await stockAt(here.facilityId);
    await bring(here, warmDay(here, 3));
    const [first] = await excursionsAt(here.facilityId);
    await decide(first, [{ lotId, outcome: 'RELEASED', reason: 'WITHIN_STABILITY' }]);
    const longer = [
      ...Array(4).fill(5),
      ...Array(24).fill(10),
      ...Array(4).fill(5),
      ...Array(30).fill(11),
      5,
    ];

    await bring(here, fridgeTag2L({ serial: here.serial, day: ago(3), celsius: longer }));

    const [next, ...before] = await excursionsAt(here.facilityId);
    expect(before.map(({ id }: { id: string }) => id)).toEqual([first.id]);
    expect(next).toMatchObject({ minutes: 900, furthest: 11, decidedAt: null, lots: [{ lotId }] });
    expect(await stateOf(here.facilityId, lotId)).toBe('ON_HOLD');
  });

  it('follows stock that has gone on before it was known, place by place', async () => {
    const here = await store();
    const [next, last] = [
      await addFacility(world.service, world.tenant),
      await addFacility(world.service, world.tenant),
    ];
    const lotId = await stockAt(here.facilityId);
    const send = async (from: string, to: string, doses: number) => {
      const shipment = await ask(
        `mutation ($input: AllocateStockInput!) { allocateStock(input: $input) { ... on StockShipment { id } } }`,
        {
          input: {
            idempotencyKey: newId(),
            facilityId: from,
            toFacilityId: to,
            products: [{ productCode: 'penta-10', doses }],
          },
        },
      );
      const input = { facilityId: from, shipmentId: shipment.id };
      await ask(`mutation ($input: ShipmentInput!) { despatchStock(input: $input) { __typename } }`, {
        input,
      });
      await ask(
        `mutation ($input: ReceiveShipmentInput!) { receiveShipment(input: $input) { __typename } }`,
        {
          input: { ...input, lines: [{ lotId, accepted: doses }] },
        },
      );
    };
    await send(here.facilityId, next.id, 20);
    await send(next.id, last.id, 5);

    await bring(here, warmDay(here, 3));
    await world.service.carryFacts();
    await world.service.carryFacts(); // facts of facts

    const [first] = await excursionsAt(here.facilityId);
    const [second] = await excursionsAt(next.id);
    const [third] = await excursionsAt(last.id);
    const origin = { originFacilityId: here.facilityId, originId: first.id, minutes: 720 };
    expect(second).toMatchObject({ ...origin, lots: [{ lotId, doses: 15 }] });
    expect(third).toMatchObject({ ...origin, lots: [{ lotId, doses: 5 }] });
    expect(await stateOf(last.id, lotId)).toBe('ON_HOLD');
    const decided = await decide(third, [{ lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' }]);
    expect(decided.lots).toMatchObject([{ discarded: 5 }]);
    expect([await onHand(last.id, lotId), await onHand(next.id, lotId)]).toEqual([0, 15]);
  });

  it('does not discard what is set aside for a shipment', async () => {
    const here = await store();
    const elsewhere = await addFacility(world.service, world.tenant);
    const lotId = await stockAt(here.facilityId);
    const shipment = await ask(
      `mutation ($input: AllocateStockInput!) { allocateStock(input: $input) { ... on StockShipment { id } } }`,
      {
        input: {
          idempotencyKey: newId(),
          facilityId: here.facilityId,
          toFacilityId: elsewhere.id,
          products: [{ productCode: 'penta-10', doses: 50 }],
        },
      },
    );
    await bring(here, warmDay(here, 3));
    const [excursion] = await excursionsAt(here.facilityId);
    const lots = [{ lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' }];
    const input = { facilityId: here.facilityId, shipmentId: shipment.id };

    const refused = await decide(excursion, lots);
    const despatched = await ask(
      `mutation ($input: ShipmentInput!) { despatchStock(input: $input) { __typename } }`,
      { input },
    );
    await ask(`mutation ($input: ShipmentInput!) { cancelShipment(input: $input) { state } }`, { input });
    const decided = await decide(excursion, lots);

    expect(refused).toMatchObject({ __typename: 'ExcursionStockSetAside', shipmentIds: [shipment.id] });
    expect(despatched.__typename).toBe('LotOnHold');
    expect(decided.lots).toMatchObject([{ doses: 0, discarded: 50 }]);
  });

  it('is told to those who answer for the place and to nobody else, as is what is decided', async () => {
    const here = await store();
    await stockAt(here.facilityId);
    const elsewhere = await addFacility(world.service, world.tenant);
    const near = await staffAt('store-keeper', here.facilityId);
    const decider = await staffAt('cold-chain-officer');
    const far = await staffAt('store-keeper', elsewhere.id);
    const nurse = await staffAt('vaccinator', here.facilityId);

    await bring(here, warmDay(here, 3));
    await world.service.carryFacts();
    const [excursion] = await excursionsAt(here.facilityId);
    await decide(excursion, [
      { lotId: excursion.lots[0].lotId, outcome: 'DISCARDED', reason: 'HEAT_EXPOSED' },
    ]);
    await world.service.carryFacts();

    const toNear = await messagesTo(near);
    expect(toNear).toEqual([
      expect.stringMatching(/too warm for 720 minutes \(limit 8 °C\)\. One lot is on hold/),
      expect.stringMatching(/is decided\. Lots released: 0, discarded: 1/),
    ]);
    expect(toNear.every(text => text.includes(excursion.id))).toBe(true);
    expect((await messagesTo(decider)).filter(text => text.includes(excursion.id))).toEqual(toNear);
    expect([await messagesTo(far), await messagesTo(nurse)]).toEqual([[], []]);
  });

  it('tells who plans sessions there, by its facts alone', async () => {
    const here = await store();
    await stockAt(here.facilityId);

    const { openedExcursionIds } = await bring(here, warmDay(here, 3));

    const facts = await write<{ type: string }>(
      world.service,
      world.tenant,
      `SELECT type FROM outbox_event WHERE aggregate_id = $1 ORDER BY type`,
      openedExcursionIds,
    );
    expect(facts.map(({ type }) => type)).toEqual(['cold-chain.excursion-opened', 'cold-chain.lots-exposed']);
  });

  it('is seen by whoever is in charge of the area', async () => {
    const here = await store();
    await bring(here, warmDay(here, 3));
    const [{ area }] = (await write<{ area: string }>(
      world.service,
      world.tenant,
      `SELECT area_id AS area FROM facility WHERE id = $1`,
      [here.facilityId],
    )) as [{ area: string }];

    const seen = await ask(
      `query ($areaId: ID!) { undecidedExcursions(areaId: $areaId, first: 100) { items { facilityId } } }`,
      { areaId: area },
      world.officer,
    );

    expect(seen.items).toContainEqual({ facilityId: here.facilityId });
  });
});
