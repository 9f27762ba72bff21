import fc from 'fast-check';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { STAFF_ROLES } from '../../../src/platform/access';
import type { TenantRef } from '../../../src/platform/context';
import { addPerson, write } from '../../harness/worlds/clinic';
import { SEED } from '../../harness/run/seed';
import { type Caller, country, testService, type TestService } from '../../harness/service';

const TRACE = `query ($personId: ID!) { forecast(personId: $personId) {
  groups { vaccineGroup earliest guidance { about texts } furtherEvaluation }
  trace { rule about vaccineGroup series doseNumber vaccinationId inputs { name value } outcome outcomeText } } }`;
const LIST = `query ($personIds: [ID!]!) { forecasts(personIds: $personIds) { personId groups { vaccineGroup status } } }`;

let service: TestService;
let tenant: TenantRef;
let registrar: Caller;
let today: string;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'bd');
  registrar = {
    tenant: 'aa',
    token: await service.tokenFor(tenant, [country('registrar')]),
    purpose: 'session list',
  };
  today = civilDayOf(new Date(), tenant.timeZone);
}, 120_000);
afterAll(() => service.stop());

const days = (count: number): string => addTo(today, { months: 0, days: count });

interface Step {
  rule: string;
  about: string;
  series: string | null;
  inputs: { name: string; value: string | null }[];
  outcome: string;
  outcomeText: string;
}

describe('why a forecast says what it says', () => {
  it('is told step by step, with the dates compared and the outcome in the caller’s language', async () => {
    const personId = await addPerson(service, tenant, days(-10));

    const said = async (language: string): Promise<Step[]> =>
      (await service.graphql(TRACE, { personId }, { ...registrar, language })).data.forecast.trace;
    const [english, bengali] = [await said('en'), await said('bn')];

    const step = (steps: Step[]) => steps.find(({ rule }) => rule === 'FORECASTDTCAN-1')!;
    expect(english.length).toBeGreaterThan(20);
    expect(step(english).about).toBe('Earliest day');
    expect(step(bengali).about).toBe('প্রথম সম্ভাব্য দিন');
    expect(english.every(({ outcomeText, outcome }) => outcomeText !== `forecasts.outcome.${outcome}`)).toBe(
      true,
    );
    expect(english.some(({ inputs }) => inputs.some(({ value }) => value === days(-10 + 42)))).toBe(true);
  });

  it('is not worked out when nobody asks', async () => {
    const personId = await addPerson(service, tenant, today);
    const { ExplainForecast } = await import('../../../src/vaccinations/forecast/explain-forecast');
    const explained = jest.spyOn(service.app.get(ExplainForecast), 'run');

    await service.graphql(LIST, { personIds: [personId] }, registrar);

    expect(explained).not.toHaveBeenCalled();
    explained.mockRestore();
  });
});

describe('the forecasts of a list of persons', () => {
  it('come in the order asked, each the same as alone, each in the audit with the purpose', async () => {
    const personIds = [
      await addPerson(service, tenant, days(-400)),
      await addPerson(service, tenant, today),
      await addPerson(service, tenant, days(-60)),
    ];

    const { data } = await service.graphql(LIST, { personIds }, registrar);

    expect(data.forecasts.map(({ personId }: { personId: string }) => personId)).toEqual(personIds);
    for (const found of data.forecasts) {
      const alone = await service.graphql(
        `query ($id: ID!) { forecast(personId: $id) { personId groups { vaccineGroup status } } }`,
        { id: found.personId },
        registrar,
      );
      expect(found).toEqual(alone.data.forecast);
    }
    const trail = await write<{ purpose: string }>(
      service,
      tenant,
      `SELECT purpose FROM audit_entry WHERE person_id = ANY ($1) AND action = 'forecast.read'`,
      [personIds],
    );
    expect(trail).toHaveLength(6);
    expect(new Set(trail.map(({ purpose }) => purpose))).toEqual(new Set(['session list']));
  });

  it('are for at most a hundred, for a purpose, and for persons of the country', async () => {
    const personId = await addPerson(service, tenant, today);
    const ask = async (personIds: string[], purpose: string | undefined) =>
      (await service.graphql(LIST, { personIds }, { ...registrar, purpose })).errors?.[0]?.extensions.code;

    expect(await ask([personId], undefined)).toBe('INVALID_INPUT');
    expect(await ask([personId, newId()], 'x')).toBe('NOT_FOUND');
    expect(
      await ask(
        Array.from({ length: 101 }, () => personId),
        'x',
      ),
    ).toMatch(/INVALID_INPUT|OPERATION_TOO_COMPLEX/);
    expect(await ask([], 'x')).toBeUndefined();
  });

  it(`are for whoever may read forecasts (TIKASETU_TEST_SEED=${SEED})`, async () => {
    const personId = await addPerson(service, tenant, today);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...STAFF_ROLES), async role => {
        const token = await service.tokenFor(tenant, [country(role)]);
        const { errors } = await service.graphql(LIST, { personIds: [personId] }, { ...registrar, token });
        const allowed = ['registrar', 'vaccinator'].includes(role);
        expect(errors?.[0]?.extensions.code ?? null).toBe(allowed ? null : 'FORBIDDEN');
      }),
      { numRuns: 40 },
    );
  });
});
