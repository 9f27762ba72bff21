import { addTo, newId } from '../../../src/common';
import { ReceiveStock } from '../../../src/inventory/receive-stock';
import { KeepWastage } from '../../../src/inventory/wastage/keep-wastage';
import type { StockItem } from '../../../src/inventory/inventory.graphql';
import { addSession } from '../../harness/worlds/clinic';
import { atFacility } from '../../harness/service';
import { ALLOCATE, RECEIVE, REQUEST, DECIDE, ALLOCATE_FOR, WASTAGE, RECALL, PRODUCT } from './operations';
import { SupplyChain } from './supply-chain';

const BUNDLED = `query ($facilityId: ID!, $products: [PlannedDosesInput!]!) {
  answer: bundledSupplies(facilityId: $facilityId, products: $products) { productCode needed usable onTheWay } }`;
const USE = `mutation ($input: RecordSuppliesUsedInput!) { answer: recordSuppliesUsed(input: $input) { __typename } }`;
const WASTE = `mutation ($input: WasteStockInput!) { answer: wasteStock(input: $input) { __typename } }`;
/** Counted in pieces. */
const SYRINGE = 'ad-syringe-0.5';

describe('a supply on its way from the level to the shelf', () => {
  const chain = new SupplyChain();
  const { as, ask, code, addLot, despatch, receive, setLevel, onHand, request, named } = chain;

  const addSyringes = async (pieces: number, lotNumber = newId().slice(-12)): Promise<string> => {
    const input = {
      idempotencyKey: newId(),
      facilityId: chain.store,
      productCode: SYRINGE,
      lotNumber,
      pieces,
    };
    const came = await chain.service.app
      .get(ReceiveStock)
      .run(chain.ctx, { ...input, expiresOn: addTo(chain.today, '2 years') });
    return (came as StockItem).lotId;
  };

  it('goes from the level to the shelf as a vaccine does, in pieces', async () => {
    const [vaccine, syringes] = [await addLot(50), await addSyringes(500)];
    const level = await setLevel({
      productCode: SYRINGE,
      minDoses: 33,
      reorderDoses: 66,
      maxDoses: 101,
    });
    const asked = {
      idempotencyKey: newId(),
      facilityId: chain.clinic,
      supplierId: chain.store,
      products: [
        { productCode: SYRINGE, pieces: 101 },
        { productCode: PRODUCT, doses: 20 },
      ],
    };

    const requisition = await ask(REQUEST, { input: asked }, chain.receiver);
    const input = { facilityId: chain.clinic, requisitionId: requisition.id };
    await ask(
      DECIDE,
      {
        input: {
          ...input,
          products: [
            { productCode: SYRINGE, pieces: 60, reason: 'NOT_ENOUGH_STOCK' },
            { productCode: PRODUCT, doses: 20 },
          ],
        },
      },
      chain.national,
    );
    const shipment = await ask(ALLOCATE_FOR, { input }, chain.sender);
    await despatch(shipment);
    const received = await receive(shipment, [
      { lotId: vaccine, accepted: 20 },
      { lotId: syringes, accepted: 55, short: 5, shortReason: 'NOT_PACKED' },
    ]);

    expect(level).toMatchObject({ unit: 'PIECE', toAskFor: 101 });
    expect(requisition.lines).toContainEqual(
      expect.objectContaining({ productCode: SYRINGE, unit: 'PIECE', proposed: 101, requested: 101 }),
    );
    expect(received.lines).toContainEqual(
      expect.objectContaining({ lotId: syringes, unit: 'PIECE', pieces: 60, doses: 0, short: 5 }),
    );
    expect(received.lines).toContainEqual(
      expect.objectContaining({ lotId: vaccine, unit: 'DOSE', pieces: 0, doses: 20 }),
    );
    expect([await onHand(chain.clinic, vaccine), await onHand(chain.clinic, syringes)]).toEqual([20, 55]);
  });

  it('is proposed with the vaccines that are to be asked for, beside what is there', async () => {
    await addSyringes(40);
    const asked = (doses: number, productCode = PRODUCT) =>
      ({ facilityId: chain.store, products: [{ productCode, doses }] }) as const;

    const few = await ask(BUNDLED, asked(101), chain.sender);

    expect(few).toContainEqual({ productCode: SYRINGE, needed: 101, usable: 40, onTheWay: 0 });
    expect(few).toContainEqual(expect.objectContaining({ productCode: 'safety-box-5l', needed: 2 }));
    expect(await code(BUNDLED, asked(1, SYRINGE), chain.sender)).toBe('INVALID_INPUT');
    expect(await code(BUNDLED, asked(0), chain.sender)).toBe('INVALID_INPUT');
  });

  it('is sent in its own unit only, and arrives without vial monitors', async () => {
    const syringes = await addSyringes(20);
    const of = (amount: object) => ({
      input: { ...request(1), products: [{ productCode: SYRINGE, ...amount }] },
    });
    const shipment = await ask(ALLOCATE, of({ pieces: 20 }), chain.sender);
    await despatch(shipment);
    const lines = [{ lotId: syringes, accepted: 20, vvmStage: 1 }];

    expect(await code(ALLOCATE, of({ doses: 20 }), chain.sender)).toBe('INVALID_INPUT');
    expect(await code(ALLOCATE, of({ doses: 20, pieces: 20 }), chain.sender)).toBe('INVALID_INPUT');
    expect(await code(ALLOCATE, of({}), chain.sender)).toBe('INVALID_INPUT');
    expect(await code(RECEIVE, { input: { ...named(shipment).input, lines } }, chain.receiver)).toBe(
      'INVALID_INPUT',
    );
  });

  it('is recalled from every place that has or used some, and wasted apart from vaccines', async () => {
    const [syringes, vaccine] = [await addSyringes(100), await addLot(100)];
    const sessionId = await addSession(chain.service, chain.tenant, {
      facilityId: chain.store,
      date: chain.today,
    });
    const used = { facilityId: chain.store, sessionId, lots: [{ lotId: syringes, pieces: 30 }] };
    const lost = { facilityId: chain.store, reason: 'BROKEN' };
    const nurse = await as([atFacility('vaccinator', chain.store)]);
    await ask(USE, { input: { ...used, idempotencyKey: newId() } }, nurse);
    const waste = (more: object) =>
      ask(WASTE, { input: { ...lost, idempotencyKey: newId(), ...more } }, chain.sender);
    await waste({ lotId: syringes, pieces: 10 });
    await waste({ lotId: vaccine, doses: 4 });
    await chain.service.app.get(KeepWastage).run(chain.ctx);

    const recall = await ask(RECALL, { lotId: syringes }, chain.national);
    const { items, products } = await ask(
      WASTAGE,
      { facilityId: chain.store, from: chain.today, to: chain.today },
      chain.sender,
    );

    expect(recall).toMatchObject({ unit: 'PIECE', onHand: 60, given: 30, awaitingDestruction: 10 });
    expect(recall.facilities).toMatchObject([{ facilityId: chain.store, onHand: 60, given: 30, persons: 0 }]);
    expect(items).toMatchObject([{ facilityId: chain.store, unit: 'DOSE', given: 0, unopened: 4 }]);
    expect(products).toContainEqual(
      expect.objectContaining({ productCode: SYRINGE, unit: 'PIECE', given: 30, unopened: 10 }),
    );
  });
});
