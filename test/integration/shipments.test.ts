import { addFacility, addPerson, addStaff, addStock, write } from '../harness/clinic';
import { atFacility, type Caller, country, testService, type TestService } from '../harness/service';
import { addTo, civilDayOf, newId } from '../../src/common';
import { RebuildStock } from '../../src/inventory';
import type { Context, Grant, TenantRef } from '../../src/platform/context';

const LINES = `lines { lotId doses accepted rejected rejectReason short over }`;
const SHIPMENT = `__typename ... on StockShipment { id facilityId toFacilityId state ${LINES} } ... on Refusal { message }`;
const ALLOCATE = `mutation ($input: AllocateStockInput!) { answer: allocateStock(input: $input) { ${SHIPMENT}
  ... on NotEnoughStock { products { productCode short } } } }`;
const DESPATCH = `mutation ($input: ShipmentInput!) { answer: despatchStock(input: $input) { ${SHIPMENT} } }`;
const CANCEL = `mutation ($input: ShipmentInput!) { answer: cancelShipment(input: $input) { id state } }`;
const RECEIVE = `mutation ($input: ReceiveShipmentInput!) { answer: receiveShipment(input: $input) { ${SHIPMENT}
  ... on ReceiptDiffers { lots { lotId shipped difference } } } }`;
const LIST = `query ($facilityId: ID!, $way: StockShipmentWay!, $first: Int, $after: String) {
  answer: stockShipments(facilityId: $facilityId, way: $way, first: $first, after: $after) { items { id state } endCursor } }`;
const HOLD = `mutation ($input: HoldLotInput!) { answer: holdLot(input: $input) { id } }`;
const RECALL = `query ($lotId: ID!) { answer: lotRecall(lotId: $lotId) { lotNumber onHand setAside onTheWay given
  facilities { facilityId onHand setAside onTheWay given persons } } }`;
const RECIPIENTS = `query ($lotId: ID!, $first: Int, $after: String) { answer: lotRecipients(lotId: $lotId, first: $first, after: $after) {
  items { personId vaccinationId facilityId givenOn } endCursor } }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { answer: recordVaccination(input: $input) { __typename
  ... on Vaccination { id } ... on Refusal { message } } }`;
const VOID = `mutation ($input: VoidVaccinationInput!) { answer: voidVaccination(input: $input) { __typename } }`;
const PRODUCT = 'penta-10';

describe('stock on its way from one facility to another', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ctx: Context;
  let today: string;
  let store: string;
  let clinic: string;
  let sender: Caller;
  let receiver: Caller;
  let national: Caller;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    ctx = service.contextOf(tenant);
    today = civilDayOf(new Date(), tenant.timeZone);
    national = await as([country('store-keeper')]);
  }, 120_000);
  beforeEach(async () => {
    store = (await addFacility(service, tenant)).id;
    clinic = (await addFacility(service, tenant)).id;
    sender = await as([atFacility('store-keeper', store)]);
    receiver = await as([atFacility('store-keeper', clinic)]);
  });
  afterAll(() => service.stop());

  const as = async (grants: Grant[]) => ({
    tenant: 'aa',
    purpose: 'test',
    token: await service.tokenFor(tenant, grants, 'staff', await addStaff(service, tenant)),
  });
  const ask = async (query: string, variables: Record<string, unknown>, who: Caller) => {
    const answer = await service.graphql(query, variables, who);
    expect(answer.errors).toBeUndefined();
    return answer.data.answer;
  };
  const code = async (query: string, variables: Record<string, unknown>, who: Caller) =>
    (await service.graphql(query, variables, who)).errors?.[0]?.extensions.code;
  const addLot = (doses: number, days = 300, facilityId = store) =>
    addStock(service, tenant, {
      facilityId,
      product: PRODUCT,
      doses,
      expiresOn: addTo(today, { months: 0, days }),
    });
  const request = (doses: number) => ({
    idempotencyKey: newId(),
    facilityId: store,
    toFacilityId: clinic,
    products: [{ productCode: PRODUCT, doses }],
  });
  const allocate = (doses: number) => ask(ALLOCATE, { input: request(doses) }, sender);
  const named = ({ id }: { id: string }) => ({ input: { facilityId: store, shipmentId: id } });
  const despatch = (shipment: { id: string }) => ask(DESPATCH, named(shipment), sender);
  const receive = (shipment: { id: string }, lines: object[], who = receiver) =>
    ask(RECEIVE, { input: { ...named(shipment).input, lines } }, who);
  const onHand = async (facilityId: string, lotId: string) => {
    const [row] = await write<{ doses: number }>(
      service,
      tenant,
      `SELECT doses FROM stock_on_hand WHERE facility_id = $1 AND lot_id = $2`,
      [facilityId, lotId],
    );
    return row?.doses ?? null;
  };

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
    expect(await onHand(store, late)).toBe(80);
    expect(await onHand(clinic, soon)).toBe(30);
    expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
  });

  it('is never what has expired, is on hold or has changed colour', async () => {
    await addLot(50, -1);
    const held = await addLot(50);
    const input = { idempotencyKey: newId(), lotId: held, facilityId: store, reason: 'VVM_CHANGED' };
    await ask(HOLD, { input }, sender);

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
      { input: { idempotencyKey: newId(), lotId, facilityId: store, reason: 'RECALL' } },
      sender,
    );

    expect(await despatch(shipment)).toMatchObject({ __typename: 'LotOnHold' });
    expect(await ask(CANCEL, named(shipment), sender)).toMatchObject({ state: 'CANCELLED' });
    expect(await ask(CANCEL, named(shipment), sender)).toMatchObject({ state: 'CANCELLED' });
    expect(await onHand(store, lotId)).toBe(50);
    expect(await code(DESPATCH, named(shipment), sender)).toBe('STATE_FORBIDS');
  });

  it('is set aside and leaves once, however often that is said', async () => {
    const lotId = await addLot(50);
    const input = request(20);

    const made = await Promise.all([1, 2, 3].map(() => ask(ALLOCATE, { input }, sender)));
    const left = await Promise.all([1, 2, 3].map(() => despatch(made[0])));

    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(left.map(({ state }) => state)).toEqual(['DESPATCHED', 'DESPATCHED', 'DESPATCHED']);
    expect(await onHand(store, lotId)).toBe(30);
    expect(await code(CANCEL, named(made[0]), sender)).toBe('STATE_FORBIDS');
  });

  it('adds up where it arrives, or is not received', async () => {
    const lotId = await addLot(100);
    const shipment = await despatch(await allocate(100));

    const refused = await receive(shipment, [{ lotId, accepted: 90, short: 5 }]);
    const counted = { lotId, accepted: 90, rejected: 5, rejectReason: 'BROKEN', short: 8, over: 3 };
    const arrived = await receive(shipment, [counted]);
    const again = await receive(shipment, [{ lotId, accepted: 100 }]);

    expect(refused).toMatchObject({
      __typename: 'ReceiptDiffers',
      lots: [{ lotId, shipped: 100, difference: -5 }],
    });
    expect(arrived.lines).toEqual([{ ...counted, doses: 100 }]);
    expect(again).toEqual(arrived);
    expect(await onHand(clinic, lotId)).toBe(90);
    expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
  });

  it('is counted by whoever works where it arrives, after it has left', async () => {
    const lotId = await addLot(10);
    const shipment = await allocate(10);
    const input = { ...named(shipment).input, lines: [{ lotId, accepted: 10 }] };

    expect(await code(RECEIVE, { input }, receiver)).toBe('STATE_FORBIDS');
    expect(await code(RECEIVE, { input }, sender)).toBe('FORBIDDEN');
    expect(await code(DESPATCH, named(shipment), receiver)).toBe('FORBIDDEN');
    const unexplained = [{ lotId, accepted: 9, rejected: 1 }];
    await despatch(shipment);
    expect(await code(RECEIVE, { input: { ...input, lines: unexplained } }, receiver)).toBe('INVALID_INPUT');
  });

  it('is listed for both, newest first, page by page', async () => {
    await addLot(100);
    const made = [await allocate(1), await allocate(2), await allocate(3)].map(({ id }) => id);

    const one = await ask(LIST, { facilityId: store, way: 'FROM', first: 2 }, sender);
    const two = await ask(LIST, { facilityId: store, way: 'FROM', first: 2, after: one.endCursor }, sender);
    const coming = await ask(LIST, { facilityId: clinic, way: 'TO', first: 5 }, receiver);

    const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);
    expect([...ids(one), ...ids(two)]).toEqual(made.toReversed());
    expect(ids(coming)).toEqual(made.toReversed());
  });

  describe('that is recalled', () => {
    it('is found on every shelf, on its way, and in everybody who was given it', async () => {
      const lotId = await addLot(100);
      await despatch(await allocate(30));
      await allocate(10);
      const vaccinator = await as([atFacility('vaccinator', store)]);
      const persons = await Promise.all(
        [1, 2, 3].map(() => addPerson(service, tenant, addTo(today, { months: 0, days: -70 }))),
      );
      const doses: { id: string }[] = [];
      for (const personId of persons) {
        const input = { idempotencyKey: newId(), personId, facilityId: store, lotId, presence: 'WALK_IN' };
        doses.push(await ask(RECORD, { input }, vaccinator));
      }
      const voided = { personId: persons[2], vaccinationId: doses[2]!.id, reason: 'NEVER_GIVEN' };
      await ask(VOID, { input: { ...voided, idempotencyKey: newId() } }, vaccinator);

      const recall = await ask(RECALL, { lotId }, national);
      const one = await ask(RECIPIENTS, { lotId, first: 1 }, national);
      const two = await ask(RECIPIENTS, { lotId, first: 1, after: one.endCursor }, national);

      expect(recall).toMatchObject({ onHand: 58, setAside: 10, onTheWay: 30, given: 2 });
      expect(recall.facilities).toEqual(
        expect.arrayContaining([
          { facilityId: store, onHand: 58, setAside: 10, onTheWay: 0, given: 2, persons: 2 },
          { facilityId: clinic, onHand: 0, setAside: 0, onTheWay: 30, given: 0, persons: 0 },
        ]),
      );
      expect([...one.items, ...two.items].map(({ personId }) => personId)).toEqual(
        persons.slice(0, 2).toSorted((one, other) => (one < other ? -1 : 1)),
      );
      expect(two.endCursor).toBeNull();
      const [trail] = await write<{ n: number }>(
        service,
        tenant,
        `SELECT count(*)::int AS n FROM audit_entry WHERE action = 'stock.recall' AND person_id = ANY ($1::uuid[])`,
        [persons],
      );
      expect(trail!.n).toBe(2);
    });

    it('is shown to nobody who may not recall in the whole country', async () => {
      const lotId = await addLot(10);

      expect(await code(RECALL, { lotId }, sender)).toBe('FORBIDDEN');
      expect(await code(RECIPIENTS, { lotId }, sender)).toBe('FORBIDDEN');
      expect(await code(RECALL, { lotId: newId() }, national)).toBe('NOT_FOUND');
    });
  });
});
