import { newId } from '../../src/common';
import type { Context, TenantRef } from '../../src/platform/context';
import { Database } from '../../src/platform/database';
import { Jobs } from '../../src/platform/jobs';
import { KeyManagement, seal } from '../../src/platform/keys';
import { SealedColumns, TenantKeys } from '../../src/tenancy';
import { DataKeysStore } from '../../src/tenancy/keys/data-keys.store';
import { RE_ENCRYPT } from '../../src/tenancy/keys/re-encrypt';
import { addFacility, write } from '../harness/clinic';
import { atFacility, type Caller, country, testService, type TestService } from '../harness/service';

const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) {
  __typename ... on Person { id identifiers { masked } phones { masked } } } }`;
const PERSON = `query ($id: ID!, $facilityId: ID) { person(id: $id, facilityId: $facilityId) {
  identifiers { masked } phones { masked } } }`;
const ROTATE = `mutation ($key: String!) { rotateDataKey(idempotencyKey: $key) }`;

/** Sealed with a person's own key from the first, whose own wrapping is what changes with the country's key. */
const UNDER_PERSONS_KEYS = [
  'look_objection.answer_sealed',
  'look_objection.text_sealed',
  'person_change.values_sealed',
];
/** Sealed by the key management itself. */
const UNDER_MASTER_KEY = ['authenticator.secret_sealed', 'sign_in_issuer.credential_sealed'];
const PHONE = { table: 'citizen_account', column: 'phone_sealed' };

describe('the keys of a country', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ctx: Context;
  let registrar: Caller;
  let administrator: Caller;
  let facilityId: string;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    ctx = service.contextOf(tenant);
    facilityId = (await addFacility(service, tenant)).id;
    const token = await service.tokenFor(tenant, [atFacility('registrar', facilityId)]);
    registrar = { tenant: 'aa', token, purpose: 'registration' };
    administrator = { tenant: 'aa', token: await service.tokenFor(tenant, [country('configuration-admin')]) };
  }, 240_000);
  afterAll(() => service.stop());

  const register = async (one: number): Promise<string> => {
    const input = {
      name: `Somebody ${String.fromCodePoint(...[...String(one)].map(digit => 97 + Number(digit)))}`,
      birthDate: `${1930 + (one % 80)}-0${1 + (one % 9)}-1${one % 9}`,
      sex: 'female',
      consents: [{ purpose: 'vaccination-record', version: '1' }],
      phone: `0171${String(3_000_000 + one)}`,
      identifiers: [{ type: 'nid', value: String(8_100_000_000 + one) }],
      facilityId,
      language: 'en',
      idempotencyKey: newId(),
    };
    const { data, errors } = await service.graphql(REGISTER, { input }, registrar);
    expect(errors).toBeUndefined();
    expect(data.registerPerson).toMatchObject({
      __typename: 'Person',
      phones: [{ masked: expect.any(String) }],
    });
    return data.registerPerson.id as string;
  };
  const rotate = async () =>
    (await service.graphql(ROTATE, { key: newId() }, administrator)).data.rotateDataKey as string;
  /** The job of another day: what was sealed by whoever had not been told of the new key is sealed anew as well. */
  const nextPass = async (day: string): Promise<void> => {
    await service.app
      .get(Database)
      .write(ctx, work => service.app.get(Jobs).request(ctx, work, RE_ENCRYPT, {}, day));
    await service.runJobs();
  };
  /** How many values each key of the country has sealed, over all columns. */
  const sealedByNumber = async (): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const { table, column } of service.app.get(SealedColumns).all()) {
      const rows = await write<{ mark: string; n: number }>(
        service,
        tenant,
        `SELECT CASE WHEN substr(${column}, 1, 3) = 'TSt' THEN get_byte(${column}, 4)::text
                     WHEN substr(${column}, 1, 3) = 'TSp' THEN 'person' ELSE 'none' END AS mark, count(*)::int AS n
         FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1`,
      );
      for (const { mark, n } of rows) found[mark] = (found[mark] ?? 0) + n;
    }
    return found;
  };

  it('are told of every sealed column', async () => {
    const columns = await write<{ name: string }>(
      service,
      tenant,
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND data_type = 'bytea' AND column_name LIKE '%sealed%' ORDER BY 1`,
    );
    const known = service.app
      .get(SealedColumns)
      .all()
      .map(({ table, column }) => `${table}.${column}`);
    const wrapped = ['person_key.wrapped'];

    expect([...known, ...UNDER_PERSONS_KEYS, ...UNDER_MASTER_KEY].sort()).toEqual(
      [...columns.map(({ name }) => name), ...wrapped].sort(),
    );
  });

  it('change while people are registered and read, and nothing is lost', async () => {
    const people = [await register(1), await register(2)];
    const elsewhere = new TenantKeys(
      service.app.get(Database),
      service.app.get(DataKeysStore),
      service.app.get(KeyManagement),
    );
    const before = await elsewhere.seal(ctx, { ...PHONE, row: 'x' }, 'sealed before');
    const under = { way: true };

    const writing = (async () => {
      for (let one = 10; under.way || one < 20; one++) people.push(await register(one));
    })();
    const jobId = await rotate();
    await service.runJobs();
    under.way = false;
    await writing;
    const late = await elsewhere.seal(ctx, { ...PHONE, row: 'y' }, 'sealed by a process that was not told');
    await nextPass('when all have been told');

    const keys = service.app.get(TenantKeys);
    const [job] = await write<{ state: string }>(service, tenant, `SELECT state FROM job WHERE id = $1`, [
      jobId,
    ]);
    expect(job).toEqual({ state: 'DONE' });
    expect(await keys.open(ctx, { ...PHONE, row: 'x' }, before)).toBe('sealed before');
    expect(await keys.open(ctx, { ...PHONE, row: 'y' }, late)).toBe('sealed by a process that was not told');
    for (const id of people) {
      const { data } = await service.graphql(PERSON, { id, facilityId }, registrar);
      expect(data.person).toMatchObject({
        identifiers: [{ masked: expect.any(String) }],
        phones: [{ masked: expect.any(String) }],
      });
    }
    expect(Object.keys(await sealedByNumber()).sort()).toEqual(['2', 'person']);
  }, 120_000);

  it('are read by a process that did not make them', async () => {
    const elsewhere = new TenantKeys(
      service.app.get(Database),
      service.app.get(DataKeysStore),
      service.app.get(KeyManagement),
    );
    await elsewhere.seal(ctx, { ...PHONE, row: 'x' }, 'it knows the keys of now');
    await rotate();
    const newer = await service.app.get(TenantKeys).seal(ctx, { ...PHONE, row: 'x' }, 'a newer one');

    expect(await elsewhere.open(ctx, { ...PHONE, row: 'x' }, newer)).toBe('a newer one');
  });

  it('are forgotten a day after the next one, once nothing is sealed with them', async () => {
    await service.runJobs();
    const numbers = () => write<{ number: number }>(service, tenant, `SELECT number FROM data_key WHERE purpose = 'columns' ORDER BY 1`); // prettier-ignore
    const kept = await numbers();
    const [person] = await write<{ id: string }>(
      service,
      tenant,
      `SELECT person_id AS id FROM person LIMIT 1`,
    );

    await write(service, tenant, `UPDATE data_key SET created_at = created_at - interval '25 hours'`);
    await nextPass('the next day');

    expect(kept.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect((await numbers()).map(({ number }) => number)).toEqual([3]);
    const { data } = await service.graphql(PERSON, { id: person!.id, facilityId }, registrar);
    expect(data.person.phones).toHaveLength(1);
  });
});

describe('what was sealed before keys had numbers', () => {
  let service: TestService;
  beforeAll(async () => void (service = await testService()), 240_000);
  afterAll(() => service.stop());

  it('opens, and is sealed anew like everything else', async () => {
    const tenant = await service.country('aa', 'bd');
    const ctx = service.contextOf(tenant);
    const keys = service.app.get(TenantKeys);
    await keys.ready(ctx);
    const [row] = await write<{ wrapped: Buffer }>(service, tenant, `SELECT wrapped FROM data_key WHERE purpose = 'columns'`); // prettier-ignore
    const key = service.app.get(KeyManagement).unwrap(row!.wrapped, 'aa/columns');
    const id = newId();
    const sealed = seal(key, Buffer.from('+8801711000001'), ['aa', PHONE.table, PHONE.column, id].join('\0'));
    await write(
      service,
      tenant,
      `INSERT INTO citizen_account (id, phone_index, phone_sealed, created_at) VALUES ($1, $2, $3, now())`,
      [id, await keys.blindIndex(ctx, 'phone', '+8801711000001'), sealed],
    );

    const token = await service.tokenFor(tenant, [country('configuration-admin')]);
    await service.graphql(ROTATE, { key: newId() }, { tenant: 'aa', token });
    await service.runJobs();

    const [after] = await write<{ sealed: Buffer }>(
      service,
      tenant,
      `SELECT phone_sealed AS sealed FROM citizen_account`,
    );
    expect(await keys.open(ctx, { ...PHONE, row: id }, sealed)).toBe('+8801711000001');
    expect(after!.sealed.subarray(0, 5)).toEqual(Buffer.from('TSt\0\x02'));
    expect(await keys.open(ctx, { ...PHONE, row: id }, after!.sealed)).toBe('+8801711000001');
  });
});
