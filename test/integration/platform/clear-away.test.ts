import { firstIdAt, newId } from '../../../src/common';
import { ForgetOrigins } from '../../../src/appointments/caps/forget-origins';
import { ForgetSignInCodes } from '../../../src/identity/one-time-codes/forget-sign-in-codes';
import { ForgetSignIns } from '../../../src/identity/sign-ins/forget-sign-ins';
import type { Context } from '../../../src/platform/context';
import { answeredBefore, Database, keepAnswers, once } from '../../../src/platform/database';
import { ForgetLooks } from '../../../src/registry/looks/forget-looks';
import { BIT } from '../../../src/tenancy/bit-by-bit';
import { ClearAway } from '../../../src/tenancy/clear-away';
import { onServer } from '../../harness/run/database';
import { testService, type TestService } from '../../harness/service';

let service: TestService;
let ctx: Context;

beforeAll(async () => {
  service = await testService();
  ctx = service.contextOf(await service.provision('aa'));
  await service.carryFacts();
}, 120_000);
afterAll(() => service.stop());

const query = <Row>(sql: string, params: unknown[] = []): Promise<Row[]> =>
  service.app.get(Database).write(ctx, work => work.query<Row>(sql, params));
const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
const inDays = (days: number): Context => ({ ...ctx, now: () => daysAgo(-days) });
const clear = (at: Context = ctx) => service.app.get(ClearAway).run(at);

/** A fact announced so many days ago. */
async function fact(days: number, delivered: boolean): Promise<string> {
  const id = firstIdAt(daysAgo(days));
  await query(
    `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at, delivered_at, next_attempt_at)
     VALUES ($1, 'test.cleared', 'x', '{}', now(), CASE WHEN $2::boolean THEN now() END, 'infinity')`,
    [id, delivered],
  );
  return id;
}
const kept = async (ids: readonly string[]): Promise<boolean[]> => {
  const rows = await query<{ id: string }>(`SELECT id FROM outbox_event WHERE id = ANY ($1::uuid[])`, [ids]);
  return ids.map(id => rows.some(row => row.id === id));
};

describe('what was on its way', () => {
  it('goes a week after it was announced, if it was carried', async () => {
    const ids = [await fact(8, true), await fact(9, false), await fact(6, true)];

    await clear();

    expect(await kept(ids)).toEqual([false, true, true]);
  });

  it('goes in many transactions when there is much of it', async () => {
    await query(
      `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at, delivered_at)
       SELECT ('01800000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'test.cleared', 'x', '{}', now(), now()
       FROM generate_series(1, $1::int) n`,
      [2 * BIT + 1],
    );

    expect(await clear()).toMatchObject({ facts: 2 * BIT + 1 });
    expect(await clear()).toMatchObject({ facts: 0 });
  });

  it('leaves a key of an account for a month, and a device’s for ever', async () => {
    const [mine, devices] = [
      { ctx, key: newId(), request: 1 },
      { ctx, key: newId(), request: 2, owner: 'device:1' },
    ];
    const known = () =>
      service.app.get(Database).read(ctx, async work => {
        const answered = await answeredBefore(work, [mine, devices]);
        return [mine, devices].map(request => answered.idOf(request));
      });
    await service.app.get(Database).write(ctx, work =>
      keepAnswers(work, [
        { ...mine, resultId: 'a' },
        { ...devices, resultId: 'b' },
      ]),
    );

    await clear(inDays(29));
    const before = await known();
    await clear(inDays(31));

    expect(before).toEqual(['a', 'b']);
    expect(await known()).toEqual([null, 'b']);
  });

  it('leaves what was done once to be done again after that month, and not before', async () => {
    const key = newId();
    let times = 0;
    const act = () =>
      service.app
        .get(Database)
        .write(ctx, work => once(ctx, work, key, 'the same', async () => String(++times)));
    await act();

    await clear(inDays(29));
    await act();
    const before = times;
    await clear(inDays(31));
    await act();

    expect([before, times]).toEqual([1, 2]);
  });
});

it('what the platform plane was told, and who signed in there, goes in the same times', async () => {
  const platform = service.contextOf(null);
  const run = <Row>(sql: string, params: unknown[] = []): Promise<Row[]> =>
    service.app.get(Database).writePlatform(work => work.query<Row>(sql, params));
  const [old, recent] = [firstIdAt(daysAgo(181)), firstIdAt(daysAgo(6))];
  for (const id of [old, recent]) {
    await run(
      `INSERT INTO sign_in (id, account_kind, account_id, started_at, expires_at) VALUES ($1, 'operator', 'x', now(), now())`,
      [id],
    );
    await run(
      `INSERT INTO outbox_event (id, type, aggregate_id, payload, occurred_at, delivered_at)
       VALUES ($1, 'test.cleared', 'x', '{}', now(), now())`,
      [id],
    );
  }

  const cleared = await service.app.get(ClearAway).run(platform);
  const forgotten = await service.app.get(ForgetSignIns).run(platform);

  expect({ cleared, forgotten }).toEqual({ cleared: { facts: 1, keys: 0 }, forgotten: 1 });
  expect(await run(`SELECT id FROM outbox_event WHERE type = 'test.cleared'`)).toEqual([{ id: recent }]);
  expect(await run(`SELECT id FROM sign_in WHERE account_id = 'x'`)).toEqual([{ id: recent }]);
});

it('through what places were taken, and how many people somebody was shown, go after 400 days', async () => {
  const [facilityId, sessionId] = [newId(), newId()];
  const [old, young] = [firstIdAt(daysAgo(401)), firstIdAt(daysAgo(399))];
  await onServer(service.database.url, async owner => {
    await owner.query('SET search_path = tenant_aa');
    // Its appointments and their session are not what is looked at.
    await owner.query('ALTER TABLE appointment_origin DROP CONSTRAINT appointment_origin_appointment_fk');
    for (const id of [old, young])
      await owner.query(`INSERT INTO appointment_origin VALUES ($1, $2, 'device', '\\x01', $3)`, [
        facilityId,
        sessionId,
        id,
      ]);
    for (const days of [402, 398])
      await owner.query(`INSERT INTO person_look_count (staff_id, day, persons) VALUES ('x', $1, 7)`, [
        daysAgo(days),
      ]);
  });

  await service.app.get(ForgetOrigins).run(ctx);
  await service.app.get(ForgetLooks).run(ctx);

  expect(await query(`SELECT appointment_id AS id FROM appointment_origin`)).toEqual([{ id: young }]);
  expect(
    await query(`SELECT staff_id FROM person_look_count WHERE day > now() - interval '400 days'`),
  ).toHaveLength(1);
  expect(await query(`SELECT staff_id FROM person_look_count`)).toHaveLength(1);
});

it('codes by which people signed in go after a day', async () => {
  const [old, young] = [firstIdAt(daysAgo(2)), firstIdAt(daysAgo(0.5))];
  for (const id of [old, young])
    await query(
      `INSERT INTO sign_in_code (id, phone_index, phone_sealed, code_hash, created_at, expires_at)
       VALUES ($1, '', '', '', now(), now())`,
      [id],
    );

  await service.app.get(ForgetSignInCodes).run(ctx);

  expect(await query(`SELECT id FROM sign_in_code`)).toEqual([{ id: young }]);
});

it('sign-ins go after half a year, and what was begun to sign in when its time is over', async () => {
  const [old, young] = [firstIdAt(daysAgo(181)), firstIdAt(daysAgo(179))];
  for (const id of [old, young]) {
    await query(
      `INSERT INTO sign_in (id, account_kind, account_id, started_at, expires_at) VALUES ($1, 'staff', 'x', now(), now())`,
      [id],
    );
    await query(
      `INSERT INTO passkey_challenge (sign_in_id, purpose, challenge, expires_at) VALUES ($1, 'PROVE', '', $2)`,
      [id, id === old ? daysAgo(1) : daysAgo(-1)],
    );
  }

  const issuer = newId();
  await query(
    `INSERT INTO sign_in_issuer VALUES ($1, 'https://issuer.example', 'us', 'https://us.example', '{}',
       'CLIENT_SECRET', '', NULL, '{}', '{}', true, now())`,
    [issuer],
  );
  for (const [hash, at] of [
    ['\\x01', daysAgo(1)],
    ['\\x02', daysAgo(-1)],
  ])
    await query(`INSERT INTO issuer_logout VALUES ($1, $2, $3)`, [issuer, hash, at]);

  await service.app.get(ForgetSignIns).run(ctx);

  expect(await query(`SELECT id FROM sign_in`)).toEqual([{ id: young }]);
  expect(await query(`SELECT sign_in_id FROM passkey_challenge`)).toEqual([{ sign_in_id: young }]);
  expect(await query(`SELECT jti_hash::text FROM issuer_logout`)).toEqual([{ jti_hash: '\\x02' }]);
});
