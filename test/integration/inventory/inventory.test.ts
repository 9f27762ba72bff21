import fc from 'fast-check';
import { addFacility, write } from '../../harness/worlds/clinic';
import { country, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { asOfDay, RebuildStock, refusalToDraw, Stock } from '../../../src/inventory';
import { InventoryStore } from '../../../src/inventory/inventory.store';
import { ShelfVvm } from '../../../src/inventory/vvm/shelf-vvm';
import type { Context, TenantRef } from '../../../src/platform/context';
import { Database, orRefusal, Refused } from '../../../src/platform/database';

const RECEIVED = `__typename ... on StockItem { lotId productCode productName lotNumber expiresOn unit doses pieces state holds { id reason } }
  ... on Refusal { message } ... on LotExpired { lotNumber expiresOn }
  ... on LotDiffers { lotId expiresOn }`;
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { ${RECEIVED} } }`;
const WASTE = `mutation ($input: WasteStockInput!) { wasteStock(input: $input) { __typename
  ... on StockItem { doses pieces state } ... on LotNotInStock { message unit doses pieces } } }`;
const HOLD = `mutation ($input: HoldLotInput!) { holdLot(input: $input) { id lotId facilityId reason releasedAt } }`;
const RELEASE = `mutation ($input: ReleaseLotInput!) { releaseLot(input: $input) { id releasedAt } }`;
const READ_VVM = `mutation ($input: RecordVvmInput!) { recordVvm(input: $input) { __typename
  ... on StockItem { doses state vvmStage holds { id endedBy } } ... on VvmNeedsSecondPerson { message stage } } }`;
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

  describe('of a supply', () => {
    const SYRINGE = { productCode: 'ad-syringe-0.5', doses: null, pieces: 50 };
    const refusedAt = async (query: string, more: object) => {
      const { errors } = await service.graphql(query, { input: more }, keeper);
      return JSON.stringify(errors?.[0]!.extensions);
    };

    it('is counted in pieces, which are no doses', async () => {
      const syringes = await receive(SYRINGE);
      const input = { idempotencyKey: newId(), facilityId, lotId: syringes.lotId, reason: 'BROKEN' };

      const some = await service.graphql(WASTE, { input: { ...input, pieces: 8 } }, keeper);
      const tooMany = await service.graphql(
        WASTE,
        { input: { ...input, idempotencyKey: newId(), pieces: 43 } },
        keeper,
      );

      expect(syringes).toMatchObject({ unit: 'PIECE', pieces: 50, doses: 0, state: 'AVAILABLE' });
      expect(some.data.wasteStock).toMatchObject({ pieces: 42, doses: 0 });
      expect(tooMany.data.wasteStock).toMatchObject({ unit: 'PIECE', pieces: 42, doses: 0 });
      expect(tooMany.data.wasteStock.message).toContain('42 pieces');
    });

    it('is not said in doses, nor a vaccine in pieces', async () => {
      const { lotId } = await receive(SYRINGE);
      const waste = { idempotencyKey: newId(), facilityId, lotId, reason: 'BROKEN' };

      expect(await refusedAt(RECEIVE, input({ ...SYRINGE, doses: 50, pieces: null }))).toContain('pieces');
      expect(await refusedAt(RECEIVE, input({ ...SYRINGE, doses: 50 }))).toContain('pieces');
      expect(await refusedAt(RECEIVE, input({ doses: null, pieces: 20 }))).toContain('doses');
      expect(await refusedAt(WASTE, { ...waste, doses: 1 })).toContain('pieces');
    });

    it('has no vial monitor', async () => {
      const { lotId } = await receive(SYRINGE);
      const waste = { idempotencyKey: newId(), facilityId, lotId, pieces: 1, reason: 'VVM_CHANGED' };
      const seen = { idempotencyKey: newId(), facilityId, lotId, stage: 1 };

      expect(await refusedAt(RECEIVE, input({ ...SYRINGE, vvmStage: 1 }))).toContain('vvmStage');
      expect(await refusedAt(WASTE, waste)).toContain('reason');
      expect(await refusedAt(READ_VVM, seen)).toContain('NOT_FOUND');
    });

    it('needs no last day when it does not expire, and needs one when it does', async () => {
      const boxes = await receive({ ...SYRINGE, productCode: 'safety-box-5l', expiresOn: null });

      expect(boxes).toMatchObject({ expiresOn: '9999-12-31', pieces: 50, state: 'AVAILABLE' });
      expect(await refusedAt(RECEIVE, input({ ...SYRINGE, expiresOn: null }))).toContain('expiresOn');
    });

    it('is held in the whole country like any lot, and is nothing that a dose is drawn from', async () => {
      const { lotId } = await receive(SYRINGE);
      await service.graphql(HOLD, { input: { idempotencyKey: newId(), lotId, reason: 'RECALL' } }, keeper);

      const seen = await service.graphql(STOCK, { facilityId, first: 100 }, keeper);

      expect(seen.data.stock.items).toContainEqual(expect.objectContaining({ lotId, state: 'ON_HOLD' }));
      expect(await onHand(lotId)).toBeUndefined();
    });
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

  describe('and its vial monitors', () => {
    const read = async (lotId: string, stage: number, who = keeper) => {
      const reading = { idempotencyKey: newId(), facilityId, lotId, stage };
      const answer = await service.graphql(READ_VVM, { input: reading }, who);
      expect(answer.errors).toBeUndefined();
      return answer.data.recordVvm;
    };

    it('give nothing at the discard point, until a second person reads them better', async () => {
      const { lotId } = await receive({ vvmStage: 1 });
      const other = { tenant: 'aa', token: await service.tokenFor(tenant, [country('store-keeper')]) };

      const unfit = await read(lotId, 3);
      const released = await service.graphql(
        RELEASE,
        { input: { lotId, holdId: unfit.holds[0].id, reason: 'CLEARED' } },
        other,
      );
      const bySame = await read(lotId, 2);
      const drawn = await draw(lotId);
      const byOther = await read(lotId, 2, other);

      expect(unfit).toMatchObject({ state: 'ON_HOLD', vvmStage: 3, holds: [{ endedBy: 'VVM' }] });
      expect(released.errors?.[0]?.extensions.code).toBe('STATE_FORBIDS');
      expect(bySame).toMatchObject({ __typename: 'VvmNeedsSecondPerson', stage: 3 });
      expect(drawn).toMatchObject({ ok: false, refusal: 'on-hold' });
      expect(byOther).toMatchObject({ state: 'AVAILABLE', vvmStage: 2, holds: [] });
      expect(await draw(lotId)).toMatchObject({ ok: true });
    });

    it('that come at the discard point are wasted as they come', async () => {
      const came = await receive({ vvmStage: 4 });

      expect(came).toMatchObject({ __typename: 'StockItem', doses: 0, state: 'AVAILABLE' });
      expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
    });

    it('stand against new doses of the lot while those that changed are there, and not after', async () => {
      const lotNumber = newId().slice(-12);
      const { lotId } = await receive({ lotNumber, doses: 5 });
      await read(lotId, 4);

      const beside = await receive({ lotNumber, doses: 5, vvmStage: 1 });
      const waste = { idempotencyKey: newId(), facilityId, lotId, doses: 10, reason: 'VVM_CHANGED' };
      await service.graphql(WASTE, { input: waste }, keeper);
      const alone = await receive({ lotNumber, doses: 5, vvmStage: 1 });

      expect(beside).toMatchObject({ doses: 10, state: 'ON_HOLD' });
      expect(alone).toMatchObject({ doses: 5, state: 'AVAILABLE' });
    });
  });

  it('is drawn by the statements exactly where the rule lets it, whatever state a lot is in', async () => {
    const database = service.app.get(Database);
    const now = new Date();
    const at = service.contextOf(tenant, { now: () => now });
    const elsewhere = (await addFacility(service, tenant)).id;
    const dayOf = (days: number) => addTo(today, { months: 0, days });
    const states = fc.record({
      doses: fc.nat(6),
      expires: fc.constantFrom(-1, 0, 1, 300, 300),
      came: fc.constantFrom(-3, -3, -1, 0),
      stage: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
      holds: fc.array(
        fc.record({
          where: fc.constantFrom(facilityId, elsewhere, null),
          reason: fc.constantFrom('RECALL', 'COLD_CHAIN_EXCURSION', 'INVESTIGATION'),
          since: fc.constantFrom(-2, -1, 0),
          released: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
      vials: fc.array(fc.record({ left: fc.nat(3), minutes: fc.constantFrom(-1, 0, 1) }), { maxLength: 2 }),
      wanted: fc.integer({ min: 1, max: 3 }),
      on: fc.constantFrom(-2, -1, 0, 0),
      past: fc.boolean(),
    });
    type State = typeof states extends fc.Arbitrary<infer Value> ? Value : never;
    const make = async ({ doses, expires, came, stage, holds, vials }: State): Promise<string> => {
      const lotId = newId();
      const rows = (sql: string, params: unknown[]) => write(service, tenant, sql, params);
      await rows(
        `WITH l AS (INSERT INTO lot VALUES ($1::uuid, 'bcg-20', $1::text, '', $2, NULL, now()))
         INSERT INTO stock_on_hand VALUES ($3, $1::uuid, $4, $5)`,
        [lotId, dayOf(expires), facilityId, doses, dayOf(came)],
      );
      if (doses > 0)
        await rows(
          `INSERT INTO stock_move VALUES ($1, $2, $3, 'outside', 'on-hand', $4, 'test', NULL, $5, now(), NULL)`,
          [facilityId, newId(), lotId, doses, dayOf(came)],
        );
      for (const { where, reason, since, released } of holds)
        await rows(
          `WITH h AS (INSERT INTO lot_hold VALUES ($1::uuid, $2::uuid, $3, $4, $5, NULL) RETURNING id)
           INSERT INTO lot_hold_release SELECT $1::uuid, id, 'CLEARED', now(), NULL FROM h WHERE $6`,
          [lotId, newId(), where, reason, new Date(now.getTime() + since * 86_400_000), released],
        );
      for (const { left, minutes } of vials)
        await rows(`INSERT INTO open_vial VALUES ($1, $2, $3, NULL, NULL, 20, $4, $5, $6, NULL)`, [
          facilityId,
          newId(),
          lotId,
          left,
          now,
          new Date(now.getTime() + minutes * 60_000),
        ]);
      const seen = { facilityId, lotId, seen: stage, source: 'CHECK', referenceId: null } as const;
      if (stage) await database.write(at, work => service.app.get(ShelfVvm).become(at, work, seen, stage));
      return lotId;
    };
    /** What a statement answers, and nothing of what it did. */
    const tried = (run: (work: Parameters<Parameters<Database['write']>[1]>[0]) => Promise<unknown>) =>
      orRefusal(() =>
        database.write(at, async work => {
          throw new Refused({ let: Boolean(await run(work)) });
        }),
      );

    await fc.assert(
      fc.asyncProperty(states, async state => {
        const lotId = await make(state);
        const day = dayOf(state.on);
        const used = { facilityId, lotId, doses: state.wanted, referenceId: newId(), on: day };
        const lot = await database.read(at, work => service.app.get(Stock).lotAt(work, facilityId, lotId));
        const seen = state.past ? asOfDay(lot!, day, tenant.timeZone) : lot;
        const rule = refusalToDraw(seen, state.wanted, day, now) === null;

        const drawAll = (noneOpen: boolean) =>
          tried(work =>
            service.app
              .get(Stock)
              .drawAll(work, [{ ctx: at, draw: { ...used, past: state.past, noneOpen } }]),
          );
        const openNow = !state.past && lot!.openVials.length > 0;
        const drawn = await drawAll(false);
        const drawnUnopened = await drawAll(true);
        const draw = await tried(work =>
          service.app.get(InventoryStore).draw(at, work, {
            ...used,
            from: 'on-hand',
            to: 'allocated',
            reason: 'test',
            day,
          }),
        );

        expect(drawn).toEqual({ let: rule });
        expect(drawnUnopened).toEqual({ let: rule && !openNow });
        if (!state.past) expect(draw).toEqual({ let: rule });
      }),
      { numRuns: Number(process.env.STOCK_STATES ?? 80), verbose: true }, // a failure prints the seed
    );
  }, 120_000);

  it('enters doses that are told later in great number, every one or none', async () => {
    const { lotId } = await receive({ doses: 250 });
    const used = (doses: number) =>
      Array.from({ length: doses }, () => ({
        ctx,
        draw: { facilityId, lotId, doses: 1, referenceId: newId(), past: true },
      }));
    const drawAll = (draws: ReturnType<typeof used>) =>
      orRefusal(() =>
        service.app.get(Database).write(ctx, async work => {
          if (!(await service.app.get(Stock).drawAll(work, draws))) throw new Refused({ drawn: 0 });
          return { drawn: draws.length };
        }),
      );
    const given = used(150);

    expect(await drawAll(given)).toEqual({ drawn: 150 });
    expect(await drawAll(used(101))).toEqual({ drawn: 0 });
    expect(await onHand(lotId)).toBe(100);
    const entered = await write<{ reference: string }>(
      service,
      tenant,
      `SELECT reference_id AS reference FROM stock_move WHERE lot_id = $1 AND to_account = 'given'`,
      [lotId],
    );
    expect(entered.map(({ reference }) => reference).sort()).toEqual(
      given.map(({ draw: { referenceId } }) => referenceId).sort(),
    );
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
          const waste = { idempotencyKey: newId(), facilityId, lotId, doses, reason: 'BROKEN' };
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
