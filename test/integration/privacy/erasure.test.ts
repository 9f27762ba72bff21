import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addTo, civilDayOf, newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { PersonKeys, ReplayErasures } from '../../../src/registry';
import { addFacility, addStaff, addStock, write } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';
import { tablesOf, textsIn } from '../isolation/rows';

const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { __typename ... on Person { id code } } }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) { __typename } }`;
const PERSON = `query ($id: ID!, $facilityId: ID) { person(id: $id, facilityId: $facilityId) { name } }`;
const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`;
const CERTIFICATE = `query ($personId: ID!) { certificate(personId: $personId) { certificate { qrText } } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) { outcome } }`;
const ASK = `mutation ($input: RequestErasureInput!) { requestErasure(input: $input) { id state askedBy } }`;
const DECIDE = `mutation ($input: DecideErasureInput!) { decideErasure(input: $input) { __typename
  ... on ErasureRequest { state ground } ... on ErasureHindered { hindrances } } }`;
const HOLD = `mutation ($input: PlaceLegalHoldInput!) { placeLegalHold(input: $input) { id } }`;
const LIFT = `mutation ($input: LiftLegalHoldInput!) { liftLegalHold(input: $input) { liftedAt } }`;
const RULES = `query { privacyRules { dosesOfErased holdEverybody keepLooksDays fewestInExtract missesADay
  breakGlass { minutes persons } alerts { misses facilities nightPersons nightFrom nightUntil } } }`;
const SET_RULES = `mutation ($rules: PrivacyRulesInput!) { setPrivacyRules(rules: $rules) { dosesOfErased } }`;

/** What nobody else in the country has. */
const NAME = 'Quillonga Vasperine';
const NUMBER = '9111222333';
const PHONE = '01719998877';

interface Known {
  id: string;
  code: string;
  certificate: string;
}

describe('a person who is erased', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let lotId: string;
  let folder: string;
  let registrar: Caller;
  let vaccinator: Caller;
  let officer: Caller;
  let other: Caller;
  let births = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'erased-'));
    service = await testService({ TIKASETU_ERASURE_LIST_DIR: folder });
    tenant = await service.country('aa', 'bd');
    facilityId = (await addFacility(service, tenant)).id;
    lotId = await addStock(service, tenant, {
      facilityId,
      product: 'bcg-20',
      doses: 20,
      expiresOn: '2099-12-31',
    });
    const as = async (role: string, id?: string): Promise<Caller> => ({
      tenant: 'aa',
      token: await service.tokenFor(
        tenant,
        [role.startsWith('data') ? country(role) : atFacility(role, facilityId)],
        'staff',
        id,
      ),
      purpose: 'test',
    });
    registrar = await as('registrar');
    vaccinator = await as('vaccinator', await addStaff(service, tenant));
    officer = await as('data-protection-officer');
    other = await as('data-protection-officer');
  }, 240_000);
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  /** Registered with all that can be known of her, and corrected once. */
  async function register(more: object = {}): Promise<{ id: string; code: string }> {
    const input = {
      name: nameOf(births++),
      birthDate: addTo(civilDayOf(new Date(), tenant.timeZone), { months: 0, days: -births }),
      sex: 'female',
      consents: [{ purpose: 'vaccination-record', version: '1' }],
      facilityId,
      language: 'en',
      idempotencyKey: newId(),
      ...more,
    };
    const { data, errors } = await service.graphql(REGISTER, { input }, registrar);
    expect({ errors, type: data?.registerPerson.__typename }).toEqual({ errors: undefined, type: 'Person' });
    return data.registerPerson as { id: string; code: string };
  }
  async function vaccinated(more: object = {}): Promise<Known> {
    const person = await register(more);
    const input = { idempotencyKey: newId(), personId: person.id, facilityId, lotId, presence: 'WALK_IN' };
    const { data } = await service.graphql(RECORD, { input }, vaccinator);
    expect(data.recordVaccination).toEqual({ __typename: 'Vaccination' });
    await service.carryFacts();
    const read = await service.graphql(CERTIFICATE, { personId: person.id }, registrar);
    return { ...person, certificate: read.data.certificate.certificate.qrText as string };
  }
  const ask = async (personId: string, as = officer) =>
    (await service.graphql(ASK, { input: { personId, ground: 'REGISTERED_IN_ERROR' } }, as)).data
      .requestErasure.id as string;
  const decide = async (personId: string, requestId: string, as = other, erase = true) =>
    (await service.graphql(DECIDE, { input: { personId, requestId, erase } }, as)).data.decideErasure;
  const erase = async (personId: string) => decide(personId, await ask(personId));
  const setRules = async (change: object) => {
    const { data } = await service.graphql(RULES, {}, officer);
    await service.graphql(SET_RULES, { rules: { ...data.privacyRules, ...change } }, officer);
  };
  /** Texts of the country, in any table, that hold one of these. */
  const traces = async (...words: string[]): Promise<string[]> =>
    [...(await tablesOf(service, 'tenant_aa'))].flatMap(([table, rows]) =>
      [...textsIn(rows)].filter(text => words.some(word => text.includes(word))).map(() => table),
    );

  it('is known no more, anywhere; her doses and the certificate in her hand stay good', async () => {
    const facts = { name: NAME, phone: PHONE, identifiers: [{ type: 'nid', value: NUMBER }] };
    const person = await vaccinated(facts);
    expect(await traces(NAME)).not.toEqual([]);

    expect(await erase(person.id)).toEqual({
      __typename: 'ErasureRequest',
      state: 'ERASED',
      ground: 'REGISTERED_IN_ERROR',
    });
    await service.carryFacts();

    const opened = await service.graphql(PERSON, { id: person.id, facilityId }, registrar);
    const found = await service.graphql(FIND, { input: { facilityId, code: person.code } }, registrar);
    const paper = await service.graphql(VERIFY, { code: person.certificate }, { tenant: 'aa' });
    const doses = await write(service, tenant, `SELECT 1 FROM vaccination WHERE person_id = $1`, [person.id]);
    expect(opened.errors![0]!.extensions.code).toBe('NOT_FOUND');
    expect(found.data.findPersons).toEqual([]);
    expect(paper.data.verifyCertificate.outcome).toBe('VALID');
    expect(doses).toHaveLength(1);
    expect(await traces('Quillonga', 'Vasperine', NUMBER, person.code.replaceAll(/\D/g, ''))).toEqual([]);
    expect((await register(facts)).id).not.toBe(person.id); // her number is nobody's
  });

  it('leaves no key that opens what was sealed with hers, in whatever copy it is', async () => {
    const person = await vaccinated({ phone: '01719998811' });
    const copies = await write<{ sealed: Buffer; row: string }>(
      service,
      tenant,
      `SELECT sealed_text AS sealed, certificate_id AS row FROM certificate_code WHERE person_id = $1`,
      [person.id],
    );
    await erase(person.id);

    const keys = service.app.get(PersonKeys);
    const ctx = service.contextOf(tenant);
    const place = { table: 'certificate_code', column: 'sealed_text', row: copies[0]!.row };
    const open = service.app
      .get(Database)
      .read(ctx, work => keys.openOne(ctx, work, person.id, place, copies[0]!.sealed));
    await expect(open).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [key] = await write(service, tenant, `SELECT wrapped FROM person_key WHERE person_id = $1`, [
      person.id,
    ]);
    expect(key).toEqual({ wrapped: null });
  });

  it('is erased by two people', async () => {
    const { id } = await register();
    const request = await ask(id);

    expect(await decide(id, request, officer)).toEqual({ __typename: 'ErasureNeedsSecondPerson' });
    expect(await decide(id, request, other, false)).toMatchObject({ state: 'DECLINED' });
    expect(await decide(id, request, other)).toEqual({ __typename: 'ErasureDecided' });
    expect((await service.graphql(PERSON, { id, facilityId }, registrar)).errors).toBeUndefined();
  });

  it('is not erased while a court needs her record', async () => {
    const { id } = await register();
    const hold = { personId: id, reference: 'case 7', idempotencyKey: newId() };
    const { data } = await service.graphql(HOLD, { input: hold }, officer);
    const request = await ask(id);

    const held = await decide(id, request);
    await service.graphql(LIFT, { input: { personId: id, holdId: data.placeLegalHold.id } }, officer);

    expect(held).toEqual({ __typename: 'ErasureHindered', hindrances: ['LEGAL_HOLD'] });
    expect(await decide(id, request)).toMatchObject({ state: 'ERASED' });
  });

  it('is not erased where the law keeps whoever has a dose, unless she has none', async () => {
    const given = await vaccinated();
    const none = await register();
    await setRules({ dosesOfErased: 'NOT_ERASED' });

    const hindered = await erase(given.id);
    const erased = await erase(none.id);
    await setRules({ dosesOfErased: 'KEPT_DE_IDENTIFIED' });

    expect(hindered).toEqual({ __typename: 'ErasureHindered', hindrances: ['DOSES_IN_REGISTER'] });
    expect(erased).toMatchObject({ state: 'ERASED' });
  });

  it('stays erased when the country comes back from a copy of before', async () => {
    const person = await vaccinated({ name: 'Ombrelle Tchakova', phone: '01719998822' });
    await copyCountry(service);
    await erase(person.id);
    await service.carryFacts();
    await restoreCountry(service);
    const back = await service.graphql(PERSON, { id: person.id, facilityId }, registrar);

    const first = await service.app.get(ReplayErasures).run(service.contextOf(tenant));
    const again = await service.app.get(ReplayErasures).run(service.contextOf(tenant));
    await service.carryFacts();

    expect(back.data.person.name).toBe('Ombrelle Tchakova');
    expect(first.erased).toBe(1);
    expect(again).toEqual({ erased: 0, listed: 0 });
    expect(await traces('Ombrelle', 'Tchakova')).toEqual([]);
  });
});

/** A name for each number, none like another. */
const nameOf = (number: number): string =>
  [...String(7_919 * (number + 13))]
    .map(digit => ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'ti', 'vo', 'zu'][Number(digit)])
    .join('');

/** Keeps every row of the country aside, as a backup would. */
const copyCountry = (service: TestService): Promise<void> =>
  onServer(service.database.url, async owner => {
    await owner.query(`CREATE SCHEMA backup_of_aa`);
    for (const table of (await tablesOf(service, 'tenant_aa')).keys())
      await owner.query(`CREATE TABLE backup_of_aa."${table}" AS TABLE tenant_aa."${table}"`);
  });

/** Puts every row back as it was, and nothing else. */
const restoreCountry = (service: TestService): Promise<void> =>
  onServer(service.database.url, async owner => {
    await owner.query(`SET session_replication_role = replica`);
    for (const table of (await tablesOf(service, 'tenant_aa')).keys()) {
      await owner.query(`DELETE FROM tenant_aa."${table}"`);
      await owner.query(`INSERT INTO tenant_aa."${table}" SELECT * FROM backup_of_aa."${table}"`);
    }
  });
