import { addFacility, addStaff, addStock, write } from '../../harness/worlds/clinic';
import { atFacility, type Caller, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { RebuildStock, Stock } from '../../../src/inventory';
import type { Context, Grant, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';

const STOCKTAKE = `__typename ... on Stocktake { id state version lines { lotId state doses unfit { reason doses } } }`;
const REFUSED = `... on Refusal { message } ... on StocktakeUnderWay { stocktakeId }`;
const OPEN = `mutation ($input: OpenStocktakeInput!) { answer: openStocktake(input: $input) { ${STOCKTAKE} ${REFUSED} } }`;
const COUNT = `mutation ($input: CountStockInput!) { answer: countStock(input: $input) { ${STOCKTAKE} } }`;
const SUBMIT = `mutation ($input: SubmitStocktakeInput!) { answer: submitStocktake(input: $input) { ${STOCKTAKE}
  ... on Refusal { message } ... on StocktakeIncomplete { lotIds } ... on StocktakeUnexplained { lotIds } } }`;
const DECIDE = `mutation ($input: DecideStocktakeInput!) { answer: decideStocktake(input: $input) { ${STOCKTAKE}
  ... on Refusal { message } ... on StocktakeMoved { lotIds } ... on StocktakeChanged { version } } }`;
const CANCEL = `mutation ($input: StocktakeInput!) { answer: cancelStocktake(input: $input) { ${STOCKTAKE} } }`;
const REVIEW = `query ($facilityId: ID!, $id: ID!) { answer: stocktakeReview(facilityId: $facilityId, id: $id) {
  version lines { lotId doses book difference counts reason unfit { reason doses } } } }`;
const LIST = `query ($facilityId: ID!) { answer: stocktakes(facilityId: $facilityId) { items { id state } endCursor } }`;
const WASTE = `mutation ($input: WasteStockInput!) { answer: wasteStock(input: $input) { __typename } }`;
const DESTRUCTION = `__typename ... on StockDestruction { id state method witnessedBy lots { lotId doses } }
  ... on StockNotWasted { lots { lotId doses there } } ... on Refusal { message }`;
const DESTROY = `mutation ($input: RecordDestructionInput!) { answer: recordDestruction(input: $input) { ${DESTRUCTION} } }`;
const WITNESS = `mutation ($input: DestructionInput!) { answer: witnessDestruction(input: $input) { ${DESTRUCTION} } }`;
const WITHDRAW = `mutation ($input: DestructionInput!) { answer: withdrawDestruction(input: $input) { id state } }`;
const AWAITING = `query ($facilityId: ID!) { answer: stockAwaitingDestruction(facilityId: $facilityId) { lotId doses } }`;
const DESTROYED = `query ($facilityId: ID!) { answer: stockDestructions(facilityId: $facilityId) { items { id state } } }`;
const PRODUCT = 'penta-10';

describe('what a place counts', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ctx: Context;
  let today: string;
  let facilityId: string;
  let keeper: Caller;
  let supervisor: Caller;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    ctx = service.contextOf(tenant);
    today = civilDayOf(new Date(), tenant.timeZone);
  }, 120_000);
  beforeEach(async () => {
    facilityId = (await addFacility(service, tenant)).id;
    keeper = await as([atFacility('store-keeper', facilityId)]);
    supervisor = await as([atFacility('facility-admin', facilityId)]);
  });
  afterAll(() => service.stop());

  const as = async (grants: Grant[]) => ({
    tenant: 'aa',
    token: await service.tokenFor(tenant, grants, 'staff', await addStaff(service, tenant)),
  });
  const ask = (query: string, variables: object, who = keeper) => service.answer(query, variables, who);
  const code = (query: string, variables: object, who = keeper) => service.errorCode(query, variables, who);
  const addLot = (doses: number, days = 300) =>
    addStock(service, tenant, {
      facilityId,
      product: PRODUCT,
      doses,
      expiresOn: addTo(today, { months: 0, days }),
    });
  const open = (more: object = {}) => ask(OPEN, { input: { idempotencyKey: newId(), facilityId, ...more } });
  const named = ({ id }: { id: string }) => ({ facilityId, stocktakeId: id });
  const counting = (stocktake: { id: string }, lots: object[], more: object = {}) => ({
    input: { idempotencyKey: newId(), ...named(stocktake), lots, ...more },
  });
  const count = (stocktake: { id: string }, lots: object[], more: object = {}) =>
    ask(COUNT, counting(stocktake, lots, more));
  const submit = (stocktake: { id: string }, lotIds: string[] = []) =>
    ask(SUBMIT, {
      input: { ...named(stocktake), reasons: lotIds.map(lotId => ({ lotId, reason: 'UNEXPLAINED' })) },
    });
  const decide = (
    { version, ...stocktake }: { id: string; version: number },
    more: object = {},
    who = supervisor,
  ) => ask(DECIDE, { input: { ...named(stocktake), version, approve: true, ...more } }, who);
  const give = (lotId: string, doses: number, more: object = {}, at = ctx) =>
    service.app
      .get(Database)
      .write(at, work =>
        service.app
          .get(Stock)
          .drawAll(work, [{ ctx: at, draw: { facilityId, lotId, doses, referenceId: newId(), ...more } }]),
      );
  const onHand = async (lotId: string) =>
    (await service.app.get(Database).read(ctx, work => service.app.get(Stock).lotAt(work, facilityId, lotId)))
      ?.doses;
  const account = async (lotId: string, name: string) => {
    const [row] = await write<{ doses: number }>(
      service,
      tenant,
      `SELECT coalesce(sum(CASE $3 WHEN to_account THEN doses WHEN from_account THEN -doses ELSE 0 END), 0)::int AS doses
       FROM stock_move WHERE facility_id = $1 AND lot_id = $2`,
      [facilityId, lotId, name],
    );
    return row!.doses;
  };
  const isSound = async () => expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);

  it('is counted blind and approved by a second person, and then the ledger says it', async () => {
    const [less, more, old] = [await addLot(100), await addLot(50), await addLot(20, -1)];
    const stocktake = await open();

    await count(stocktake, [
      { lotId: less, doses: 85, vvmStage: 2, unfit: [{ reason: 'VVM_CHANGED', doses: 10 }] },
      { lotId: more, doses: 53 },
    ]);
    const incomplete = await submit(stocktake);
    await count(stocktake, [{ lotId: old, doses: 20 }]);
    const unexplained = await submit(stocktake);
    const submitted = await submit(stocktake, [less, more]);
    const review = await ask(REVIEW, { facilityId, id: stocktake.id }, supervisor);
    const approved = await decide(submitted);

    expect(incomplete).toMatchObject({ __typename: 'StocktakeIncomplete', lotIds: [old] });
    expect(unexplained.__typename).toBe('StocktakeUnexplained');
    expect(new Set(unexplained.lotIds)).toEqual(new Set([less, more]));
    expect(review.lines).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ lotId: less, doses: 85, book: 100, difference: -5, reason: 'UNEXPLAINED' }),
        expect.objectContaining({ lotId: more, doses: 53, book: 50, difference: 3 }),
        expect.objectContaining({
          lotId: old,
          doses: 0,
          difference: 0,
          unfit: [{ reason: 'EXPIRED', doses: 20 }],
        }),
      ]),
    );
    expect(approved).toMatchObject({ __typename: 'Stocktake', state: 'APPROVED' });
    expect([await onHand(less), await onHand(more), await onHand(old)]).toEqual([85, 53, 0]);
    expect([await account(less, 'lost'), await account(less, 'wasted')]).toEqual([5, 10]);
    expect([await account(more, 'unknown'), await account(old, 'wasted')]).toEqual([-3, 20]);
    await isSound();
  });

  it('is not decided on by anybody who had a hand in it, nor as it was before it changed', async () => {
    const lotId = await addLot(10);
    const stocktake = await open();
    const both = await as([atFacility('store-keeper', facilityId), atFacility('facility-admin', facilityId)]);
    await ask(COUNT, counting(stocktake, [{ lotId, doses: 10 }]), both);
    const submitted = await submit(stocktake);

    const byCounter = await decide(submitted, {}, both);
    const stale = await decide({ ...submitted, version: submitted.version - 1 });
    const sentBack = await decide(submitted, { approve: false });
    const late = await code(
      DECIDE,
      { input: { ...named(stocktake), version: 9, approve: true } },
      supervisor,
    );

    expect(byCounter).toMatchObject({ __typename: 'StocktakeNeedsSecondPerson' });
    expect(stale).toMatchObject({ __typename: 'StocktakeChanged', version: submitted.version });
    expect(sentBack).toMatchObject({ state: 'OPEN', lines: [{ lotId, state: 'DUE' }] });
    expect(late).toBe('STATE_FORBIDS');
  });

  it('is compared with the book of its own moment, whatever moves meanwhile', async () => {
    const lotId = await addLot(100);
    const stocktake = await open();
    await give(lotId, 5);
    await count(stocktake, [{ lotId, doses: 93 }]);
    await give(lotId, 4);

    await decide(await submit(stocktake, [lotId]));

    expect(await onHand(lotId)).toBe(89);
    expect(await account(lotId, 'lost')).toBe(2);
    await isSound();
  });

  it('knows a count on paper that is entered after other things', async () => {
    const lotId = await addLot(100);
    const stocktake = await open();
    const countedAt = new Date().toISOString();
    const after = new Date(Date.parse(countedAt) + 1);
    await give(lotId, 5, {}, service.contextOf(tenant, { now: () => after }));

    await count(stocktake, [{ lotId, doses: 100 }], { countedAt });
    await decide(await submit(stocktake));

    expect(await onHand(lotId)).toBe(95);
    expect(await account(lotId, 'lost')).toBe(0);
    const before = new Date(Date.parse(countedAt) - 86_400_000).toISOString();
    expect(await code(COUNT, counting(stocktake, [{ lotId, doses: 1 }]))).toBe('STATE_FORBIDS');
    const next = await open();
    expect(await code(COUNT, counting(next, [{ lotId, doses: 1 }], { countedAt: before }))).toBe(
      'INVALID_INPUT',
    );
  });

  it('is explained by doses of the days before that are told late, and asks again when they make no sense', async () => {
    const [missing, whole] = [await addLot(100), await addLot(100)];
    const yesterday = addTo(today, { months: 0, days: -1 });
    const stocktake = await open();
    await count(stocktake, [
      { lotId: missing, doses: 98 },
      { lotId: whole, doses: 100 },
    ]);
    const submitted = await submit(stocktake, [missing]);
    await give(missing, 2, { on: yesterday, past: true });
    await give(whole, 1, { on: yesterday, past: true });

    const moved = await decide(submitted);
    const sentBack = await decide(submitted, { approve: false, recountLotIds: [whole] });
    await count(stocktake, [{ lotId: whole, doses: 99 }]);
    await decide(await submit(sentBack));

    expect(moved).toMatchObject({ __typename: 'StocktakeMoved', lotIds: [whole] });
    expect([await onHand(missing), await onHand(whole)]).toEqual([98, 99]);
    expect([await account(missing, 'lost'), await account(whole, 'unknown')]).toEqual([0, 0]);
    await isSound();
  });

  it('takes what is unfit off the shelf at once, and puts it back when it is counted otherwise', async () => {
    const lotId = await addLot(10);
    const stocktake = await open();

    await count(stocktake, [{ lotId, doses: 4, unfit: [{ reason: 'VVM_CHANGED', doses: 6 }] }]);
    const during = await onHand(lotId);
    const tooMany = await give(lotId, 5);
    await count(stocktake, [{ lotId, doses: 8, unfit: [{ reason: 'BROKEN', doses: 2 }] }]);
    const after = await onHand(lotId);
    await ask(CANCEL, { input: named(stocktake) });
    const again = await ask(CANCEL, { input: named(stocktake) });

    expect([during, tooMany, after]).toEqual([4, false, 8]);
    expect(again.state).toBe('CANCELLED');
    expect([await onHand(lotId), await account(lotId, 'wasted'), await account(lotId, 'set-apart')]).toEqual([
      8, 2, 0,
    ]);
    await isSound();
  });

  it('finds a lot that the book does not have there', async () => {
    const lotId = await addLot(5);
    const { id: elsewhere } = await addFacility(service, tenant);
    const other = await addStock(service, tenant, {
      facilityId: elsewhere,
      product: PRODUCT,
      doses: 5,
      expiresOn: addTo(today, '1 year'),
    });
    const stocktake = await open();

    await count(stocktake, [
      { lotId, doses: 5 },
      { lotId: other, doses: 3, unfit: [{ reason: 'BROKEN', doses: 1 }] },
    ]);
    await decide(await submit(stocktake, [other]));

    expect([await onHand(other), await account(other, 'unknown'), await account(other, 'wasted')]).toEqual([
      3, -4, 1,
    ]);
    expect(await code(COUNT, counting(await open(), [{ lotId: newId(), doses: 1 }]))).toBe('INVALID_INPUT');
    await isSound();
  });

  it('is one count at a time, opened, entered and approved once however often and at once that is said', async () => {
    const lotId = await addLot(100);
    const opening = { input: { idempotencyKey: newId(), facilityId } };

    const opened = await Promise.all([1, 2, 3].map(() => ask(OPEN, opening)));
    const others = await Promise.all([open(), open({ productCodes: ['bcg-20'] })]);
    const entered = counting(opened[0], [{ lotId, doses: 90, unfit: [{ reason: 'BROKEN', doses: 4 }] }]);
    await Promise.all([1, 2, 3].map(() => ask(COUNT, entered)));
    const [submitted] = await Promise.all([1, 2, 3].map(() => submit(opened[0], [lotId])));
    const approved = await Promise.all([1, 2, 3].map(() => decide(submitted)));
    const { items } = await ask(LIST, { facilityId });

    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(others).toEqual([
      expect.objectContaining({ __typename: 'StocktakeUnderWay', stocktakeId: opened[0].id }),
      expect.objectContaining({ __typename: 'StocktakeUnderWay', stocktakeId: opened[0].id }),
    ]);
    expect(approved.map(({ state }) => state)).toEqual(['APPROVED', 'APPROVED', 'APPROVED']);
    expect(items).toEqual([{ id: opened[0].id, state: 'APPROVED' }]);
    expect([await onHand(lotId), await account(lotId, 'lost'), await account(lotId, 'wasted')]).toEqual([
      90, 6, 4,
    ]);
    await isSound();
  });

  describe('and destroys', () => {
    const waste = (lotId: string, doses: number, reason: string) =>
      ask(WASTE, { input: { idempotencyKey: newId(), facilityId, lotId, doses, reason } });
    const destroying = (lots: object[], more: object = {}) => ({
      input: {
        idempotencyKey: newId(),
        facilityId,
        method: 'INCINERATION',
        documentReference: 'PV-17',
        destroyedOn: today,
        lots,
        ...more,
      },
    });
    const saw = ({ id }: { id: string }, who = supervisor) =>
      ask(WITNESS, { input: { facilityId, destructionId: id } }, who);

    it('is what lay wasted, before a witness, once', async () => {
      const lotId = await addLot(100);
      await waste(lotId, 30, 'HEAT_EXPOSED');
      await waste(lotId, 5, 'MISSING');

      const recorded = await ask(DESTROY, destroying([{ lotId, doses: 30 }]));
      const bySame = await saw(recorded, keeper);
      const before = await account(lotId, 'destroyed');
      const witnessed = await Promise.all([1, 2, 3].map(() => saw(recorded)));

      expect(bySame).toMatchObject({ __typename: 'DestructionNeedsWitness' });
      expect(before).toBe(0);
      expect(witnessed.map(({ state }) => state)).toEqual(['WITNESSED', 'WITNESSED', 'WITNESSED']);
      expect([await account(lotId, 'destroyed'), await account(lotId, 'wasted')]).toEqual([30, 5]);
      expect(await ask(AWAITING, { facilityId })).toEqual([]);
      expect(await code(WITHDRAW, { input: { facilityId, destructionId: recorded.id } })).toBe(
        'STATE_FORBIDS',
      );
      await isSound();
    });

    it('is never more than lies wasted, nor what another record claims', async () => {
      const lotId = await addLot(100);
      await waste(lotId, 10, 'BROKEN');
      const first = await ask(DESTROY, destroying([{ lotId, doses: 8 }]));

      const second = await ask(DESTROY, destroying([{ lotId, doses: 3 }]));
      await ask(WITHDRAW, { input: { facilityId, destructionId: first.id } });
      const third = await ask(DESTROY, destroying([{ lotId, doses: 10 }]));

      expect(second).toMatchObject({ __typename: 'StockNotWasted', lots: [{ lotId, doses: 3, there: 2 }] });
      expect(third).toMatchObject({ __typename: 'StockDestruction', state: 'RECORDED' });
      expect(await code(WITNESS, { input: { facilityId, destructionId: first.id } }, supervisor)).toBe(
        'STATE_FORBIDS',
      );
      const tomorrow = addTo(today, { months: 0, days: 1 });
      expect(await code(DESTROY, destroying([{ lotId, doses: 1 }], { destroyedOn: tomorrow }))).toBe(
        'INVALID_INPUT',
      );
      expect(await ask(DESTROYED, { facilityId })).toEqual({
        items: [
          { id: third.id, state: 'RECORDED' },
          { id: first.id, state: 'WITHDRAWN' },
        ],
      });
    });
  });
});
