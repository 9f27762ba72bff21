import fc from 'fast-check';
import { citizen } from '../../harness/worlds/booking';
import { addFacility, addPerson, addStock, write } from '../../harness/worlds/clinic';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { type Permission, PERMISSIONS, type Role, STAFF_ROLES } from '../../../src/platform/access';
import type { Actor, Grant, TenantRef } from '../../../src/platform/context';
import { ReadVaccinations } from '../../../src/vaccinations/read-vaccinations';
import type { VaccinationHistory } from '../../../src/vaccinations/vaccination.graphql';
import { VaccinationsStore } from '../../../src/vaccinations/vaccinations.store';

/** One facility, what lies there and somebody who comes; `doseId` is a dose that another recorded for `treatedId`. */
interface Home {
  facilityId: string;
  areaIds: string[];
  lotId: string;
  personId: string;
  treatedId: string;
  doseId: string;
}

/** `outside`: what the holder of the permission is told of a record at a place where she holds none. */
interface Verb {
  anyOf: Permission[];
  /** Whether it matters where the facility is. */
  placed: boolean;
  outside: 'FORBIDDEN' | 'NOT_FOUND';
  operation: string;
  of: (home: Home) => Record<string, unknown>;
}

const VERBS: Record<string, Verb> = {
  record: {
    anyOf: ['vaccination.record'],
    placed: true,
    outside: 'FORBIDDEN',
    operation: `mutation ($input: RecordVaccinationInput!) { answer: recordVaccination(input: $input) { __typename } }`,
    of: home => ({
      input: {
        idempotencyKey: newId(),
        personId: home.personId,
        facilityId: home.facilityId,
        lotId: home.lotId,
        presence: 'WALK_IN',
      },
    }),
  },
  notDone: {
    anyOf: ['vaccination.record'],
    placed: true,
    outside: 'FORBIDDEN',
    operation: `mutation ($input: RecordNotDoneInput!) { answer: recordNotDone(input: $input) { __typename } }`,
    of: home => ({
      input: {
        idempotencyKey: newId(),
        personId: home.personId,
        facilityId: home.facilityId,
        vaccineGroup: 'BCG',
        reason: 'ILLNESS',
      },
    }),
  },
  correctAnothers: {
    anyOf: ['vaccination.correct'],
    placed: true,
    outside: 'NOT_FOUND',
    operation: `mutation ($input: CorrectVaccinationInput!) { answer: correctVaccination(input: $input) { __typename } }`,
    of: home => ({
      input: {
        idempotencyKey: newId(),
        personId: home.treatedId,
        vaccinationId: home.doseId,
        reason: 'WRONG_SITE_OR_ROUTE',
        site: 'LEFT_ARM',
      },
    }),
  },
  voidAnothers: {
    anyOf: ['vaccination.void'],
    placed: true,
    outside: 'NOT_FOUND',
    operation: `mutation ($input: VoidVaccinationInput!) { answer: voidVaccination(input: $input) { __typename } }`,
    of: home => ({
      input: {
        idempotencyKey: newId(),
        personId: home.treatedId,
        vaccinationId: home.doseId,
        reason: 'WRONG_PERSON',
      },
    }),
  },
  history: {
    anyOf: ['vaccination.read'],
    placed: false,
    outside: 'NOT_FOUND',
    operation: `query ($personId: ID!) { answer: vaccinations(personId: $personId) { doses { id } } }`,
    of: home => ({ personId: home.treatedId }),
  },
  forecast: {
    anyOf: ['forecast.read'],
    placed: false,
    outside: 'NOT_FOUND',
    operation: `query ($personId: ID!) { answer: forecast(personId: $personId) { on } }`,
    of: home => ({ personId: home.personId }),
  },
};

/** Who may change her own entries anywhere, and is told FORBIDDEN of another's at her place, NOT_FOUND elsewhere. */
const OWN: Record<string, Permission> = {
  correctAnothers: 'vaccination.correct-own',
  voidAnothers: 'vaccination.void-own',
};

/** Who asks for a history, from which country. */
interface Caller {
  code: string;
  actor: Actor;
  purpose?: string;
}

interface Ask {
  caller: Caller;
  personId: string;
  replacedToo: boolean;
}

interface Told {
  told: unknown;
  traceId: string;
}

/** A history with every field of its doses, which are made when they are asked for. */
const allOf = ({ doses, notDone }: VaccinationHistory): object => ({
  doses: doses.map(dose => ({ ...fieldsOf(dose), counted: dose.counted.map(fieldsOf) })),
  notDone,
});

function fieldsOf(told: object): object {
  const fields = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(told)));
  return Object.fromEntries(fields.flatMap(([name, { get }]) => (get ? [[name, get.call(told)]] : [])));
}

describe('who may work with doses', () => {
  let service: TestService;
  const tenants: Record<string, TenantRef> = {};
  const homes: Record<string, Home[]> = {};
  const today = civilDayOf(new Date(), 'UTC');

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb']) {
      tenants[code] = await service.country(code);
      homes[code] = [await home(code, 0), await home(code, 1)];
    }
  }, 180_000);
  afterAll(() => service.stop());

  async function home(code: string, area: number): Promise<Home> {
    const tenant = tenants[code]!;
    const { id: facilityId, areaIds } = await addFacility(service, tenant, area);
    const stock = { facilityId, product: 'bcg-20', doses: 100_000, expiresOn: addTo(today, '1 year') };
    const lotId = await addStock(service, tenant, stock);
    const place = { facilityId, areaIds, lotId, personId: await addPerson(service, tenant, today) };
    const treatedId = await addPerson(service, tenant, today);
    const token = await service.tokenFor(tenant, [atFacility('vaccinator', facilityId)]);
    const input = { idempotencyKey: newId(), personId: treatedId, facilityId, lotId, presence: 'WALK_IN' };
    const dose = await service.graphql(
      `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) { ... on Vaccination { id } } }`,
      { input },
      { tenant: code, token },
    );
    return { ...place, treatedId, doseId: dose.data.recordVaccination.id };
  }

  const grantOf = (role: Role, reach: string, at: Home): Grant =>
    reach === 'country'
      ? country(role)
      : reach === 'area'
        ? inArea(role, at.areaIds[0]!)
        : atFacility(role, at.facilityId);

  const draws = fc.record({
    role: fc.constantFrom(...STAFF_ROLES, 'vaccinator' as const, 'facility-admin' as const),
    reach: fc.constantFrom('country', 'area', 'facility'),
    grantedAt: fc.constantFrom(0, 1),
    grantedIn: fc.constantFrom('aa', 'aa', 'aa', 'bb'),
    verb: fc.constantFrom(...Object.keys(VERBS)),
    usedAt: fc.constantFrom(0, 1),
  });

  /**
   * The rule: the role holds the permission, was given in this country, and reaches the facility. Persons are read from
   * anywhere in the country. Who may change only her own entries is forbidden others' where she works, and elsewhere
   * sees none.
   */
  function expected(role: Role, verb: string, inCountry: boolean, reaches: boolean): string {
    const { anyOf, placed, outside } = VERBS[verb]!;
    const own = OWN[verb] && PERMISSIONS[OWN[verb]].includes(role);
    if (!inCountry) return 'UNAUTHENTICATED';
    if (anyOf.some(permission => PERMISSIONS[permission].includes(role)))
      return !placed || reaches ? 'ALLOWED' : outside;
    return own && !reaches ? 'NOT_FOUND' : 'FORBIDDEN';
  }

  it('is who holds the permission in this country and at this place, and nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async ({ role, reach, grantedAt, grantedIn, verb, usedAt }) => {
        const token = await service.tokenFor(tenants[grantedIn]!, [
          grantOf(role, reach, homes[grantedIn]![grantedAt]!),
        ]);
        const { operation, of } = VERBS[verb]!;

        const answer = await service.graphql(operation, of(homes.aa![usedAt]!), { tenant: 'aa', token });

        const reaches = reach === 'country' || grantedAt === usedAt;
        const found = answer.errors?.[0]?.extensions.code ?? 'ALLOWED';
        expect(found).toBe(expected(role, verb, grantedIn === 'aa', reaches));
      }),
      { numRuns: 200, verbose: true }, // a failure prints the seed
    );
  }, 180_000);

  it('sees no dose and no person of another country, whatever she may at home', async () => {
    const token = await service.tokenFor(tenants.bb!, [country('vaccinator'), country('facility-admin')]);
    const there = homes.aa![0]!;

    const codes = [];
    for (const verb of Object.values(VERBS)) {
      const answer = await service.graphql(verb.operation, verb.of(there), { tenant: 'bb', token });
      codes.push(answer.errors?.[0]?.extensions.code);
    }

    expect(codes).toEqual(Object.keys(VERBS).map(() => 'NOT_FOUND'));
  });

  it('is no citizen for anything but reading her own', async () => {
    const accountId = newId();
    const personId = await addPerson(service, tenants.aa!, today, { accountId });
    const grant: Grant = { role: 'citizen', reach: { kind: 'self', id: accountId } };
    const caller = {
      tenant: 'aa',
      token: await service.tokenFor(tenants.aa!, [grant], 'citizen', accountId),
    };
    const home = { ...homes.aa![0]!, personId, treatedId: personId };

    const codes = [];
    for (const verb of Object.values(VERBS)) {
      const answer = await service.graphql(verb.operation, verb.of(home), caller);
      codes.push(answer.errors?.[0]?.extensions.code ?? 'ALLOWED');
    }

    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ALLOWED', 'ALLOWED']);
  });

  it('is told the same in a crowd as alone, and what the crowd is shown is in the trail', async () => {
    const [here, there] = homes.aa as [Home, Home];
    const accountId = newId();
    const own = await addPerson(service, tenants.aa!, today, { accountId });
    const unreadable = await addUnreadable(here);
    const staff = (...grants: Grant[]): Actor => ({ kind: 'staff', id: newId(), grants });
    const ask: fc.Arbitrary<Ask> = fc.record({
      caller: fc.constantFrom<Caller>(
        { code: 'aa', actor: staff(atFacility('vaccinator', here.facilityId)) },
        { code: 'aa', actor: staff(atFacility('vaccinator', there.facilityId)) },
        { code: 'aa', actor: staff(country('lab-scientist')) },
        { code: 'aa', actor: { kind: 'citizen', id: accountId, grants: [citizen(accountId)] } },
        { code: 'aa', actor: staff(country('vaccinator')), purpose: 'no \0 can be stored' },
        { code: 'bb', actor: staff(country('vaccinator')) },
      ),
      personId: fc.constantFrom(
        here.treatedId,
        here.treatedId.toUpperCase(),
        there.treatedId,
        own,
        unreadable,
        newId(),
        'nobody',
      ),
      replacedToo: fc.boolean(),
    });
    const found = jest.spyOn(service.app.get(VaccinationsStore, { strict: false }), 'factsAbout');

    await fc.assert(
      fc.asyncProperty(fc.array(ask, { minLength: 2, maxLength: 24 }), async asks => {
        const alone: Told[] = [];
        for (const one of asks) alone.push(await answerTo(one));

        const crowd = await Promise.all(asks.map(answerTo));

        expect(crowd.map(({ told }) => told)).toEqual(alone.map(({ told }) => told));
        const shown = crowd.filter(({ told }) => typeof told !== 'string').map(({ traceId }) => traceId);
        const traces = crowd.map(({ traceId }) => traceId);
        const trail = await write<{ trace: string }>(
          service,
          tenants.aa!,
          `SELECT trace_id AS trace FROM audit_entry WHERE trace_id = ANY ($1)`,
          [traces],
        );
        expect(trail.map(({ trace }) => trace).sort()).toEqual(shown.sort());
      }),
      { numRuns: Number(process.env['ROUNDS'] ?? 20), verbose: true },
    );

    expect(Math.max(...found.mock.calls.map(([, ids]) => ids.length))).toBeGreaterThan(1);
  }, 180_000);

  /** What the verb tells, or the words of the error that it throws. */
  async function answerTo({ caller: { code, actor, purpose }, ...asked }: Ask): Promise<Told> {
    const ctx = service.contextOf(tenants[code]!, { actor, purpose: purpose ?? null });
    const histories = service.app.get(ReadVaccinations, { strict: false });
    return { told: await histories.run(ctx, asked).then(allOf, String), traceId: ctx.traceId };
  }

  /** A person whose one dose is stored as nothing of ours stores it: telling it throws. */
  async function addUnreadable({ doseId }: Home): Promise<string> {
    const personId = await addPerson(service, tenants.aa!, today);
    const changed = `jsonb_build_object('person_id', $1::text, 'counted', '{}'::jsonb)`;
    await write(
      service,
      tenants.aa!,
      `INSERT INTO vaccination SELECT (jsonb_populate_record(v, ${changed})).* FROM vaccination v WHERE id = $2`,
      [personId, doseId],
    );
    return personId;
  }

  it('is nobody who did not sign in', async () => {
    const { operation, of } = VERBS.history!;

    const answer = await service.graphql(operation, of(homes.aa![0]!), { tenant: 'aa' });

    expect(answer.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});
