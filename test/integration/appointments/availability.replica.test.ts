import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld } from '../../harness/worlds/booking';
import { type TestService, testService } from '../../harness/service';

/** The seconds that an answer of the country's own server may be old: of the answer, and of a hold that ran out. */
const OWN = 17;

let servers: ChildProcess;
let replicaUrl: string;
let service: TestService;
let tenant: TenantRef;
let world: BookingWorld;
let facilityId: string;
let sessionId: string;
let asked = 0;

beforeAll(async () => {
  servers = fork(join(__dirname, '../../harness/followed-server.mjs'));
  const [urls] = (await once(servers, 'message')) as [{ own: string; replica: string }];
  replicaUrl = urls.replica;
  process.env['TEST_DATABASE_URL'] = urls.own;
  process.env['TIKASETU_TEST_TEMPLATE'] = 'template1';
  service = await testService({ REPLICA_DATABASE_URL: urls.replica });
  tenant = await service.country('xr');
  world = await bookingWorld(service, tenant);
  facilityId = await world.facility();
  sessionId = await world.session(facilityId, { any: 3 });
}, 180_000);
afterAll(async () => {
  await service?.stop();
  const gone = once(servers, 'exit');
  servers.disconnect();
  await gone;
}, 60_000);

interface Answer {
  asOf: string;
  maxStalenessSeconds: number;
  sessions: { sessionId: string; free: number }[];
}

/** Availability as nobody asked for it before, so that no answer is remembered. */
async function availability(): Promise<Answer> {
  const days = String(1 + (asked++ % 300));
  const query = new URLSearchParams({ facilityId, from: '2099-05-04', days });
  const answer = await fetch(`${service.url}/availability?${query.toString()}`, {
    headers: { 'x-tenant': tenant.code },
  });
  return (await answer.json()) as Answer;
}

/** Asks until an answer is as wanted, while something is written on the country's own server now and then. */
async function answerThat(wanted: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    await world.query(`UPDATE session SET changed_at = now() WHERE id = $1`, [sessionId]);
    await sleep(50);
    const answer = await availability();
    if (wanted(answer)) return answer;
  }
}

const onReplica = async (sql: string): Promise<void> => {
  const client = new Client({ connectionString: replicaUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

describe('availability, where the server has a replica', () => {
  it('is counted there, and says how far that is behind', async () => {
    const { asOf, sessions } = await answerThat(
      answer => answer.maxStalenessSeconds > OWN && answer.maxStalenessSeconds <= OWN + 5,
    );

    expect(sessions).toMatchObject([{ sessionId, free: 3 }]);
    expect(Date.parse(asOf)).toBeLessThan(Date.now());
  }, 120_000);

  it('is counted by the country’s own server while the replica is far behind', async () => {
    await onReplica('SELECT pg_wal_replay_pause()');
    await world.query(`UPDATE session_places SET booked = 1 WHERE session_id = $1`, [sessionId]);

    const { sessions } = await answerThat(answer => answer.maxStalenessSeconds === OWN);

    expect(sessions).toMatchObject([{ sessionId, free: 2 }]);
    await onReplica('SELECT pg_wal_replay_resume()');
  }, 120_000);

  it('is counted on the replica again once it has caught up', async () => {
    const { sessions } = await answerThat(answer => answer.maxStalenessSeconds > OWN);

    expect(sessions).toMatchObject([{ sessionId, free: 2 }]);
  }, 120_000);

  it('is told by the country’s own server when the replica is gone', async () => {
    servers.send('stop the replica');
    await once(servers, 'message');

    const { sessions, maxStalenessSeconds } = await availability();

    expect(sessions).toMatchObject([{ sessionId, free: 2 }]);
    expect(maxStalenessSeconds).toBe(OWN);
  }, 120_000);
});
