import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { BreakGlassStore } from '../../../src/registry/looks/break-glass.store';
import { ForgetLooks } from '../../../src/registry/looks/forget-looks';
import { addFacility, addPerson, write } from '../../harness/worlds/clinic';
import {
  atFacility,
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';

const DOSES = `query ($personId: ID!) { vaccinations(personId: $personId) { doses { id } } }`;
const FORECAST = `query ($personId: ID!) { forecast(personId: $personId) { on } }`;
const CERTIFICATE = `query ($personId: ID!) { certificate(personId: $personId) { status } }`;
const PERSON = `query ($id: ID!, $facilityId: ID) { person(id: $id, facilityId: $facilityId) { id } }`;
const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`;
const BREAK = `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { id until persons } }`;
const GLASSES = `query ($reviewed: Boolean!) { brokenGlasses(reviewed: $reviewed) { items { id reason persons finding } } }`;
const REVIEW = `mutation ($input: ReviewBreakGlassInput!) { reviewBreakGlass(input: $input) { __typename
  ... on BrokenGlass { finding } } }`;
const LOG = `query ($personId: ID!) { accessLog(personId: $personId, first: 20) { items { id action own } } }`;
const OBJECT = `mutation ($input: ObjectToLookInput!) { objectToLook(input: $input) { id text finding } }`;
const ANSWER = `mutation ($input: AnswerObjectionInput!) { answerObjection(input: $input) { __typename
  ... on LookObjection { finding answer } } }`;
const MINE = `query ($personId: ID!) { myLookObjections(personId: $personId) { finding answer text } }`;
const SET_RULES = `mutation ($rules: PrivacyRulesInput!) { setPrivacyRules(rules: $rules) { missesADay } }`;

describe('looks at people’s records', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let officer: Caller;
  const people: string[] = [];

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    facilityId = (await addFacility(service, tenant)).id;
    for (let one = 0; one < 60; one++) people.push(await addPerson(service, tenant, '2020-01-01'));
    officer = { tenant: 'aa', token: await service.tokenFor(tenant, [country('data-protection-officer')]) };
    const id = newId();
    await write(
      service,
      tenant,
      `INSERT INTO staff_account (id, email, name, state, created_at) VALUES ($1, 'dpo@aa.example', 'Officer', 'ACTIVE', now())`,
      [id],
    );
    await write(
      service,
      tenant,
      `INSERT INTO role_grant (id, staff_id, role, reach_kind, granted_at) VALUES ($1, $2, 'data-protection-officer', 'country', now())`,
      [newId(), id],
    );
    await setRules({});
  }, 240_000);
  afterAll(() => service.stop());

  async function clinic(): Promise<Caller & { id: string }> {
    const id = newId();
    const roles = ['registrar', 'facility-admin'].map(role => atFacility(role, facilityId));
    return {
      id,
      tenant: 'aa',
      token: await service.tokenFor(tenant, roles, 'staff', id),
      purpose: 'registration',
    };
  }
  const codeOf = ({ errors }: GraphqlAnswer): string => errors?.[0]?.extensions.code ?? 'SHOWN';
  const mails = async (word: string): Promise<number> => {
    await service.carryFacts();
    const rows = await write(
      service,
      tenant,
      `SELECT 1 FROM sandbox_message WHERE receiver = 'dpo@aa.example' AND text LIKE '%' || $1 || '%'`,
      [word],
    );
    return rows.length;
  };
  const marksOf = (staffId: string) =>
    write<{ action: string; glass: string | null }>(
      service,
      tenant,
      `SELECT action, detail->>'breakGlass' AS glass FROM audit_entry
       WHERE actor_id = $1 AND person_id IS NOT NULL ORDER BY id`,
      [staffId],
    );
  const setRules = async (change: object): Promise<void> => {
    const rules = {
      dosesOfErased: 'KEPT_DE_IDENTIFIED',
      holdEverybody: false,
      keepLooksDays: 400,
      fewestInExtract: 10,
      missesADay: 60,
      breakGlass: { minutes: 60, persons: 5 },
      alerts: { misses: 20, facilities: 4, nightPersons: 1_000, nightFrom: 22, nightUntil: 5 },
      ...change,
    };
    const { errors } = await service.graphql(SET_RULES, { rules }, officer);
    expect(errors).toBeUndefined();
  };

  it('count doses, forecasts and certificates read by a known id among the fifty of a day', async () => {
    const thief = await clinic();
    const kinds = [DOSES, FORECAST, CERTIFICATE];
    const answers = [];
    for (const [at, personId] of people.entries())
      answers.push(codeOf(await service.graphql(kinds[at % 3]!, { personId }, thief)));

    expect(answers.slice(0, 50)).toEqual(Array<string>(50).fill('SHOWN'));
    expect(answers.slice(50)).toEqual(Array<string>(10).fill('STEP_UP_NEEDED'));
    expect(codeOf(await service.graphql(CERTIFICATE, { personId: people[0]! }, thief))).toBe('SHOWN');
    expect(await mails(thief.id)).toBe(1);
  });

  it('that meet nobody are told of and then end the day', async () => {
    await setRules({ missesADay: 6, alerts: { misses: 4, facilities: 9, nightPersons: 1_000, nightFrom: 22, nightUntil: 5 } }); // prettier-ignore
    const thief = await clinic();
    const search = (one: number) =>
      service.graphql(
        FIND,
        { input: { facilityId, name: `Nobody Atall${'x'.repeat(one)}`, birthDate: '1950-01-01' } },
        thief,
      );

    const answers = [];
    for (let one = 0; one < 8; one++) answers.push(codeOf(await search(one)));

    expect(answers).toEqual([...Array<string>(6).fill('SHOWN'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await mails(thief.id)).toBe(1);
    await setRules({});
  });

  it('from too many places on one day are told of', async () => {
    await setRules({
      alerts: { misses: 20, facilities: 2, nightPersons: 1_000, nightFrom: 22, nightUntil: 5 },
    });
    const other = (await addFacility(service, tenant)).id;
    const id = newId();
    const grants = [facilityId, other].map(at => atFacility('registrar', at));
    const caller = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, grants, 'staff', id),
      purpose: 'test',
    };

    await service.graphql(PERSON, { id: people[0]!, facilityId }, caller);
    expect(await mails(id)).toBe(0);
    await service.graphql(PERSON, { id: people[1]!, facilityId: other }, caller);
    await service.graphql(PERSON, { id: people[2]!, facilityId: other }, caller);

    expect(await mails(id)).toBe(1);
    await setRules({});
  });

  it('at night are told of, when they are many', async () => {
    const hour = new Date().getUTCHours(); // the country's clock is UTC; two hours of night, so that none strikes between
    const night = { nightPersons: 3, nightFrom: hour, nightUntil: (hour + 2) % 24 };
    await setRules({ alerts: { misses: 20, facilities: 9, ...night } });
    const nurse = await clinic();

    for (const id of people.slice(0, 2)) await service.graphql(PERSON, { id, facilityId }, nurse);
    expect(await mails(nurse.id)).toBe(0);
    for (const id of people.slice(2, 5)) await service.graphql(PERSON, { id, facilityId }, nurse);

    expect(await mails(nurse.id)).toBe(1);
    await setRules({});
  });

  it('go on under a broken glass, so far, marked each, told of, and reviewed by somebody else', async () => {
    const nurse = await clinic();
    await write(
      service,
      tenant,
      `INSERT INTO person_look_count (staff_id, day, persons) VALUES ($1, $2, 300)`,
      [nurse.id, new Intl.DateTimeFormat('en-CA', { timeZone: tenant.timeZone }).format(new Date())],
    );
    const open = async (one: number) =>
      codeOf(await service.graphql(PERSON, { id: people[one]!, facilityId }, nurse));
    const before = await open(0);
    const input = { facilityId, reason: 'an outbreak in the ward', idempotencyKey: newId() };
    const broken = await service.graphql(BREAK, { input }, nurse);

    const during = [];
    for (let one = 0; one < 6; one++) during.push(await open(one));
    const marks = (await marksOf(nurse.id)).filter(({ action }) => action === 'person.read');
    const glasses = await service.graphql(GLASSES, { reviewed: false }, officer);
    const { id } = broken.data.breakGlass as { id: string };
    const review = { input: { facilityId, id, finding: 'JUSTIFIED' } };
    const own = { tenant: 'aa', token: await service.tokenFor(tenant, [country('data-protection-officer')], 'staff', nurse.id) }; // prettier-ignore

    expect(before).toBe('RATE_LIMITED');
    expect(during).toEqual([...Array<string>(5).fill('SHOWN'), 'RATE_LIMITED']);
    expect(marks).toEqual(Array(5).fill({ action: 'person.read', glass: id }));
    expect(glasses.data.brokenGlasses.items).toContainEqual({
      id,
      reason: input.reason,
      persons: 5,
      finding: null,
    });
    expect(await mails(id)).toBe(1);
    expect((await service.graphql(REVIEW, review, own)).data.reviewBreakGlass.__typename).toBe(
      'ReviewNeedsSecondPerson',
    );
    expect((await service.graphql(REVIEW, review, officer)).data.reviewBreakGlass).toEqual({ __typename: 'BrokenGlass', finding: 'JUSTIFIED' }); // prettier-ignore
    expect((await service.graphql(REVIEW, review, officer)).data.reviewBreakGlass.__typename).toBe(
      'ReviewedBefore',
    );
  });

  it('are over with the time of the glass', async () => {
    const nurse = await clinic();
    const input = { facilityId, reason: 'an outbreak in the ward', idempotencyKey: newId() };
    await service.graphql(BREAK, { input }, nurse);
    const glasses = service.app.get(BreakGlassStore);
    const openAfter = (minutes: number) =>
      service.app
        .get(Database)
        .read(service.contextOf(tenant), work =>
          glasses.openOf(work, nurse.id, new Date(Date.now() + minutes * 60_000)),
        );

    expect(await openAfter(55)).toMatchObject({ staffId: nurse.id });
    expect(await openAfter(61)).toBeNull();
  });

  it('are seen by the person, who objects and is answered by somebody who did not look', async () => {
    const accountId = newId();
    const personId = await addPerson(service, tenant, '1990-01-01', { accountId });
    const token = await service.tokenFor(
      tenant,
      [{ role: 'citizen', reach: { kind: 'self', id: accountId } }],
      'citizen',
      accountId,
    );
    const citizen = { tenant: 'aa', token };
    const nurse = await clinic();
    await service.graphql(PERSON, { id: personId, facilityId }, nurse);
    const { data } = await service.graphql(LOG, { personId }, citizen);
    const entry = (data.accessLog.items as { id: string; action: string }[]).find(
      ({ action }) => action === 'person.read',
    )!;
    const objected = await service.graphql(
      OBJECT,
      { input: { personId, entryId: entry.id, text: 'I was never there' } },
      citizen,
    );
    const elsewhere = await service.graphql(
      OBJECT,
      { input: { personId, entryId: newId(), text: 'nothing' } },
      citizen,
    );
    const { id: objectionId } = objected.data.objectToLook as { id: string };
    const input = { personId, objectionId, finding: 'NOT_JUSTIFIED', answer: 'She had no reason.' };
    const herself = { tenant: 'aa', token: await service.tokenFor(tenant, [country('data-protection-officer')], 'staff', nurse.id) }; // prettier-ignore

    const byHerself = await service.graphql(ANSWER, { input }, herself);
    const byOfficer = await service.graphql(ANSWER, { input }, officer);
    const mine = await service.graphql(MINE, { personId }, citizen);

    expect(codeOf(elsewhere)).toBe('NOT_FOUND');
    expect(byHerself.data.answerObjection.__typename).toBe('ReviewNeedsSecondPerson');
    expect(byOfficer.data.answerObjection).toMatchObject({ finding: 'NOT_JUSTIFIED' });
    expect(mine.data.myLookObjections).toEqual([
      { finding: 'NOT_JUSTIFIED', answer: 'She had no reason.', text: 'I was never there' },
    ]);
    expect(await mails(objectionId)).toBe(1);
  });

  it('are forgotten when the law says so, but of people whose record a court needs', async () => {
    const nurse = await clinic();
    for (const id of people.slice(0, 3)) await service.graphql(PERSON, { id, facilityId }, nurse);
    await write(
      service,
      tenant,
      `INSERT INTO legal_hold (person_id, hold_id, reference, placed_at) VALUES ($1, $2, 'case', now())`,
      [people[0]!, newId()],
    );
    const forget = service.app.get(ForgetLooks);
    const seen = async () =>
      (
        await write<{ id: string }>(
          service,
          tenant,
          `SELECT person_id AS id FROM person_look WHERE staff_id = $1`,
          [nurse.id],
        )
      ).map(({ id }) => id);
    const later = service.contextOf(tenant, { now: () => new Date(Date.now() + 401 * 86_400_000) });

    await forget.run(service.contextOf(tenant));
    const kept = await seen();
    await setRules({ holdEverybody: true });
    await forget.run(later);
    const held = await seen();
    await setRules({});
    await forget.run(later);

    expect(kept).toHaveLength(3);
    expect(held).toHaveLength(3);
    expect(await seen()).toEqual([people[0]]);
  });
});
