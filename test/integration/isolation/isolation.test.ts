import { request } from 'node:http';
import { inflateSync } from 'node:zlib';
import { fromBase45 } from '../../../src/codecs/hcert/base45';
import { STAFF_ROLES } from '../../../src/platform/access';
import { Catalogue } from '../../../src/tenancy';
import {
  atFacility,
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';
import { figure } from '../../harness/run/figures';
import { onServer } from '../../harness/run/database';
import { Draws } from './draws';
import { inhabit, type Inhabited } from './inhabit';
import { type Operation, operationsOf } from './operations';
import { digestsOf, Known, tablesOf, textsIn, UUID } from './rows';
import { again, missingInstead, reachingFor } from './strangers';
import type { Variables } from './variables';

/** In every text that somebody wrote in bb, and nowhere else. */
const MARKER = 'Quibbledon';
/** The tables of a country that was lived in which have no rows; whoever adds a table lives in it too (`inhabit`). */
const EMPTY = ['dose_extract_cell', 'person_not_same'];
const HOST = 'bb.example';
const draws = new Draws();
/** TIKASETU_FUZZ_REQUESTS=20000 (npm run conformance:security): so many calls in all, at the least. */
const FUZZ = Number(process.env.TIKASETU_FUZZ_REQUESTS ?? 0);
/** Callers who reach for bb, of whom each has her share of them. */
const REACHES = 6;
/** For a round over all operations, three calls of each, when the machine has much else to do. */
const PATIENCE = 600_000 + FUZZ * 100;

describe(`what aa’s callers reach of bb (TIKASETU_TEST_SEED=${draws.seed})`, () => {
  let service: TestService;
  let operations: Operation[];
  let aa: Inhabited;
  let bb: Inhabited;
  let theirs: Known;
  /** Every text stored in bb that is in no row of aa, and what nobody has sent in a call is not to be seen in aa. */
  let secrets: Set<string>;
  let before: Record<string, string>;

  beforeAll(async () => {
    service = await testService();
    operations = operationsOf(service);
    const [home, there] = [await service.country('aa', 'gh'), await service.country('bb', 'bd')];
    await onServer(service.database.url, owner =>
      owner.query(`UPDATE platform.tenant SET hosts = ARRAY[$1] WHERE code = 'bb'`, [HOST]),
    );
    service.app.get(Catalogue).forget();
    aa = await inhabit(service, home, operations, 'Homely');
    bb = await inhabit(service, there, operations, MARKER, { capitals: true });
    const [ours, tables] = [await tablesOf(service, 'tenant_aa'), await tablesOf(service, 'tenant_bb')];
    const cursors = await cursorsOf(bb);
    theirs = new Known(tables, MARKER, { after: cursors, token: bb.secrets, code: bb.secrets });
    const known = new Set([...ours.values()].flatMap(rows => [...textsIn(rows)]));
    secrets = new Set(
      [...tables.values()].flatMap(rows => [...textsIn(rows)]).filter(text => !known.has(text)),
    );
    before = await digestsOf(service, 'tenant_bb');
  }, 600_000);
  afterAll(async () => {
    const { calls, met } = reached;
    figure(
      'adversarial requests',
      `${calls} over ${operations.length} of ${operations.length} operations; ${met} times a foreign id beside a missing one`,
      calls >= 20_000,
    );
    await service.stop();
  });

  const send = (operation: Operation, variables: Variables, as: Caller) =>
    service.graphql(operation.document, variables, as);

  /** Cursors that bb gave out: pages of one row, for everything that bb was asked about. */
  async function cursorsOf(there: Inhabited): Promise<string[]> {
    const paged = operations.filter(({ args }) => args.some(({ name }) => name === 'after'));
    const cursors: string[] = [];
    for (const operation of paged) {
      const made = there.made.find(({ operation: name }) => name === operation.name);
      const { data } = await send(operation, { ...made?.variables, first: 1 }, there[made?.by ?? 'staff']);
      if (data?.[operation.name]?.endCursor) cursors.push(data[operation.name].endCursor as string);
    }
    return cursors;
  }

  /** More people than anybody may be shown in a day are asked for here: what is looked at is the wall, not the quota. */
  const forgetLooks = () =>
    onServer(service.database.url, owner => owner.query(`DELETE FROM tenant_aa.person_look_count`));

  /** Calls in all, and of how many a foreign id was compared with a missing one. */
  const reached = { calls: 0, met: 0 };
  const sent = new Set<string>();
  const wasSent = (text: string): boolean => sent.has(text) || [...sent].some(said => said.includes(text));
  /** What an answer shows of bb that the callers of aa did not say themselves. */
  const seenOf = (answer: GraphqlAnswer): string[] => {
    const texts = [...textsIn(answer)];
    const ids = texts.flatMap(text => text.match(UUID) ?? []);
    const stored = [...texts, ...ids].filter(text => text.length > 5 && secrets.has(text) && !wasSent(text));
    return [...stored, ...texts.filter(text => text.includes(MARKER))];
  };

  /** Calls every operation as somebody of aa, reaching for bb; says where the wall was not whole. */
  async function reach(as: Caller, rounds = 1): Promise<{ faults: string[]; met: number }> {
    const faults: string[] = [];
    let [calls, met] = [0, 0];
    // A genuine certificate of bb’s says what is written in it to whoever holds it: it has a test of its own.
    const there = bb.made.filter(({ operation }) => operation !== 'verifyCertificate');
    const calling = { home: aa.made, there, marker: MARKER };
    for (let round = 0; round < rounds || calls < FUZZ / REACHES; round++)
      for (const operation of draws.shuffled(operations)) {
        const variables = reachingFor(theirs, operation, draws, calling);
        for (const text of textsIn(variables)) sent.add(text);
        const tell = (what: string): number =>
          faults.push(`${operation.name} ${JSON.stringify(variables)}: ${what}`);
        const answers: GraphqlAnswer[] = [];
        const ask = async (asked: Variables): Promise<string> => {
          const answer = await send(operation, again(asked), as);
          answers.push(answer);
          return faceless(answer);
        };
        // A fresh day for each: where the country allows a single look, the first of the two would use it up.
        const anew = async (asked: Variables): Promise<string> => {
          await forgetLooks();
          return ask(asked);
        };
        // Looking at the trail makes it longer: a page of it that is another each time, with the same codes, tells nothing.
        const isSteady = async (asked: Variables): Promise<boolean> => {
          if (operation.name !== 'auditTrail') return true;
          const once = await anew(asked);
          const twice = await anew(asked);
          return once === twice || new Set(answers.slice(-4).map(answer => codesOf(answer).join())).size > 1;
        };
        await ask(variables); // what it changes at home, it changes now
        await forgetLooks();
        const missing = missingInstead(theirs, variables);
        if (JSON.stringify(missing) !== JSON.stringify(variables)) {
          met++;
          const [one, other] = [await ask(missing), await ask(variables)];
          if (one !== other && (await anew(missing)) !== (await anew(variables)) && (await isSteady(missing)))
            tell(`a foreign id is told from a missing one: ${other} but ${one}`);
        }
        calls += answers.length;
        for (const answer of answers) {
          for (const seen of seenOf(answer)) tell(`shows ${seen}`);
          if (codesOf(answer).includes('INTERNAL_SERVER_ERROR')) tell('INTERNAL_SERVER_ERROR');
        }
      }
    reached.calls += calls;
    reached.met += met;
    return { faults: [...new Set(faults)], met };
  }

  const unchanged = async (): Promise<void> => expect(await digestsOf(service, 'tenant_bb')).toEqual(before);

  it('is looked for in every table, and seen by bb’s own', async () => {
    const empty = [...(await tablesOf(service, 'tenant_bb'))].filter(([, rows]) => rows.length === 0);
    const seen = new Set<string>();
    for (const { operation: name, by, variables } of bb.made.filter(({ operation: made }) => isQuery(made))) {
      const answer = await send(
        operations.find(operation => operation.name === name)!,
        variables,
        bb[by],
      );
      if (seenOf(answer).length > 0) seen.add(name);
    }
    before = await digestsOf(service, 'tenant_bb'); // bb’s own reads are in bb’s own audit

    expect(empty.map(([table]) => table)).toEqual(EMPTY);
    expect([...seen]).toEqual(
      expect.arrayContaining(['person', 'facility', 'stock', 'vaccinations', 'staff', 'auditTrail']),
    );
  });

  it(
    'is nothing for staff who hold every role in aa',
    async () => {
      const { faults, met } = await reach(aa.staff, 2);

      expect(faults).toEqual([]);
      expect(met).toBeGreaterThan(50);
      await unchanged();
    },
    PATIENCE,
  );

  it(
    'is nothing for staff who hold one role in aa, whichever',
    async () => {
      const role = draws.one(STAFF_ROLES);
      const token = await service.tokenFor(aa.tenant, [country(role)]);

      const { faults } = await reach({ ...aa.staff, token });

      expect({ role, faults }).toEqual({ role, faults: [] });
      await unchanged();
    },
    PATIENCE,
  );

  it(
    'is nothing for staff whose roles in aa name bb’s facilities',
    async () => {
      const places = theirs.called('facilityId');
      for (const place of places) sent.add(place); // in the token itself: `me` may say them back
      const token = await service.tokenFor(
        aa.tenant,
        STAFF_ROLES.flatMap(role => places.map(id => atFacility(role, id))).slice(0, 60),
      );

      const { faults } = await reach({ ...aa.staff, token });

      expect(faults).toEqual([]);
      await unchanged();
    },
    PATIENCE,
  );

  it(
    'is nothing for a citizen of aa',
    async () => {
      const { faults } = await reach(aa.citizen);

      expect(faults).toEqual([]);
      await unchanged();
    },
    PATIENCE,
  );

  it(
    'is nothing for a citizen of aa whose account has the id of one of bb’s',
    async () => {
      const id = draws.one(theirs.called('accountId'));
      sent.add(id); // in the token itself: `me` may say it back
      const token = await service.tokenFor(
        aa.tenant,
        [{ role: 'citizen', reach: { kind: 'self', id } }],
        'citizen',
        id,
      );

      const { faults } = await reach({ ...aa.citizen, token });

      expect(faults).toEqual([]);
      await unchanged();
    },
    PATIENCE,
  );

  it(
    'is nothing for somebody who has not signed in',
    async () => {
      const { faults } = await reach(aa.anonymous);

      expect(faults).toEqual([]);
      await unchanged();
    },
    PATIENCE,
  );

  it('is nothing for the signatory of aa, to whom bb is as missing as a country that is not there', async () => {
    const token = await service.tokenFor(
      null,
      [{ role: 'signatory', reach: { kind: 'self', id: 'aa' } }],
      'signatory',
    );
    const ask = async (name: string, variables: Variables) =>
      faceless(
        await send(
          operations.find(operation => operation.name === name)!,
          variables,
          { token },
        ),
      );

    const [foreign, missing] = [await ask('tenant', { code: 'bb' }), await ask('tenant', { code: 'zz' })];
    const { data } = await service.graphql('{ tenants { code } }', {}, { token });

    expect(foreign).toBe(missing);
    expect(data.tenants).toEqual([{ code: 'aa' }]);
  });

  it.each([
    ['bb’s staff at aa', () => ({ ...bb.staff, tenant: 'aa' })],
    ['bb’s citizen at aa', () => ({ ...bb.citizen, tenant: 'aa' })],
    ['aa’s staff at bb', () => ({ ...aa.staff, tenant: 'bb' })],
    ['aa’s citizen at bb', () => ({ ...aa.citizen, tenant: 'bb' })],
  ])('is nothing with the token of one country at another: %s', async (_who, caller) => {
    for (const operation of operations) {
      const made = bb.made.find(({ operation: name }) => name === operation.name);
      const answer = await send(operation, made?.variables ?? {}, caller());
      expect({ operation: operation.name, codes: codesOf(answer), data: answer.data ?? null }).toEqual({
        operation: operation.name,
        codes: ['UNAUTHENTICATED'],
        data: null,
      });
    }
    await unchanged();
  });

  it('is nothing with aa’s token at bb’s own address', async () => {
    for (const operation of operations) {
      const made = bb.made.find(({ operation: name }) => name === operation.name);
      const answer = await atHost(service, HOST, operation.document, made?.variables ?? {}, aa.staff.token!);
      expect({ operation: operation.name, codes: codesOf(answer), data: answer.data ?? null }).toEqual({
        operation: operation.name,
        codes: ['UNAUTHENTICATED'],
        data: null,
      });
    }
    await unchanged();
  });

  it('is, of a certificate that its holder shows, what is written in it and nothing else', async () => {
    const verify = operations.find(({ name }) => name === 'verifyCertificate')!;
    const here = await send(verify, { code: bb.certificate }, { ...aa.anonymous, language: 'en' });
    const there = await send(verify, { code: bb.certificate }, { ...bb.anonymous, language: 'en' });

    expect(here.errors).toBeUndefined();
    expect(here.data).toEqual(there.data);
    const written = inflateSync(fromBase45(bb.certificate.slice('HC1:'.length))).toString('utf8');
    expect(seenOf(here)).not.toEqual([]);
    expect(seenOf(here).filter(text => !written.includes(text))).toEqual([]);
  });

  const isQuery = (name: string): boolean =>
    operations.some(operation => operation.name === name && operation.kind === 'query');
});

const codesOf = (answer: GraphqlAnswer): string[] =>
  (answer.errors ?? []).map(error => error.extensions.code);

/** An answer without what is its own each time: ids, instants, references. */
const faceless = ({ data, errors, status }: GraphqlAnswer): string =>
  JSON.stringify({
    status,
    data,
    errors: errors?.map(({ message, path, extensions }) => ({ message, path, extensions })),
  })
    .replaceAll(UUID, 'an id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'an instant')
    .replaceAll(/\\"[xy]\\":\\"[\w-]{43}\\"/g, 'of a new key')
    .replaceAll(/"reference":"[0-9a-f]{32}"/g, '"reference":"…"');

/** One operation sent to a country's own host name, without X-Tenant. */
function atHost(
  service: TestService,
  host: string,
  query: string,
  variables: Variables,
  token: string,
): Promise<GraphqlAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { host, 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const asked = request(`${service.url}/graphql`, { method: 'POST', headers }, answer => {
      let body = '';
      answer.on('data', chunk => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, ...JSON.parse(body) }));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify({ query, variables }));
  });
}
