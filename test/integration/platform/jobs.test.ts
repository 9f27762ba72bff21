import { AppError } from '../../../src/platform/errors';
import type { Context, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { JobRunner, Jobs } from '../../../src/platform/jobs';
import { civilDayOf, newId } from '../../../src/common';
import { write } from '../../harness/worlds/clinic';
import { runDoomed } from '../../harness/doomed-process';
import { type Caller, country, testService, type TestService } from '../../harness/service';
import { countingKind, WORD_TABLE } from './counting-kind';

const JOB = `query ($id: ID!) { job(id: $id) { kind state done total message error startedAt endedAt } }`;
const CANCEL = `mutation ($id: ID!) { cancelJob(id: $id) { state done } }`;

let service: TestService;
let tenant: TenantRef;
let ctx: Context;
let admin: Caller;
const masterKey = Buffer.alloc(32, 7).toString('base64');

beforeAll(async () => {
  service = await testService({ TIKASETU_MASTER_KEY: masterKey });
  tenant = await service.provision('aa');
  ctx = service.contextOf(tenant);
  admin = { tenant: 'aa', token: await service.tokenFor(tenant, [country('configuration-admin')]) };
}, 120_000);
afterAll(() => service.stop());

const request = (kind: string, parameters: object = {}, key?: string): Promise<string> =>
  service.app
    .get(Database)
    .write(ctx, work => service.app.get(Jobs).request(ctx, work, kind, parameters, key));

const jobOf = async (id: string) => {
  const answer = await service.graphql(JOB, { id }, admin);
  expect(answer.errors).toBeUndefined();
  return answer.data.job;
};

/** What slices have written: texts of the tenant, one a slice. */
const written = async (): Promise<string[]> =>
  (await write<{ text: string }>(service, tenant, `SELECT text FROM ${WORD_TABLE} ORDER BY id`)).map(
    ({ text }) => text,
  );

describe('a job', () => {
  it('does its parts in slices to the end, tells how far it is, and finishes once', async () => {
    const finished: string[] = [];
    const kind = countingKind('test.whole');
    service.app.get(Jobs).on('test.whole', {
      ...kind,
      finish: async (_ctx, _work, job) => void finished.push(job.id),
    });
    const id = await request('test.whole', { parts: 3, upTo: 5 });

    const before = await jobOf(id);
    await service.runJobs();

    expect(before).toMatchObject({ state: 'WAITING', done: 0, total: null, startedAt: null });
    expect(before.message).toContain('waiting to begin');
    expect(await jobOf(id)).toMatchObject({ state: 'DONE', done: 15, total: 15, error: null });
    expect(finished).toEqual([id]);
    expect((await written()).filter(text => text.startsWith(id)).sort()).toEqual(
      [0, 1, 2].flatMap(part => [0, 1, 2, 3, 4].map(at => `${id} ${part} ${at}`)),
    );
  });

  it('is not there when the command that asked for it was rolled back', async () => {
    let id = '';
    const command = service.app.get(Database).write(ctx, async work => {
      id = await service.app.get(Jobs).request(ctx, work, 'test.whole', { parts: 1, upTo: 1 });
      throw new AppError('CONFLICT');
    });

    await expect(command).rejects.toThrow('CONFLICT');
    const answer = await service.graphql(JOB, { id }, admin);
    expect(answer.errors![0]!.extensions.code).toBe('NOT_FOUND');
  });

  it('is one job however often the same work is asked for', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => request('test.whole', { parts: 1, upTo: 1 }, 'today')));

    expect(new Set(ids).size).toBe(1);
    expect(await request('test.whole', { parts: 1, upTo: 1 }, 'tomorrow')).not.toBe(ids[0]);
  });

  it('with nothing to do is done at once', async () => {
    const id = await request('test.whole', { parts: 0, upTo: 0 });

    await service.runJobs();

    expect(await jobOf(id)).toMatchObject({ state: 'DONE', done: 0 });
  });

  it('goes on where it stood when a slice broke off in the middle', async () => {
    let breaks = 2;
    service.app.get(Jobs).on('test.breaking', {
      ...countingKind('test.breaking'),
      slice: async (jobCtx, work, job) => {
        const done = await countingKind('test.breaking').slice(jobCtx, work, job);
        if (job.cursor.at === 2 && breaks-- > 0) throw new Error('the connection is gone');
        return done;
      },
    });
    const id = await request('test.breaking', { parts: 1, upTo: 4 });

    await service.runJobs();
    const broken = await jobOf(id);
    await write(service, tenant, `UPDATE job_part SET next_slice_at = now()`);
    await service.runJobs();
    await write(service, tenant, `UPDATE job_part SET next_slice_at = now()`);
    await service.runJobs();

    expect(broken).toMatchObject({
      state: 'RUNNING',
      done: 2,
      total: 4,
      message: expect.stringContaining('2 of 4'),
    });
    expect(await jobOf(id)).toMatchObject({ state: 'DONE', done: 4 });
    expect((await written()).filter(text => text.startsWith(id))).toHaveLength(4); // none twice, none lost
  });

  it('that can never go well has failed at once, with a code and with what was done kept', async () => {
    service.app.get(Jobs).on('test.hopeless', {
      ...countingKind('test.hopeless'),
      slice: async (jobCtx, work, job) => {
        if (job.cursor.at === 1) throw new AppError('NOT_FOUND');
        return countingKind('test.hopeless').slice(jobCtx, work, job);
      },
    });
    const id = await request('test.hopeless', { parts: 1, upTo: 4 });

    await service.runJobs();

    expect(await jobOf(id)).toMatchObject({ state: 'FAILED', done: 1, error: 'NOT_FOUND' });
    expect((await jobOf(id)).endedAt).not.toBeNull();
  });

  it('can be stopped, and then does nothing more', async () => {
    service.app.get(Jobs).on('test.stopped', {
      ...countingKind('test.stopped'),
      slice: async (jobCtx, work, job) => {
        if (job.cursor.at === 3) throw new Error('busy elsewhere');
        return countingKind('test.stopped').slice(jobCtx, work, job);
      },
    });
    const id = await request('test.stopped', { parts: 1, upTo: 10 });
    await service.runJobs();

    const stopped = await service.graphql(CANCEL, { id }, admin);
    await write(service, tenant, `UPDATE job_part SET next_slice_at = now()`);
    await service.runJobs();

    expect(stopped.data.cancelJob).toEqual({ state: 'CANCELLED', done: 3 });
    expect(await jobOf(id)).toMatchObject({ state: 'CANCELLED', done: 3 });
    const trail = await write(service, tenant, `SELECT action FROM audit_entry WHERE resource_id = $1`, [id]);
    expect(trail).toEqual([{ action: 'job.cancel' }]);
  });

  it('that has ended stays as it ended when somebody stops it', async () => {
    const id = await request('test.whole', { parts: 1, upTo: 1 });
    await service.runJobs();

    const answer = await service.graphql(CANCEL, { id }, admin);

    expect(answer.data.cancelJob).toEqual({ state: 'DONE', done: 1 });
  });

  it('waits while its country is suspended', async () => {
    const id = await request('test.whole', { parts: 1, upTo: 1 });

    await service.app.get(JobRunner).runAll([{ ...tenant, state: 'SUSPENDED' }]);
    const meanwhile = await jobOf(id);
    await service.runJobs();

    expect(meanwhile.state).toBe('WAITING');
    expect((await jobOf(id)).state).toBe('DONE');
  });

  it('of a daily kind is asked for once each day of the country’s own', async () => {
    service.app.get(Jobs).on('test.daily', { ...countingKind('test.daily'), daily: true });
    const runner = service.app.get(JobRunner);
    const asked = () =>
      write<{ key: string }>(service, tenant, `SELECT key FROM job WHERE kind = 'test.daily'`);

    await runner.askForToday([tenant]);
    runner['asked'].clear(); // another process
    await runner.askForToday([tenant]);

    expect(await asked()).toEqual([{ key: civilDayOf(new Date(), tenant.timeZone) }]);
  });

  it('survives the death of the process that does it, to the slice', async () => {
    const id = await request('test.mortal', { parts: 2, upTo: 40 });
    const signal = await runDoomed(service, masterKey, 'test/integration/platform/worker-to-kill.ts');
    const left = await jobOf(id);
    service.app.get(Jobs).on('test.mortal', countingKind('test.mortal'));
    // The server notices a dead client when it next writes to it or reads from it.
    while ((await jobOf(id)).state !== 'DONE') {
      await service.runJobs();
      await new Promise(resolve => setTimeout(resolve, 50));
    }

    expect(signal).toBe('SIGKILL');
    expect(left.state).toBe('RUNNING');
    expect(left.done).toBeGreaterThanOrEqual(10);
    expect(left.done).toBeLessThan(80);
    expect(await jobOf(id)).toMatchObject({ state: 'DONE', done: 80 });
    const mine = (await written()).filter(text => text.startsWith(id));
    expect([mine.length, new Set(mine).size]).toEqual([80, 80]);
  }, 60_000);
});

describe('who may see and stop a job', () => {
  it.each([
    ['configuration-admin', null],
    ['programme-admin', null],
    ['vaccinator', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['user-admin', 'FORBIDDEN'],
  ])('%s', async (role, code) => {
    const id = await request('test.whole', { parts: 1, upTo: 1 });
    const caller = { tenant: 'aa', token: await service.tokenFor(tenant, [country(role)]) };

    const answers = [
      await service.graphql(JOB, { id }, caller),
      await service.graphql(CANCEL, { id }, caller),
    ];

    expect(answers.map(answer => answer.errors?.[0]?.extensions.code ?? null)).toEqual([code, code]);
  });

  it('is for the whole country: an area is not enough', async () => {
    const id = await request('test.whole', { parts: 1, upTo: 1 });
    const token = await service.tokenFor(tenant, [
      { role: 'programme-admin', reach: { kind: 'area', id: newId() } },
    ]);

    const answer = await service.graphql(JOB, { id }, { tenant: 'aa', token });

    expect(answer.errors![0]!.extensions.code).toBe('FORBIDDEN');
  });
});
