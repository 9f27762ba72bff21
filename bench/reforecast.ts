// npm run bench:reforecast [-- --children 1000000 --seed 7]: a country's children forecast anew, database included.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { addTo, civilDayOf } from '../src/common';
import { type CompiledSchedule, forecast } from '../src/forecasting';
import { Programmes } from '../src/programmes';
import { DraftPack } from '../src/programmes/drafts/draft-pack';
import { PublishPack } from '../src/programmes/publication/publish-pack';
import { addFacility, addStock } from '../test/harness/worlds/clinic';
import { onServer } from '../test/harness/run/database';
import { asAdministrator, packFiles } from '../test/harness/worlds/packs';
import { testService } from '../test/harness/service';

const { values } = parseArgs({
  options: {
    children: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    pack: { type: 'string', default: 'gh' }, // names-a-country: any pack would do
  },
});
const CHILDREN = Number(values.children);
const SEED = Number(values.seed);
/** Different histories; children share them. */
const HISTORIES = Math.min(CHILDREN, 10_000);
const FIVE_YEARS = 1826;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Child {
  birthDate: string;
  sex: string;
  doses: { vaccine: string; day: string }[];
}

/** A child under five who came to most of her visits, some of them late. */
function child(schedule: CompiledSchedule, today: string, random: () => number): Child {
  const birthDate = addTo(today, { months: 0, days: -Math.floor(random() * FIVE_YEARS) });
  const one: Child = { birthDate, sex: random() < 0.5 ? 'female' : 'male', doses: [] };
  const leaves = random() < 0.15 ? addTo(birthDate, { months: 0, days: Math.floor(random() * 600) }) : today;
  for (let day = birthDate; ;) {
    const person = {
      birthDate,
      sex: one.sex as 'female',
      doses: one.doses.map((dose, index) => ({
        id: String(index).padStart(4, '0'),
        vaccineCode: dose.vaccine,
        date: dose.day,
      })),
    };
    const open = forecast(schedule, person, day).groups.filter(group => group.recommended);
    const due = open.map(group => group.recommended!).sort()[0];
    if (!due) return one;
    const late = random() < 0.3 ? Math.floor(random() * 60) : 0;
    day = addTo(due > day ? due : day, { months: 0, days: late });
    if (day > leaves || day > today) return one;
    const given = open.filter(group => group.recommended! <= day && group.vaccines.length > 0);
    if (given.length === 0) return one;
    for (const group of given) one.doses.push({ vaccine: group.vaccines[0]!, day });
  }
}

/** Seconds of processor time of a PostgreSQL server and its living children, where the system has /proc. */
function serverSeconds(dataFolder: string): number {
  const postmaster = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n', 1)[0]!;
  const seconds = (pid: string): number => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      if (pid !== postmaster && fields[1] !== postmaster) return 0;
      return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / 100;
    } catch {
      return 0;
    }
  };
  return readdirSync('/proc').reduce((sum, name) => sum + (/^\d+$/.test(name) ? seconds(name) : 0), 0);
}

async function main(): Promise<void> {
  const { startPostgres, placeFor } = await import('../scripts/lib/embedded-postgres.mjs');
  const folder = mkdtempSync(placeFor(join(tmpdir(), 'tikasetu-reforecast-')));
  chmodSync(folder, 0o711);
  const dataFolder = join(folder, 'data');
  const server = await startPostgres({
    folder: dataFolder,
    password: randomBytes(12).toString('hex'),
    settings: { shared_buffers: '512MB', max_wal_size: '4GB', max_connections: 100 }, // fsync stays on
    log: join(folder, 'postgres.log'),
  });
  process.env['TEST_DATABASE_URL'] = server.url;
  process.env['TIKASETU_TEST_TEMPLATE'] = 'template1';
  const service = await testService();
  try {
    const tenant = await service.country('rf', values.pack);
    const ctx = service.contextOf(tenant);
    await service.carryFacts();
    await service.runJobs();
    const today = civilDayOf(new Date(), tenant.timeZone);
    const { schedule } = await service.app.get(Programmes).current(ctx);
    say(`machine   ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
    say(
      `country   ${CHILDREN} children under five, seed ${SEED}, pack ${values.pack}: ${schedule.groups.length} groups`,
    );

    const { id: facilityId } = await addFacility(service, tenant);
    const product = schedule.vaccines[0]!.code;
    const [known] = await onServer(service.database.url, owner =>
      owner
        .query(`SELECT code FROM tenant_rf.product WHERE unit = 'DOSE' ORDER BY vaccine <> $1 LIMIT 1`, [
          product,
        ])
        .then(r => r.rows),
    );
    const lotId = await addStock(service, tenant, {
      facilityId,
      product: known.code,
      doses: 0,
      expiresOn: '2099-01-01',
    });
    const random = numbers(SEED);
    const histories = Array.from({ length: HISTORIES }, () => child(schedule, today, random));
    const doses = histories.reduce((sum, one) => sum + one.doses.length, 0) / HISTORIES;
    await onServer(service.database.url, async owner => {
      await owner.query(`SET search_path = tenant_rf; CREATE TEMP TABLE history (number int, history jsonb)`);
      await owner.query(
        `INSERT INTO history SELECT ordinality - 1, value FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY`,
        [JSON.stringify(histories)],
      );
      await owner.query(
        `CREATE TEMP TABLE area_number AS SELECT id, row_number() OVER () - 1 AS number, count(*) OVER () AS areas FROM area`,
      );
      for (let from = 0; from < CHILDREN; from += 50_000) {
        await owner.query(
          `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, area_id, access_needs, status,
             registered_via, registered_at)
           SELECT uuidv7(), n::text, 'Child', (history->>'birthDate')::date, 'day', history->>'sex', a.id, '{}', 'active',
             'assisted', now()
           FROM generate_series($1::int, $2::int) n JOIN history h ON h.number = n % ${HISTORIES}
           JOIN area_number a ON a.number = n % a.areas`,
          [from, Math.min(from + 50_000, CHILDREN) - 1],
        );
        await owner.query(
          `INSERT INTO vaccination (person_id, id, kind, product_code, vaccine_code, lot_id, lot_number, lot_expires_on,
             drawn_as, facility_id, given_on, route, vaccinator_id, presence, counted, schedule_code, schedule_version,
             recorded_by, recorded_at, first_recorded_by, first_recorded_at)
           SELECT p.person_id, uuidv7(), 'given', $1, d->>'vaccine', $2, 'x', '2099-01-01', $2, $3, (d->>'day')::date, 'IM',
             'x', 'WALK_IN', '[]', 'x', 'x', 'x', now(), 'x', now()
           FROM person p JOIN history h ON h.number = p.code::int % ${HISTORIES}, jsonb_array_elements(h.history->'doses') d
           WHERE p.code ~ '^[0-9]{1,9}$' AND p.code::int >= $4 AND p.code::int < $5`,
          [known.code, lotId, facilityId, from, from + 50_000],
        );
      }
      await owner.query('ANALYZE');
      await owner.query('CHECKPOINT');
    });
    say(`filled    ${doses.toFixed(1)} doses each on average, ${HISTORIES} different histories`);

    const measure = async (what: string, ask: () => Promise<void>): Promise<void> => {
      await ask();
      await service.carryFacts();
      const loop = monitorEventLoopDelay({ resolution: 5 });
      loop.enable();
      const [clock, cpu, postgres] = [performance.now(), process.cpuUsage(), serverSeconds(dataFolder)];
      await service.runJobs();
      const seconds = (performance.now() - clock) / 1000;
      const own = process.cpuUsage(cpu);
      loop.disable();
      const [job] = await onServer(service.database.url, owner =>
        owner
          .query(
            `SELECT state, (SELECT count(*) FROM tenant_rf.vaccine_group_forecast) AS lines FROM tenant_rf.job ORDER BY id DESC LIMIT 1`,
          )
          .then(answer => answer.rows),
      );
      const million = (part: number): string => (((part / CHILDREN) * 1_000_000) / 60).toFixed(1);
      const node = (own.user + own.system) / 1e6;
      const database = serverSeconds(dataFolder) - postgres;
      say(
        `${what}\n          ${seconds.toFixed(1)} s by the clock, ${Math.round(CHILDREN / seconds)} children a second; ` +
          `processor time ${node.toFixed(1)} s of Node and ${database.toFixed(1)} s of PostgreSQL\n` +
          `          a million: ${million(seconds)} min by the clock here, ${million((node + database) / 2)} min if two cores had nothing else to do\n` +
          `          job ${job.state}, ${job.lines} lines kept; event loop held at most ${(loop.max / 1e6).toFixed(0)} ms, p99 ${(loop.percentile(99) / 1e6).toFixed(0)} ms`,
      );
    };
    let version = 0; // what was published under a version never says anything else
    const versioned = (content: string): string =>
      content.replace(/"version": "([^"]+)"/, `"version": "$1-${version}"`);
    const publish = async (change: (schedule: string) => string): Promise<void> => {
      version++;
      const files = packFiles(join(__dirname, '../countries', values.pack)).map(file =>
        file.name === 'schedule.json'
          ? { ...file, content: versioned(change(file.content)) }
          : file.name === 'pack.json'
            ? { ...file, content: versioned(file.content) }
            : file.name === 'golden.json'
              ? {
                  ...file,
                  content: JSON.stringify({
                    ...JSON.parse(file.content),
                    cases: JSON.parse(file.content).cases.slice(0, 1),
                  }),
                }
              : file,
      );
      const draft = await service.app.get(DraftPack).run(ctx, { files });
      if (!('pack' in draft)) throw new Error(JSON.stringify(draft.faults.slice(0, 3)));
      await service.app.get(PublishPack).publish(asAdministrator(ctx), { id: draft.pack.id });
    };
    await measure('first     every forecast is made and written', () => publish(text => text));
    await measure('same      a new pack that changes nobody’s forecast', () => publish(text => `${text} `));
    await measure('changed   a new pack with every dose of 9 months moved to 10', () =>
      publish(text => text.replaceAll('"9 months"', '"10 months"')),
    );
  } finally {
    await service.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
