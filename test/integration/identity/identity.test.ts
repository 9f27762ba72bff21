import { systemContext } from '../../../src/platform/events';
import { Database } from '../../../src/platform/database';
import type { Context, TenantRef } from '../../../src/platform/context';
import type { AppError } from '../../../src/platform/errors';
import { MessageSender } from '../../../src/platform/messaging';
import { OpenOperatorAccount } from '../../../src/identity';
import { ConfirmSignInCode } from '../../../src/identity/one-time-codes/confirm-sign-in-code';
import { RequestSignInCode } from '../../../src/identity/one-time-codes/request-sign-in-code';
import { Catalogue, ConfigureTenant } from '../../../src/tenancy';
import { testService, type TestService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'bd');
}, 120_000);
afterEach(() => jest.restoreAllMocks());
afterAll(() => service.stop());

const inTenant = <Row>(of: TenantRef, sql: string): Promise<Row[]> =>
  service.app.get(Database).read(service.contextOf(of), work => work.query<Row>(sql));

const onPlatform = <Row>(sql: string): Promise<Row[]> =>
  service.app.get(Database).writePlatform(work => work.query<Row>(sql));

const REQUEST = `mutation ($phone: String!) { requestSignInCode(phone: $phone) { requestId } }`;
const CONFIRM = `mutation ($input: ConfirmSignInCodeInput!) { confirmSignInCode(input: $input) { token } }`;

describe('a one-time code', () => {
  it('signs in once, even when it is sent in twice at the same moment', async () => {
    const asked = await service.graphql(REQUEST, { phone: '01711000001' }, { tenant: 'aa' });
    const [message] = await inTenant<{ text: string }>(
      tenant,
      `SELECT text FROM sandbox_message WHERE receiver = '+8801711000001'`,
    );
    const code = /\d{6}/.exec(message!.text)![0];
    const input = { requestId: asked.data.requestSignInCode.requestId, code };

    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => service.graphql(CONFIRM, { input }, { tenant: 'aa' })),
    );

    expect(answers.filter(answer => !answer.errors)).toHaveLength(1);
  });

  it('is not believed after five wrong guesses, although it is right and was sent again', async () => {
    const wrong = { requestId: '', code: 'nothing' };
    const asked = await service.graphql(REQUEST, { phone: '01711000002' }, { tenant: 'aa' });
    const again = await service.graphql(REQUEST, { phone: '01711000002' }, { tenant: 'aa' });
    const first = { ...wrong, requestId: asked.data.requestSignInCode.requestId };
    await Promise.all(
      [1, 2, 3, 4, 5].map(() => service.graphql(CONFIRM, { input: first }, { tenant: 'aa' })),
    );
    const [message] = await inTenant<{ text: string }>(
      tenant,
      `SELECT text FROM sandbox_message WHERE receiver = '+8801711000002' ORDER BY id DESC LIMIT 1`,
    );
    const right = {
      requestId: again.data.requestSignInCode.requestId,
      code: /\d{6}/.exec(message!.text)![0],
    };

    const answer = await service.graphql(CONFIRM, { input: right }, { tenant: 'aa' });

    expect(answer.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is good for five minutes, in the country that sent it, and is in the trail', async () => {
    const elsewhere = await service.provision('cc');
    const begun = new Date();
    const at = (minutes: number) => ({ now: () => new Date(begun.getTime() + minutes * 60_000) });
    const phone = '01711000016';
    const { requestId } = await service.app
      .get(RequestSignInCode)
      .run(service.contextOf(tenant, at(0)), { phone, channel: 'SMS' });
    const [message] = await inTenant<{ text: string }>(
      tenant,
      `SELECT text FROM sandbox_message WHERE receiver = '+8801711000016'`,
    );
    const input = { requestId, code: /\d{6}/.exec(message!.text)![0] };
    const confirming = (ctx: Context) =>
      service.app
        .get(ConfirmSignInCode)
        .run(ctx, input)
        .then(
          () => 'in',
          (error: AppError) => error.code,
        );

    const answers = [
      await confirming(service.contextOf(elsewhere, at(1))),
      await confirming(service.contextOf(tenant, at(5.1))),
      await confirming(service.contextOf(tenant, at(4.9))),
    ];

    expect(answers).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'in']);
    const entries = await inTenant(
      tenant,
      `SELECT 1 FROM audit_entry e JOIN sign_in s ON s.account_id::text = e.actor_id::text
       WHERE e.action = 'identity.sign-in' AND s.account_kind = 'citizen'`,
    );
    expect(entries.length).toBeGreaterThan(0);
  });
});

describe('the codes for one number', () => {
  const asking = (phone: string) => service.graphql(REQUEST, { phone }, { tenant: 'aa' });

  it('are five, however many are asked for at one moment and however it is written', async () => {
    const spellings = ['01711000005', '+880 1711-000005', '+8801711000005', '01711 000 005'];

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, one) => asking(spellings[one % spellings.length]!)),
    );

    const sent = await inTenant(tenant, `SELECT 1 FROM sandbox_message WHERE receiver = '+8801711000005'`);
    const refused = answers.filter(({ errors }) => errors);
    expect(sent).toHaveLength(5);
    expect(refused.map(({ errors }) => errors![0]!.extensions.code)).toEqual(Array(7).fill('RATE_LIMITED'));
  });

  it('are answered alike whether or not the number has an account', async () => {
    const asked = await asking('01711000006');
    const [message] = await inTenant<{ text: string }>(
      tenant,
      `SELECT text FROM sandbox_message WHERE receiver = '+8801711000006'`,
    );
    const { requestId } = asked.data.requestSignInCode;
    const input = { requestId, code: /\d{6}/.exec(message!.text)![0] };
    const signedIn = await service.graphql(CONFIRM, { input }, { tenant: 'aa' });

    const [first, second] = [await asking('01711000006'), await asking('01711000009')];

    expect(signedIn.errors).toBeUndefined();
    expect([first.status, Object.keys(first.data)]).toEqual([second.status, Object.keys(second.data)]);
    expect(first.errors).toEqual(second.errors);
  });
});

describe('the first administrator of a country', () => {
  it('is invited in the end when the message could not be sent at first', async () => {
    jest
      .spyOn(service.app.get(MessageSender), 'send')
      .mockRejectedValueOnce(new Error('the gateway is away'));
    const bb = await service.provision('bb');
    await onPlatform(`UPDATE outbox_event SET next_attempt_at = now() WHERE delivered_at IS NULL`);

    await service.carryFacts();

    const sent = await inTenant(bb, `SELECT 1 FROM sandbox_message WHERE receiver = 'admin@bb.example'`);
    const grants = await inTenant(bb, `SELECT role FROM role_grant ORDER BY role`);
    expect(sent).toHaveLength(1);
    expect(grants).toEqual([{ role: 'configuration-admin' }, { role: 'user-admin' }]);
  });
});

describe('a platform operator', () => {
  it('stays who she is when her password is set anew, and both are in the trail', async () => {
    const open = (password: string): Promise<void> =>
      service.app
        .get(OpenOperatorAccount)
        .run(systemContext(null), { email: 'op@service.example', name: 'Op', password });
    await open('a first long password');
    const [before] = await onPlatform<{ id: string }>(`SELECT id FROM operator_account`);

    await open('another long password');

    const [after] = await onPlatform<{ id: string }>(`SELECT id FROM operator_account`);
    const trail = await onPlatform<{ action: string; resource_id: string }>(
      `SELECT action, resource_id FROM audit_entry WHERE resource_type = 'operator' ORDER BY id`,
    );
    expect(after).toEqual(before);
    expect(trail).toEqual([
      { action: 'operator.open', resource_id: before!.id },
      { action: 'operator.reset', resource_id: before!.id },
    ]);
  });
});

describe('a country already configured', () => {
  it('is left alone by a publication that still takes it for merely provisioned', async () => {
    const stale = service.contextOf({ ...tenant, state: 'PROVISIONED' });

    await service.app.get(ConfigureTenant).run(stale);

    const known = await service.app.get(Catalogue).byCode('aa');
    expect(known!.state).toBe('CONFIGURED');
  });
});

describe('a request whose country cannot be looked up', () => {
  it('is told that something went wrong and never what the database said', async () => {
    jest
      .spyOn(service.app.get(Catalogue), 'byCode')
      .mockRejectedValue(new Error('connect ECONNREFUSED 10.1.2.3'));

    const answer = await service.graphql(`{ me { kind } }`, {}, { tenant: 'aa' });

    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.errors)).not.toContain('10.1.2.3');
    expect(answer.errors![0]!.extensions).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      reference: expect.any(String),
    });
  });
});
