import fc from 'fast-check';
import { Client } from 'pg';
import { addFacility, addSession, write } from '../../harness/worlds/clinic';
import { SEED } from '../../harness/run/seed';
import { testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { RebuildStock, Stock } from '../../../src/inventory';
import { RecordSuppliesUsed } from '../../../src/inventory/bundling/record-supplies-used';
import { ReceiveStock } from '../../../src/inventory/receive-stock';
import { RecordDestruction } from '../../../src/inventory/destruction/record-destruction';
import { WitnessDestruction } from '../../../src/inventory/destruction/witness-destruction';
import { AllocateRequisition } from '../../../src/inventory/requisitions/allocate-requisition';
import { CancelRequisition } from '../../../src/inventory/requisitions/cancel-requisition';
import { DecideRequisition } from '../../../src/inventory/requisitions/decide-requisition';
import { RequestStock } from '../../../src/inventory/requisitions/request-stock';
import { isFit } from '../../../src/inventory/returns/return-rules';
import { ReturnStock } from '../../../src/inventory/returns/return-stock';
import { AllocateStock } from '../../../src/inventory/shipments/allocate-stock';
import { DespatchStock } from '../../../src/inventory/shipments/despatch-stock';
import { ReceiveShipment } from '../../../src/inventory/shipments/receive-shipment';
import type { StockShipment } from '../../../src/inventory/shipments/shipment.graphql';
import { CancelStocktake } from '../../../src/inventory/stocktake/cancel-stocktake';
import { CountStock } from '../../../src/inventory/stocktake/count-stock';
import { DecideStocktake } from '../../../src/inventory/stocktake/decide-stocktake';
import { OpenStocktake } from '../../../src/inventory/stocktake/open-stocktake';
import type { Stocktake } from '../../../src/inventory/stocktake/stocktake.graphql';
import { SubmitStocktake } from '../../../src/inventory/stocktake/submit-stocktake';
import { RecordVvm } from '../../../src/inventory/vvm/record-vvm';
import { WasteStock } from '../../../src/inventory/waste-stock';
import type { Context, TenantRef } from '../../../src/platform/context';
import { Database, violates } from '../../../src/platform/database';
import { AppError } from '../../../src/platform/errors';

/** By hand: LEDGER_MOVES=10000 node scripts/test.mjs test/integration/inventory/ledger-moves.test.ts */
const MOVES = Number(process.env.LEDGER_MOVES ?? 500);
const AT_ONCE = 12;
/** A connection is cut after so many moves. */
const CUT_EVERY = 10;
const PRODUCT = 'penta-10';
/** Counted in pieces; the last of the lots is of it. */
const SUPPLY = 'ad-syringe-0.5';
const SUPPLY_LOT = 3;
const productOf = (lot: number): string => (lot === SUPPLY_LOT ? SUPPLY : PRODUCT);
const amountOf = (lot: number, count: number) => (lot === SUPPLY_LOT ? { pieces: count } : { doses: count });

const move = fc.record({
  verb: fc.constantFrom(
    'come',
    'give',
    'give',
    'take back',
    'waste',
    'send',
    'send',
    'ask',
    'ask',
    'bring back',
    'bring back',
    'cancel',
    'arrive',
    'arrive',
    'count',
    'count',
    'destroy',
    'read vvm',
  ),
  at: fc.nat(3),
  to: fc.integer({ min: 1, max: 3 }),
  lot: fc.nat(SUPPLY_LOT),
  doses: fc.integer({ min: 1, max: 30 }),
  short: fc.nat(3),
  over: fc.nat(3),
  rejected: fc.nat(3),
});
type Move = typeof move extends fc.Arbitrary<infer Value> ? Value : never;

describe('the ledger of a country', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ctx: Context;
  /** Another person, who decides and bears witness. */
  let second: Context;
  let cutter: Client;
  let facilities: string[];
  const lots: string[] = [];
  const shipments: StockShipment[] = [];
  const received: StockShipment[] = [];
  const given: { facilityId: string; lotId: string; referenceId: string; doses: number }[] = [];
  const come = { received: 0, pieces: 0, wasted: 0 };
  const sessions: string[] = [];
  let used = 0;
  let [cuts, tries] = [0, 0];

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    ctx = service.contextOf(tenant);
    second = { ...ctx, actor: { ...ctx.actor, id: newId() } };
    facilities = [];
    for (let n = 0; n < 4; n++) facilities.push((await addFacility(service, tenant)).id);
    cutter = new Client({ connectionString: service.database.url });
    await cutter.connect();
    for (const facilityId of facilities)
      sessions.push(
        await addSession(service, tenant, { facilityId, date: civilDayOf(new Date(), tenant.timeZone) }),
      );
    for (let lot = 0; lot <= SUPPLY_LOT; lot++)
      for (const at of [0, 1, 2, 3]) await receive({ at, lot, doses: 200 } as Move);
    lots.push(...(await rows<{ id: string }>(`SELECT id FROM lot ORDER BY lot_number`)).map(({ id }) => id));
  }, 180_000);
  afterAll(async () => {
    await cutter?.end();
    await service.stop();
  });

  const rows = <Row>(sql: string, params: unknown[] = []) => write<Row>(service, tenant, sql, params);

  /** As a client that does not know whether it was heard says it again; a "no" is an answer. */
  async function surely<Answer>(act: () => Promise<Answer>): Promise<Answer | AppError> {
    for (let times = 1; ; times++)
      try {
        return await act();
      } catch (error) {
        if (error instanceof AppError) return error;
        if (times === 100) throw error;
        tries++;
        // The next turn of the event loop, so that the pool hears of the connection that was cut.
        await new Promise(resolve => setImmediate(resolve));
      }
  }

  async function receive({ at, lot, doses }: Move): Promise<void> {
    const today = civilDayOf(new Date(), tenant.timeZone);
    const input = {
      idempotencyKey: newId(),
      facilityId: facilities[at]!,
      productCode: productOf(lot),
      lotNumber: `LOT-${lot}`,
      expiresOn: addTo(today, { months: 6 + lot, days: 0 }),
      ...amountOf(lot, doses),
    };
    const answer = await surely(() => service.app.get(ReceiveStock).run(ctx, input));
    expect(answer).toMatchObject({ lotNumber: `LOT-${lot}` });
    if (lot === SUPPLY_LOT) come.pieces += doses;
    else come.received += doses;
  }

  async function give({ at, lot, doses }: Move): Promise<void> {
    if (lot === SUPPLY_LOT) return use({ at, doses });
    const draw = { facilityId: facilities[at]!, lotId: lots[lot]!, doses, referenceId: newId() };
    const done = await surely(async () => {
      try {
        return await service.app
          .get(Database)
          .write(ctx, work => service.app.get(Stock).drawAll(work, [{ ctx, draw }]));
      } catch (error) {
        if (violates(error, 'stock_move_reference_unique')) return true; // it had been heard
        throw error;
      }
    });
    if (done === true) given.push(draw);
  }

  async function use({ at, doses: pieces }: Pick<Move, 'at' | 'doses'>): Promise<void> {
    const input = {
      idempotencyKey: newId(),
      facilityId: facilities[at]!,
      sessionId: sessions[at]!,
      lots: [{ lotId: lots[SUPPLY_LOT]!, pieces }],
    };
    const answer = await surely(() => service.app.get(RecordSuppliesUsed).run(ctx, input));
    if (answer.constructor.name === 'SessionSupplies') used += pieces;
  }

  async function takeBack({ at }: Move): Promise<void> {
    const [drawn] = given.splice(at, 1);
    if (!drawn) return;
    await surely(() =>
      service.app
        .get(Database)
        .write(ctx, work => service.app.get(Stock).giveBack(ctx, work, { ...drawn, reason: 'NEVER_GIVEN' })),
    ).catch(error => {
      if (!violates(error, 'stock_move_reference_unique')) throw error;
    });
  }

  async function waste({ at, lot, doses }: Move): Promise<void> {
    const input = {
      facilityId: facilities[at]!,
      lotId: lots[lot]!,
      ...amountOf(lot, doses),
      reason: 'BROKEN',
    };
    const keyed = { ...input, idempotencyKey: newId() };
    const answer = await surely(() => service.app.get(WasteStock).run(ctx, keyed));
    if (answer.constructor.name === 'StockItem') come.wasted += doses;
  }

  /** Vaccine alone, or syringes, or the one with the other. */
  async function send({ at, to, doses, lot, over }: Move): Promise<void> {
    const input = {
      idempotencyKey: newId(),
      facilityId: facilities[at]!,
      toFacilityId: facilities[(at + to) % 4]!,
      products: [
        { productCode: productOf(lot), ...amountOf(lot, doses) },
        ...(over > 1 && lot !== SUPPLY_LOT ? [{ productCode: SUPPLY, pieces: doses }] : []),
      ],
    };
    const shipment = await surely(() => service.app.get(AllocateStock).run(ctx, input));
    if (shipment.constructor.name !== 'StockShipment') return;
    await despatch(shipment as StockShipment, lot > 0);
  }

  async function despatch(made: StockShipment, leaves: boolean): Promise<void> {
    shipments.push(made);
    if (leaves)
      await surely(() => service.app.get(DespatchStock).despatch(ctx, { ...made, shipmentId: made.id }));
  }

  /** A place asks another, a second person grants less; whoever asked may think better of it meanwhile. */
  async function ask({ at, to, doses, short, over, lot }: Move): Promise<void> {
    const facilityId = facilities[at]!;
    const asked = {
      idempotencyKey: newId(),
      facilityId,
      supplierId: facilities[(at + to) % 4]!,
      products: [{ productCode: productOf(lot), ...amountOf(lot, doses), reason: 'CAMPAIGN' }],
    };
    const requisition = await surely(() => service.app.get(RequestStock).run(ctx, asked));
    const named = { facilityId, requisitionId: (requisition as { id: string }).id };
    const granted = [
      {
        productCode: productOf(lot),
        ...amountOf(lot, Math.max(0, doses - short)),
        reason: 'NEEDED_ELSEWHERE',
      },
    ];
    await surely(() => service.app.get(DecideRequisition).run(second, { ...named, products: granted }));
    const run = () => surely(() => service.app.get(AllocateRequisition).run(ctx, named));
    const withdraw = () => surely(() => service.app.get(CancelRequisition).run(ctx, named));
    const [shipment] = await Promise.all([run(), over > 1 ? run() : null, over === 3 ? withdraw() : null]);
    if (shipment.constructor.name === 'StockShipment') await despatch(shipment as StockShipment, lot > 0);
  }

  /** A part of what a shipment brought goes back to where it came from, fit or not. */
  async function bringBack({ at, doses, short, over, lot }: Move): Promise<void> {
    const brought = received.at(-1 - at);
    if (!brought) return;
    const lots = brought.lines
      .filter(line => line.doses + line.pieces > 0)
      .map(({ lotId, unit, doses: sent, pieces }) =>
        unit === 'DOSE'
          ? { lotId, doses: Math.min(doses, sent) }
          : { lotId, pieces: Math.min(doses, pieces) },
      );
    const input = {
      idempotencyKey: newId(),
      facilityId: brought.facilityId,
      shipmentId: brought.id,
      reason: short > 1 ? ('DAMAGED' as const) : ('EXCESS' as const),
      lots,
    };
    const run = () => surely(() => service.app.get(ReturnStock).run(ctx, input));
    const [shipment] = await Promise.all([run(), over > 1 ? run() : null]);
    if (shipment.constructor.name === 'StockShipment') await despatch(shipment as StockShipment, lot > 0);
  }

  const cancel = ({ at }: Move) => {
    const made = shipments[at];
    return made && surely(() => service.app.get(DespatchStock).cancel(ctx, { ...made, shipmentId: made.id }));
  };

  /** Whoever receives may be told of it twice, and count otherwise the second time. */
  async function arrive(one: Move): Promise<void> {
    const [made] = shipments.splice(one.at, 1);
    if (!made) return;
    const lines = made.lines.map(({ lotId, ...sent }) => {
      const doses = sent.doses + sent.pieces; // one of the two is 0
      const isUnfit = made.returnReason !== null && !isFit(made.returnReason);
      const short = Math.min(one.short, doses);
      const rejected = isUnfit ? doses - short : Math.min(one.rejected, doses - short);
      const over = isUnfit ? 0 : one.over;
      const accepted = doses - short - rejected + over;
      return {
        lotId,
        short,
        rejected,
        over,
        accepted,
        rejectReason: 'BROKEN',
        shortReason: 'UNKNOWN',
        overReason: 'UNKNOWN',
      };
    });
    const input = { facilityId: made.facilityId, shipmentId: made.id, lines };
    const run = () => surely(() => service.app.get(ReceiveShipment).run(ctx, input));
    const [answer] = await Promise.all(one.over > 1 ? [run(), run()] : [run()]);
    if ((answer as StockShipment).state === 'RECEIVED') received.push(answer as StockShipment);
  }

  /** A count of a place, by one person and decided on by another, who may lose track on the way. */
  async function count({ at, lot, short, over, rejected }: Move): Promise<void> {
    const facilityId = facilities[at]!;
    const opening = { idempotencyKey: newId(), facilityId };
    const opened = await surely(() => service.app.get(OpenStocktake).run(ctx, opening));
    if (opened.constructor.name !== 'Stocktake') return;
    const { id: stocktakeId, lines } = opened as Stocktake;
    const named = { facilityId, stocktakeId };
    for (const { lotId, unit } of lines) {
      const shelf = await surely(() =>
        rows<{ doses: number }>(`SELECT doses FROM stock_on_hand WHERE facility_id = $1 AND lot_id = $2`, [
          facilityId,
          lotId,
        ]),
      );
      const there = shelf instanceof AppError ? 0 : shelf[0]!.doses;
      const doses = Math.max(0, there - short - rejected + over);
      const said = (count: number) => (unit === 'DOSE' ? { doses: count } : { pieces: count });
      const unfit = rejected > 0 ? [{ reason: 'BROKEN', ...said(rejected) }] : [];
      const vvmStage = unit === 'DOSE' ? 1 : null;
      const counted = { lotId, ...said(doses), vvmStage, unfit };
      const entered = { ...named, idempotencyKey: newId(), lots: [counted] };
      await surely(() => service.app.get(CountStock).run(ctx, entered));
    }
    const reasons = lines.map(({ lotId }) => ({ lotId, reason: 'UNEXPLAINED' }));
    const told = { ...named, reasons };
    const submitted = lot > 0 && (await surely(() => service.app.get(SubmitStocktake).run(ctx, told)));
    const { version = 0 } = (submitted || {}) as Partial<Stocktake>;
    await surely(() => service.app.get(DecideStocktake).run(second, { ...named, version, approve: true }));
    await surely(() => service.app.get(CancelStocktake).run(ctx, named)); // unless it was approved
  }

  async function destroy({ at, lot, doses, over }: Move): Promise<void> {
    const facilityId = facilities[at]!;
    const input = {
      idempotencyKey: newId(),
      facilityId,
      method: 'INCINERATION',
      documentReference: 'PV-1',
      destroyedOn: civilDayOf(new Date(), tenant.timeZone),
      lots: [{ lotId: lots[lot]!, ...amountOf(lot, doses) }],
    };
    const recorded = await surely(() => service.app.get(RecordDestruction).run(ctx, input));
    if (recorded.constructor.name !== 'StockDestruction') return;
    const named = { facilityId, destructionId: (recorded as { id: string }).id };
    const run = () => surely(() => service.app.get(WitnessDestruction).witness(second, named));
    await Promise.all(over > 1 ? [run(), run()] : [run()]);
  }

  const readVvm = ({ at, lot, short, over }: Move) => {
    const read = { facilityId: facilities[at]!, lotId: lots[lot]!, idempotencyKey: newId() };
    // Seldom at the discard point, and then it is read better: else nothing would move in the end.
    const run = (who: Context, stage: number) =>
      surely(() => service.app.get(RecordVvm).run(who, { ...read, idempotencyKey: newId(), stage }));
    return run(ctx, 1 + short).then(() => (over > 0 ? run(second, 1) : null));
  };

  const VERBS: Record<Move['verb'], (one: Move) => unknown> = {
    come: receive,
    give,
    'take back': takeBack,
    waste,
    send,
    ask,
    'bring back': bringBack,
    cancel,
    arrive,
    count,
    destroy,
    'read vvm': readVvm,
  };

  /** Cuts the connection of one who is in the middle of a transaction, as a crash would. */
  async function cut(): Promise<void> {
    const { rowCount } = await cutter.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
         AND starts_with(usename, $1) AND query ~ 'stock_' ORDER BY random() LIMIT 1`,
      [`${service.database.name}_`],
    );
    cuts += rowCount ?? 0;
  }

  const balances = () =>
    rows<{ lotId: string; account: string; doses: number }>(
      `SELECT lot_id AS "lotId", account, sum(doses)::int AS doses FROM (
         SELECT lot_id, to_account AS account, doses FROM stock_move
         UNION ALL SELECT lot_id, from_account, -doses FROM stock_move) m GROUP BY 1, 2`,
    );

  it(`creates and loses nothing over ${MOVES} moves at once, said again and cut off (TIKASETU_TEST_SEED=${SEED})`, async () => {
    const moves = fc.sample(move, MOVES);
    let [next, moved] = [0, 0];
    const work = async () => {
      for (let one = moves[next++]; one; one = moves[next++]) {
        await VERBS[one.verb](one);
        if (++moved % CUT_EVERY === 0) await cut();
      }
    };

    await Promise.all(Array.from({ length: AT_ONCE }, work));

    const ledger = await balances();
    const total = (account: string) =>
      ledger.filter(row => row.account === account).reduce((sum, { doses }) => sum + doses, 0);
    const ofSupply = (account: string) =>
      ledger.find(row => row.account === account && row.lotId === lots[SUPPLY_LOT])?.doses ?? 0;
    const [onShelves] = await rows<{ doses: number; least: number }>(
      `SELECT sum(doses)::int AS doses, min(doses) AS least FROM stock_on_hand`,
    );
    const moving = await rows<{ state: string; doses: number }>(
      `SELECT s.state, sum(n.doses)::int AS doses FROM stock_shipment s
       JOIN stock_shipment_line n ON n.facility_id = s.facility_id AND n.shipment_id = s.id GROUP BY 1`,
    );
    const inState = (state: string) => moving.find(row => row.state === state)?.doses ?? 0;
    const refused = await rows<{ rejected: number; short: number; over: number }>(
      `SELECT coalesce(sum(rejected), 0)::int AS rejected, coalesce(sum(short), 0)::int AS short,
         coalesce(sum(over), 0)::int AS over FROM stock_shipment_line`,
    );

    // Whatever a count put right, and where a count stopped.
    const [counted] = await rows<{ lost: number; found: number; unfit: number; apart: number }>(
      `SELECT coalesce(sum(-least(n.difference, 0)), 0)::int AS lost, coalesce(sum(greatest(n.difference, 0)), 0)::int AS found,
         coalesce(sum(u.doses) FILTER (WHERE t.state = 'APPROVED'), 0)::int AS unfit,
         coalesce(sum(u.doses) FILTER (WHERE t.state <> 'APPROVED'), 0)::int AS apart
       FROM stocktake t JOIN stocktake_line n ON n.facility_id = t.facility_id AND n.stocktake_id = t.id
         LEFT JOIN LATERAL (SELECT coalesce(sum((CASE t.state WHEN 'APPROVED' THEN c.unfit ELSE c.set_apart END ->> 'BROKEN')::int), 0) AS doses
           FROM (SELECT * FROM stocktake_count c WHERE c.facility_id = n.facility_id AND c.stocktake_id = n.stocktake_id
                   AND c.lot_id = n.lot_id ORDER BY c.id DESC LIMIT 1) c) u ON true`,
    );
    const [{ destroyed }] = (await rows<{ destroyed: number }>(
      `SELECT coalesce(sum(n.doses), 0)::int AS destroyed FROM stock_destruction d JOIN stock_destruction_line n
         ON n.facility_id = d.facility_id AND n.destruction_id = d.id WHERE d.state = 'WITNESSED'`,
    )) as [{ destroyed: number }];
    const stages = await rows(
      `SELECT s.facility_id FROM stock_on_hand s
         LEFT JOIN LATERAL (SELECT r.shelf, r.hold_id FROM vvm_reading r WHERE r.facility_id = s.facility_id AND r.lot_id = s.lot_id
           ORDER BY r.number DESC LIMIT 1) r ON true
       WHERE s.vvm_stage IS DISTINCT FROM r.shelf OR coalesce(s.vvm_stage >= 3, false) <> EXISTS (
         SELECT FROM lot_hold h WHERE h.lot_id = s.lot_id AND h.facility_id = s.facility_id AND h.ended_by = 'VVM'
           AND NOT EXISTS (SELECT FROM lot_hold_release x WHERE x.lot_id = h.lot_id AND x.hold_id = h.id))`,
    );

    // Every way was gone: what is never done cannot go wrong.
    const [done] = await rows<{ asked: number; back: number }>(
      `SELECT count(requisition_id)::int AS asked, count(returns_id)::int AS back FROM stock_shipment`,
    );
    expect(Math.min(done!.asked, done!.back)).toBeGreaterThan(0);
    expect(cuts).toBeGreaterThan(0);
    expect(tries).toBeGreaterThan(0);
    // What came from outside the country is all there ever was, and every dose of it is somewhere.
    expect(-total('outside')).toBe(come.received + come.pieces);
    // Neither unit turns into the other.
    expect(-ofSupply('outside')).toBe(come.pieces);
    expect(ofSupply('given')).toBe(used);
    expect(used).toBeGreaterThan(0);
    expect(-total('unknown')).toBe(refused[0]!.over + counted!.found);
    expect(total('lost')).toBe(refused[0]!.short + counted!.lost);
    expect(total('set-apart')).toBe(0);
    expect(total('destroyed')).toBe(destroyed);
    expect(total('wasted') + destroyed).toBe(
      come.wasted + refused[0]!.rejected + counted!.unfit + counted!.apart,
    );
    expect(stages).toEqual([]);
    expect(total('allocated')).toBe(inState('ALLOCATED'));
    expect(total('in-transit')).toBe(inState('DESPATCHED'));
    expect(total('on-hand')).toBe(onShelves!.doses);
    expect(onShelves!.least).toBeGreaterThanOrEqual(0);
    expect(total('given')).toBeGreaterThanOrEqual(given.reduce((sum, { doses }) => sum + doses, 0));
    expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
  }, 900_000);

  it('has no account of any place below nothing', async () => {
    const below = await rows(
      `SELECT facility_id, lot_id, account FROM (
         SELECT facility_id, lot_id, to_account AS account, doses FROM stock_move
         UNION ALL SELECT facility_id, lot_id, from_account, -doses FROM stock_move) m
       WHERE account NOT IN ('outside', 'unknown') GROUP BY 1, 2, 3 HAVING sum(doses) < 0`,
    );

    expect(below).toEqual([]);
  });
});
