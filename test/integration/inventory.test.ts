import fc from 'fast-check';
import { addFacility, write } from '../harness/clinic';
import { country, testService, type TestService } from '../harness/service';
import { addTo, civilDayOf, newId } from '../../src/common';
import { RebuildStock, Stock } from '../../src/inventory';
import type { Context, TenantRef } from '../../src/platform/context';
import { Database } from '../../src/platform/database';

const RECEIVED = `__typename ... on StockItem { lotId productCode productName lotNumber expiresOn doses state holds { id reason } }
  ... on Refusal { message } ... on LotExpired { lotNumber expiresOn }
  ... on LotDiffers { lotId expiresOn }`;
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { ${RECEIVED} } }`;
const WASTE = `mutation ($input: WasteStockInput!) { wasteStock(input: $input) { __typename
  ... on StockItem { doses state } ... on LotNotInStock { message doses } } }`;
const HOLD = `mutation ($input: HoldLotInput!) { holdLot(input: $input) { id lotId facilityId reason releasedAt } }`;
const RELEASE = `mutation ($input: ReleaseLotInput!) { releaseLot(input: $input) { id releasedAt } }`;
const STOCK = `query ($facilityId: ID!, $first: Int, $after: String) { stock(facilityId: $facilityId, first: $first, after: $after) {
  items { lotId productCode productName lotNumber doses state holds { reason } } endCursor asOf } }`;

describe('the stock of a facility', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ctx: Context;
  let keeper: { tenant: string; token: string };
  let facilityId: string;
  let today: string;
  let expiresOn: string;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    ctx = service.contextOf(tenant);
    keeper = { tenant: 'aa', token: await service.tokenFor(tenant, [country('store-keeper')]) };
    facilityId = (await addFacility(service, tenant)).id;
    today = civilDayOf(new Date(), tenant.timeZone);
    expiresOn = addTo(today, '6 months');
  }, 120_000);
  afterAll(() => service.stop());

  const input = (more: object = {}) => ({
    idempotencyKey: newId(),
    facilityId,
    productCode: 'bcg-20',
    lotNumber: newId().slice(-12),
    expiresOn,
    doses: 20,
    ...more,
  });
  const receive = async (more: object = {}) => {
    const answer = await service.graphql(RECEIVE, { input: input(more) }, keeper);
    expect(answer.errors).toBeUndefined();
    return answer.data.receiveStock;
  };
  const draw = (lotId: string, more: object = {}) =>
    service.app
      .get(Database)
      .write(ctx, work =>
        service.app
          .get(Stock)
          .draw(ctx, work, { facilityId, lotId, doses: 1, referenceId: newId(), ...more }),
      );
  const onHand = async (lotId: string) =>
    (await service.app.get(Database).read(ctx, work => service.app.get(Stock).lotAt(work, facilityId, lotId)))
      ?.doses;

  it('shows what was received, in the caller’s language', async () => {
    const received = await receive({ lotNumber: 'SEEN-1', gtin: '00614141999996', manufacturer: 'Maker' });

    const seen = await service.graphql(STOCK, { facilityId, first: 100 }, keeper);

    expect(received).toMatchObject({ __typename: 'StockItem', doses: 20, state: 'AVAILABLE' });
    expect(seen.errors).toBeUndefined();
    expect(seen.data.stock.items).toContainEqual(
      expect.objectContaining({ lotNumber: 'SEEN-1', productName: 'BCG vaccine, 20 doses', doses: 20 }),
    );
  });

  it('adds a second delivery of a lot to the first', async () => {
    const delivery = { lotNumber: 'TWICE-1' };

    const first = await receive(delivery);
    const second = await receive(delivery);

    expect(second).toMatchObject({ lotId: first.lotId, doses: 40 });
  });

  it('grows once, however often one delivery is sent', async () => {
    const delivery = input({ idempotencyKey: 'delivery-0001' });

    const answers = await Promise.all(
      [1, 2, 3].map(() => service.graphql(RECEIVE, { input: delivery }, keeper)),
    );
    const other = await service.graphql(RECEIVE, { input: { ...delivery, doses: 21 } }, keeper);

    expect(answers.map(answer => answer.data.receiveStock.doses)).toEqual([20, 20, 20]);
    expect(other.errors![0]!.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('does not take in a lot that has expired', async () => {
    const refused = await receive({ expiresOn: addTo(today, { months: 0, days: -1 }) });

    expect(refused).toMatchObject({ __typename: 'LotExpired' });
    expect(refused.message).toContain(addTo(today, { months: 0, days: -1 }));
  });

  it('does not take a lot in twice with two expiry dates', async () => {
    const known = await receive({ lotNumber: 'TWO-DATES' });

    const refused = await receive({ lotNumber: 'TWO-DATES', expiresOn: addTo(expiresOn, '1 day') });

    expect(refused).toMatchObject({ __typename: 'LotDiffers', lotId: known.lotId, expiresOn });
  });

  it.each([
    ['productCode', { productCode: 'nothing-such' }],
    ['gtin', { gtin: '00614141999997' }],
    ['doses', { doses: 0 }],
    ['doses', { doses: -5 }],
    ['receivedOn', { receivedOn: '2999-01-01' }],
    ['idempotencyKey', { idempotencyKey: 'short' }],
  ])('names a wrong %s', async (path, wrong) => {
    const answer = await service.graphql(RECEIVE, { input: input(wrong) }, keeper);

    expect(answer.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect(JSON.stringify(answer.errors![0]!.extensions)).toContain(path);
  });

  it('gives the lots page by page, the first to expire first', async () => {
    const other = (await addFacility(service, tenant)).id;
    await receive({ facilityId: other, lotNumber: 'LATE', expiresOn: addTo(today, '3 months') });
    await receive({ facilityId: other, lotNumber: 'SOON', expiresOn: addTo(today, '1 month') });
    await receive({ facilityId: other, lotNumber: 'MR', productCode: 'mr-10' });

    const one = await service.graphql(STOCK, { facilityId: other, first: 2 }, keeper);
    const two = await service.graphql(
      STOCK,
      { facilityId: other, first: 2, after: one.data.stock.endCursor },
      keeper,
    );

    expect(one.data.stock.items.map((item: { lotNumber: string }) => item.lotNumber)).toEqual([
      'SOON',
      'LATE',
    ]);
    expect(two.data.stock).toMatchObject({ items: [{ lotNumber: 'MR' }], endCursor: null });
  });

  it('loses what is wasted, and never more than there is', async () => {
    const { lotId } = await receive();
    const waste = (doses: number) =>
      service.graphql(
        WASTE,
        { input: { idempotencyKey: newId(), facilityId, lotId, doses, reason: 'BROKEN' } },
        keeper,
      );

    const some = await waste(15);
    const tooMany = await waste(6);

    expect(some.data.wasteStock).toMatchObject({ __typename: 'StockItem', doses: 5 });
    expect(tooMany.data.wasteStock).toMatchObject({ __typename: 'LotNotInStock', doses: 5 });
  });

  it('gives no dose of a lot on hold until the hold is released', async () => {
    const { lotId } = await receive();
    const held = await service.graphql(
      HOLD,
      { input: { idempotencyKey: newId(), lotId, reason: 'RECALL' } },
      keeper,
    );

    const during = await draw(lotId);
    const holdId = held.data.holdLot.id;
    const release = { input: { lotId, holdId, reason: 'CLEARED' } };
    const released = await service.graphql(RELEASE, release, keeper);
    const again = await service.graphql(RELEASE, release, keeper);
    const after = await draw(lotId);

    expect(during).toMatchObject({ ok: false, refusal: 'on-hold' });
    expect(released.data.releaseLot.releasedAt).toBeTruthy();
    expect(again.data).toEqual(released.data);
    expect(after.ok).toBe(true);
  });

  it('goes on elsewhere when a lot is held at one facility', async () => {
    const elsewhere = (await addFacility(service, tenant)).id;
    const { lotId } = await receive({ lotNumber: 'LOCAL-HOLD' });
    await receive({ lotNumber: 'LOCAL-HOLD', facilityId: elsewhere });
    const hold = { idempotencyKey: newId(), lotId, facilityId, reason: 'COLD_CHAIN_EXCURSION' };

    await service.graphql(HOLD, { input: hold }, keeper);

    expect(await draw(lotId)).toMatchObject({ ok: false, refusal: 'on-hold' });
    expect(await draw(lotId, { facilityId: elsewhere })).toMatchObject({ ok: true });
  });

  it('gives a lot through its last day in the country’s own calendar and not after', async () => {
    const { lotId } = await receive();

    expect(await draw(lotId, { on: expiresOn })).toMatchObject({ ok: true });
    expect(await draw(lotId, { on: addTo(expiresOn, '1 day') })).toMatchObject({
      ok: false,
      refusal: 'expired',
    });
  });

  it('gives no dose on a day before the lot came', async () => {
    const { lotId } = await receive({ receivedOn: addTo(today, { months: 0, days: -10 }) });

    expect(await draw(lotId, { on: addTo(today, { months: 0, days: -10 }) })).toMatchObject({ ok: true });
    expect(await draw(lotId, { on: addTo(today, { months: 0, days: -11 }) })).toMatchObject({
      ok: false,
      refusal: 'not-in-stock',
    });
  });

  it('takes a dose back once, and only one that was drawn', async () => {
    const { lotId } = await receive();
    const referenceId = newId();
    await draw(lotId, { referenceId });
    const back = (reference: string) =>
      service.app.get(Database).write(ctx, work =>
        service.app.get(Stock).giveBack(ctx, work, {
          facilityId,
          lotId,
          doses: 1,
          referenceId: reference,
          reason: 'never-given',
        }),
      );

    await back(referenceId);

    expect(await onHand(lotId)).toBe(20);
    await expect(back(referenceId)).rejects.toThrow();
    await expect(back(newId())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await onHand(lotId)).toBe(20);
  });

  it('never goes below nothing and is what the ledger says, whatever happens at once', async () => {
    const stock = service.app.get(Stock);
    const database = service.app.get(Database);
    const step = fc.record({
      verb: fc.constantFrom('receive', 'draw', 'draw', 'waste', 'return'),
      doses: fc.integer({ min: 1, max: 9 }),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async steps => {
        const { lotId } = await receive({ doses: 10 });
        const drawOne = async (doses: number, thenReturn: boolean) => {
          const referenceId = newId();
          const drawn = await draw(lotId, { doses, referenceId });
          if (drawn.ok && thenReturn)
            await database.write(ctx, work =>
              stock.giveBack(ctx, work, { facilityId, lotId, doses, referenceId, reason: 'never-given' }),
            );
          return drawn.ok && !thenReturn ? -doses : 0;
        };
        const wasteSome = async (doses: number) => {
          const waste = { idempotencyKey: newId(), facilityId, lotId, doses, reason: 'FROZEN' };
          const answer = await service.graphql(WASTE, { input: waste }, keeper);
          return answer.data.wasteStock.__typename === 'StockItem' ? -doses : 0;
        };
        const receiveMore = async (doses: number) => {
          const [lot] = await write<{ lot_number: string }>(
            service,
            tenant,
            `SELECT lot_number FROM lot WHERE id = $1`,
            [lotId],
          );
          await receive({ lotNumber: lot!.lot_number, doses });
          return doses;
        };

        const changes = await Promise.all(
          steps.map(({ verb, doses }) =>
            verb === 'receive'
              ? receiveMore(doses)
              : verb === 'waste'
                ? wasteSome(doses)
                : drawOne(doses, verb === 'return'),
          ),
        );

        const left = await onHand(lotId);
        expect(left).toBe(10 + changes.reduce((sum, change) => sum + change, 0));
        expect(left).toBeGreaterThanOrEqual(0);
        expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
      }),
      { numRuns: 12, verbose: true }, // a failure prints the seed
    );
  }, 120_000);

  it('gives the last doses to as many as there are, never to one more', async () => {
    const { lotId } = await receive({ doses: 7 });

    const answers = await Promise.all(Array.from({ length: 30 }, () => draw(lotId)));

    expect(answers.filter(answer => answer.ok)).toHaveLength(7);
    expect(await onHand(lotId)).toBe(0);
  });

  it('is put right from the ledger when its projection was spoilt', async () => {
    const { lotId } = await receive({ doses: 8 });
    const rebuild = service.app.get(RebuildStock);
    await write(service, tenant, `UPDATE stock_on_hand SET doses = 3 WHERE lot_id = $1`, [lotId]);

    const found = await rebuild.compare(ctx);
    const repaired = await rebuild.run(ctx);

    expect(found).toEqual([{ facilityId, lotId, projected: 3, ledger: 8 }]);
    expect(repaired).toEqual(found);
    expect(await onHand(lotId)).toBe(8);
    expect(await rebuild.compare(ctx)).toEqual([]);
  });

  it('cannot be rewritten: the ledger’s entries are there for good', async () => {
    await receive();

    await expect(write(service, tenant, `DELETE FROM stock_move`)).rejects.toThrow(/permission denied/);
    await expect(write(service, tenant, `UPDATE stock_move SET doses = 1`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(write(service, tenant, `UPDATE lot SET expires_on = '2099-01-01'`)).rejects.toThrow(
      /permission denied/,
    );
  });
});
