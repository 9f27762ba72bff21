import { join } from 'node:path';
import fc from 'fast-check';
import { addTo, civilDayOf, newId } from '../../../src/common';
import type { Context, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { type FactType, Outbox } from '../../../src/platform/events';
import { JobRunner } from '../../../src/platform/jobs';
import { Programmes } from '../../../src/programmes';
import { DraftPack } from '../../../src/programmes/drafts/draft-pack';
import { PublishPack } from '../../../src/programmes/publication/publish-pack';
import { personChanged, personRegistered } from '../../../src/registry';
import { doseCorrected, doseRecorded, doseVoided, RebuildForecasts } from '../../../src/vaccinations';
import { addFacility, addPerson, addStock, write } from '../../harness/worlds/clinic';
import { asAdministrator, packFiles } from '../../harness/worlds/packs';
import { SEED } from '../../harness/run/seed';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';

const FORECAST = `query ($personId: ID!) { forecast(personId: $personId) {
  groups { vaccineGroup status doseNumber earliest recommended pastDue latest } } }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) {
  __typename ... on Vaccination { id } } }`;
const VOID = `mutation ($input: VoidVaccinationInput!) { voidVaccination(input: $input) { __typename } }`;

let service: TestService;
let tenant: TenantRef;
let ctx: Context;
let registrar: Caller;
let today: string;
let facility: { id: string; areaIds: string[] };
let lotId: string;
/** A lot of each product that a dose was put on record of. */
const lots = new Map<string, string>();
let packs: string[];

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'gh');
  ctx = service.contextOf(tenant);
  registrar = { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) };
  today = civilDayOf(new Date(), tenant.timeZone);
  facility = await addFacility(service, tenant);
  lotId = await addStock(service, tenant, stockOf('penta-10'));
  packs = [(await service.app.get(Programmes).current(ctx)).packId, await draftOtherPack()];
  await settle();
}, 120_000);
afterAll(() => service.stop());

const stockOf = (product: string) => ({
  facilityId: facility.id,
  product,
  doses: 100,
  expiresOn: days(90),
});

const days = (count: number): string => addTo(today, { months: 0, days: count });

/** Facts reach their listeners and every job they ask for is done. */
async function settle(): Promise<void> {
  await service.carryFacts();
  await service.runJobs();
}

/** The same pack with measles a month later: what somebody is due for depends on which of the two is in force. */
async function draftOtherPack(): Promise<string> {
  const files = packFiles(join(__dirname, '../../../countries/gh')).map(file =>
    file.name === 'schedule.json'
      ? { ...file, content: anotherVersion(file.content.replaceAll('"9 months"', '"10 months"')) }
      : file.name === 'pack.json'
        ? { ...file, content: anotherVersion(file.content) }
        : file.name === 'golden.json'
          ? { ...file, content: firstCaseOf(file.content) }
          : file,
  );
  const draft = await service.app.get(DraftPack).run(ctx, { files });
  if (!('pack' in draft)) throw new Error(JSON.stringify(draft.faults.slice(0, 5)));
  return draft.pack.id;
}

/** What was published under a version never says anything else. */
const anotherVersion = (content: string): string =>
  content.replace(/"version": "([^"]+)"/, '"version": "$1-other"');

/** Golden cases of which only the first, a newborn's, is kept: the others know when measles was due. */
function firstCaseOf(content: string): string {
  const golden = JSON.parse(content) as { cases: object[] };
  return JSON.stringify({ ...golden, cases: golden.cases.slice(0, 1) });
}

const announce = <Payload extends object>(fact: FactType<Payload>, personId: string, payload: Payload) =>
  service.app
    .get(Database)
    .write(ctx, async work => service.app.get(Outbox).announce(ctx, work, fact, personId, payload));

interface Line {
  vaccineGroup: string;
  status: string;
  doseNumber: number | null;
  earliest: string | null;
  recommended: string | null;
  pastDue: string | null;
  latest: string | null;
}

const inOrder = (lines: Line[]): Line[] =>
  [...lines].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** What is kept of a person, in the words of the API: due and overdue follow from the dates and the day. */
async function kept(personId: string): Promise<Line[]> {
  const lines = await write<Line>(
    service,
    tenant,
    `SELECT vaccine_group AS "vaccineGroup",
            CASE WHEN status <> 'not-complete' THEN upper(status) WHEN past_due < $2 THEN 'OVERDUE'
                 WHEN recommended <= $2 THEN 'DUE' ELSE 'NOT_DUE' END AS status,
            dose_number AS "doseNumber", earliest::text, recommended::text, past_due::text AS "pastDue", latest::text
     FROM vaccine_group_forecast WHERE person_id = $1`,
    [personId, today],
  );
  return inOrder(lines);
}

/** What the API says of a person, without what is not kept; of the dead and gone, nothing. */
async function asked(personId: string): Promise<Line[]> {
  const [{ status }] = (await write<{ status: string }>(
    service,
    tenant,
    `SELECT status FROM person WHERE person_id = $1`,
    [personId],
  )) as [{ status: string }];
  if (status !== 'active') return [];
  const answer = await service.graphql(FORECAST, { personId }, registrar);
  const groups = answer.data.forecast.groups as Line[];
  return inOrder(groups.filter(group => !['AGED_OUT', 'NOT_RECOMMENDED'].includes(group.status)));
}

const newborn = async (birthDate: string): Promise<string> => {
  const personId = await addPerson(service, tenant, birthDate);
  await announce(personRegistered, personId, { personId, via: 'assisted', facilityId: null });
  return personId;
};

/** One fact about a dose, put where the verbs put it. */
async function dose(
  personId: string,
  fact: {
    kind: 'given' | 'correction' | 'void';
    replaces: string | null;
    product: string;
    vaccine: string;
    day: string;
  },
): Promise<string> {
  const id = newId();
  const lot = lots.get(fact.product) ?? (await addStock(service, tenant, stockOf(fact.product)));
  lots.set(fact.product, lot);
  await write(
    service,
    tenant,
    `INSERT INTO vaccination (person_id, id, kind, replaces, reason, product_code, vaccine_code, lot_id, lot_number,
       lot_expires_on, drawn_as, facility_id, given_on, route, vaccinator_id, presence, counted, schedule_code,
       schedule_version, recorded_by, recorded_at, first_recorded_by, first_recorded_at)
     VALUES ($1, $2, $3, $4, CASE WHEN $3 <> 'given' THEN 'test' END, $5, $6, $7, 'x', '2099-01-01', $2, $8, $9, 'IM', 'x',
       'WALK_IN', '[]', 'x', 'x', 'x', now(), 'x', now())`,
    [personId, id, fact.kind, fact.replaces, fact.product, fact.vaccine, lot, facility.id, fact.day],
  );
  return id;
}

describe('the forecasts that are kept', () => {
  it('follow a child from her registration over a dose to its void', async () => {
    const personId = await newborn(days(-120));
    await settle();
    const registered = await kept(personId);
    const staff = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, [
        atFacility('vaccinator', facility.id),
        atFacility('facility-admin', facility.id),
      ]),
    };
    const input = { idempotencyKey: newId(), personId, facilityId: facility.id, lotId, presence: 'WALK_IN' };

    const recorded = await service.graphql(RECORD, { input }, staff);
    await settle();
    const afterDose = await kept(personId);
    await service.graphql(
      VOID,
      {
        input: {
          idempotencyKey: newId(),
          personId,
          vaccinationId: recorded.data.recordVaccination.id,
          reason: 'WRONG_PERSON',
        },
      },
      staff,
    );
    await settle();

    const penta = (lines: Line[]) => lines.find(({ vaccineGroup }) => vaccineGroup === 'PENTA');
    expect(penta(registered)).toMatchObject({
      status: 'OVERDUE',
      doseNumber: 1,
      recommended: days(42 - 120),
    });
    expect(penta(afterDose)).toMatchObject({ status: 'NOT_DUE', doseNumber: 2, earliest: days(28) });
    expect(await kept(personId)).toEqual(registered);
  });

  it('end with a death', async () => {
    const personId = await newborn(days(-10));
    await settle();
    expect(await kept(personId)).not.toEqual([]);

    await write(service, tenant, `UPDATE person SET status = 'deceased' WHERE person_id = $1`, [personId]);
    await announce(personChanged, personId, { personId, fields: ['status'] });
    await settle();

    expect(await kept(personId)).toEqual([]);
  });

  it('list a person where she lives, else where she was registered', async () => {
    const [lives, registered, nowhere] = [await newborn(today), await newborn(today), await newborn(today)];
    await write(service, tenant, `UPDATE person SET area_id = $2 WHERE person_id = $1`, [
      lives,
      facility.areaIds[0],
    ]);
    await write(service, tenant, `UPDATE person SET registered_at_facility = $2 WHERE person_id = $1`, [
      registered,
      facility.id,
    ]);
    await settle();

    const areas = await write<{ id: string; area: string }>(
      service,
      tenant,
      `SELECT DISTINCT person_id AS id, area_id AS area FROM vaccine_group_forecast WHERE person_id = ANY ($1)`,
      [[lives, registered, nowhere]],
    );

    expect(Object.fromEntries(areas.map(({ id, area }) => [id, area]))).toEqual({
      [lives]: facility.areaIds[0],
      [registered]: facility.areaIds.at(-1),
      [nowhere]: '00000000-0000-0000-0000-000000000000',
    });
  });

  it('are made anew for the whole country when another programme comes into force', async () => {
    const personId = await newborn(days(-200));
    await settle();
    const before = await kept(personId);

    await service.app.get(PublishPack).publish(asAdministrator(ctx), { id: packs[1]! });
    await settle();
    const [job] = await write<{ state: string; kind: string }>(
      service,
      tenant,
      `SELECT state, kind FROM job ORDER BY id DESC LIMIT 1`,
    );

    expect(job).toEqual({ kind: 'vaccinations.reforecast-country', state: 'DONE' });
    const measles = (lines: Line[]) => lines.find(({ vaccineGroup }) => vaccineGroup === 'MR');
    expect(measles(await kept(personId))!.recommended! > measles(before)!.recommended!).toBe(true);
    await service.app.get(PublishPack).rollBack(ctx, { reason: 'test' });
    await settle();
    expect(await kept(personId)).toEqual(before);
  });

  it('are made anew on the day that time alone changes them, and only then', async () => {
    const personId = await newborn(days(-30));
    await settle();
    const made = async () =>
      (
        await write<{ at: Date }>(
          service,
          tenant,
          `SELECT made_at AS at FROM person_forecast WHERE person_id = $1`,
          [personId],
        )
      )[0]!.at.getTime();
    const first = await made();
    const night = async () => {
      service.app.get(JobRunner)['asked'].clear();
      await write(
        service,
        tenant,
        `UPDATE job SET key = id::text WHERE kind = 'vaccinations.reforecast-due'`,
      );
      await service.app.get(JobRunner).askForToday([tenant]);
      await service.runJobs();
    };

    await night();
    const untouched = await made();
    await write(service, tenant, `UPDATE person_forecast SET valid_until = $2 WHERE person_id = $1`, [
      personId,
      today,
    ]);
    await night();

    expect(untouched).toBe(first);
    expect(await made()).toBeGreaterThan(first);
  });

  it('can be compared with the facts and put right', async () => {
    const personId = await newborn(days(-100));
    await settle();
    expect(await service.app.get(RebuildForecasts).compare(ctx)).toEqual([]);
    await write(
      service,
      tenant,
      `UPDATE vaccine_group_forecast SET dose_number = 7 WHERE person_id = $1 AND vaccine_group = 'PENTA'`,
      [personId],
    );

    expect(await service.app.get(RebuildForecasts).compare(ctx)).toEqual([personId]);
    expect(await service.app.get(RebuildForecasts).run(ctx)).toEqual([personId]);
    expect(await service.app.get(RebuildForecasts).compare(ctx)).toEqual([]);
  });

  it(`are what the API says of everybody after any sequence of facts (TIKASETU_TEST_SEED=${SEED})`, async () => {
    const products = await write<{ code: string; vaccine: string }>(
      service,
      tenant,
      `SELECT code, vaccine FROM product WHERE active AND unit = 'DOSE' ORDER BY code`,
    );
    const areas = await write<{ id: string }>(service, tenant, `SELECT id FROM area ORDER BY code`);
    const people: string[] = [];
    const doses = new Map<string, { id: string; product: string; vaccine: string; day: string }[]>();
    const someone = (draw: number): string => people[draw % people.length]!;
    const day = (draw: number): string => days(-(draw % 700));
    const steps = {
      register: async (draw: number) => {
        const personId = await newborn(day(draw));
        people.push(personId);
        doses.set(personId, []);
      },
      give: async (draw: number, other: number) => {
        const personId = someone(draw);
        const { code: product, vaccine } = products[other % products.length]!;
        const given = { product, vaccine, day: day(other) };
        const id = await dose(personId, { kind: 'given', replaces: null, ...given });
        doses.get(personId)!.push({ id, ...given });
        await announce(doseRecorded, personId, { personId, vaccinationId: id, facilityId: facility.id });
      },
      correct: async (draw: number, other: number) => {
        const personId = someone(draw);
        const before = doses.get(personId)!.pop();
        if (!before) return;
        const now = { ...before, day: day(other) };
        const id = await dose(personId, { ...now, kind: 'correction', replaces: before.id });
        doses.get(personId)!.push({ ...now, id });
        await announce(doseCorrected, personId, { personId, vaccinationId: id, replaces: before.id });
      },
      void: async (draw: number) => {
        const personId = someone(draw);
        const before = doses.get(personId)!.pop();
        if (!before) return;
        const voidId = await dose(personId, { ...before, kind: 'void', replaces: before.id });
        await announce(doseVoided, personId, { personId, vaccinationId: before.id, voidId });
      },
      change: async (draw: number, other: number) => {
        const personId = someone(draw);
        const [column, value] = [
          ['birth_date', day(other)],
          ['sex', other % 2 ? 'male' : 'female'],
          ['status', other % 3 ? 'active' : 'deceased'],
          ['area_id', areas[other % areas.length]!.id],
          ['birth_date_precision', ['day', 'month', 'year'][other % 3]!],
        ][other % 5] as [string, string];
        await write(service, tenant, `UPDATE person SET ${column} = $2 WHERE person_id = $1`, [
          personId,
          value,
        ]);
        await announce(personChanged, personId, { personId, fields: [column] });
      },
      publish: async (draw: number) => {
        await service.app.get(PublishPack).publish(asAdministrator(ctx), { id: packs[draw % 2]! });
      },
      carry: settle,
    };
    await steps.register(30);
    const step = fc.tuple(
      fc.oneof(
        { weight: 8, arbitrary: fc.constant('give' as const) },
        { weight: 4, arbitrary: fc.constant('register' as const) },
        { weight: 3, arbitrary: fc.constantFrom('correct' as const, 'void' as const, 'change' as const) },
        { weight: 1, arbitrary: fc.constantFrom('publish' as const, 'carry' as const) },
      ),
      fc.nat(),
      fc.nat(),
    );

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async sequence => {
        for (const [name, draw, other] of sequence) await steps[name](draw, other);
        await settle();
        for (const personId of people) expect(await kept(personId)).toEqual(await asked(personId));
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(await service.app.get(RebuildForecasts).compare(ctx)).toEqual([]);
  }, 180_000);
});
