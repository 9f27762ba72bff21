import { join } from 'node:path';
import fc from 'fast-check';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { DraftPack } from '../../../src/programmes/drafts/draft-pack';
import { addPerson, write } from '../../harness/worlds/clinic';
import { packFiles } from '../../harness/worlds/packs';
import { SEED } from '../../harness/run/seed';
import { type Caller, country, inArea, testService, type TestService } from '../../harness/service';

const SIMULATE = `mutation ($input: SimulateProgrammeInput!) { simulateProgramme(input: $input) { id finished } }`;
const RESULT = `query ($id: ID!, $areaId: ID) { programmeSimulation(id: $id) { packId basePackId from months finished fewestShown
  groups(areaId: $areaId) { vaccineGroup vaccineGroupName becomeDue becomeOverdue becomeComplete standings { status inForce simulated } }
  needs(areaId: $areaId) { month vaccine products { code name } inForce simulated }
  areaNeeds(areaId: $areaId) { areaId areaName month vaccine inForce simulated } } }`;
const JOB = `query ($id: ID!) { job(id: $id) { state done total message } }`;

let service: TestService;
let tenant: TenantRef;
let admin: Caller;
let today: string;
let packId: string;
let areas: { id: string }[];

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'gh');
  admin = { tenant: 'aa', token: await service.tokenFor(tenant, [country('programme-admin')]) };
  today = civilDayOf(new Date(), tenant.timeZone);
  areas = await write(service, tenant, `SELECT id FROM area WHERE parent_id IS NULL ORDER BY code`);
  packId = await draftOf(content => content.replaceAll('"9 months"', '"8 months"'));
  await service.carryFacts();
  await service.runJobs();
}, 120_000);
afterAll(() => service.stop());

const days = (count: number): string => addTo(today, { months: 0, days: count });

/** A draft of the country's pack with another schedule; of its golden cases only the newborn's is kept. */
async function draftOf(change: (schedule: string) => string): Promise<string> {
  const files = packFiles(join(__dirname, '../../../countries/gh')).map(file => {
    if (file.name === 'schedule.json') return { ...file, content: change(file.content) };
    if (file.name !== 'golden.json') return file;
    const golden = JSON.parse(file.content) as { cases: object[] };
    return { ...file, content: JSON.stringify({ ...golden, cases: golden.cases.slice(0, 1) }) };
  });
  const draft = await service.app.get(DraftPack).run(service.contextOf(tenant), { files });
  if (!('pack' in draft)) throw new Error(JSON.stringify(draft.faults.slice(0, 5)));
  return draft.pack.id;
}

async function children(count: number, birthDate: string, areaId: string | null): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const id = await addPerson(service, tenant, birthDate);
    await write(service, tenant, `UPDATE person SET area_id = $2 WHERE person_id = $1`, [id, areaId]);
    ids.push(id);
  }
  return ids;
}

const simulate = async (input: { packId?: string; from?: string; months?: number } = {}, as = admin) =>
  service.graphql(SIMULATE, { input: { packId, from: today, months: 6, ...input } }, as);

const resultOf = async (id: string, areaId: string | null = null) => {
  const answer = await service.graphql(RESULT, { id, areaId }, admin);
  expect(answer.errors).toBeUndefined();
  return answer.data.programmeSimulation;
};

const finished = async (input: Parameters<typeof simulate>[0] = {}): Promise<string> => {
  const answer = await simulate(input);
  expect(answer.errors).toBeUndefined();
  await service.runJobs();
  return answer.data.simulateProgramme.id as string;
};

const of = <Row extends { vaccineGroup: string }>(rows: Row[], group: string): Row =>
  rows.find(({ vaccineGroup }) => vaccineGroup === group)!;

describe('a simulation of a programme', () => {
  it('tells who would become due, and changes nobody’s record', async () => {
    await children(12, days(-255), areas[0]!.id); // eight months and some days
    await children(3, days(-255), areas[1]!.id);
    const rows = async () => write(service, tenant, `SELECT * FROM vaccine_group_forecast ORDER BY 1, 2, 3`);
    const before = await rows();

    const id = await finished();

    const whole = await resultOf(id);
    const measles = of(
      whole.groups as { vaccineGroup: string; becomeDue: number; standings: object[] }[],
      'MR',
    );
    expect(whole).toMatchObject({ packId, finished: true, from: today, months: 6, fewestShown: 10 });
    expect(measles.becomeDue).toBe(15);
    expect(measles.standings).toContainEqual({ status: 'DUE', inForce: 0, simulated: 15 });
    expect(measles.standings).toContainEqual({ status: 'NOT_DUE', inForce: 15, simulated: 0 });
    expect(await rows()).toEqual(before);
  });

  it('counts the doses needed by month, if everybody comes on time', async () => {
    await children(20, today, areas[2]!.id);
    const id = await finished({ months: 4 });

    const { needs } = await resultOf(id, areas[2]!.id);

    const bcg = needs.filter(({ vaccine }: { vaccine: string }) => vaccine === 'BCG');
    expect(bcg).toMatchObject([{ month: `${today.slice(0, 7)}-01`, inForce: 20, simulated: 20 }]);
    expect(bcg[0].products[0].code).toBe('bcg-20');
    const penta = needs.filter(({ vaccine }: { vaccine: string }) => vaccine === 'DTWPHIBHEPB');
    const expected = new Map<string, number>();
    for (const weeks of [6, 10, 14]) {
      const month = `${days(weeks * 7).slice(0, 7)}-01`;
      expected.set(month, (expected.get(month) ?? 0) + 20);
    }
    expect(
      penta.map(({ month, simulated }: { month: string; simulated: number }) => [month, simulated]),
    ).toEqual([...expected]);
  });

  it('shows no small count, nor one that the whole would give away', async () => {
    const id = await finished();

    const { groups } = await resultOf(id, areas[1]!.id); // three children
    const { areaNeeds } = await resultOf(id);

    expect(of(groups as { vaccineGroup: string; becomeDue: number | null }[], 'MR').becomeDue).toBeNull();
    const counts = areaNeeds.flatMap((row: { inForce: number | null; simulated: number | null }) => [
      row.inForce,
      row.simulated,
    ]);
    expect(counts.some((count: number | null) => count === null)).toBe(true);
    expect(counts.every((count: number | null) => count === null || count === 0 || count >= 10)).toBe(true);
  });

  it('shows nothing before everybody is counted, and tells how far it is', async () => {
    const answer = await simulate();
    const { id } = answer.data.simulateProgramme;

    const unfinished = await resultOf(id);
    const waiting = (await service.graphql(JOB, { id }, admin)).data.job;
    await service.runJobs();
    const done = (await service.graphql(JOB, { id }, admin)).data.job;

    expect(unfinished).toMatchObject({ finished: false, groups: [], needs: [], areaNeeds: [] });
    expect(waiting.state).toBe('WAITING');
    expect(done).toMatchObject({ state: 'DONE', done: done.total });
    expect(done.message).toContain('Simulation of a programme');
  });

  it('leaves out the dead', async () => {
    const area = areas[3]!.id;
    const [first, ...others] = await children(11, days(-255), area);
    await write(service, tenant, `UPDATE person SET status = 'deceased' WHERE person_id = $1`, [first]);

    const { groups } = await resultOf(await finished(), area);

    expect(of(groups as { vaccineGroup: string; becomeDue: number }[], 'MR').becomeDue).toBe(others.length);
  });

  it('of the pack in force changes nothing', async () => {
    const current = (await resultOf(await finished())).basePackId as string;

    const same = await resultOf(await finished({ packId: current }));

    for (const row of [
      ...same.needs,
      ...same.groups.flatMap((group: { standings: object[] }) => group.standings),
    ])
      expect(row.simulated).toBe(row.inForce);
  });

  it('begins today or later, with a configuration of the country', async () => {
    const answers = await Promise.all([
      simulate({ from: days(-1) }),
      simulate({ from: days(400) }),
      simulate({ months: 25 }),
      simulate({ packId: newId() }),
    ]);

    expect(answers.map(answer => answer.errors?.[0]?.extensions.code)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
    ]);
  });
});

describe('who may simulate', () => {
  it(`is an administrator of configuration or programme, of the whole country (TIKASETU_TEST_SEED=${SEED})`, async () => {
    const id = await finished();
    const may = ({ role, reach }: Grant): boolean =>
      ['configuration-admin', 'programme-admin'].includes(role) && reach.kind === 'country';
    const role = fc.oneof(
      fc.constantFrom('configuration-admin', 'programme-admin'),
      fc.constantFrom(...STAFF_ROLES),
    );
    const grant = fc
      .tuple(role, fc.nat({ max: 2 }))
      .map(([held, kind]) => (kind === 0 ? inArea(held, areas[0]!.id) : country(held)));
    let [allowed, refused] = [0, 0];

    await fc.assert(
      fc.asyncProperty(grant, fc.boolean(), async (held, asks) => {
        const as = { tenant: 'aa', token: await service.tokenFor(tenant, [held]) };
        const answer = asks ? await simulate({}, as) : await service.graphql(RESULT, { id }, as);
        const expected = may(held);
        if (expected) allowed++;
        else refused++;
        expect(answer.errors?.[0]?.extensions.code ?? null).toBe(expected ? null : 'FORBIDDEN');
      }),
      { numRuns: 60 },
    );

    expect(Math.min(allowed, refused)).toBeGreaterThan(5);
  }, 60_000);
});
