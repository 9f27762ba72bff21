import { randomBytes } from 'node:crypto';
import { CitizenAccounts } from '../../../src/identity';
import { newId } from '../../../src/common';
import { CountryWords } from '../../../src/localisation';
import type { Context, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { Jobs } from '../../../src/platform/jobs';
import { KeyManagement, seal } from '../../../src/platform/keys';
import { Programmes } from '../../../src/programmes';
import { type BlindIndex, IndexedColumns, SealedColumns, TenantKeys } from '../../../src/tenancy';
import { DataKeysStore } from '../../../src/tenancy/keys/data-keys.store';
import { blindIndexOf, type IndexKey, numberOf } from '../../../src/tenancy/keys/blind-index-rules';
import { IndexedColumnsStore } from '../../../src/tenancy/keys/indexed-columns.store';
import { RE_INDEX } from '../../../src/tenancy/keys/re-index';
import { RE_ENCRYPT } from '../../../src/tenancy/keys/re-encrypt';
import { IdentifiersStore } from '../../../src/registry/identifiers.store';
import { addFacility, write } from '../../harness/worlds/clinic';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';

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
/** So many units of work of a country go on at a time in a process (`platform/database/pools.ts`). */
const CONNECTIONS = 8;
const PHONE = { table: 'citizen_account', column: 'phone_sealed' };

let service: TestService;
let tenant: TenantRef;
let ctx: Context;
let registrar: Caller;
let administrator: Caller;
let facilityId: string;

/** A country of its own for the tests around it, in which nothing was sealed yet. */
function inNewCountry(): void {
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
}

describe('the keys of a country', () => {
  inNewCountry();

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

  it('are changed by a login that may write every sealed and every indexed column', async () => {
    const closed: string[] = [];
    const columns = [...service.app.get(SealedColumns).all(), ...service.app.get(IndexedColumns).all()];
    for (const { table, column } of columns) {
      const [{ may }] = (await service.app
        .get(Database)
        .read(ctx, work =>
          work.query(`SELECT has_column_privilege($1, $2, 'UPDATE') AS may`, [table, column]),
        )) as [{ may: boolean }];
      if (!may) closed.push(`${table}.${column}`);
    }

    expect(closed).toEqual([]);
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

  it('are read anew, like the programme and its words, also when all who hold a connection wait for them', async () => {
    const [keys, words, programmes] = [
      service.app.get(TenantKeys),
      service.app.get(CountryWords),
      service.app.get(Programmes),
    ];
    let [inside, allIn] = [0, () => {}];
    const all = new Promise<void>(resolve => (allIn = resolve));
    const forgetting = all.then(() => {
      keys.readAnew(ctx);
      words.forget(ctx);
      programmes.forget(ctx);
    });
    const holding = Array.from({ length: CONNECTIONS }, () =>
      service.app.get(Database).read(ctx, async () => {
        if (++inside === CONNECTIONS) allIn();
        await forgetting;
        const [, profile, programme] = await Promise.all([
          keys.blindIndex(ctx, 'phone', 'x'),
          words.profile(ctx),
          programmes.current(ctx),
        ]);
        return [profile.defaultLanguage, programme.pack.profile.defaultLanguage];
      }),
    );

    const answers = await Promise.all(holding);

    expect(new Set(answers.flat()).size).toBe(1);
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

/** So many who take one value at one moment, each from a process that has heard of other keys. */
const RACES = 9;
const ASK = `mutation ($phone: String!) { requestSignInCode(phone: $phone) { requestId } }`;
const CONFIRM = `mutation ($input: ConfirmSignInCodeInput!) { confirmSignInCode(input: $input) { token } }`;
const WHO = `{ me { id } }`;
const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`;
const ROTATE_INDEX = `mutation ($key: String!) { rotateIndexKey(idempotencyKey: $key) { number storesFrom emptiedAt } }`;

describe('the key by which people are found', () => {
  inNewCountry();

  const nid = (one: number): string => String(8_200_000_000 + one);
  const phone = (one: number): string => `0171${String(4_000_000 + one)}`;
  const register = async (one: number) => {
    const input = {
      name: `Anybody ${String.fromCodePoint(...[...String(one)].map(digit => 97 + Number(digit)))}`,
      birthDate: `${1930 + (one % 80)}-0${1 + (one % 9)}-1${one % 9}`,
      sex: 'female',
      consents: [{ purpose: 'vaccination-record', version: '1' }],
      phone: phone(one),
      identifiers: [{ type: 'nid', value: nid(one) }],
      facilityId,
      language: 'en',
      idempotencyKey: newId(),
    };
    const { data, errors } = await service.graphql(REGISTER, { input }, registrar);
    expect(errors).toBeUndefined();
    return data.registerPerson as { __typename: string; id?: string };
  };
  /** The account that a citizen gets into with her phone. */
  const signIn = async (one: number): Promise<string> => {
    const asked = await service.graphql(ASK, { phone: phone(one) }, { tenant: 'aa' });
    expect(asked.errors).toBeUndefined();
    const [sent] = await write<{ text: string }>(
      service,
      tenant,
      `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id DESC LIMIT 1`,
      [`+880${phone(one).slice(1)}`],
    );
    const input = { requestId: asked.data.requestSignInCode.requestId, code: /\d{6}/.exec(sent!.text)![0] };
    const { data, errors } = await service.graphql(CONFIRM, { input }, { tenant: 'aa' });
    expect(errors).toBeUndefined();
    const me = await service.graphql(WHO, {}, { tenant: 'aa', token: data.confirmSignInCode.token });
    return me.data.me.id as string;
  };
  const find = async (one: number): Promise<string[]> => {
    const input = { facilityId, phone: phone(one), identifier: { type: 'nid', value: nid(one) } };
    const { data, errors } = await service.graphql(FIND, { input }, registrar);
    expect(errors).toBeUndefined();
    return data.findPersons.map(({ personId }: { personId: string }) => personId);
  };
  const rotate = async () =>
    (await service.graphql(ROTATE_INDEX, { key: newId() }, administrator)).data.rotateIndexKey as {
      number: number;
      emptiedAt: string | null;
    };
  /** As if a key had been made so long ago. */
  const age = async (number: number, time: string): Promise<void> => {
    await write(
      service,
      tenant,
      `UPDATE data_key SET created_at = created_at - $2::interval WHERE purpose = 'indexes' AND number = $1`,
      [number, time],
    );
    service.app.get(TenantKeys).readAnew(ctx);
  };
  const askForRound = (name: string): Promise<string> =>
    service.app
      .get(Database)
      .write(ctx, work => service.app.get(Jobs).request(ctx, work, RE_INDEX, {}, name));
  /** Does a round to its end, whatever it waits for after a slice that failed. */
  const round = async (name: string): Promise<void> => {
    const id = await askForRound(name);
    for (;;) {
      await service.runJobs();
      const [job] = await write<{ state: string }>(service, tenant, `SELECT state FROM job WHERE id = $1`, [id]); // prettier-ignore
      if (job!.state === 'DONE') return;
      expect(['WAITING', 'RUNNING']).toContain(job!.state);
      await write(service, tenant, `UPDATE job_part SET next_slice_at = now() WHERE job_id = $1`, [id]);
    }
  };
  /** Under which keys something is stored, over all columns. */
  const storedUnder = async (): Promise<number[]> => {
    const numbers = new Set<number>();
    for (const { table, column } of service.app.get(IndexedColumns).all()) {
      const rows = await write<{ index: Buffer }>(service, tenant, `SELECT ${column} AS index FROM ${table} WHERE ${column} IS NOT NULL`); // prettier-ignore
      for (const { index } of rows) numbers.add(numberOf(index));
    }
    return [...numbers].sort((one, other) => one - other);
  };

  it('is told of every column of blind indexes', async () => {
    const columns = await write<{ name: string }>(
      service,
      tenant,
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND data_type = 'bytea' AND column_name LIKE '%index' ORDER BY 1`,
    );
    const known = service.app.get(IndexedColumns).all();

    expect(known.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
      columns.map(({ name }) => name),
    );
  });

  it('changes while people are registered and sign in: all are found, none is there twice', async () => {
    const [people, accounts] = [new Map<number, string>(), new Map<number, string>()];
    for (const one of [1, 2, 3]) people.set(one, (await register(one)).id!);
    for (const one of [1, 2]) accounts.set(one, await signIn(one));
    const made = await rotate();
    people.set(4, (await register(4)).id!); // looked for under both, stored under the first
    const early = await storedUnder();
    await age(2, '2 hours');
    people.set(5, (await register(5)).id!); // stored under the second
    const between = await storedUnder();

    // The round is killed in the middle of its first slices, while people go on.
    const original = IndexedColumnsStore.prototype.replace;
    let [calls, killed] = [0, 0];
    const spy = jest.spyOn(IndexedColumnsStore.prototype, 'replace').mockImplementation(async function (
      this: IndexedColumnsStore,
      ...args: Parameters<IndexedColumnsStore['replace']>
    ) {
      if (++calls % 4 === 0 && killed < 3) {
        killed++;
        throw new Error('the process died');
      }
      return original.apply(this, args);
    });
    const under = { way: true };
    const going = (async () => {
      for (let one = 10; one < 16 || (under.way && one < 30); one++) {
        people.set(one, (await register(one)).id!);
        expect((await register(1 + (one % 5))).__typename).toBe('LikelySamePerson');
      }
    })();
    await round('while they write');
    under.way = false;
    await going;
    spy.mockRestore();
    expect(await signIn(1)).toBe(accounts.get(1));
    await age(2, '25 hours');
    await round('the next day');

    const keys = await service.graphql('{ indexKeys { number emptiedAt } }', {}, administrator);
    expect(made).toMatchObject({ number: 2, emptiedAt: null });
    expect({ early, between, killed, after: await storedUnder() }).toEqual({
      early: [1],
      between: [1, 2],
      killed: 3,
      after: [2],
    });
    expect(keys.data.indexKeys).toEqual([
      { number: 1, emptiedAt: expect.any(String) },
      { number: 2, emptiedAt: null },
    ]);
    service.app.get(TenantKeys).readAnew(ctx);
    for (const [one, id] of people) {
      expect(await find(one)).toEqual([id]);
      expect((await register(one)).__typename).toBe('LikelySamePerson');
    }
    for (const [one, id] of accounts) expect(await signIn(one)).toBe(id);
    const [claims] = await write<{ n: number }>(service, tenant, `SELECT count(*)::int AS n FROM identifier_claim`); // prettier-ignore
    expect(claims!.n).toBe(people.size);
  }, 240_000);

  it('leaves an identifier and a phone to one person, whatever keys those who take it have heard of', async () => {
    const now = ctx.now();
    const ago = (ms: number): Date => new Date(now.getTime() - ms);
    const [first, second]: [IndexKey, IndexKey] = [
      { number: 1, key: randomBytes(32), createdAt: ago(90 * 86_400_000), emptiedAt: null },
      { number: 2, key: randomBytes(32), createdAt: now, emptiedAt: null },
    ];
    const stages: IndexKey[][] = [
      [first],
      [first, second],
      [first, { ...second, createdAt: ago(7_200_000) }],
      [
        { ...first, emptiedAt: now },
        { ...second, createdAt: ago(7_200_000) },
      ],
    ];
    const take = (index: BlindIndex): Promise<boolean> =>
      service.app
        .get(Database)
        .write(ctx, async work => {
          const taken = await service.app
            .get(IdentifiersStore)
            .claim(work, newId(), [{ type: 'nid', normalised: '', index }]);
          if (!taken) throw new Error('taken');
          return true;
        })
        .catch(() => false);
    const account = (index: BlindIndex): Promise<string> =>
      service.app
        .get(Database)
        .write(ctx, work => service.app.get(CitizenAccounts).ofPhone(ctx, work, { e164: '+1', index }));

    const faults: string[] = [];
    for (let race = 0; race < RACES; race++) {
      const stage = race % (stages.length - 1); // two processes are never more than one step apart
      const text = `one value ${race}`;
      const forms = Array.from({ length: 6 }, (_, i) => blindIndexOf(stages[stage + (i % 2)]!, text, now));
      const taken = await Promise.all(forms.map(take));
      const opened = new Set(await Promise.all(forms.map(account)));
      if (taken.filter(Boolean).length !== 1) faults.push(`stage ${stage}: ${taken.filter(Boolean).length}`);
      if (opened.size !== 1) faults.push(`stage ${stage}: ${opened.size} accounts`);
    }
    expect(faults).toEqual([]);
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
      [id, (await keys.blindIndex(ctx, 'phone', '+8801711000001')).stored, sealed],
    );

    const token = await service.tokenFor(tenant, [country('configuration-admin')]);
    await service.answer(ROTATE, { key: newId() }, { tenant: 'aa', token });
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
