import fc from 'fast-check';
import type {
  Immunization,
  ImmunizationEvaluation,
  ImmunizationRecommendation,
  OperationOutcome,
  Parameters,
  Patient,
} from 'fhir/r4';
import { PERMISSIONS } from '../../../src/platform/access';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { newId } from '../../../src/common';
import { Catalogue } from '../../../src/tenancy';
import { addPerson, write } from '../../harness/worlds/clinic';
import { faultsByFhirSchema } from '../../harness/fhir-schema';
import { type Caller, country, testService, type TestService } from '../../harness/service';
import { grantOf, holderOf, kindOf, ROLES } from '../isolation/callers';
import { Draws } from '../isolation/draws';
import { digestsOf } from '../isolation/rows';

const CVX = 'http://hl7.org/fhir/sid/cvx';
const OWN = 'urn:tikasetu:vaccines';
const draws = new Draws();

/** What a FHIR address answered. */
interface Answer {
  status: number;
  type: string | null;
  headers: Headers;
  body: Omit<Parameters, 'resourceType'> & Pick<OperationOutcome, 'issue'> & { resourceType: string };
}

const dose = (
  id: string,
  code: string,
  on: string,
  system = CVX,
): { name: string; resource: Immunization } => ({
  name: 'immunization',
  resource: {
    resourceType: 'Immunization',
    id,
    status: 'completed',
    vaccineCode: { coding: [{ system, code }] },
    patient: { reference: 'Patient/child' },
    occurrenceDateTime: on,
  },
});

const CHILD: Patient = { resourceType: 'Patient', id: 'child', gender: 'female', birthDate: '2025-01-15' };

const askedOf = (patient: Patient, ...records: unknown[]): object => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'assessmentDate', valueDate: '2025-07-15' },
    { name: 'patient', resource: patient },
    ...records,
  ],
});

/** About a child of 2025 on her half birthday, with these records. */
const asked = (...records: unknown[]): object => askedOf(CHILD, ...records);

const PROMPT = [dose('bcg', '19', '2025-01-15'), dose('penta', '102', '2025-02-26T09:30:00+06:00')];

describe(`the FHIR face (TIKASETU_TEST_SEED=${draws.seed})`, () => {
  let service: TestService;
  let aa: TenantRef;
  let caller: Caller;
  /** Somebody of another country, which speaks two languages. */
  let there: Caller;

  beforeAll(async () => {
    service = await testService();
    aa = await service.country('aa', 'gh');
    caller = await holderOf(service, aa, 'vaccinator');
    there = await holderOf(service, await service.country('bb', 'bd'), 'vaccinator');
  }, 180_000);
  afterAll(() => service.stop());

  async function send(
    path: string,
    body: string | undefined,
    as: Caller,
    more: object = {},
  ): Promise<Answer> {
    const answer = await fetch(`${service.url}/fhir/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...(as.tenant ? { 'x-tenant': as.tenant } : {}),
        ...(as.token ? { authorization: `Bearer ${as.token}` } : {}),
        ...(as.language ? { 'accept-language': as.language } : {}),
        ...more,
      },
      body,
    });
    const { status, headers } = answer;
    return {
      status,
      headers,
      type: headers.get('content-type'),
      body: (await answer.json()) as Answer['body'],
    };
  }

  const ask = (request: unknown, as: Caller = caller): Promise<Answer> =>
    send('$immds-forecast', JSON.stringify(request), as);

  const resources = <R>({ body }: Answer, wanted: string): R[] =>
    (body.parameter ?? []).flatMap(({ name, resource }) => (name === wanted ? [resource as R] : []));
  const nextOf = (answer: Answer, group: string) =>
    resources<ImmunizationRecommendation>(answer, 'recommendation')[0]!.recommendation.find(
      ({ targetDisease }) => targetDisease?.coding?.at(-1)?.code === group,
    );
  const datesOf = (next: ReturnType<typeof nextOf>): Record<string, string> =>
    Object.fromEntries((next?.dateCriterion ?? []).map(({ code, value }) => [code.coding![0]!.code!, value]));
  const codesOf = ({ body }: Answer): unknown[] =>
    body.issue.map(({ details }) => details?.coding?.[0]?.code);

  describe('forecasts a child whose record is in the request', () => {
    it('by the schedule in force, in valid FHIR R4', async () => {
      const answer = await ask(asked(...PROMPT));

      expect(answer.body).toMatchObject({ resourceType: 'Parameters' });
      expect(answer).toMatchObject({ status: 200, type: 'application/fhir+json; charset=utf-8' });
      expect(faultsByFhirSchema(answer.body)).toEqual([]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(resources(answer, 'recommendation')).toHaveLength(1);
      expect(resources(answer, 'outcome')).toEqual([]);
    });

    it('with the next dose of a group, its dates and why', async () => {
      const next = nextOf(await ask(asked(...PROMPT)), 'PENTA');

      expect(next).toMatchObject({
        doseNumberPositiveInt: 2,
        seriesDosesPositiveInt: 3,
        forecastStatus: { coding: [{ code: 'notComplete' }, { code: 'overdue' }] },
        supportingImmunization: [{ reference: 'Immunization/penta' }],
      });
      expect(next?.description).toMatch(/^gh-routine \d{4}\.\d+: /);
      expect(datesOf(next)).toMatchObject({ '30981-5': '2025-03-26', '30980-7': '2025-03-26' });
    });

    it('with how each dose counts for each antigen', async () => {
      const evaluations = resources<ImmunizationEvaluation>(await ask(asked(...PROMPT)), 'evaluation');

      const ofPenta = evaluations.filter(({ series }) => series?.endsWith(': PENTA'));
      expect(ofPenta).toHaveLength(5);
      expect(ofPenta[0]).toMatchObject({ immunizationEvent: { reference: 'Immunization/penta' } });
      expect(new Set(ofPenta.map(({ doseStatus }) => doseStatus.coding![0]!.code))).toEqual(
        new Set(['valid']),
      );
      expect(ofPenta.map(({ targetDisease }) => targetDisease.coding![0]!.code)).toContain('27836007');
    });

    it('given too early, with the reason in a code of the guide and in her language', async () => {
      const answer = await ask(asked(dose('penta', '102', '2025-02-01')), { ...there, language: 'bn' });

      const [evaluation] = resources<ImmunizationEvaluation>(answer, 'evaluation');
      expect(evaluation).toMatchObject({
        doseStatus: { coding: [{ code: 'notvalid' }, { code: 'not-valid' }] },
        doseStatusReason: [{ coding: [{ code: 'tooyoung' }, { code: 'too-young' }] }],
      });
      expect(evaluation!.doseStatusReason![0]!.text).toBe('ব্যক্তির বয়স খুব কম ছিল।');
    });

    it('in the codes of the country as in those that its schedule maps', async () => {
      const [own, mapped] = [
        await ask(asked(dose('penta', 'DTWPHIBHEPB', '2025-02-26', OWN))),
        await ask(asked(dose('penta', '102', '2025-02-26'))),
      ];

      expect(own.body).toEqual(mapped.body);
    });
  });

  describe('says of a record that it could not use', () => {
    it.each([
      ['a code that the schedule does not know', dose('x', '9999', '2025-02-26'), 'unknown-vaccine'],
      ['a known code of another system', dose('x', '102', '2025-02-26', 'urn:else'), 'unknown-vaccine'],
      ['a dose of the future', dose('x', '102', '2026-02-26'), 'future-dose'],
      ['a dose before birth', dose('x', '102', '2024-02-26'), 'dose-before-birth'],
      ['a dose whose day is not known', dose('x', '102', '2025-02'), 'invalid-date'],
    ])('%s: that it was left out, and which it is', async (_, record, code) => {
      const answer = await ask(asked(...PROMPT, record));

      expect(answer.status).toBe(200);
      expect(faultsByFhirSchema(answer.body)).toEqual([]);
      expect(resources<OperationOutcome>(answer, 'outcome')).toMatchObject([
        {
          issue: [
            {
              severity: 'warning',
              details: { coding: [{ code }] },
              expression: ['Parameters.parameter[4].resource'],
            },
          ],
        },
      ]);
      expect(nextOf(answer, 'PENTA')).toMatchObject({ doseNumberPositiveInt: 2 });
    });

    it('a dose that was not given: nothing, for it is none', async () => {
      const record = dose('x', '102', '2025-03-26');
      const notDone = { ...record, resource: { ...record.resource, status: 'not-done' } };

      const answer = await ask(asked(...PROMPT, notDone));

      expect(answer.body).toEqual((await ask(asked(...PROMPT))).body);
    });

    it('a birth date whose day is not known: which day was taken', async () => {
      const answer = await ask(askedOf({ resourceType: 'Patient', birthDate: '2025-01' }));

      expect(resources<OperationOutcome>(answer, 'outcome')[0]!.issue[0]).toMatchObject({
        severity: 'information',
        details: { coding: [{ code: 'birth-date-assumed' }], text: expect.stringContaining('2025-01-31') },
      });
      expect(datesOf(nextOf(answer, 'PENTA'))).toMatchObject({ '30980-7': '2025-03-14' });
    });
  });

  describe('refuses, with an OperationOutcome in the caller’s language,', () => {
    it('a request that is not as FHIR asks, each fault at its place', async () => {
      const { status, type, body } = await ask(
        {
          resourceType: 'Parameters',
          parameter: [
            { name: 'assessmentDate', valueDate: '2025-02-30' },
            { name: 'patient', resource: { resourceType: 'Patient', birthDate: '2025-01-15', gender: 'x' } },
            { name: 'immunization', resource: { resourceType: 'Immunization', status: 'completed' } },
            { name: 'knowledgeBase', valueString: 'x' },
          ],
        },
        { ...there, language: 'bn' },
      );

      expect({ status, type }).toEqual({ status: 422, type: 'application/fhir+json; charset=utf-8' });
      expect(faultsByFhirSchema(body)).toEqual([]);
      expect(body.issue.map(({ expression, details }) => [expression![0], details!.text])).toEqual([
        ['Parameters.parameter[1].resource.gender', 'শুধু এগুলো গ্রহণযোগ্য: male, female, other, unknown।'],
        ['Parameters.parameter[2].resource.vaccineCode', 'এটি দেওয়া হয়নি।'],
        ['Parameters.parameter[2].resource.patient', 'এটি দেওয়া হয়নি।'],
        [
          'Parameters.parameter[3].name',
          expect.stringMatching(/^এমন কোনো প্যারামিটার নেই। আছে: assessmentDate, patient/),
        ],
      ]);
    });

    it.each([
      ['JSON that breaks off', '{"resourceType":"Parameters"', {}, 400, 'BAD_REQUEST'],
      ['JSON that reaches for prototypes', '{"__proto__":{"a":1}}', {}, 400, 'BAD_REQUEST'],
      ['nothing', '', {}, 400, 'BAD_REQUEST'],
      ['another resource', '{"resourceType":"Bundle"}', {}, 422, 'INVALID_INPUT'],
      ['a body too large', `"${'x'.repeat(1_100_000)}"`, {}, 413, 'OPERATION_TOO_COMPLEX'],
      ['a body so deep', '['.repeat(100_000) + ']'.repeat(100_000), {}, 400, 'BAD_REQUEST'],
      ['XML', '<Parameters/>', { 'content-type': 'application/fhir+xml' }, 415, 'BAD_REQUEST'],
      ['a wish for XML', '{}', { accept: 'application/fhir+xml' }, 406, 'BAD_REQUEST'],
    ])('%s', async (_, body, headers, status, code) => {
      const answer = await send('$immds-forecast', body, caller, headers);

      expect(answer).toMatchObject({ status, type: 'application/fhir+json; charset=utf-8' });
      expect(new Set(codesOf(answer))).toEqual(new Set([code]));
      expect(faultsByFhirSchema(answer.body)).toEqual([]);
    });

    it('as many records as nobody has', async () => {
      const answer = await ask(asked(...Array.from({ length: 600 }, () => PROMPT[0])));

      expect(answer).toMatchObject({
        status: 422,
        body: { issue: [{ expression: ['Parameters.parameter'] }] },
      });
    });

    it('an address that is not there', async () => {
      const answer = await send('Patient/1', undefined, caller);

      expect(answer.status).toBe(404);
      expect(codesOf(answer)).toEqual(['NOT_FOUND']);
    });
  });

  describe('lets ask', () => {
    it('whoever holds a role that the table lists, and nobody else', async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(null, ...ROLES), async role => {
          const answer = await ask(asked(), await holderOf(service, aa, role));

          const may =
            role !== null && (PERMISSIONS['forecast.calculate'] as readonly string[]).includes(role);
          const refused = role === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
          expect([answer.status, ...(may ? [] : codesOf(answer))]).toEqual(
            may ? [200] : [role === null ? 401 : 403, refused],
          );
        }),
        { numRuns: 40, seed: draws.seed },
      );
    });

    it('nobody with a token of another country, or with none for a country', async () => {
      const elsewhere = await ask(asked(), { ...caller, tenant: 'bb' });
      const nowhere = await ask(asked(), { ...caller, tenant: 'nowhere' });
      const noCountry = await ask(asked(), { token: caller.token });

      expect([elsewhere.status, nowhere.status, noCountry.status]).toEqual([401, 404, 400]);
      expect(elsewhere.headers.get('www-authenticate')).toBe('Bearer');
      expect([elsewhere, nowhere, noCountry].flatMap(codesOf)).toEqual([
        'UNAUTHENTICATED',
        'TENANT_NOT_SERVED',
        'TENANT_REQUIRED',
      ]);
    });

    it('each country by its own schedule alone', async () => {
      const [here, elsewhere] = [await ask(asked(...PROMPT)), await ask(asked(...PROMPT), there)];

      expect(nextOf(here, 'PENTA')!.description).toMatch(/^gh-routine/);
      expect(nextOf(elsewhere, 'PENTA')!.description).toMatch(/^bd-routine/);
      expect(JSON.stringify(elsewhere.body)).not.toContain('gh-routine');
    });

    it('without keeping anything, and without anybody of the registry being read', async () => {
      await ask(asked());
      const before = await digestsOf(service, 'tenant_aa');
      const writing = jest.spyOn(service.app.get(Database), 'write');

      await ask(asked(...PROMPT));

      expect(writing).not.toHaveBeenCalled();
      writing.mockRestore();
      expect(await digestsOf(service, 'tenant_aa')).toEqual(before);
    });

    it('not in a country that has published no schedule', async () => {
      const cc = await service.provision('cc');
      const token = await service.tokenFor(cc, [grantOf('vaccinator', '')], kindOf('vaccinator'));

      const answer = await ask(asked(), { tenant: 'cc', token });

      expect(answer.status).toBe(409);
      expect(codesOf(answer)).toEqual(['STATE_FORBIDS']);
    });
  });

  describe('forecasts a person of the registry', () => {
    const read = (id: string, as: Caller): Promise<Answer> =>
      send(`Patient/${id}/$immds-forecast`, undefined, as, { 'x-purpose': 'school entry' });
    const at = (answer: Answer) =>
      resources<ImmunizationRecommendation>(answer, 'recommendation').map(
        ({ recommendation }) => recommendation,
      );

    it('today, as she would be were her record sent', async () => {
      const id = await addPerson(service, aa, '2026-01-15');

      const answer = await read(id, caller);

      const [today] = resources<ImmunizationRecommendation>(answer, 'recommendation').map(({ date }) => date);
      const { parameter } = askedOf({ ...CHILD, birthDate: '2026-01-15' }) as Parameters;
      const sent = await ask({
        resourceType: 'Parameters',
        parameter: parameter!.with(0, { name: 'assessmentDate', valueDate: today }),
      });
      expect(answer.status).toBe(200);
      expect(faultsByFhirSchema(answer.body)).toEqual([]);
      expect(at(answer)).toEqual(at(sent));
    });

    it('and keeps in her audit who looked, and why', async () => {
      const id = await addPerson(service, aa, '2026-01-15');

      await read(id, caller);

      const entries = await write<object>(
        service,
        aa,
        `SELECT action, purpose FROM audit_entry WHERE person_id = $1`,
        [id],
      );
      expect(entries).toEqual([{ action: 'forecast.read', purpose: 'school entry' }]);
    });

    it('for her own people, and for no other citizen’s', async () => {
      const accountId = newId();
      const token = await service.tokenFor(aa, [grantOf('citizen', accountId)], 'citizen', accountId);
      const [own, other] = [
        await addPerson(service, aa, '2026-01-15', { accountId }),
        await addPerson(service, aa, '2026-01-15', { accountId: newId() }),
      ];

      const answers = await Promise.all([own, other].map(id => read(id, { tenant: 'aa', token })));

      expect(answers.map(({ status }) => status)).toEqual([200, 404]);
    });

    it('and tells a foreign id no otherwise than a missing one', async () => {
      const bb = (await service.app.get(Catalogue).byCode('bb'))!;
      const ids = [await addPerson(service, bb, '2026-01-15'), newId(), 'x', "'; DROP TABLE person"];

      const answers = await Promise.all(ids.map(id => read(encodeURIComponent(id), caller)));

      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(new Set(answers.map(({ body }) => body.issue[0]!.details!.text)).size).toBe(1);
    });
  });

  it('says what it can do, to anybody', async () => {
    const answer = await send('metadata', undefined, {});

    expect(answer).toMatchObject({
      status: 200,
      type: 'application/fhir+json; charset=utf-8',
      body: {
        resourceType: 'CapabilityStatement',
        fhirVersion: '4.0.1',
        rest: [{ operation: [{ name: 'immds-forecast' }] }],
      },
    });
    // The schema is that of 4.0.0, before the technical correction, and does not list the version after it.
    expect(faultsByFhirSchema(Object.assign(answer.body, { fhirVersion: '4.0.0' }))).toEqual([]);
  });

  it('leaves the errors of other addresses as they were', async () => {
    const answer = await fetch(`${service.url}/fhirx`);

    expect(await answer.json()).toMatchObject({ statusCode: 404 });
  });

  it('answers whatever it is sent, and never with a fault of its own', async () => {
    const good = asked(...PROMPT);
    const admin = { tenant: 'aa', token: await service.tokenFor(aa, [country('facility-admin')]) };

    await fc.assert(
      fc.asyncProperty(mutated(good), async request => {
        const answer = await ask(request, admin);

        expect([200, 422]).toContain(answer.status);
        expect(answer.body.resourceType).toBe(answer.status === 200 ? 'Parameters' : 'OperationOutcome');
        expect(faultsByFhirSchema(answer.body)).toEqual([]);
      }),
      { numRuns: 150, seed: draws.seed },
    );
  });
});

/** A good request with one to three of its values replaced by anything at all. */
function mutated(good: object): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    fc.constantFrom(
      null,
      '',
      -1,
      1e308,
      true,
      [],
      {},
      '2025-02-30',
      '0000',
      '9999-12-31',
      '\u0000',
      '__proto__',
    ),
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const change = fc.record({ at: fc.nat(), value: anything });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map(changes =>
    changes.reduce<unknown>((request, { at, value }) => {
      const paths = pathsOf(request);
      return replaced(request, paths[at % paths.length]!, value);
    }, good),
  );
}

type Path = (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  return [
    path,
    ...Object.keys(value).flatMap(key => pathsOf((value as Record<string, unknown>)[key], [...path, key])),
  ];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const changed = replaced((value as Record<string | number, unknown>)[key], rest, by);
  if (Array.isArray(value))
    return value.map((one, index) => (index === Number(key) ? changed : (one as unknown)));
  return { ...(value as object), [key]: changed };
}
