import { newId } from '../../../src/common';
import { atFacility } from '../../harness/service';
import { CANCEL, REQUEST, DECIDE, ALLOCATE_FOR, PRODUCT } from './operations';
import { SupplyChain } from './supply-chain';

const WITHDRAW = `mutation ($input: RequisitionInput!) { answer: cancelRequisition(input: $input) { id state } }`;
const ASKED = `query ($facilityId: ID!, $way: StockShipmentWay!, $first: Int, $after: String) {
  answer: stockRequisitions(facilityId: $facilityId, way: $way, first: $first, after: $after) {
    items { id state shipmentId } endCursor } }`;

describe('stock that was asked for', () => {
  const chain = new SupplyChain();
  const { as, ask, code, addLot, named, despatch, receive, factsOf, setLevel, onHand } = chain;

  const wanted = (doses: number, reason?: string) => ({
    input: {
      idempotencyKey: newId(),
      facilityId: chain.clinic,
      supplierId: chain.store,
      products: [
        {
          productCode: PRODUCT,
          doses,
          reason,
        },
      ],
    },
  });
  const ref = ({ id }: { id: string }) => ({ facilityId: chain.clinic, requisitionId: id });
  const grant = (requisition: { id: string }, doses: number, reason?: string, who = chain.sender) =>
    ask(DECIDE, { input: { ...ref(requisition), products: [{ productCode: PRODUCT, doses, reason }] } }, who);
  const allocateFor = (requisition: { id: string }) =>
    ask(ALLOCATE_FOR, { input: ref(requisition) }, chain.sender);
  const stateOf = async (requisition: { id: string }) => {
    const { items } = await ask(ASKED, { facilityId: chain.clinic, way: 'TO', first: 50 }, chain.receiver);
    return items.find(({ id }: { id: string }) => id === requisition.id).state;
  };

  it('goes the whole way: proposed, asked, granted in part, set aside, despatched, received', async () => {
    const [late, soon] = [await addLot(100), await addLot(30, 40)];
    await setLevel();

    const silent = await ask(REQUEST, wanted(50), chain.receiver);
    const asked = await ask(REQUEST, wanted(110, 'CAMPAIGN'), chain.receiver);
    const granted = await grant(asked, 50, 'NEEDED_ELSEWHERE');
    const aside = await allocateFor(granted);
    const states = [await stateOf(asked)];
    const left = await despatch(aside);
    states.push(await stateOf(asked));
    const lines = [
      { lotId: soon, accepted: 30 },
      { lotId: late, accepted: 20 },
    ];
    await receive(left, lines);
    states.push(await stateOf(asked));

    expect(silent).toMatchObject({
      __typename: 'RequestNeedsReason',
      products: [{ productCode: PRODUCT, proposed: 100, requested: 50 }],
    });
    expect(asked).toMatchObject({
      state: 'REQUESTED',
      lines: [{ proposed: 100, requested: 110, usable: 0 }],
    });
    expect(granted).toMatchObject({
      state: 'APPROVED',
      lines: [{ approved: 50, cutReason: 'NEEDED_ELSEWHERE', reason: 'CAMPAIGN' }],
    });
    expect(aside).toMatchObject({
      requisitionId: asked.id,
      lines: [
        { lotId: soon, doses: 30 },
        { lotId: late, doses: 20 },
      ],
    });
    expect(states).toEqual(['ALLOCATED', 'DESPATCHED', 'RECEIVED']);
    expect(await onHand(chain.clinic, soon)).toBe(30);
  });

  it('is granted by another person than whoever asked, and no more than was asked for', async () => {
    const both = await as([
      atFacility('store-keeper', chain.store),
      atFacility('store-keeper', chain.clinic),
    ]);
    const asked = await ask(REQUEST, wanted(50), both);
    const products = [{ productCode: PRODUCT, doses: 51 }];

    expect(await grant(asked, 50, undefined, both)).toMatchObject({
      __typename: 'RequisitionNeedsSecondPerson',
    });
    expect(await code(DECIDE, { input: { ...ref(asked), products } }, chain.sender)).toBe('INVALID_INPUT');
    const cut = [{ productCode: PRODUCT, doses: 49 }];
    expect(await code(DECIDE, { input: { ...ref(asked), products: cut } }, chain.sender)).toBe(
      'INVALID_INPUT',
    );
    expect(await code(DECIDE, { input: { ...ref(asked), products: cut } }, chain.receiver)).toBe('FORBIDDEN');
    expect(await grant(asked, 0, 'NOT_PLAUSIBLE')).toMatchObject({ state: 'REFUSED' });
    expect(await code(ALLOCATE_FOR, { input: ref(asked) }, chain.sender)).toBe('STATE_FORBIDS');
  });

  it('is asked, granted and set aside once, however often and by however many that is said', async () => {
    const lotId = await addLot(100);
    const request = wanted(50);

    const asked = await Promise.all([1, 2, 3].map(() => ask(REQUEST, request, chain.receiver)));
    await Promise.all([1, 2, 3].map(() => grant(asked[0], 50)));
    const aside = await Promise.all([1, 2, 3].map(() => allocateFor(asked[0])));

    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(new Set(aside.map(({ id }) => id)).size).toBe(1);
    expect(await onHand(chain.store, lotId)).toBe(50);
    expect(
      (await factsOf(chain.clinic)).filter(type => type === 'inventory.requisition-decided'),
    ).toHaveLength(1);
  });

  it('is set aside whole or not at all; granted anew, it is', async () => {
    await addLot(30);
    const asked = await ask(REQUEST, wanted(50), chain.receiver);
    await grant(asked, 50);

    const refused = await allocateFor(asked);
    await grant(asked, 30, 'NOT_ENOUGH_STOCK');
    const aside = await allocateFor(asked);

    expect(refused).toMatchObject({
      __typename: 'NotEnoughStock',
      products: [{ productCode: PRODUCT, short: 20 }],
    });
    expect(aside.lines).toMatchObject([{ doses: 30 }]);
    expect(
      await code(
        DECIDE,
        { input: { ...ref(asked), products: [{ productCode: PRODUCT, doses: 50 }] } },
        chain.sender,
      ),
    ).toBe('STATE_FORBIDS');
  });

  it('can be withdrawn before stock is set aside for it, and again when that was put back', async () => {
    await addLot(100);
    const [one, two] = [
      await ask(REQUEST, wanted(10), chain.receiver),
      await ask(REQUEST, wanted(10), chain.receiver),
    ];
    await grant(two, 10);
    const aside = await allocateFor(two);

    const withdrawn = await ask(WITHDRAW, { input: ref(one) }, chain.receiver);
    const tooLate = await code(WITHDRAW, { input: ref(two) }, chain.receiver);
    await ask(CANCEL, named(aside), chain.sender);
    const putBack = await stateOf(two);
    const second = await allocateFor(two);

    expect(withdrawn.state).toBe('CANCELLED');
    expect(await ask(WITHDRAW, { input: ref(one) }, chain.receiver)).toEqual(withdrawn);
    expect(tooLate).toBe('STATE_FORBIDS');
    expect(putBack).toBe('APPROVED');
    expect(second.id).not.toBe(aside.id);
  });

  it('is listed for both, page by page', async () => {
    const made = [
      await ask(REQUEST, wanted(1), chain.receiver),
      await ask(REQUEST, wanted(2), chain.receiver),
    ];

    const one = await ask(ASKED, { facilityId: chain.store, way: 'FROM', first: 1 }, chain.sender);
    const two = await ask(
      ASKED,
      { facilityId: chain.store, way: 'FROM', first: 1, after: one.endCursor },
      chain.sender,
    );

    expect([one.items[0].id, two.items[0].id]).toEqual([made[1].id, made[0].id]);
  });
});
