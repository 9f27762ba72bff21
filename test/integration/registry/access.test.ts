import fc from 'fast-check';
import { newId } from '../../../src/common';
import { PERMISSIONS, type Permission, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import {
  atFacility,
  type Caller,
  country,
  inArea,
  testService,
  type TestService,
} from '../../harness/service';
import { Draws } from '../isolation/draws';

/*
 * The rule. A citizen may do what concerns the people her account acts for, and nothing about anybody else, who are
 * answered as if they did not exist. Staff may do it for any person of their country where they hold a role with the
 * permission, standing at a facility within its reach. A token of one country opens nothing in another.
 */

interface Land {
  tenant: TenantRef;
  /** Two facilities in two areas, neither of which lies in the other. */
  places: { facilityId: string; areaIds: string[] }[];
  owner: string;
  personId: string;
  code: string;
}

let service: TestService;
let lands: Land[];

beforeAll(async () => {
  service = await testService();
  lands = [await aLand('aa'), await aLand('bb')];
}, 180_000);
afterAll(() => service.stop());

const inTenant = <Row>(tenant: TenantRef, sql: string, params: unknown[] = []): Promise<Row[]> =>
  service.app.get(Database).write(service.contextOf(tenant), work => work.query<Row>(sql, params));

async function aLand(code: string): Promise<Land> {
  const tenant = await service.country(code, 'bd');
  const areas = await inTenant<{ id: string; path: string[] }>(
    tenant,
    `SELECT id, path FROM area WHERE parent_id IS NULL ORDER BY code LIMIT 2`,
  );
  const places = await Promise.all(
    areas.map(async ({ id, path }) => {
      const facilityId = newId();
      await inTenant(
        tenant,
        `INSERT INTO facility (id, code, names, area_id, category, kind, services, active, created_at, changed_at)
         VALUES ($1, $2, '{"en":"Clinic"}', $3, 'PUBLIC', 'FIXED', '{}', true, now(), now())`,
        [facilityId, facilityId.slice(-8), id],
      );
      return { facilityId, areaIds: path };
    }),
  );
  const owner = newId();
  const token = await citizenToken(tenant, owner);
  const { data } = await service.graphql(
    `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { ... on Person { id code } } }`,
    { input: { ...aPerson(), relation: 'SELF' } },
    { tenant: code, token },
  );
  return { tenant, places, owner, personId: data.registerPerson.id, code: data.registerPerson.code };
}

const citizenToken = (tenant: TenantRef, id: string): Promise<string> =>
  service.tokenFor(tenant, [{ role: 'citizen', reach: { kind: 'self', id } }], 'citizen', id);

const drawn = new Draws();
const letters = (): string =>
  Array.from({ length: 10 }, () => String.fromCharCode(97 + drawn.below(26))).join('');
const aPerson = () => ({
  name: `${letters()} ${letters()}`,
  birthDate: '2010-10-10',
  sex: 'female',
  consents: [{ purpose: 'vaccination-record', version: '1' }],
  idempotencyKey: newId(),
});

/** Every verb of the registry: the operation, and the permission it needs of a citizen and of staff. */
interface Verb {
  citizen: Permission | null;
  staff: Permission | null;
  /** Whether it concerns the person given, or makes a new one. */
  about: boolean;
  call: (personId: string, code: string, facilityId: string) => { query: string; variables: object };
}

const VERBS: Record<string, Verb> = {
  registerPerson: {
    citizen: 'person.register-own',
    staff: 'person.register-assisted',
    about: false,
    call: (_p, _c, facilityId) => ({
      query: `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { __typename } }`,
      variables: { input: { ...aPerson(), relation: 'CHILD', facilityId } },
    }),
  },
  person: {
    citizen: 'person.read-own',
    staff: 'person.read',
    about: true,
    call: (id, _c, facilityId) => ({
      query: `query ($id: ID!, $facilityId: ID) { person(id: $id, facilityId: $facilityId) { id } }`,
      variables: { id, facilityId },
    }),
  },
  findPersons: {
    citizen: null,
    staff: 'person.find',
    about: false,
    call: (_p, code, facilityId) => ({
      query: `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`,
      variables: { input: { facilityId, code } },
    }),
  },
  changePerson: {
    citizen: null,
    staff: 'person.change',
    about: true,
    call: (personId, _c, facilityId) => ({
      query: `mutation ($input: ChangePersonInput!) { changePerson(input: $input) { id } }`,
      variables: {
        input: { personId, facilityId, reason: 'document seen', name: `${letters()} ${letters()}` },
      },
    }),
  },
  giveConsent: {
    citizen: 'consent.give-own',
    staff: 'consent.give-assisted',
    about: true,
    call: (personId, _c, facilityId) => ({
      query: `mutation ($input: GiveConsentInput!) { giveConsent(input: $input) { __typename } }`,
      variables: { input: { personId, facilityId, purpose: 'reminders', version: '1' } },
    }),
  },
  withdrawConsent: {
    citizen: 'consent.give-own',
    staff: 'consent.give-assisted',
    about: true,
    call: (personId, _c, facilityId) => ({
      query: `mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { __typename } }`,
      variables: { input: { personId, facilityId, purpose: 'reminders' } },
    }),
  },
  accessLog: {
    citizen: 'audit.read-own',
    staff: null,
    about: true,
    call: personId => ({
      query: `query ($id: ID!) { accessLog(personId: $id, first: 1) { endCursor } }`,
      variables: { id: personId },
    }),
  },
};

type Outcome = 'done' | 'FORBIDDEN' | 'NOT_FOUND' | 'UNAUTHENTICATED';

/** Who calls: her grants are places of her own country; she calls in one country about a person of another or the same. */
interface Draw {
  verb: string;
  who: 'nobody' | 'owner' | 'stranger' | 'staff';
  roles: { role: string; reach: 'country' | 'area' | 'facility'; place: number }[];
  home: number;
  calledIn: number;
  personOf: number;
  standsAt: number;
}

const draws = fc.record<Draw>({
  verb: fc.constantFrom(...Object.keys(VERBS)),
  who: fc.constantFrom('nobody', 'owner', 'stranger', 'staff', 'staff', 'staff', 'staff'),
  roles: fc.array(
    fc.record({
      role: fc.constantFrom(...STAFF_ROLES, 'registrar', 'registrar', 'vaccinator'),
      reach: fc.constantFrom('country', 'area', 'facility'),
      place: fc.nat(1),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  home: fc.nat(1),
  calledIn: fc.oneof({ weight: 4, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(1) }),
  personOf: fc.oneof({ weight: 4, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(1) }),
  standsAt: fc.nat(1),
});

/** What the rule says, from the draw alone. */
function expected(draw: Draw): Outcome {
  const verb = VERBS[draw.verb]!;
  const calledIn = draw.calledIn < 0 ? draw.home : draw.calledIn;
  const personOf = draw.personOf < 0 ? calledIn : draw.personOf;
  if (draw.who === 'nobody' || calledIn !== draw.home) return 'UNAUTHENTICATED';
  if (draw.who !== 'staff') {
    if (!verb.citizen) return 'FORBIDDEN';
    const own = draw.who === 'owner' && personOf === draw.home;
    return !verb.about || own ? 'done' : 'NOT_FOUND';
  }
  const holds = (role: string): boolean =>
    verb.staff !== null && (PERMISSIONS[verb.staff] as readonly string[]).includes(role);
  const able = draw.roles.filter(({ role }) => holds(role));
  const reaches = able.some(({ reach, place }) => reach === 'country' || place === draw.standsAt);
  if (!reaches) return 'FORBIDDEN';
  return verb.about && personOf !== calledIn ? 'NOT_FOUND' : 'done';
}

function grantsOf(draw: Draw): Grant[] {
  const { places } = lands[draw.home]!;
  return draw.roles.map(({ role, reach, place }) => {
    const { facilityId, areaIds } = places[place]!;
    if (reach === 'country') return country(role);
    return reach === 'area' ? inArea(role, areaIds.at(-1)!) : atFacility(role, facilityId);
  });
}

async function callerOf(draw: Draw): Promise<Caller> {
  const { tenant, owner } = lands[draw.home]!;
  const calledIn = lands[draw.calledIn < 0 ? draw.home : draw.calledIn]!;
  const base = { tenant: calledIn.tenant.code, purpose: 'vaccination' };
  if (draw.who === 'nobody') return base;
  if (draw.who === 'staff') return { ...base, token: await service.tokenFor(tenant, grantsOf(draw)) };
  return { ...base, token: await citizenToken(tenant, draw.who === 'owner' ? owner : newId()) };
}

async function outcome(draw: Draw): Promise<Outcome> {
  const calledIn = lands[draw.calledIn < 0 ? draw.home : draw.calledIn]!;
  const about = draw.personOf < 0 ? calledIn : lands[draw.personOf]!;
  const { query, variables } = VERBS[draw.verb]!.call(
    about.personId,
    about.code,
    calledIn.places[draw.standsAt]!.facilityId,
  );
  const answer = await service.graphql(query, variables as Record<string, unknown>, await callerOf(draw));
  return (answer.errors?.[0]?.extensions.code as Outcome | undefined) ?? 'done';
}

test('every verb of the registry is open to exactly whom the rule says, whatever the role, place and country', async () => {
  await fc.assert(
    fc.asyncProperty(draws, async draw => {
      expect(await outcome(draw)).toBe(expected(draw));
    }),
    { numRuns: 400, endOnFailure: true },
  );
}, 180_000);

test('a person of another country is answered exactly as one that is not there', async () => {
  const [one, other] = lands as [Land, Land];
  const token = await service.tokenFor(one.tenant, [country('registrar')]);
  const caller = { tenant: one.tenant.code, token, purpose: 'vaccination' };
  const ask = (id: string) =>
    service.graphql(
      VERBS.person!.call(id, '', one.places[0]!.facilityId).query,
      { id, facilityId: one.places[0]!.facilityId },
      caller,
    );
  const [foreign, missing] = [await ask(other.personId), await ask(newId())];
  const { reference: _1, ...first } = foreign.errors![0]!.extensions;
  const { reference: _2, ...second } = missing.errors![0]!.extensions;
  expect([foreign.errors![0]!.message, first]).toEqual([missing.errors![0]!.message, second]);
});
