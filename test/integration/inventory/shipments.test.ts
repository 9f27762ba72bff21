import { addFacility, addPerson, addSession, addStaff, addStock, write } from '../../harness/clinic';
import {
  atFacility,
  type Caller,
  country,
  inArea,
  testService,
  type TestService,
} from '../../harness/service';
import { addTo, civilDayOf, encodeCursor, newId } from '../../../src/common';
import { RebuildStock } from '../../../src/inventory';
import { ReceiveStock } from '../../../src/inventory/receive-stock';
import type { StockItem } from '../../../src/inventory/inventory.graphql';
import { KeepWastage } from '../../../src/inventory/wastage/keep-wastage';
import { KeepFigures } from '../../../src/inventory/levels/keep-figures';
import type { Context, Grant, TenantRef } from '../../../src/platform/context';
import { Draws } from '../isolation/draws';

const LINES = `lines { lotId unit doses pieces accepted rejected rejectReason short shortReason over overReason }`;
const SHIPMENT = `__typename ... on StockShipment { id facilityId toFacilityId state requisitionId returnsId returnReason ${LINES} }
  ... on Refusal { message }`;
const ALLOCATE = `mutation ($input: AllocateStockInput!) { answer: allocateStock(input: $input) { ${SHIPMENT}
  ... on NotEnoughStock { products { productCode short } } } }`;
const DESPATCH = `mutation ($input: ShipmentInput!) { answer: despatchStock(input: $input) { ${SHIPMENT} } }`;
const PACK = `mutation ($input: PackShipmentInput!) { answer: packShipment(input: $input) { __typename
  ... on StockShipment { boxes { unit lots { lotId doses } } } ... on PackingDiffers { lots { lotId setAside packed } } } }`;
const CANCEL = `mutation ($input: ShipmentInput!) { answer: cancelShipment(input: $input) { id state } }`;
const RECEIVE = `mutation ($input: ReceiveShipmentInput!) { answer: receiveShipment(input: $input) { ${SHIPMENT}
  ... on ReceiptDiffers { lots { lotId shipped difference } } ... on UnfitNotAccepted { lotIds } } }`;
const RETURN = `mutation ($input: ReturnStockInput!) { answer: returnStock(input: $input) { ${SHIPMENT}
  ... on MoreThanReturnable { lots { lotId returnable } } } }`;
const REQUISITION = `__typename ... on StockRequisition { id facilityId supplierId state shipmentId
    lines { productCode unit usable onTheWay proposed requested reason approved cutReason } } ... on Refusal { message }`;
const REQUEST = `mutation ($input: RequestStockInput!) { answer: requestStock(input: $input) { ${REQUISITION}
  ... on RequestNeedsReason { products { productCode proposed requested } } } }`;
const DECIDE = `mutation ($input: DecideRequisitionInput!) { answer: decideRequisition(input: $input) { ${REQUISITION} } }`;
const ALLOCATE_FOR = `mutation ($input: RequisitionInput!) { answer: allocateRequisition(input: $input) { ${SHIPMENT}
  ... on NotEnoughStock { products { productCode short } } } }`;
const WITHDRAW = `mutation ($input: RequisitionInput!) { answer: cancelRequisition(input: $input) { id state } }`;
const ASKED = `query ($facilityId: ID!, $way: StockShipmentWay!, $first: Int, $after: String) {
  answer: stockRequisitions(facilityId: $facilityId, way: $way, first: $first, after: $after) {
    items { id state shipmentId } endCursor } }`;
const SET_LEVEL = `mutation ($input: SetStockLevelInput!) { answer: setStockLevel(input: $input) {
  productCode unit usable minDoses reorderDoses maxDoses toAskFor alerts } }`;
const LEVELS = `query ($facilityId: ID!, $first: Int, $after: String) { answer: stockLevels(facilityId: $facilityId, first: $first, after: $after) {
  asOf endCursor items { productCode productName usable unusable onTheWay atRisk expiresOn dailyUse daysOfStock minDoses
    reorderDoses maxDoses toAskFor alerts } } }`;
const PROPOSAL = `query ($facilityId: ID!, $productCode: ID!) { answer: stockLevelProposal(facilityId: $facilityId,
  productCode: $productCode, safetyDays: 14, leadDays: 7, supplyDays: 30) { dailyUse days minDoses reorderDoses maxDoses } }`;
const ALERTS = `query ($areaId: ID, $kinds: [StockAlertKind!], $first: Int, $after: String) {
  answer: stockAlerts(areaId: $areaId, kinds: $kinds, first: $first, after: $after) { asOf endCursor
    totals { kind alerts facilities } items { facilityId productCode kind since usable minDoses daysOfStock atRisk } } }`;
const WASTAGE = `query ($facilityId: ID, $areaId: ID, $from: Date!, $to: Date!, $first: Int) { answer: stockWastage(facilityId: $facilityId,
  areaId: $areaId, from: $from, to: $to, first: $first) { asOf definitions { figure text } items { facilityId unit given opened unopened rate openedRate
  reasons { reason opened unopened } } products { productCode unit given opened unopened reasons { reason opened unopened } } } }`;
const LIST = `query ($facilityId: ID!, $way: StockShipmentWay!, $first: Int, $after: String) {
  answer: stockShipments(facilityId: $facilityId, way: $way, first: $first, after: $after) { items { id state } endCursor } }`;
const HOLD = `mutation ($input: HoldLotInput!) { answer: holdLot(input: $input) { id } }`;
const RECALL = `query ($lotId: ID!) { answer: lotRecall(lotId: $lotId) { lotNumber unit onHand setAside onTheWay setApart awaitingDestruction given
  boxes { unit facilityId toFacilityId shipmentId doses pieces }
  facilities { facilityId onHand setAside onTheWay setApart awaitingDestruction given persons } } }`;
const RECIPIENTS = `query ($lotId: ID!, $first: Int, $after: String) { answer: lotRecipients(lotId: $lotId, first: $first, after: $after) {
  items { personId vaccinationId facilityId givenOn } endCursor } }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { answer: recordVaccination(input: $input) { __typename
  ... on Vaccination { id } ... on Refusal { message } } }`;
const VOID = `mutation ($input: VoidVaccinationInput!) { answer: voidVaccination(input: $input) { __typename } }`;
const USE = `mutation ($input: RecordSuppliesUsedInput!) { answer: recordSuppliesUsed(input: $input) { __typename } }`;
const WASTE = `mutation ($input: WasteStockInput!) { answer: wasteStock(input: $input) { __typename } }`;
const PRODUCT = 'penta-10';
/** Counted in pieces. */
const SYRINGE = 'ad-syringe-0.5';

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
  const factsOf = async (facilityId: string) =>
    (
      await write<{ type: string }>(
        service,
        tenant,
        `SELECT type FROM outbox_event WHERE aggregate_id = $1 ORDER BY id`,
        [facilityId],
      )
    ).map(({ type }) => type);
  const setLevel = (more: object = {}, facilityId = clinic) =>
    ask(
      SET_LEVEL,
      {
        input: {
          idempotencyKey: newId(),
          facilityId,
          productCode: PRODUCT,
          expiryDays: 30,
          minDoses: 20,
          reorderDoses: 40,
          maxDoses: 100,
          ...more,
        },
      },
      facilityId === clinic ? receiver : sender,
    );
  const onHand = async (facilityId: string, lotId: string) => {
    const [row] = await write<{ doses: number }>(
      service,
      tenant,
      `SELECT doses FROM stock_on_hand WHERE facility_id = $1 AND lot_id = $2`,
      [facilityId, lotId],
    );
    return row?.doses ?? null;
  };

  /** A member of staff with a role at a facility; what she was written, in order. */
  const mail = async (role: string, facilityId: string) => {
    const [id, email] = [newId(), `${newId()}@staff.example`];
    await write(
      service,
      tenant,
      `WITH staff AS (INSERT INTO staff_account (id, email, name, state, created_at) VALUES ($1, $2, 'Staff', 'ACTIVE', now()))
       INSERT INTO role_grant (id, staff_id, role, reach_kind, reach_id, granted_at) VALUES ($3, $1, $4, 'facility', $5, now())`,
      [id, email, newId(), role, facilityId],
    );
    return async () =>
      (
        await write<{ text: string }>(
          service,
          tenant,
          `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`,
          [email],
        )
      ).map(({ text }) => text);
  };

  describe('of a supply', () => {
    const addSyringes = async (pieces: number, lotNumber = newId().slice(-12)): Promise<string> => {
      const input = { idempotencyKey: newId(), facilityId: store, productCode: SYRINGE, lotNumber, pieces };
      const came = await service.app
        .get(ReceiveStock)
        .run(ctx, { ...input, expiresOn: addTo(today, '2 years') });
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
        facilityId: clinic,
        supplierId: store,
        products: [
          { productCode: SYRINGE, pieces: 101 },
          { productCode: PRODUCT, doses: 20 },
        ],
      };

      const requisition = await ask(REQUEST, { input: asked }, receiver);
      const input = { facilityId: clinic, requisitionId: requisition.id };
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
        national,
      );
      const shipment = await ask(ALLOCATE_FOR, { input }, sender);
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
      expect([await onHand(clinic, vaccine), await onHand(clinic, syringes)]).toEqual([20, 55]);
    });

    it('is sent in its own unit only, and arrives without vial monitors', async () => {
      const syringes = await addSyringes(20);
      const of = (amount: object) => ({
        input: { ...request(1), products: [{ productCode: SYRINGE, ...amount }] },
      });
      const shipment = await ask(ALLOCATE, of({ pieces: 20 }), sender);
      await despatch(shipment);
      const lines = [{ lotId: syringes, accepted: 20, vvmStage: 1 }];

      expect(await code(ALLOCATE, of({ doses: 20 }), sender)).toBe('INVALID_INPUT');
      expect(await code(ALLOCATE, of({ doses: 20, pieces: 20 }), sender)).toBe('INVALID_INPUT');
      expect(await code(ALLOCATE, of({}), sender)).toBe('INVALID_INPUT');
      expect(await code(RECEIVE, { input: { ...named(shipment).input, lines } }, receiver)).toBe(
        'INVALID_INPUT',
      );
    });

    it('is recalled from every place that has or used some, and wasted apart from vaccines', async () => {
      const [syringes, vaccine] = [await addSyringes(100), await addLot(100)];
      const sessionId = await addSession(service, tenant, { facilityId: store, date: today });
      const used = { facilityId: store, sessionId, lots: [{ lotId: syringes, pieces: 30 }] };
      const lost = { facilityId: store, reason: 'BROKEN' };
      const nurse = await as([atFacility('vaccinator', store)]);
      await ask(USE, { input: { ...used, idempotencyKey: newId() } }, nurse);
      const waste = (more: object) =>
        ask(WASTE, { input: { ...lost, idempotencyKey: newId(), ...more } }, sender);
      await waste({ lotId: syringes, pieces: 10 });
      await waste({ lotId: vaccine, doses: 4 });
      await service.app.get(KeepWastage).run(ctx);

      const recall = await ask(RECALL, { lotId: syringes }, national);
      const { items, products } = await ask(WASTAGE, { facilityId: store, from: today, to: today }, sender);

      expect(recall).toMatchObject({ unit: 'PIECE', onHand: 60, given: 30, awaitingDestruction: 10 });
      expect(recall.facilities).toMatchObject([{ facilityId: store, onHand: 60, given: 30, persons: 0 }]);
      expect(items).toMatchObject([{ facilityId: store, unit: 'DOSE', given: 0, unopened: 4 }]);
      expect(products).toContainEqual(
        expect.objectContaining({ productCode: SYRINGE, unit: 'PIECE', given: 30, unopened: 10 }),
      );
    });
  });

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
    await despatch(shipment);
    const unexplained = [
      { lotId, accepted: 9, rejected: 1 },
      { lotId, accepted: 9, short: 1 },
      { lotId, accepted: 11, over: 1 },
    ];
    const told = [];
    for (const line of unexplained)
      told.push(await code(RECEIVE, { input: { ...input, lines: [line] } }, receiver));
    expect(told).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT']);
  });

  it('is asked about at both ends when it came otherwise than it was sent', async () => {
    const [atStore, atClinic] = [await mail('store-keeper', store), await mail('facility-admin', clinic)];
    const lotId = await addLot(100);
    const [whole, broken] = [await despatch(await allocate(10)), await despatch(await allocate(20))];
    await receive(whole, [{ lotId, accepted: 10 }]);
    await receive(broken, [
      { lotId, accepted: 12, rejected: 5, rejectReason: 'BROKEN', short: 3, shortReason: 'UNKNOWN' },
    ]);

    await service.carryFacts();

    const told = expect.stringMatching(`short: 3, over: 0, rejected: 5.*${broken.id}`);
    expect([await atStore(), await atClinic()]).toEqual([[told], [told]]);
  });

  it('may bring a lot that was not sent, which is over altogether and on the shelf from then on', async () => {
    const [sent, other] = [await addLot(10, 40), await addLot(10)];
    const shipment = await despatch(await allocate(10));
    const wrong = { lotId: other, accepted: 10, over: 10, overReason: 'WRONG_LOT' };
    const missing = { lotId: sent, accepted: 0, short: 10, shortReason: 'NOT_PACKED' };

    const unknown = { ...named(shipment).input, lines: [missing, { ...wrong, lotId: newId() }] };
    const refused = await code(RECEIVE, { input: unknown }, receiver);
    const arrived = await receive(shipment, [missing, wrong]);

    expect(refused).toBe('INVALID_INPUT');
    expect(arrived.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ lotId: other, doses: 0, accepted: 10, over: 10 }),
        expect.objectContaining({ lotId: sent, doses: 10, accepted: 0, short: 10 }),
      ]),
    );
    expect(await onHand(clinic, other)).toBe(10);
    expect(await onHand(clinic, sent)).toBeNull();
    expect(await factsOf(clinic)).toContain('inventory.receipt-differed');
    expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
  });

  describe('in boxes', () => {
    const pack = (shipment: { id: string }, boxes: object[]) =>
      ask(PACK, { input: { ...named(shipment).input, boxes } }, sender);

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
      expect(await code(PACK, input('00340123450000000015'), sender)).toBe('INVALID_INPUT');
      expect(await code(PACK, input('BOX-3'), receiver)).toBe('FORBIDDEN');
      await despatch(shipment);
      await receive(shipment, [{ lotId, accepted: 20 }]);
      expect(await code(PACK, input('BOX-3'), sender)).toBe('STATE_FORBIDS');
    });
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

  describe('that was asked for', () => {
    const wanted = (doses: number, reason?: string) => ({
      input: {
        idempotencyKey: newId(),
        facilityId: clinic,
        supplierId: store,
        products: [
          {
            productCode: PRODUCT,
            doses,
            reason,
          },
        ],
      },
    });
    const ref = ({ id }: { id: string }) => ({ facilityId: clinic, requisitionId: id });
    const grant = (requisition: { id: string }, doses: number, reason?: string, who = sender) =>
      ask(
        DECIDE,
        { input: { ...ref(requisition), products: [{ productCode: PRODUCT, doses, reason }] } },
        who,
      );
    const allocateFor = (requisition: { id: string }) =>
      ask(ALLOCATE_FOR, { input: ref(requisition) }, sender);
    const stateOf = async (requisition: { id: string }) => {
      const { items } = await ask(ASKED, { facilityId: clinic, way: 'TO', first: 50 }, receiver);
      return items.find(({ id }: { id: string }) => id === requisition.id).state;
    };

    it('goes the whole way: proposed, asked, granted in part, set aside, despatched, received', async () => {
      const [late, soon] = [await addLot(100), await addLot(30, 40)];
      await setLevel();

      const silent = await ask(REQUEST, wanted(50), receiver);
      const asked = await ask(REQUEST, wanted(110, 'CAMPAIGN'), receiver);
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
      expect(await onHand(clinic, soon)).toBe(30);
    });

    it('is granted by another person than whoever asked, and no more than was asked for', async () => {
      const both = await as([atFacility('store-keeper', store), atFacility('store-keeper', clinic)]);
      const asked = await ask(REQUEST, wanted(50), both);
      const products = [{ productCode: PRODUCT, doses: 51 }];

      expect(await grant(asked, 50, undefined, both)).toMatchObject({
        __typename: 'RequisitionNeedsSecondPerson',
      });
      expect(await code(DECIDE, { input: { ...ref(asked), products } }, sender)).toBe('INVALID_INPUT');
      const cut = [{ productCode: PRODUCT, doses: 49 }];
      expect(await code(DECIDE, { input: { ...ref(asked), products: cut } }, sender)).toBe('INVALID_INPUT');
      expect(await code(DECIDE, { input: { ...ref(asked), products: cut } }, receiver)).toBe('FORBIDDEN');
      expect(await grant(asked, 0, 'NOT_PLAUSIBLE')).toMatchObject({ state: 'REFUSED' });
      expect(await code(ALLOCATE_FOR, { input: ref(asked) }, sender)).toBe('STATE_FORBIDS');
    });

    it('is asked, granted and set aside once, however often and by however many that is said', async () => {
      const lotId = await addLot(100);
      const request = wanted(50);

      const asked = await Promise.all([1, 2, 3].map(() => ask(REQUEST, request, receiver)));
      await Promise.all([1, 2, 3].map(() => grant(asked[0], 50)));
      const aside = await Promise.all([1, 2, 3].map(() => allocateFor(asked[0])));

      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
      expect(new Set(aside.map(({ id }) => id)).size).toBe(1);
      expect(await onHand(store, lotId)).toBe(50);
      expect((await factsOf(clinic)).filter(type => type === 'inventory.requisition-decided')).toHaveLength(
        1,
      );
    });

    it('is set aside whole or not at all; granted anew, it is', async () => {
      await addLot(30);
      const asked = await ask(REQUEST, wanted(50), receiver);
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
          sender,
        ),
      ).toBe('STATE_FORBIDS');
    });

    it('can be withdrawn before stock is set aside for it, and again when that was put back', async () => {
      await addLot(100);
      const [one, two] = [await ask(REQUEST, wanted(10), receiver), await ask(REQUEST, wanted(10), receiver)];
      await grant(two, 10);
      const aside = await allocateFor(two);

      const withdrawn = await ask(WITHDRAW, { input: ref(one) }, receiver);
      const tooLate = await code(WITHDRAW, { input: ref(two) }, receiver);
      await ask(CANCEL, named(aside), sender);
      const putBack = await stateOf(two);
      const second = await allocateFor(two);

      expect(withdrawn.state).toBe('CANCELLED');
      expect(await ask(WITHDRAW, { input: ref(one) }, receiver)).toEqual(withdrawn);
      expect(tooLate).toBe('STATE_FORBIDS');
      expect(putBack).toBe('APPROVED');
      expect(second.id).not.toBe(aside.id);
    });

    it('is listed for both, page by page', async () => {
      const made = [await ask(REQUEST, wanted(1), receiver), await ask(REQUEST, wanted(2), receiver)];

      const one = await ask(ASKED, { facilityId: store, way: 'FROM', first: 1 }, sender);
      const two = await ask(
        ASKED,
        { facilityId: store, way: 'FROM', first: 1, after: one.endCursor },
        sender,
      );

      expect([one.items[0].id, two.items[0].id]).toEqual([made[1].id, made[0].id]);
    });
  });

  describe('that goes back', () => {
    const bringBack = (shipment: { id: string }, reason: string, lotId: string, doses: number) => {
      const input = { idempotencyKey: newId(), ...named(shipment).input, reason, lots: [{ lotId, doses }] };
      return ask(RETURN, { input }, receiver);
    };
    const back = ({ id }: { id: string }) => ({ facilityId: clinic, shipmentId: id });
    const leave = (returned: { id: string }) => ask(DESPATCH, { input: back(returned) }, receiver);
    const count = (returned: { id: string }, lines: object[]) =>
      ask(RECEIVE, { input: { ...back(returned), lines } }, sender);
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
        facilityId: clinic,
        toFacilityId: store,
        state: 'ALLOCATED',
        returnsId: shipment.id,
        returnReason: 'EXCESS',
      });
      expect(tooMuch).toMatchObject({
        __typename: 'MoreThanReturnable',
        lots: [{ lotId, returnable: 20 }],
      });
      expect([await onHand(store, lotId), await onHand(clinic, lotId)]).toEqual([80, 20]);
      expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
    });

    it('is sent back by whoever runs the facility, who sends nothing else', async () => {
      const lotId = await addLot(100);
      const shipment = await supplied(lotId, 60);
      const runs = await as([atFacility('facility-admin', clinic)]);
      const away = { ...request(10), facilityId: clinic, toFacilityId: store };
      const other = await ask(ALLOCATE, { input: away }, receiver);
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
      const input = { idempotencyKey: newId(), lotId, facilityId: clinic, reason: 'COLD_CHAIN_EXCURSION' };
      await ask(HOLD, { input }, receiver);

      const fit = await bringBack(shipment, 'EXCESS', lotId, 10);
      const returned = await bringBack(shipment, 'DAMAGED', lotId, 10);
      await leave(returned);
      const accepted = await count(returned, [{ lotId, accepted: 10 }]);
      await count(returned, [{ lotId, accepted: 0, rejected: 10, rejectReason: 'FROZEN' }]);

      expect(fit.__typename).toBe('LotOnHold');
      expect(accepted).toMatchObject({ __typename: 'UnfitNotAccepted', lotIds: [lotId] });
      expect([await onHand(store, lotId), await onHand(clinic, lotId)]).toEqual([40, 50]);
    });

    it('is recalled stock too, which is kept apart where it is on hold', async () => {
      const lotId = await addLot(100);
      const shipment = await supplied(lotId, 60);
      await ask(HOLD, { input: { idempotencyKey: newId(), lotId, reason: 'RECALL' } }, national);

      const returned = await bringBack(shipment, 'RECALLED', lotId, 60);
      await leave(returned);
      const arrived = await count(returned, [{ lotId, accepted: 60 }]);

      expect(arrived.state).toBe('RECEIVED');
      expect(await onHand(store, lotId)).toBe(100);
      expect(await allocate(1)).toMatchObject({ __typename: 'NotEnoughStock' });
    });
  });

  describe('that is watched', () => {
    const day = (days: number) => addTo(today, { months: 0, days });
    /** So many doses of a lot given on a day of the past, in the ledger alone. */
    const gave = (lotId: string, doses: number, days: number, facilityId = clinic) =>
      write(
        service,
        tenant,
        `WITH gone AS (UPDATE stock_on_hand SET doses = doses - $4::int WHERE facility_id = $1::uuid AND lot_id = $3::uuid)
         INSERT INTO stock_move VALUES ($1::uuid, $2, $3::uuid, 'on-hand', 'given', $4::int, 'given', NULL, $5, now(), NULL)`,
        [facilityId, newId(), lotId, doses, day(days)],
      );
    const levelOf = async (facilityId = clinic, who = receiver) =>
      (await ask(LEVELS, { facilityId, first: 5 }, who)).items[0];
    const alertsAt = async (facilityId = clinic) =>
      (await ask(ALERTS, { first: 100 }, national)).items.filter(
        (alert: { facilityId: string }) => alert.facilityId === facilityId,
      );
    const round = () => service.app.get(KeepFigures).run(ctx);

    it('has levels proposed from what was used on the days that it was there', async () => {
      const lotId = await addLot(400, 300, clinic); // there for all of the ninety days
      await gave(lotId, 100, -60);
      await gave(lotId, 80, -10);

      const proposal = await ask(PROPOSAL, { facilityId: clinic, productCode: PRODUCT }, receiver);
      const level = await setLevel({ minDoses: 28, reorderDoses: 42, maxDoses: 88 });

      expect(proposal).toEqual({ dailyUse: 2, days: 90, minDoses: 30, reorderDoses: 50, maxDoses: 90 });
      expect(level).toMatchObject({ usable: 220, toAskFor: 0, alerts: [] });
      expect(await levelOf()).toMatchObject({ dailyUse: 2, daysOfStock: 110 });
    });

    it('is not thought unused on days when nothing was there', async () => {
      const lotId = await addLot(0, 300, clinic);
      const came = (doses: number, days: number) =>
        write(
          service,
          tenant,
          `WITH came AS (UPDATE stock_on_hand SET doses = doses + $4::int WHERE facility_id = $1::uuid AND lot_id = $3::uuid)
           INSERT INTO stock_move VALUES ($1::uuid, $2, $3::uuid, 'outside', 'on-hand', $4::int, 'received', NULL, $5, now(), NULL)`,
          [clinic, newId(), lotId, doses, day(days)],
        );
      await came(60, -40); // nothing before: fifty days
      await gave(lotId, 60, -31); // there for ten days, out for twenty
      await came(50, -10); // there for ten days

      const { dailyUse, days } = await ask(PROPOSAL, { facilityId: clinic, productCode: PRODUCT }, receiver);

      expect({ dailyUse, days }).toEqual({ dailyUse: 3, days: 20 });
    });

    it('is used as much a day as somebody finds who goes through its days one by one', async () => {
      const draws = new Draws();
      const from = -90;
      for (let round = 0; round < 3; round++) {
        const facilityId = (await addFacility(service, tenant)).id;
        const lotId = await addLot(0, 300, facilityId);
        const used: Record<number, number> = {};
        const change: Record<number, number> = {};
        let there = 0;
        const moves = [];
        for (let at = from - 20; at <= 0; at++) {
          if (!draws.chance(0.2)) continue;
          const isUse = there > 0 && draws.chance(0.7);
          const doses = isUse ? 1 + draws.below(there) : 1 + draws.below(20);
          const [to, reason] = draws.one([
            ['given', 'given'],
            ['wasted', 'BROKEN'],
            ['wasted', 'EXPIRED'],
            ['in-transit', 'despatched'],
          ] as const);
          there += isUse ? -doses : doses;
          change[at] = isUse ? -doses : doses;
          used[at] = isUse && reason !== 'EXPIRED' ? doses : 0;
          const accounts = isUse ? ['on-hand', to, reason] : ['outside', 'on-hand', 'received'];
          moves.push([newId(), accounts[0], accounts[1], doses, accounts[2], day(at)]);
        }
        await write(
          service,
          tenant,
          `WITH shelf AS (UPDATE stock_on_hand SET doses = $3 WHERE facility_id = $1::uuid AND lot_id = $2::uuid)
           INSERT INTO stock_move
           SELECT $1::uuid, (m->>0)::uuid, $2::uuid, m->>1, m->>2, (m->>3)::int, m->>4, NULL, (m->>5)::date, now(), NULL
           FROM json_array_elements($4::json) m`,
          [facilityId, lotId, there, JSON.stringify(moves)],
        );
        let balance = Object.entries(change)
          .filter(([at]) => Number(at) < from)
          .reduce((sum, [, doses]) => sum + doses, 0);
        const found = { doses: 0, days: 0 };
        for (let at = from; at < 0; at++) {
          if (balance > 0 || change[at] !== undefined) found.days++;
          balance += change[at] ?? 0;
          found.doses += used[at] ?? 0;
        }

        const asked = { facilityId, productCode: PRODUCT };
        const { dailyUse, days } = await ask(PROPOSAL, asked, national);

        expect({ seed: draws.seed, round, dailyUse, days }).toEqual({
          seed: draws.seed,
          round,
          dailyUse: found.doses > 0 ? found.doses / found.days : 0,
          days: found.doses > 0 ? found.days : 0,
        });
      }
    });

    it('is told of once when it runs out, runs low or will not be used up, and once when that is over', async () => {
      await setLevel();
      await service.carryFacts();
      const out = await alertsAt();
      const lotId = await addLot(10, 5, clinic);
      await round();
      const low = await alertsAt();
      await round();
      const more = { idempotencyKey: newId(), facilityId: clinic, productCode: PRODUCT, doses: 90 };
      const box = { lotNumber: newId(), expiresOn: day(300) };
      await ask(
        `mutation ($input: ReceiveStockInput!) { answer: receiveStock(input: $input) { __typename } }`,
        { input: { ...more, ...box } },
        receiver,
      );
      await service.carryFacts();
      const enough = await alertsAt();
      await gave(lotId, 10, 0);
      await round();

      expect(out).toMatchObject([{ kind: 'STOCK_OUT', usable: 0, minDoses: 20 }]);
      expect(low).toMatchObject([
        { kind: 'BELOW_MINIMUM', usable: 10 },
        { kind: 'NEAR_EXPIRY', atRisk: 10 },
      ]);
      expect(enough).toMatchObject([{ kind: 'NEAR_EXPIRY' }]);
      expect(await alertsAt()).toEqual([]);
      const told = (await factsOf(clinic)).filter(type => type.includes('stock-alert'));
      expect(told.filter(type => type.endsWith('raised'))).toHaveLength(3);
      expect(told.filter(type => type.endsWith('ended'))).toHaveLength(3);
    });

    it('is written once to those who ask for it there, all that was found together', async () => {
      const [keeper, nurse] = [await mail('store-keeper', clinic), await mail('vaccinator', clinic)];
      const elsewhere = await mail('store-keeper', store);
      await setLevel();
      await setLevel({ productCode: 'bcg-20' });

      await service.carryFacts();
      await service.carryFacts(); // facts of facts
      await round();
      await service.carryFacts();

      expect(await keeper()).toEqual([expect.stringMatching(/: run out: [^;]+; [^;]+\. Ask for stock/)]);
      expect([await nurse(), await elsewhere()]).toEqual([[], []]);
    });

    it('is wasted by facility, reason and month, out of opened vials or not, also when it is told late', async () => {
      const lotId = await addLot(500, 300, clinic);
      const whole = await as([country('logistics-officer')]);
      const [nurse, counted] = [await as([atFacility('vaccinator', clinic)]), service.app.get(KeepWastage)];
      const waste = { idempotencyKey: newId(), facilityId: clinic, lotId, doses: 30, reason: 'BROKEN' };
      const opening = { idempotencyKey: newId(), facilityId: clinic, lotId };
      const asked = { facilityId: clinic, from: day(-70), to: today };
      await gave(lotId, 50, 0);
      await ask(
        `mutation ($input: WasteStockInput!) { answer: wasteStock(input: $input) { __typename } }`,
        { input: waste },
        receiver,
      );
      const vial = await ask(
        `mutation ($input: OpenVialInput!) { answer: openVial(input: $input) { ... on OpenVial { id } } }`,
        { input: opening },
        nurse,
      );
      const discarded = { facilityId: clinic, vialId: vial.id, reason: 'CONTAMINATED' };
      await ask(
        `mutation ($input: DiscardVialInput!) { answer: discardVial(input: $input) { id } }`,
        { input: discarded },
        nurse,
      );

      const before = await ask(WASTAGE, asked, receiver);
      await counted.run(ctx);
      const first = await ask(WASTAGE, asked, receiver);
      await gave(lotId, 110, -70); // papers that come late
      await write(service, tenant, `UPDATE stock_use_read SET read_on = read_on - 1 WHERE facility_id = $1`, [
        clinic,
      ]);
      await counted.run(ctx);
      await counted.run(ctx);
      const later = await ask(WASTAGE, asked, receiver);
      const thisMonth = await ask(WASTAGE, { ...asked, from: today }, receiver);

      const reasons = [
        { reason: 'BROKEN', opened: 0, unopened: 30 },
        { reason: 'CONTAMINATED', opened: 10, unopened: 0 },
      ];
      const found = { given: 50, opened: 10, unopened: 30, reasons };
      expect([before.asOf, before.items]).toEqual([null, []]);
      expect(first.items).toMatchObject([
        { ...found, facilityId: clinic, rate: 40 / 90, openedRate: 10 / 60 },
      ]);
      expect(first.definitions.map(({ text }: { text: string }) => text)).toContainEqual(
        expect.stringContaining('as a share of all that were wasted, lost or given'),
      );
      expect(first.asOf).not.toBeNull();
      expect(later.items).toMatchObject([{ ...found, given: 160, rate: 0.2 }]);
      expect(later.products).toMatchObject([{ productCode: PRODUCT, ...found, given: 160 }]);
      expect(thisMonth.items).toEqual(first.items);
      expect(await code(WASTAGE, { ...asked, from: today, to: day(-70) }, receiver)).toBe('INVALID_INPUT');
      expect(await code(WASTAGE, asked, sender)).toBe('FORBIDDEN');
      expect(await code(WASTAGE, { ...asked, facilityId: null }, receiver)).toBe('FORBIDDEN');
      const everywhere = (await ask(WASTAGE, { from: today, to: today, first: 1 }, whole)).products;
      const of = everywhere.find(({ productCode }: { productCode: string }) => productCode === PRODUCT);
      expect(of.given).toBeGreaterThanOrEqual(50);
    });

    it('is not out of stock where nobody wants it, and is where all of it is on hold', async () => {
      const lotId = await addLot(10, 300, clinic);
      await addLot(0);
      await setLevel({ minDoses: 0, reorderDoses: 0 });
      await ask(
        HOLD,
        { input: { idempotencyKey: newId(), lotId, facilityId: clinic, reason: 'INVESTIGATION' } },
        receiver,
      );
      await round();

      expect(await alertsAt(store)).toEqual([]);
      expect(await alertsAt()).toMatchObject([{ kind: 'STOCK_OUT', usable: 0 }]);
      expect(await levelOf()).toMatchObject({ usable: 0, unusable: 10, toAskFor: 100 });
    });

    it('is seen by area, kind by kind and page by page, as of a moment before which nothing is missing', async () => {
      const before = new Date();
      const { id: elsewhere, areaIds } = await addFacility(service, tenant, 1);
      const keeper = await as([atFacility('store-keeper', elsewhere)]);
      for (const productCode of ['penta-10', 'bcg-20'])
        await ask(
          SET_LEVEL,
          {
            input: {
              idempotencyKey: newId(),
              facilityId: elsewhere,
              productCode,
              expiryDays: 30,
              minDoses: 20,
              reorderDoses: 40,
              maxDoses: 100,
            },
          },
          keeper,
        );
      await round();
      const manager = await as([inArea('district-manager', areaIds[0]!)]);
      const asked = { areaId: areaIds[0], kinds: ['STOCK_OUT'], first: 1 };

      const one = await ask(ALERTS, asked, manager);
      const two = await ask(ALERTS, { ...asked, after: one.endCursor }, manager);
      const low = await ask(ALERTS, { ...asked, kinds: ['BELOW_MINIMUM'] }, manager);

      const seen = [...one.items, ...two.items].map(({ facilityId, productCode }) => [
        facilityId,
        productCode,
      ]);
      expect(seen.toSorted((a, b) => (a[1] < b[1] ? -1 : 1))).toEqual([
        [elsewhere, 'bcg-20'],
        [elsewhere, 'penta-10'],
      ]);
      expect(two.endCursor).toBeNull();
      expect(one.totals).toEqual([{ kind: 'STOCK_OUT', alerts: 2, facilities: 1 }]);
      expect(low.items).toEqual([]);
      expect(new Date(one.asOf).getTime()).toBeGreaterThanOrEqual(before.getTime());
      expect(await code(ALERTS, { first: 1 }, manager)).toBe('FORBIDDEN');
      const noDay = encodeCursor(`2026-02-30T00:00:00.000Z ${elsewhere} STOCK_OUT bcg-20`);
      expect((await ask(ALERTS, { ...asked, after: noDay }, manager)).items).toHaveLength(1);
    });
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
      const none = { setApart: 0, awaitingDestruction: 0 };
      expect(recall.facilities).toEqual(
        expect.arrayContaining([
          { facilityId: store, onHand: 58, setAside: 10, onTheWay: 0, ...none, given: 2, persons: 2 },
          { facilityId: clinic, onHand: 0, setAside: 0, onTheWay: 30, ...none, given: 0, persons: 0 },
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

    it('is found in its boxes, set apart by a count, and where it lies wasted until it is destroyed', async () => {
      const lotId = await addLot(100);
      const shipment = await allocate(30);
      await ask(PACK, { input: { ...named(shipment).input, boxes: [{ unit: 'BOX-8' }] } }, sender);
      await despatch(shipment);
      const arrived = await allocate(20);
      await despatch(arrived);
      await receive(arrived, [{ lotId, accepted: 15, rejected: 5, rejectReason: 'BROKEN' }]);
      const opened = await ask(
        `mutation ($input: OpenStocktakeInput!) { answer: openStocktake(input: $input) { ... on Stocktake { id } } }`,
        { input: { idempotencyKey: newId(), facilityId: store } },
        sender,
      );
      const unfit = [{ reason: 'BROKEN', doses: 4 }];
      await ask(
        `mutation ($input: CountStockInput!) { answer: countStock(input: $input) { id } }`,
        {
          input: {
            idempotencyKey: newId(),
            facilityId: store,
            stocktakeId: opened.id,
            lots: [{ lotId, doses: 46, unfit }],
          },
        },
        sender,
      );

      const recall = await ask(RECALL, { lotId }, national);

      expect(recall).toMatchObject({ onHand: 61, onTheWay: 30, setApart: 4, awaitingDestruction: 5 });
      expect(recall.boxes).toEqual([
        {
          unit: 'BOX-8',
          facilityId: store,
          toFacilityId: clinic,
          shipmentId: shipment.id,
          doses: 30,
          pieces: 0,
        },
      ]);
      expect(recall.facilities).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ facilityId: store, onHand: 46, setApart: 4, awaitingDestruction: 0 }),
          expect.objectContaining({ facilityId: clinic, onHand: 15, onTheWay: 30, awaitingDestruction: 5 }),
        ]),
      );
    });

    it('is shown to nobody who may not recall in the whole country', async () => {
      const lotId = await addLot(10);

      expect(await code(RECALL, { lotId }, sender)).toBe('FORBIDDEN');
      expect(await code(RECIPIENTS, { lotId }, sender)).toBe('FORBIDDEN');
      expect(await code(RECALL, { lotId: newId() }, national)).toBe('NOT_FOUND');
    });
  });
});
