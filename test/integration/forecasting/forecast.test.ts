import { addFacility, addPerson, addStock, write } from '../../harness/worlds/clinic';
import { atFacility, country, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';

const GROUPS = `personId on schedule birthDateAssumed note groups { vaccineGroup vaccineGroupName status doseNumber earliest
  recommended pastDue rule reasonCode reason products { code name } }`;
const FORECAST = `query ($personId: ID!) { forecast(personId: $personId) { ${GROUPS} } }`;
const MINE = `{ myForecasts { ${GROUPS} } }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) { __typename } }`;

interface Group {
  vaccineGroup: string;
  status: string;
  doseNumber: number;
  earliest: string;
}

describe('a forecast', () => {
  let service: TestService;
  let tenant: TenantRef;
  let registrar: { tenant: string; token: string };
  let today: string;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    registrar = { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) };
    today = civilDayOf(new Date(), tenant.timeZone);
  }, 120_000);
  afterAll(() => service.stop());

  const days = (count: number) => addTo(today, { months: 0, days: count });
  const forecastOf = async (personId: string, language = 'en') => {
    const answer = await service.graphql(FORECAST, { personId }, { ...registrar, language });
    expect(answer.errors).toBeUndefined();
    return answer.data.forecast as { groups: Group[]; birthDateAssumed: string | null; note: string | null };
  };
  const group = (found: { groups: Group[] }, code: string) =>
    found.groups.find(({ vaccineGroup }) => vaccineGroup === code);

  it('of a newborn says what is due today, what comes when, and with which products', async () => {
    const found = await forecastOf(await addPerson(service, tenant, today));

    expect(group(found, 'BCG')).toMatchObject({
      status: 'DUE',
      doseNumber: 1,
      earliest: today,
      products: [{ code: 'bcg-20', name: 'BCG vaccine, 20 doses' }],
    });
    expect(group(found, 'PENTA')).toMatchObject({
      status: 'NOT_DUE',
      vaccineGroupName: 'Pentavalent (DTP-HepB-Hib)',
      doseNumber: 1,
      earliest: days(42),
      recommended: days(42),
      rule: 'FORECASTDTCAN-1',
      reasonCode: 'minimum-age',
      reason: 'The minimum age decides.',
    });
  });

  it('of a child who missed a visit says what is overdue since when', async () => {
    const found = await forecastOf(await addPerson(service, tenant, days(-120)));

    expect(group(found, 'PENTA')).toMatchObject({
      status: 'OVERDUE',
      doseNumber: 1,
      recommended: days(42 - 120),
    });
  });

  it('moves on when a dose is recorded', async () => {
    const facilityId = (await addFacility(service, tenant)).id;
    const lotId = await addStock(service, tenant, {
      facilityId,
      product: 'penta-10',
      doses: 1,
      expiresOn: days(90),
    });
    const vaccinator = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, [atFacility('vaccinator', facilityId)]),
    };
    const personId = await addPerson(service, tenant, days(-120));
    const input = { idempotencyKey: newId(), personId, facilityId, lotId, presence: 'WALK_IN' };

    await service.graphql(RECORD, { input }, vaccinator);

    expect(group(await forecastOf(personId), 'PENTA')).toMatchObject({
      status: 'NOT_DUE',
      doseNumber: 2,
      earliest: days(28),
      reasonCode: 'minimum-interval',
    });
  });

  it('gives its reasons in the language asked for', async () => {
    const personId = await addPerson(service, tenant, today);
    const spoken = await service.country('bb', 'bd');
    const other = {
      tenant: 'bb',
      token: await service.tokenFor(spoken, [country('registrar')]),
      language: 'bn',
    };
    const there = await addPerson(service, spoken, civilDayOf(new Date(), spoken.timeZone));

    const answer = await service.graphql(FORECAST, { personId: there }, other);
    const foreign = await service.graphql(FORECAST, { personId }, other);

    const penta = answer.data.forecast.groups.find((one: Group) => one.vaccineGroup === 'PENTA');
    expect(penta).toMatchObject({ vaccineGroupName: 'পেন্টাভ্যালেন্ট', reason: 'ন্যূনতম বয়স নির্ধারণ করেছে।' });
    expect(foreign.errors![0]!.extensions.code).toBe('NOT_FOUND');
  }, 120_000);

  it('of a person whose birth year alone is known takes her as young as she can be, and says so', async () => {
    const year = String(Number(today.slice(0, 4)) - 2);
    const found = await forecastOf(await addPerson(service, tenant, `${year}-01-01`, { precision: 'year' }));

    expect(found.birthDateAssumed).toBe(`${year}-12-31`);
    expect(found.note).toContain(`${year}-12-31`);
    expect(group(found, 'PENTA')).toMatchObject({ earliest: addTo(`${year}-12-31`, '6 weeks') });
  });

  it('does not take a child born this year, nobody knows when, as older than today', async () => {
    const year = today.slice(0, 4);
    const found = await forecastOf(await addPerson(service, tenant, `${year}-01-01`, { precision: 'year' }));

    expect(found.birthDateAssumed! <= today).toBe(true);
    expect(found.groups.length).toBeGreaterThan(0);
  });

  it('is the citizen’s for all of her people and for nobody else’s', async () => {
    const accountId = newId();
    const self = { kind: 'self' as const, id: accountId };
    const citizen = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, [{ role: 'citizen', reach: self }], 'citizen', accountId),
    };
    const own = [
      await addPerson(service, tenant, days(-30), { accountId }),
      await addPerson(service, tenant, days(-3000), { accountId, sex: 'male' }),
    ];
    const stranger = await addPerson(service, tenant, days(-30), { accountId: newId() });

    const mine = await service.graphql(MINE, {}, citizen);
    const one = await service.graphql(FORECAST, { personId: own[0] }, citizen);
    const foreign = await service.graphql(FORECAST, { personId: stranger }, citizen);
    const missing = await service.graphql(FORECAST, { personId: newId() }, citizen);

    expect(mine.errors).toBeUndefined();
    expect(mine.data.myForecasts.map((found: { personId: string }) => found.personId)).toEqual(own);
    expect(one.data.forecast.personId).toBe(own[0]);
    expect(foreign.errors![0]!.extensions.code).toBe('NOT_FOUND');
    expect(foreign.errors![0]!.message).toBe(missing.errors![0]!.message);
  });

  it('leaves an entry in the audit for each person looked at', async () => {
    const personId = await addPerson(service, tenant, today);
    await forecastOf(personId);

    const trail = await write(service, tenant, `SELECT action FROM audit_entry WHERE person_id = $1`, [
      personId,
    ]);
    expect(trail).toEqual([{ action: 'forecast.read' }]);
  });
});
