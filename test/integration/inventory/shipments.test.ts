import { newId } from '../../../src/common';
import { RebuildStock } from '../../../src/inventory';
import { atFacility } from '../../harness/service';
import { SHIPMENT, ALLOCATE, DESPATCH, PACK, CANCEL, RECEIVE, HOLD, PRODUCT } from './operations';
import { SupplyChain } from './supply-chain';

const RETURN = `mutation ($input: ReturnStockInput!) { answer: returnStock(input: $input) { ${SHIPMENT}
  ... on MoreThanReturnable { lots { lotId returnable } } } }`;
const LIST = `query ($facilityId: ID!, $way: StockShipmentWay!, $first: Int, $after: String) {
  answer: stockShipments(facilityId: $facilityId, way: $way, first: $first, after: $after) { items { id state } endCursor } }`;

describe('stock on its way from one facility to another', () => {
  const chain = new SupplyChain();
  const { as, ask, code, addLot, request, allocate, named, despatch, receive, factsOf, onHand, mail } = chain;

  it('is set aside first expired, first out, leaves, and is taken in where it arrives', async () => {
    const [late, soon] = [await addLot(100), await addLot(30, 40)];

    const allocated = await allocate(50);
    const left = await despatch(allocated);
    const arrived = await receive(left, [
      { lotId: soon, accepted: 30 },
      { lotId: late, accepted: 20 },
    ]);

    expect(allocated).toMatchObject({
      state: 'ALLOCATED',
      lines: [
        { lotId: soon, doses: 30 },
        { lotId: late, doses: 20 },
      ],
    });
    expect(left.state).toBe('DESPATCHED');
    expect(arrived).toMatchObject({ state: 'RECEIVED' });
    expect(await onHand(chain.store, late)).toBe(80);
    expect(await onHand(chain.clinic, soon)).toBe(30);
    expect(await chain.service.app.get(RebuildStock).compare(chain.ctx)).toEqual([]);
  });

  it('is never what has expired, is on hold or has changed colour', async () => {
    await addLot(50, -1);
    const held = await addLot(50);
    const input = { idempotencyKey: newId(), lotId: held, facilityId: chain.store, reason: 'VVM_CHANGED' };
    await ask(HOLD, { input }, chain.sender);

    expect(await allocate(10)).toMatchObject({
      __typename: 'NotEnoughStock',
      products: [{ productCode: PRODUCT, short: 10 }],
    });
  });

  it('does not leave when its lot was held after it was set aside, and can be put back', async () => {
    const lotId = await addLot(50);
    const shipment = await allocate(20);
    await ask(
      HOLD,
      { input: { idempotencyKey: newId(), lotId, facilityId: chain.store, reason: 'RECALL' } },
      chain.sender,
    );

    expect(await despatch(shipment)).toMatchObject({ __typename: 'LotOnHold' });
    expect(await ask(CANCEL, named(shipment), chain.sender)).toMatchObject({ state: 'CANCELLED' });
    expect(await ask(CANCEL, named(shipment), chain.sender)).toMatchObject({ state: 'CANCELLED' });
    expect(await onHand(chain.store, lotId)).toBe(50);
    expect(await code(DESPATCH, named(shipment), chain.sender)).toBe('STATE_FORBIDS');
  });

  it('is set aside and leaves once, however often that is said', async () => {
    const lotId = await addLot(50);
    const input = request(20);

    const made = await Promise.all([1, 2, 3].map(() => ask(ALLOCATE, { input }, chain.sender)));
    const left = await Promise.all([1, 2, 3].map(() => despatch(made[0])));

    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(left.map(({ state }) => state)).toEqual(['DESPATCHED', 'DESPATCHED', 'DESPATCHED']);
    expect(await onHand(chain.store, lotId)).toBe(30);
    expect(await code(CANCEL, named(made[0]), chain.sender)).toBe('STATE_FORBIDS');
  });

  it('adds up where it arrives, or is not received', async () => {
    const lotId = await addLot(100);
    const shipment = await despatch(await allocate(100));

    const refused = await receive(shipment, [{ lotId, accepted: 90, short: 5, shortReason: 'UNKNOWN' }]);
    const counted = {
      lotId,
      accepted: 90,
      rejected: 5,
      rejectReason: 'BROKEN',
      short: 8,
      shortReason: 'LOST_ON_THE_WAY',
      over: 3,
      overReason: 'PACKED_TOO_MANY',
    };
    const arrived = await receive(shipment, [counted]);
    const again = await receive(shipment, [{ lotId, accepted: 100 }]);

    expect(refused).toMatchObject({
      __typename: 'ReceiptDiffers',
      lots: [{ lotId, shipped: 100, difference: -5 }],
    });
    expect(arrived.lines).toEqual([{ ...counted, unit: 'DOSE', doses: 100, pieces: 0 }]);
    expect(again).toEqual(arrived);
    expect(await onHand(chain.clinic, lotId)).toBe(90);
    expect(await chain.service.app.get(RebuildStock).compare(chain.ctx)).toEqual([]);
  });

  it('is counted by whoever works where it arrives, after it has left', async () => {
    const lotId = await addLot(10);
    const shipment = await allocate(10);
    const input = { ...named(shipment).input, lines: [{ lotId, accepted: 10 }] };

    expect(await code(RECEIVE, { input }, chain.receiver)).toBe('STATE_FORBIDS');
    expect(await code(RECEIVE, { input }, chain.sender)).toBe('FORBIDDEN');
    expect(await code(DESPATCH, named(shipment), chain.receiver)).toBe('FORBIDDEN');
    await despatch(shipment);
    const unexplained = [
      { lotId, accepted: 9, rejected: 1 },
      { lotId, accepted: 9, short: 1 },
      { lotId, accepted: 11, over: 1 },
    ];
    const told = [];
    for (const line of unexplained)
      told.push(await code(RECEIVE, { input: { ...input, lines: [line] } }, chain.receiver));
    expect(told).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT']);
  });

  it('is asked about at both ends when it came otherwise than it was sent', async () => {
    const [atStore, atClinic] = [
      await mail('store-keeper', chain.store),
      await mail('facility-admin', chain.clinic),
    ];
    const lotId = await addLot(100);
    const [whole, broken] = [await despatch(await allocate(10)), await despatch(await allocate(20))];
    await receive(whole, [{ lotId, accepted: 10 }]);
    await receive(broken, [
      { lotId, accepted: 12, rejected: 5, rejectReason: 'BROKEN', short: 3, shortReason: 'UNKNOWN' },
    ]);

    await chain.service.carryFacts();

    const told = expect.stringMatching(`short: 3, over: 0, rejected: 5.*${broken.id}`);
    expect([await atStore(), await atClinic()]).toEqual([[told], [told]]);
  });

  it('may bring a lot that was not sent, which is over altogether and on the shelf from then on', async () => {
    const [sent, other] = [await addLot(10, 40), await addLot(10)];
    const shipment = await despatch(await allocate(10));
    const wrong = { lotId: other, accepted: 10, over: 10, overReason: 'WRONG_LOT' };
    const missing = { lotId: sent, accepted: 0, short: 10, shortReason: 'NOT_PACKED' };

    const unknown = { ...named(shipment).input, lines: [missing, { ...wrong, lotId: newId() }] };
    const refused = await code(RECEIVE, { input: unknown }, chain.receiver);
    const arrived = await receive(shipment, [missing, wrong]);

    expect(refused).toBe('INVALID_INPUT');
    expect(arrived.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ lotId: other, doses: 0, accepted: 10, over: 10 }),
        expect.objectContaining({ lotId: sent, doses: 10, accepted: 0, short: 10 }),
      ]),
    );
    expect(await onHand(chain.clinic, other)).toBe(10);
    expect(await onHand(chain.clinic, sent)).toBeNull();
    expect(await factsOf(chain.clinic)).toContain('inventory.receipt-differed');
    expect(await chain.service.app.get(RebuildStock).compare(chain.ctx)).toEqual([]);
  });

  describe('in boxes', () => {
    const pack = (shipment: { id: string }, boxes: object[]) =>
      ask(PACK, { input: { ...named(shipment).input, boxes } }, chain.sender);

    it('is all of it in them, and what is said last holds', async () => {
      const [late, soon] = [await addLot(100), await addLot(30, 40)];
      const shipment = await allocate(50);

      const whole = await pack(shipment, [{ unit: ' box-77 ' }]);
      await despatch(shipment);
      const apart = [
        { unit: 'BOX-1', lots: [{ lotId: soon, doses: 30 }] },
        { unit: 'BOX-2', lots: [{ lotId: late, doses: 20 }] },
      ];
      const mended = await pack(shipment, apart);
      const again = await pack(shipment, apart);

      expect(whole.boxes).toEqual([
        {
          unit: 'BOX-77',
          lots: expect.arrayContaining([
            { lotId: soon, doses: 30 },
            { lotId: late, doses: 20 },
          ]),
        },
      ]);
      expect(mended.boxes).toEqual(apart);
      expect(again).toEqual(mended);
    });

    it('is not more or less than was set aside, nor in what can be no unit, nor after it was counted', async () => {
      const lotId = await addLot(50);
      const shipment = await allocate(20);
      const boxes = [{ unit: 'BOX-3', lots: [{ lotId, doses: 15 }] }];
      const input = (unit: string) => ({ input: { ...named(shipment).input, boxes: [{ unit }] } });

      expect(await pack(shipment, boxes)).toMatchObject({
        __typename: 'PackingDiffers',
        lots: [{ lotId, setAside: 20, packed: 15 }],
      });
      expect(await code(PACK, input('00340123450000000015'), chain.sender)).toBe('INVALID_INPUT');
      expect(await code(PACK, input('BOX-3'), chain.receiver)).toBe('FORBIDDEN');
      await despatch(shipment);
      await receive(shipment, [{ lotId, accepted: 20 }]);
      expect(await code(PACK, input('BOX-3'), chain.sender)).toBe('STATE_FORBIDS');
    });
  });

  it('is listed for both, newest first, page by page', async () => {
    await addLot(100);
    const made = [await allocate(1), await allocate(2), await allocate(3)].map(({ id }) => id);

    const one = await ask(LIST, { facilityId: chain.store, way: 'FROM', first: 2 }, chain.sender);
    const two = await ask(
      LIST,
      { facilityId: chain.store, way: 'FROM', first: 2, after: one.endCursor },
      chain.sender,
    );
    const coming = await ask(LIST, { facilityId: chain.clinic, way: 'TO', first: 5 }, chain.receiver);

    const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);
    expect([...ids(one), ...ids(two)]).toEqual(made.toReversed());
    expect(ids(coming)).toEqual(made.toReversed());
  });

  describe('that goes back', () => {
    const bringBack = (shipment: { id: string }, reason: string, lotId: string, doses: number) => {
      const input = { idempotencyKey: newId(), ...named(shipment).input, reason, lots: [{ lotId, doses }] };
      return ask(RETURN, { input }, chain.receiver);
    };
    const back = ({ id }: { id: string }) => ({ facilityId: chain.clinic, shipmentId: id });
    const leave = (returned: { id: string }) => ask(DESPATCH, { input: back(returned) }, chain.receiver);
    const count = (returned: { id: string }, lines: object[]) =>
      ask(RECEIVE, { input: { ...back(returned), lines } }, chain.sender);
    const supplied = async (lotId: string, doses: number) => {
      const shipment = await despatch(await allocate(doses));
      return receive(shipment, [{ lotId, accepted: doses }]);
    };

    it('is tied to what it came with, and no more than that', async () => {
      const lotId = await addLot(100);
      const shipment = await supplied(lotId, 60);

      const returned = await bringBack(shipment, 'EXCESS', lotId, 40);
      const tooMuch = await bringBack(shipment, 'EXCESS', lotId, 21);
      await leave(returned);
      await count(returned, [{ lotId, accepted: 40 }]);

      expect(returned).toMatchObject({
        facilityId: chain.clinic,
        toFacilityId: chain.store,
        state: 'ALLOCATED',
        returnsId: shipment.id,
        returnReason: 'EXCESS',
      });
      expect(tooMuch).toMatchObject({
        __typename: 'MoreThanReturnable',
        lots: [{ lotId, returnable: 20 }],
      });
      expect([await onHand(chain.store, lotId), await onHand(chain.clinic, lotId)]).toEqual([80, 20]);
      expect(await chain.service.app.get(RebuildStock).compare(chain.ctx)).toEqual([]);
    });

    it('is sent back by whoever runs the facility, who sends nothing else', async () => {
      const lotId = await addLot(100);
      const shipment = await supplied(lotId, 60);
      const runs = await as([atFacility('facility-admin', chain.clinic)]);
      const away = { ...request(10), facilityId: chain.clinic, toFacilityId: chain.store };
      const other = await ask(ALLOCATE, { input: away }, chain.receiver);
      const input = {
        idempotencyKey: newId(),
        ...named(shipment).input,
        reason: 'EXCESS',
        lots: [{ lotId, doses: 40 }],
      };

      const returned = await ask(RETURN, { input }, runs);
      const boxes = [{ unit: 'BOX-9' }];
      await ask(PACK, { input: { ...back(returned), boxes } }, runs);
      const left = await ask(DESPATCH, { input: back(returned) }, runs);

      expect(left).toMatchObject({ state: 'DESPATCHED', returnReason: 'EXCESS' });
      expect(await code(ALLOCATE, { input: { ...away, idempotencyKey: newId() } }, runs)).toBe('FORBIDDEN');
      expect(await code(DESPATCH, { input: back(other) }, runs)).toBe('FORBIDDEN');
      expect(await code(CANCEL, { input: back(other) }, runs)).toBe('FORBIDDEN');
      expect(await code(PACK, { input: { ...back(other), boxes } }, runs)).toBe('FORBIDDEN');
    });

    it('goes back unfit though it can go nowhere else, and is not taken in where it could be given', async () => {
      const lotId = await addLot(100);
      const shipment = await supplied(lotId, 60);
      const input = {
        idempotencyKey: newId(),
        lotId,
        facilityId: chain.clinic,
        reason: 'COLD_CHAIN_EXCURSION',
      };
      await ask(HOLD, { input }, chain.receiver);

      const fit = await bringBack(shipment, 'EXCESS', lotId, 10);
      const returned = await bringBack(shipment, 'DAMAGED', lotId, 10);
      await leave(returned);
      const accepted = await count(returned, [{ lotId, accepted: 10 }]);
      await count(returned, [{ lotId, accepted: 0, rejected: 10, rejectReason: 'FROZEN' }]);

      expect(fit.__typename).toBe('LotOnHold');
      expect(accepted).toMatchObject({ __typename: 'UnfitNotAccepted', lotIds: [lotId] });
      expect([await onHand(chain.store, lotId), await onHand(chain.clinic, lotId)]).toEqual([40, 50]);
    });

    it('is recalled stock too, which is kept apart where it is on hold', async () => {
      const lotId = await addLot(100);
      const shipment = await supplied(lotId, 60);
      await ask(HOLD, { input: { idempotencyKey: newId(), lotId, reason: 'RECALL' } }, chain.national);

      const returned = await bringBack(shipment, 'RECALLED', lotId, 60);
      await leave(returned);
      const arrived = await count(returned, [{ lotId, accepted: 60 }]);

      expect(arrived.state).toBe('RECEIVED');
      expect(await onHand(chain.store, lotId)).toBe(100);
      expect(await allocate(1)).toMatchObject({ __typename: 'NotEnoughStock' });
    });
  });
});
