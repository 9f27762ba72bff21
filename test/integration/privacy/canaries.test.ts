import { Socket } from 'node:net';
import type { Client } from 'pg';
import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { MessageSender, type OutgoingMessage } from '../../../src/platform/messaging';
import { addFacility, addStaff, addStock } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { figure } from '../../harness/run/figures';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';
import { tablesOf, textsIn } from '../isolation/rows';

const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { __typename
  ... on Person { id code } } }`;
const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`;
const CHANGE = `mutation ($input: ChangePersonInput!) { changePerson(input: $input) { id } }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) { __typename } }`;
const CODE = `mutation ($phone: String!) { requestSignInCode(phone: $phone) { requestId } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { __typename } }`;
/** What somebody types who has no account. */
const PASSWORD = 'wombat-lantern-quietly-71';
const CONFIRM = `mutation ($input: ConfirmSignInCodeInput!) { confirmSignInCode(input: $input) { token } }`;

/** What is sealed in its column: numbers of nobody, as they are told and as they are kept. */
const SEALED = ['1719998833', '1719998844', '9111222777', '9111222888'];
/** What is not sealed, and must be nowhere but in the record itself. */
const NAMES = ['Quillonga', 'Vasperine', 'Ombrelle', 'Tchakova'];
/** Where a name may be: the record, and the keys by which it is found. */
const RECORD_TABLES = ['person', 'person_match_key'];

describe('canary names and numbers', () => {
  let service: TestService;
  let tenant: TenantRef;
  let from: string;
  const logged: string[] = [];
  const answered: string[] = [];
  const sent: OutgoingMessage[] = [];
  /** What opens an account. */
  const secrets: string[] = [];
  const codes: string[] = [];
  /** The port of each connection that this process opened. */
  const called = new Set<string>();
  const clerkId = newId();

  beforeAll(async () => {
    listenToConnections(called);
    jest.spyOn(process.stderr, 'write').mockImplementation(line => logged.push(String(line)) > 0);
    service = await testService({ LOG_LEVEL: 'trace' });
    // Outside a sandbox messages leave: nothing of them is stored.
    jest.spyOn(service.app.get(MessageSender), 'send').mockImplementation(async (_, message) => {
      sent.push(message);
    });
    tenant = await service.country('aa', 'bd');
    from = await onServer(service.database.url, async owner =>
      one(owner, `SELECT pg_current_wal_lsn()::text`),
    );
    await live();
  }, 240_000);
  afterAll(async () => {
    await service.stop();
    jest.restoreAllMocks();
  });

  /** Sends an operation; what went wrong with it is kept to be searched. */
  async function ask(query: string, variables: object, as: Caller) {
    const answer = await service.graphql(query, variables as Record<string, unknown>, as);
    if (answer.errors) answered.push(JSON.stringify(answer.errors));
    return answer;
  }

  /**
   * A mother signs in and registers herself; a clinic registers, finds, corrects and vaccinates a child; much goes
   * wrong.
   */
  async function live(): Promise<void> {
    const { id: facilityId } = await addFacility(service, tenant);
    const lotId = await addStock(service, tenant, {
      facilityId,
      product: 'bcg-20',
      doses: 20,
      expiresOn: '2099-12-31',
    });
    const tokenOf = (role: string, id?: string) =>
      service.tokenFor(tenant, [atFacility(role, facilityId)], 'staff', id);
    const registrar = { tenant: 'aa', token: await tokenOf('registrar', clerkId), purpose: 'registration' };
    const vaccinator = { tenant: 'aa', token: await tokenOf('vaccinator', await addStaff(service, tenant)) };
    const consents = [{ purpose: 'vaccination-record', version: '1' }];

    const { data } = await ask(CODE, { phone: '01719998833' }, { tenant: 'aa' });
    const code = /\d{6}/.exec(sent.at(-1)!.text)![0];
    codes.push(code);
    const { requestId } = data.requestSignInCode as { requestId: string };
    await ask(CONFIRM, { input: { requestId, code: '000000' } }, { tenant: 'aa' });
    const signedIn = await ask(CONFIRM, { input: { requestId, code } }, { tenant: 'aa' });
    const mother = { tenant: 'aa', token: signedIn.data.confirmSignInCode.token as string };
    secrets.push(registrar.token, vaccinator.token, mother.token, PASSWORD);
    await ask(SIGN_IN, { input: { email: 'clerk@aa.example', password: PASSWORD } }, { tenant: 'aa' });
    await ask('{ me { kind } }', {}, { tenant: 'aa', token: `${mother.token.slice(0, -4)}AAAA` });
    const herself = {
      name: 'Quillonga Vasperine',
      birthDate: '1991-04-03',
      sex: 'female',
      relation: 'SELF',
      identifiers: [{ type: 'nid', value: '9111222777' }],
      consents,
    };
    await ask(REGISTER, { input: { ...herself, idempotencyKey: newId() } }, mother);
    await ask(REGISTER, { input: { ...herself, idempotencyKey: newId() } }, mother); // she is there already
    await ask(REGISTER, { input: { ...herself, sex: 'Quillonga', idempotencyKey: newId() } }, mother);
    const child = {
      name: 'Ombrelle Tchakova',
      birthDate: new Date().toISOString().slice(0, 10),
      sex: 'female',
      phone: '01719998844',
      identifiers: [{ type: 'nid', value: '9111222888' }],
      facilityId,
      consents,
      idempotencyKey: newId(),
    };
    const registered = await ask(REGISTER, { input: child }, registrar);
    expect(registered.data.registerPerson.__typename).toBe('Person');
    const personId = registered.data.registerPerson.id as string;
    await ask(
      FIND,
      { input: { facilityId, phone: child.phone, identifier: child.identifiers[0] } },
      registrar,
    );
    await ask(FIND, { input: { facilityId, phone: child.phone } }, registrar); // one fact is not enough
    await ask(
      FIND,
      { input: { facilityId, name: child.name, identifier: { type: 'nid', value: '911122288' } } },
      registrar,
    );
    await ask(
      CHANGE,
      { input: { personId, facilityId, name: 'Ombrelle Tchakova Corrected', reason: 'misspelt' } },
      registrar,
    );
    await ask(CHANGE, { input: { personId, facilityId, name: '1719998844', reason: 'no name' } }, registrar);
    const dose = { personId, facilityId, lotId, presence: 'WALK_IN' };
    const given = await ask(RECORD, { input: { ...dose, idempotencyKey: newId() } }, vaccinator);
    expect(given.data.recordVaccination.__typename).toBe('Vaccination');
    await service.carryFacts();
    await ask(`{ person(id: "Quillonga", facilityId: "9111222777") { id } }`, {}, registrar);
    await ask(
      `mutation { rotateDataKey(idempotencyKey: "${newId()}") }`,
      {},
      {
        tenant: 'aa',
        token: await service.tokenFor(tenant, [country('configuration-admin')]),
      },
    );
    await ask(`mutation { rotateDataKey(idempotencyKey: "${newId()}") }`, {}, registrar);
    await service.runJobs();
  }

  const searching = <T>(work: (owner: Client) => Promise<T>): Promise<T> =>
    onServer(service.database.url, work);

  it('are in no file of the database, where they are sealed; a name is, so the search finds', async () => {
    const found = await searching(async owner => {
      await owner.query('CHECKPOINT');
      return hitsIn(owner, await dataFiles(owner), [...SEALED, ...NAMES]);
    });

    expect(SEALED.filter(word => found.has(word))).toEqual([]);
    expect(NAMES.filter(word => found.has(word)).length).toBeGreaterThan(0);
    figure('canaries in the database’s files', '0');
  }, 120_000);

  it('are in no log of the database, where they are sealed; a name is, so the search finds', async () => {
    const found = await searching(async owner =>
      hitsIn(owner, await logFiles(owner, from), [...SEALED, ...NAMES]),
    );

    expect(SEALED.filter(word => found.has(word))).toEqual([]);
    expect(NAMES.filter(word => found.has(word)).length).toBeGreaterThan(0);
    figure('canaries in its write-ahead log', '0');
  }, 120_000);

  it('are in no row of a dump, and names in none but the record’s own', async () => {
    const tables = await tablesOf(service, 'tenant_aa');
    const holding = (words: readonly string[]) =>
      [...tables]
        .filter(([, rows]) => [...textsIn(rows)].some(text => words.some(word => holds(text, word))))
        .map(([table]) => table);

    expect(holding(SEALED)).toEqual([]);
    expect(holding(NAMES).filter(table => !RECORD_TABLES.includes(table))).toEqual([]);
    figure('canaries in a dump', '0');
  });

  it('are sent to nobody: no connection goes anywhere but to the database, and messages name nobody', () => {
    const known = [service.database.url, service.url].map(url => new URL(url).port);

    expect(called).toContain(known[0]); // so whoever listens hears
    expect([...called].filter(port => !known.includes(port))).toEqual([]);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(({ text }) => [...SEALED, ...NAMES].some(word => holds(text, word)))).toEqual([]);
    figure('parties that hear of a canary', '0, and the gateway whose number is written to');
  });

  it('are in no line of the log and in no error', () => {
    const lines = [...logged, ...answered];

    expect(logged.length).toBeGreaterThan(0);
    expect(answered.length).toBeGreaterThan(4);
    expect(lines.filter(line => [...SEALED, ...NAMES].some(word => holds(line, word)))).toEqual([]);
    figure('canaries in our log and errors', '0');
  });

  it('are, like what opens an account, not in the log: no token whole or in part, no password, no code', () => {
    const parts = secrets.flatMap(secret => [secret, ...secret.split('.').slice(1)]);
    const lines = [...logged, ...answered];

    expect(parts.length).toBeGreaterThan(9);
    expect(lines.filter(line => parts.some(part => line.includes(part)))).toEqual([]);
    expect(codes).toHaveLength(1);
    expect(lines.filter(line => new RegExp(`["\\s:=]${codes[0]}["\\s,}]`).test(line))).toEqual([]);
  });

  it('are not needed to know who was refused: a line of the log says which account, where and what', () => {
    const lines = logged.filter(line => line.startsWith('{')).map(line => JSON.parse(line) as object);

    expect(lines).toContainEqual(
      expect.objectContaining({
        code: 'FORBIDDEN',
        tenant: 'aa',
        actor: { kind: 'staff', id: clerkId },
        path: ['rotateDataKey'],
        reference: expect.any(String),
      }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });
});

/** As it is written, or as the bytes of a column are shown. */
const holds = (text: string, word: string): boolean =>
  text.toLowerCase().includes(word.toLowerCase()) || text.includes(Buffer.from(word).toString('hex'));

/** Notes where each connection of this process goes, before it does. */
function listenToConnections(called: Set<string>): void {
  const connect = Socket.prototype.connect;
  jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [first] = args.flat();
    const to = (typeof first === 'object' ? first : { port: first }) as { port?: unknown; path?: unknown };
    called.add(String(to.port ?? to.path));
    return Reflect.apply(connect, this, args) as Socket;
  });
}

async function one(owner: Client, sql: string, params: unknown[] = []): Promise<string> {
  const { rows } = await owner.query<Record<string, string>>(sql, params);
  return Object.values(rows[0]!)[0]!;
}

/** The files of this database, as the server names them. */
async function dataFiles(owner: Client): Promise<string[]> {
  const folder = await one(
    owner,
    `SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()`,
  );
  const { rows } = await owner.query<{ name: string }>(`SELECT pg_ls_dir($1) AS name`, [folder]);
  return rows.filter(({ name }) => /^\d/.test(name)).map(({ name }) => `${folder}/${name}`);
}

/** The files of the write-ahead log since a place in it. */
async function logFiles(owner: Client, from: string): Promise<string[]> {
  const compressed = await one(owner, 'SHOW wal_compression');
  expect(compressed).toBe('off'); // or the search would find nothing whatever is there
  const { rows } = await owner.query<{ name: string }>(
    `SELECT name FROM pg_ls_waldir() WHERE name >= pg_walfile_name($1) AND name <= pg_walfile_name(pg_current_wal_lsn())`,
    [from],
  );
  return rows.map(({ name }) => `pg_wal/${name}`);
}

/** Which words are in the bytes of any of these files; the server searches, so that it may be anywhere. */
async function hitsIn(
  owner: Client,
  files: readonly string[],
  words: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const file of files) {
    const { rows } = await owner.query<{ word: string }>(
      `SELECT word FROM (SELECT pg_read_binary_file($1, true) AS bytes OFFSET 0) f, unnest($2::text[]) AS word
       WHERE position(convert_to(word, 'UTF8') IN f.bytes) > 0 OR position(convert_to(lower(word), 'UTF8') IN f.bytes) > 0`,
      [file, words],
    );
    for (const { word } of rows) found.add(word);
  }
  return found;
}
