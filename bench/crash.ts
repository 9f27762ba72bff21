// npm run drill:crash: doses and bookings come in while the API and PostgreSQL are killed outright, again and again; after
// each time nothing is half written, nothing that was answered is gone, and nothing that was sent twice is there twice.
// ROUNDS=20, SEED=… to repeat where it is struck. Linux.
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { civilDayOf } from '../src/common';
import { randomFrom } from '../test/harness/run/seed';
import { atFacility, testService } from '../test/harness/service';
import { halfWritten } from '../test/harness/worlds/whole-doses';
import { openClinic } from './crash/clinic';
import { Sender } from './crash/sender';
import { startApi } from './load/api';
import { benchDatabase, say } from './own-server';

const ROUNDS = Number(process.env['ROUNDS'] ?? 20);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const SENDERS = 12;
/** Requests of a sender in a round. */
const REQUESTS = 25;

const ROOT = `${__dirname}/..`;
/** What the API says of its database while that is away is no news here. */
process.env['LOG_LEVEL'] ??= 'silent';

/** PostgreSQL as it is meant to run: fsync and synchronous_commit are on. A server that crashed comes back by itself. */
const SETTINGS = { shared_buffers: '128MB', max_connections: 100 };

async function main(): Promise<void> {
  const server = await benchDatabase(SETTINGS);
  const masterKey = randomBytes(32).toString('base64');
  const service = await testService({ TIKASETU_MASTER_KEY: masterKey });
  const tenant = await service.country('cr');
  const today = civilDayOf(new Date(), tenant.timeZone);
  const clinic = await openClinic(service, tenant, today);
  const grants = ['vaccinator', 'registrar'].map(role => atFacility(role, clinic.facilityId));
  const token = await service.tokenFor(tenant, grants);
  const random = randomFrom(SEED);
  say(
    `seed ${SEED} (repeat with SEED=${SEED}), ${ROUNDS} rounds of ${SENDERS} senders, ${REQUESTS} requests each`,
  );
  let api = await startApi(service, masterKey, ROOT);
  const killed = { api: 0, postgres: 0 };
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      const victim = random() < 0.5 ? 'api' : 'postgres';
      const after = 1 + Math.floor(random() * SENDERS * REQUESTS * 0.8);
      const people = await clinic.people(SENDERS * REQUESTS * Sender.MOST_PEOPLE);
      let answers = 0;
      let strike: Promise<void> | undefined;
      const kill = async (): Promise<void> => {
        killed[victim]++;
        if (victim === 'postgres') return killBackend(service.database.url);
        api.process.kill('SIGKILL');
        api = await startApi(service, masterKey, ROOT);
      };
      const senders = Array.from({ length: SENDERS }, () => {
        const to = { url: () => api.url, token, tenant: tenant.code, clinic, people, random };
        return new Sender(to, () => {
          if (++answers === after) strike = kill();
        });
      });
      await Promise.all(senders.map(sender => sender.send(REQUESTS)));
      await strike;
      const answered = senders.flatMap(sender => sender.answered);
      const faults = [
        ...(await clinic.settled(() => halfWritten(clinic.query))),
        ...(await clinic.missing(answered)),
        ...senders.flatMap(sender => sender.faults),
      ];
      const again = senders.reduce((sum, sender) => sum + sender.again, 0);
      say(
        `${String(round).padStart(3)}  ${victim.padEnd(8)} killed after ${String(after).padStart(3)} answers: ${answered.length} doses and bookings answered, ${again} requests sent again; ${faults.length} faults`,
      );
      if (faults.length > 0) throw new Error(faults.slice(0, 20).join('\n'));
    }
    const [{ doses }] = (await clinic.query<{ doses: number }>(
      'SELECT count(*)::integer AS doses FROM vaccination',
    )) as [{ doses: number }];
    say(
      `${doses} doses; the API was killed ${killed.api} times, PostgreSQL ${killed.postgres}: nothing half written`,
    );
  } finally {
    await api.stop();
    await service.stop();
    await server.stop();
  }
}

/**
 * Kills a process of PostgreSQL that serves the country. The server then ends all others, throws away what it had in memory
 * and recovers from its log, as after a crash of the whole.
 */
async function killBackend(url: string): Promise<void> {
  const owner = new Client({ connectionString: url });
  owner.on('error', () => {}); // it dies with the others
  await owner.connect();
  const { rows } = await owner.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE usename LIKE '%\\_tenant\\_%' ORDER BY state = 'active' DESC LIMIT 1`,
  );
  process.kill(rows[0]!.pid, 'SIGKILL');
  await owner.end().catch(() => {});
}

void main().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
