import {
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';
import { rolesFor } from '../isolation/callers';
import { inhabit, type Inhabited } from '../isolation/inhabit';
import { type Operation, operationsOf } from '../isolation/operations';
import { digestsOf } from '../isolation/rows';
import { again } from '../isolation/strangers';
import type { Variables } from '../isolation/variables';

const STEP = `mutation ($input: ChangeTenantStateInput!) { changeTenantState(input: $input) { state transitions { from to reason } } }`;
/** What somebody does to sign in, which a suspended country still lets her do, in order to read. */
const SIGNING_IN = [
  'signInStaff',
  'requestSignInCode',
  'confirmSignInCode',
  'signInOperator',
  'openTenantInvitation',
  'beginAuthenticator',
  'setUpAuthenticator',
  'confirmSecondFactor',
  'beginPasskey',
  'beginIssuerSignIn',
  'completeIssuerSignIn',
  'stepUp',
  'changePassword', // one that was found out does not wait for the country to be resumed
];
/**
 * What somebody does to sign out, or an administrator for her: a lost device does not wait for the country to be
 * resumed.
 */
const SIGNING_OUT = ['endSignIn', 'endOtherSignIns', 'signOutStaff'];
/** Mutations that change nothing: a search is one to be kept in the trail; a key that was replaced
 * or withdrawn is not so again. */
const NO_CHANGE = ['findPersons', 'rotateSigningKey', 'withdrawSigningKey'];
/** What is written while a suspended country is only read: who signed in and who looked, what came of codes sent, and what an
 * owner is told of her account. */
const WRITTEN_BY_READING = [
  'partner_use',
  'break_glass',
  'person_look',
  'person_look_count',
  'audit_entry',
  'outbox_event',
  'issuer_visit',
  'passkey_challenge',
  'sandbox_message',
  'sign_in',
  'sign_in_code',
  'sign_in_code_spend',
  'sign_in_try',
];

describe('a suspended country', () => {
  let service: TestService;
  let operations: Operation[];
  let aa: Inhabited;
  let operator: Caller;

  beforeAll(async () => {
    service = await testService();
    operations = operationsOf(service);
    aa = await inhabit(service, await service.country('aa'), operations, 'Homely');
    operator = { token: await service.tokenFor(null, [country('operator')], 'operator') };
    expect(await step('SUSPEND')).toMatchObject({ state: 'SUSPENDED' });
  }, 600_000);
  afterAll(() => service.stop());

  const stepping = (name: string): Promise<GraphqlAnswer> =>
    service.graphql(STEP, { input: { code: 'aa', step: name, reason: 'test' } }, operator);
  const step = async (name: string) => (await stepping(name)).data.changeTenantState as { state: string };
  const named = (name: string): Operation => operations.find(operation => operation.name === name)!;
  const send = (name: string, variables: Variables, as: Caller) =>
    service.graphql(named(name).document, again(variables), as);
  const codesOf = (answer: GraphqlAnswer) => (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const isOf = (kind: Operation['kind']) => aa.made.filter(({ operation }) => named(operation).kind === kind);

  it('answers every question that it answered before', async () => {
    for (const { operation, by, variables } of isOf('query')) {
      const answer = await send(operation, variables, aa[by]);
      expect({ operation, codes: codesOf(answer) }).toEqual({ operation, codes: [] });
    }
  });

  it('lets its staff sign in, and its people prove their phones', async () => {
    const signIn = aa.made.find(({ operation }) => operation === 'signInStaff')!;
    const ask = aa.made.find(({ operation }) => operation === 'requestSignInCode')!;

    const staff = await send('signInStaff', signIn.variables, aa.anonymous);
    const code = await send('requestSignInCode', ask.variables, aa.anonymous);

    expect(staff.data.signInStaff.token).toEqual(expect.any(String));
    expect(code.data.requestSignInCode.requestId).toEqual(expect.any(String));
  });

  it('refuses every change that it took before, and keeps everything as it was', async () => {
    const changes = isOf('mutation').filter(
      ({ operation }) => ![...SIGNING_IN, ...SIGNING_OUT, ...NO_CHANGE].includes(operation),
    );
    const before = await digestsOf(service, 'tenant_aa');

    const refused: Record<string, string[]> = {};
    for (const { operation, by, variables } of changes)
      refused[operation] = codesOf(await send(operation, variables, aa[by]));
    const after = await digestsOf(service, 'tenant_aa');

    expect(Object.keys(refused).length).toBeGreaterThan(20);
    expect(Object.entries(refused).filter(([, codes]) => codes.join() !== 'TENANT_READ_ONLY')).toEqual([]);
    const counted = ['partner_use']; // that a partner called, whatever came of it
    expect(
      Object.keys(after).filter(table => after[table] !== before[table] && !counted.includes(table)),
    ).toEqual([]);
  });

  it('has no operation that changes it', async () => {
    const changed = new Set<string>();
    const before = await digestsOf(service, 'tenant_aa');
    for (const { name, kind, access } of operations) {
      const roles: readonly string[] = 'permissions' in access ? rolesFor(access) : [];
      const made = aa.made.find(({ operation }) => operation === name);
      if (kind === 'mutation' && made)
        await send(name, made.variables, roles.includes('citizen') ? aa.citizen : aa.staff);
    }
    const after = await digestsOf(service, 'tenant_aa');
    for (const table of Object.keys(after)) if (after[table] !== before[table]) changed.add(table);

    expect([...changed].filter(table => !WRITTEN_BY_READING.includes(table))).toEqual([]);
  });

  it('has certificates that still verify', async () => {
    const { data } = await send('verifyCertificate', { code: aa.certificate }, { tenant: 'aa' });
    const elsewhere = await send('verifyCertificate', { code: aa.certificate }, {});

    expect(data.verifyCertificate.outcome).toBe('VALID');
    expect(elsewhere.data.verifyCertificate.outcome).toBe('VALID');
  });

  it.each(['START_PILOT', 'GO_LIVE', 'SUSPEND'])(
    'cannot take the step %s, and is told which it can',
    async name => {
      const { errors } = await stepping(name);

      expect(errors![0]!.extensions).toMatchObject({
        code: 'STATE_FORBIDS',
        params: { state: 'SUSPENDED', step: name, possible: 'RESUME, ARCHIVE' },
      });
    },
  );

  it('takes changes again once it is resumed, in the state that it was in', async () => {
    const change = aa.made.find(({ operation }) => operation === 'changeFacility')!;

    const resumed = await step('RESUME');
    const answer = await send('changeFacility', change.variables, aa.staff);

    expect(resumed).toMatchObject({ state: 'CONFIGURED' });
    expect(answer.errors).toBeUndefined();
    await step('SUSPEND');
  });

  it('stays readable once it is archived, for good', async () => {
    expect(await step('ARCHIVE')).toMatchObject({ state: 'ARCHIVED' });

    const read = await send('person', { id: aa.personId }, aa.citizen);
    const proof = await send('verifyCertificate', { code: aa.certificate }, {});
    const change = await send(
      'giveConsent',
      isOf('mutation').find(({ operation }) => operation === 'giveConsent')!.variables,
      aa.citizen,
    );
    const back = await stepping('RESUME');

    expect(read.data.person.id).toBe(aa.personId);
    expect(proof.data.verifyCertificate.outcome).toBe('VALID');
    expect(codesOf(change)).toEqual(['TENANT_READ_ONLY']);
    expect(back.errors![0]!.extensions).toMatchObject({
      code: 'STATE_FORBIDS',
      params: { state: 'ARCHIVED' },
    });
  });
});
