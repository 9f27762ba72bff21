import { Client } from 'pg';
import { fillCountry } from '../../harness/worlds/filled-country';
import { planOf, statementsOf } from '../../harness/plans';
import { testService, type TestService } from '../../harness/service';
import type { Context } from '../../../src/platform/context';
import { ReadRecall } from '../../../src/vaccinations/recall/read-recall';

/** By hand: RECALL_DOSES=1000000 RECALL_LOTS=1 node scripts/test.mjs test/integration/inventory/recall-drill.test.ts */
const DOSES = Number(process.env.RECALL_DOSES ?? 40_000);
const LOTS = Number(process.env.RECALL_LOTS ?? 40);

describe('the drill of a recall', () => {
  let service: TestService;
  let owner: Client;
  let ctx: Context;
  let lotId: string;
  let doses: number;

  beforeAll(async () => {
    service = await testService();
    const tenant = await service.country('rd', 'bd');
    ctx = service.contextOf(tenant);
    owner = new Client({ connectionString: service.database.url });
    await owner.connect();
    await owner.query('SET search_path = tenant_rd');
    const { rows } = await owner.query(
      `SELECT code, vaccine FROM product WHERE active AND unit = 'DOSE' ORDER BY code LIMIT 1`,
    );
    const [{ code: product, vaccine }] = rows;
    const sizes = {
      persons: Math.ceil(DOSES / 2),
      doses: DOSES,
      lots: LOTS,
      facilities: 400,
      dosesADay: 5_000,
    };
    await fillCountry(owner, { schema: 'tenant_rd', product, vaccine, ...sizes });
    await owner.query('SET search_path = tenant_rd');
    const most = await owner.query(
      `SELECT lot_id, count(*)::int AS doses FROM vaccination GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
    );
    ({ lot_id: lotId, doses } = most.rows[0]);
  }, 900_000);
  afterAll(async () => {
    await owner?.end();
    await service.stop();
  });

  it('finds every dose of a lot, and whoever has one', async () => {
    const recall = await service.app.get(ReadRecall).run(ctx, lotId);
    const { items } = await service.app.get(ReadRecall).recipients(ctx, lotId, { first: 50 });

    expect(recall.given).toBe(doses);
    expect(recall.facilities.reduce((sum, { given }) => sum + given, 0)).toBe(doses);
    expect(items).toHaveLength(Math.min(50, doses));
  }, 60_000);

  it.each([
    ['whoever has it', 'run', ['vaccination_lot_index', 'stock_on_hand_lot_index']],
    ['the next page of people', 'recipients', ['vaccination_lot_index']],
  ] as const)('finds %s by its indexes and not by reading a country', async (_, question, indexes) => {
    const texts = await statementsOf(() => service.app.get(ReadRecall)[question](ctx, lotId, { first: 50 }));
    const used = new Set<string>();
    for (const text of texts) for (const index of (await planOf(owner, text)).indexes) used.add(index);

    // With one lot alone every index of it is all of its table.
    for (const index of LOTS > 10 ? indexes : []) expect([...used]).toContain(index);
    expect(texts.length).toBeGreaterThan(0);
  });
});
