import { addTo, encodeCursor, newId } from '../../../src/common';
import { KeepFigures } from '../../../src/inventory/levels/keep-figures';
import { KeepWastage } from '../../../src/inventory/wastage/keep-wastage';
import { addFacility, write } from '../../harness/worlds/clinic';
import { atFacility, country, inArea } from '../../harness/service';
import { Draws } from '../isolation/draws';
import { SET_LEVEL, WASTAGE, HOLD, PRODUCT } from './operations';
import { SupplyChain } from './supply-chain';

const LEVELS = `query ($facilityId: ID!, $first: Int, $after: String) { answer: stockLevels(facilityId: $facilityId, first: $first, after: $after) {
  asOf endCursor items { productCode productName usable unusable onTheWay atRisk expiresOn dailyUse daysOfStock minDoses
    reorderDoses maxDoses toAskFor alerts } } }`;
const PROPOSAL = `query ($facilityId: ID!, $productCode: ID!) { answer: stockLevelProposal(facilityId: $facilityId,
  productCode: $productCode, safetyDays: 14, leadDays: 7, supplyDays: 30) { dailyUse days minDoses reorderDoses maxDoses } }`;
const ALERTS = `query ($areaId: ID, $kinds: [StockAlertKind!], $first: Int, $after: String) {
  answer: stockAlerts(areaId: $areaId, kinds: $kinds, first: $first, after: $after) { asOf endCursor
    totals { kind alerts facilities } items { facilityId productCode kind since usable minDoses daysOfStock atRisk } } }`;

describe('stock that is watched', () => {
  const chain = new SupplyChain();
  const { as, ask, code, addLot, factsOf, setLevel, mail } = chain;

  const day = (days: number) => addTo(chain.today, { months: 0, days });
  /** So many doses of a lot given on a day of the past, in the ledger alone. */
  const gave = (lotId: string, doses: number, days: number, facilityId = chain.clinic) =>
    write(
      chain.service,
      chain.tenant,
      `WITH gone AS (UPDATE stock_on_hand SET doses = doses - $4::int WHERE facility_id = $1::uuid AND lot_id = $3::uuid)
       INSERT INTO stock_move VALUES ($1::uuid, $2, $3::uuid, 'on-hand', 'given', $4::int, 'given', NULL, $5, now(), NULL)`,
      [facilityId, newId(), lotId, doses, day(days)],
    );
  const levelOf = async (facilityId = chain.clinic, who = chain.receiver) =>
    (await ask(LEVELS, { facilityId, first: 5 }, who)).items[0];
  const alertsAt = async (facilityId = chain.clinic) =>
    (await ask(ALERTS, { first: 100 }, chain.national)).items.filter(
      (alert: { facilityId: string }) => alert.facilityId === facilityId,
    );
  const round = () => chain.service.app.get(KeepFigures).run(chain.ctx);

  it('has levels proposed from what was used on the days that it was there', async () => {
    const lotId = await addLot(400, 300, chain.clinic); // there for all of the ninety days
    await gave(lotId, 100, -60);
    await gave(lotId, 80, -10);

    const proposal = await ask(PROPOSAL, { facilityId: chain.clinic, productCode: PRODUCT }, chain.receiver);
    const level = await setLevel({ minDoses: 28, reorderDoses: 42, maxDoses: 88 });

    expect(proposal).toEqual({ dailyUse: 2, days: 90, minDoses: 30, reorderDoses: 50, maxDoses: 90 });
    expect(level).toMatchObject({ usable: 220, toAskFor: 0, alerts: [] });
    expect(await levelOf()).toMatchObject({ dailyUse: 2, daysOfStock: 110 });
  });

  it('is not thought unused on days when nothing was there', async () => {
    const lotId = await addLot(0, 300, chain.clinic);
    const came = (doses: number, days: number) =>
      write(
        chain.service,
        chain.tenant,
        `WITH came AS (UPDATE stock_on_hand SET doses = doses + $4::int WHERE facility_id = $1::uuid AND lot_id = $3::uuid)
         INSERT INTO stock_move VALUES ($1::uuid, $2, $3::uuid, 'outside', 'on-hand', $4::int, 'received', NULL, $5, now(), NULL)`,
        [chain.clinic, newId(), lotId, doses, day(days)],
      );
    await came(60, -40); // nothing before: fifty days
    await gave(lotId, 60, -31); // there for ten days, out for twenty
    await came(50, -10); // there for ten days

    const { dailyUse, days } = await ask(
      PROPOSAL,
      { facilityId: chain.clinic, productCode: PRODUCT },
      chain.receiver,
    );

    expect({ dailyUse, days }).toEqual({ dailyUse: 3, days: 20 });
  });

  it('is used as much a day as somebody finds who goes through its days one by one', async () => {
    const draws = new Draws();
    const from = -90;
    for (let round = 0; round < 3; round++) {
      const facilityId = (await addFacility(chain.service, chain.tenant)).id;
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
        chain.service,
        chain.tenant,
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
      const { dailyUse, days } = await ask(PROPOSAL, asked, chain.national);

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
    await chain.service.carryFacts();
    const out = await alertsAt();
    const lotId = await addLot(10, 5, chain.clinic);
    await round();
    const low = await alertsAt();
    await round();
    const more = { idempotencyKey: newId(), facilityId: chain.clinic, productCode: PRODUCT, doses: 90 };
    const box = { lotNumber: newId(), expiresOn: day(300) };
    await ask(
      `mutation ($input: ReceiveStockInput!) { answer: receiveStock(input: $input) { __typename } }`,
      { input: { ...more, ...box } },
      chain.receiver,
    );
    await chain.service.carryFacts();
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
    const told = (await factsOf(chain.clinic)).filter(type => type.includes('stock-alert'));
    expect(told.filter(type => type.endsWith('raised'))).toHaveLength(3);
    expect(told.filter(type => type.endsWith('ended'))).toHaveLength(3);
  });

  it('is written once to those who ask for it there, all that was found together', async () => {
    const [keeper, nurse] = [
      await mail('store-keeper', chain.clinic),
      await mail('vaccinator', chain.clinic),
    ];
    const elsewhere = await mail('store-keeper', chain.store);
    await setLevel();
    await setLevel({ productCode: 'bcg-20' });

    await chain.service.carryFacts();
    await chain.service.carryFacts(); // facts of facts
    await round();
    await chain.service.carryFacts();

    expect(await keeper()).toEqual([expect.stringMatching(/: run out: [^;]+; [^;]+\. Ask for stock/)]);
    expect([await nurse(), await elsewhere()]).toEqual([[], []]);
  });

  it('is wasted by facility, reason and month, out of opened vials or not, also when it is told late', async () => {
    const lotId = await addLot(500, 300, chain.clinic);
    const whole = await as([country('logistics-officer')]);
    const [nurse, counted] = [
      await as([atFacility('vaccinator', chain.clinic)]),
      chain.service.app.get(KeepWastage),
    ];
    const waste = { idempotencyKey: newId(), facilityId: chain.clinic, lotId, doses: 30, reason: 'BROKEN' };
    const opening = { idempotencyKey: newId(), facilityId: chain.clinic, lotId };
    const asked = { facilityId: chain.clinic, from: day(-70), to: chain.today };
    await gave(lotId, 50, 0);
    await ask(
      `mutation ($input: WasteStockInput!) { answer: wasteStock(input: $input) { __typename } }`,
      { input: waste },
      chain.receiver,
    );
    const vial = await ask(
      `mutation ($input: OpenVialInput!) { answer: openVial(input: $input) { ... on OpenVial { id } } }`,
      { input: opening },
      nurse,
    );
    const discarded = { facilityId: chain.clinic, vialId: vial.id, reason: 'CONTAMINATED' };
    await ask(
      `mutation ($input: DiscardVialInput!) { answer: discardVial(input: $input) { id } }`,
      { input: discarded },
      nurse,
    );

    const before = await ask(WASTAGE, asked, chain.receiver);
    await counted.run(chain.ctx);
    const first = await ask(WASTAGE, asked, chain.receiver);
    await gave(lotId, 110, -70); // papers that come late
    await write(
      chain.service,
      chain.tenant,
      `UPDATE stock_use_read SET read_on = read_on - 1 WHERE facility_id = $1`,
      [chain.clinic],
    );
    await counted.run(chain.ctx);
    await counted.run(chain.ctx);
    const later = await ask(WASTAGE, asked, chain.receiver);
    const thisMonth = await ask(WASTAGE, { ...asked, from: chain.today }, chain.receiver);

    const reasons = [
      { reason: 'BROKEN', opened: 0, unopened: 30 },
      { reason: 'CONTAMINATED', opened: 10, unopened: 0 },
    ];
    const found = { given: 50, opened: 10, unopened: 30, reasons };
    expect([before.asOf, before.items]).toEqual([null, []]);
    expect(first.items).toMatchObject([
      { ...found, facilityId: chain.clinic, rate: 40 / 90, openedRate: 10 / 60 },
    ]);
    expect(first.definitions.map(({ text }: { text: string }) => text)).toContainEqual(
      expect.stringContaining('as a share of all that were wasted, lost or given'),
    );
    expect(first.asOf).not.toBeNull();
    expect(later.items).toMatchObject([{ ...found, given: 160, rate: 0.2 }]);
    expect(later.products).toMatchObject([{ productCode: PRODUCT, ...found, given: 160 }]);
    expect(thisMonth.items).toEqual(first.items);
    expect(await code(WASTAGE, { ...asked, from: chain.today, to: day(-70) }, chain.receiver)).toBe(
      'INVALID_INPUT',
    );
    expect(await code(WASTAGE, asked, chain.sender)).toBe('FORBIDDEN');
    expect(await code(WASTAGE, { ...asked, facilityId: null }, chain.receiver)).toBe('FORBIDDEN');
    const everywhere = (await ask(WASTAGE, { from: chain.today, to: chain.today, first: 1 }, whole)).products;
    const of = everywhere.find(({ productCode }: { productCode: string }) => productCode === PRODUCT);
    expect(of.given).toBeGreaterThanOrEqual(50);
  });

  it('is not out of stock where nobody wants it, and is where all of it is on hold', async () => {
    const lotId = await addLot(10, 300, chain.clinic);
    await addLot(0);
    await setLevel({ minDoses: 0, reorderDoses: 0 });
    await ask(
      HOLD,
      { input: { idempotencyKey: newId(), lotId, facilityId: chain.clinic, reason: 'INVESTIGATION' } },
      chain.receiver,
    );
    await round();

    expect(await alertsAt(chain.store)).toEqual([]);
    expect(await alertsAt()).toMatchObject([{ kind: 'STOCK_OUT', usable: 0 }]);
    expect(await levelOf()).toMatchObject({ usable: 0, unusable: 10, toAskFor: 100 });
  });

  it('is seen by area, kind by kind and page by page, as of a moment before which nothing is missing', async () => {
    const before = new Date();
    const { id: elsewhere, areaIds } = await addFacility(chain.service, chain.tenant, 1);
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

    const seen = [...one.items, ...two.items].map(({ facilityId, productCode }) => [facilityId, productCode]);
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
