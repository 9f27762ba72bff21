import { newId } from '../../../src/common';
import { CodeBudgetSetting } from '../../../src/identity/one-time-codes/code-budget-setting';
import { networkOf } from '../../../src/common';
import { RequestSignInCode } from '../../../src/identity/one-time-codes/request-sign-in-code';
import { CountryWords } from '../../../src/localisation';
import type { TenantRef } from '../../../src/platform/context';
import { UnitOfWork } from '../../../src/platform/database';
import type { AppError } from '../../../src/platform/errors';
import { write } from '../../harness/worlds/clinic';
import { figure } from '../../harness/run/figures';
import {
  type Caller,
  country,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';
import { Draws } from '../isolation/draws';

const draws = new Draws();
const whole = (least: number, most: number): number => least + draws.below(most - least + 1);
const ASK = `mutation ($phone: String!) { requestSignInCode(phone: $phone) { requestId } }`;
const CALL = `mutation ($phone: String!) { requestSignInCode(phone: $phone, channel: VOICE) { requestId } }`;
const GUESS = `mutation ($input: ConfirmSignInCodeInput!) { confirmSignInCode(input: $input) { token } }`;
const BUDGET = `mutation ($input: SetSignInCodeBudgetInput!) { setSignInCodeBudget(input: $input) { spentToday } }`;

/** From where somebody asks. */
interface From {
  address: string;
  device?: string;
}

describe(`one-time codes (TIKASETU_TEST_SEED=${draws.seed})`, () => {
  let service: TestService;
  let aa: TenantRef;
  let admin: Caller;
  let phones = 1_712_000_000;

  beforeAll(async () => {
    service = await testService({ TIKASETU_TRUSTED_PROXIES: '1' });
    aa = await service.country('aa', 'bd');
    admin = { tenant: 'aa', token: await service.tokenFor(aa, [country('configuration-admin')]) };
  }, 240_000);
  afterAll(() => service.stop());

  /** A number that nobody has used yet, as people write it. */
  const anyPhone = (): string => `0${++phones}`;
  const byte = (): number => whole(0, 255);
  const anywhere = (): From => ({ address: `${whole(11, 99)}.${byte()}.${byte()}.${byte()}` });
  const send = async (query: string, variables: object, from: From = anywhere()): Promise<GraphqlAnswer> => {
    const answer = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-tenant': 'aa',
        'x-forwarded-for': from.address,
        'user-agent': from.device ?? 'a browser',
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: answer.status, ...((await answer.json()) as Omit<GraphqlAnswer, 'status'>) };
  };
  const codesOf = ({ errors }: GraphqlAnswer): string[] =>
    (errors ?? []).map(({ extensions }) => extensions.code);
  const ask = async (phone: string): Promise<string> => {
    const answer = await send(ASK, { phone });
    expect(answer.errors).toBeUndefined();
    return answer.data.requestSignInCode.requestId as string;
  };
  const sentTo = (phone: string) =>
    write<{ text: string; channel: string }>(
      service,
      aa,
      `SELECT text, channel FROM sandbox_message WHERE receiver = $1 ORDER BY id`,
      [`+880${phone.slice(1)}`],
    );
  const lastCode = async (phone: string): Promise<string> =>
    /\d{6}/.exec((await sentTo(phone)).at(-1)!.text)![0];
  const wrongFor = (code: string): string =>
    String((Number(code) + whole(1, 999_999)) % 1_000_000).padStart(6, '0');

  describe('are guessed five times at the most', () => {
    /** One attack: guesses at one number by all tricks, then the right code. How many guesses there were, and what came. */
    async function attack(): Promise<{ guesses: number; answer: GraphqlAnswer }> {
      const phone = anyPhone();
      const requests = [await ask(phone)];
      const most = whole(1, 8);
      let guesses = 0;
      const wrong = async () => ({
        requestId: draws.one(requests),
        code: wrongFor(await lastCode(phone)),
      });
      const tricks: (() => Promise<void>)[] = [
        async () => {
          await send(GUESS, { input: await wrong() });
          guesses += 1;
        },
        async () => {
          const inputs = await Promise.all(Array.from({ length: Math.min(3, most - guesses) }, wrong));
          await Promise.all(inputs.map(input => send(GUESS, { input })));
          guesses += inputs.length;
        },
        async () => {
          const inputs = await Promise.all(Array.from({ length: Math.min(3, most - guesses) }, wrong));
          const fields = inputs.map(
            ({ requestId, code }, one) =>
              `g${one}: confirmSignInCode(input: { requestId: "${requestId}", code: "${code}" }) { token }`,
          );
          const { data } = await send(`mutation { ${fields.join(' ')} }`, {});
          expect(data ?? null).toBeNull();
          guesses += 1; // the first that fails ends the document: what follows is not looked at
        },
        async () => {
          const input = await wrong();
          await send(GUESS, { input: { ...input, requestId: input.requestId.toUpperCase() } });
          guesses += 1;
        },
        async () => {
          const spelt = draws.one([
            phone,
            `+880 ${phone.slice(1)}`,
            `+880${phone.slice(1, 5)}-${phone.slice(5)}`,
          ]);
          const again = await send(ASK, { phone: spelt });
          if (!again.errors) requests.push(again.data.requestSignInCode.requestId as string);
        },
      ];
      while (guesses < most) await draws.one(tricks)();
      const input = { requestId: requests.at(-1), code: await lastCode(phone) };
      return { guesses, answer: await send(GUESS, { input }) };
    }

    it('whatever the trick: sent again, spelt otherwise, at one moment, in one document, from elsewhere', async () => {
      const seen = new Set<boolean>();
      for (let round = 0; round < 40; round++) {
        const { guesses, answer } = await attack();
        const isIn = !answer.errors;
        seen.add(isIn);
        expect({ guesses, isIn }).toEqual({ guesses, isIn: guesses < 5 });
      }
      const [most] = await write<{ attempts: number }>(
        service,
        aa,
        `SELECT max(attempts)::int AS attempts FROM (
           SELECT sum(attempts) AS attempts FROM sign_in_code GROUP BY phone_index) a`,
        [],
      );

      expect(seen.size).toBe(2);
      expect(most!.attempts).toBe(5);
      figure('guesses looked at for a number', `${most!.attempts} at the most, in 40 attacks`);
    });
  });

  describe('cost the same work', () => {
    /** What is known of a country is read anew now and then, whoever asks. */
    const REMEMBERED = /FROM (country_profile|tenant_language|text_override|tenant)\b/;
    const workOf = async (act: () => Promise<unknown>): Promise<string[]> => {
      const statements = jest.spyOn(UnitOfWork.prototype, 'query');
      await act();
      const seen = statements.mock.calls.map(([sql]) => sql.replace(/\s+/g, ' '));
      statements.mockRestore();
      return seen.filter(sql => !REMEMBERED.test(sql));
    };

    it('whether or not the number has an account: asked for, guessed wrong, guessed right', async () => {
      const [known, unknown] = [anyPhone(), anyPhone()];
      const first = await ask(known);
      const signedIn = await send(GUESS, { input: { requestId: first, code: await lastCode(known) } });
      const work: Record<string, string[][]> = {};

      for (const phone of [known, unknown]) {
        const did = (work[phone] = [] as string[][]);
        let requestId = '';
        did.push(await workOf(async () => (requestId = await ask(phone))));
        const code = await lastCode(phone);
        did.push(await workOf(() => send(GUESS, { input: { requestId, code: wrongFor(code) } })));
        did.push(await workOf(() => send(GUESS, { input: { requestId, code } })));
      }

      expect(signedIn.errors).toBeUndefined();
      expect(work[known]!.every(did => did.length > 1)).toBe(true);
      expect(work[known]).toEqual(work[unknown]);
    });
  });

  describe('are not sent to everybody whom one place asks for', () => {
    it('thirty to one address, and to its neighbours as many, until the network has had three hundred', async () => {
      const network = `100.${byte()}.${byte()}`;
      await write(
        service,
        aa,
        `INSERT INTO sign_in_code (id, phone_index, phone_sealed, address, network, code_hash, created_at, expires_at)
         SELECT gen_random_uuid(), sha256(n::text::bytea), '', $1 || '.' || (n % 10), $2, '', now(), now()
         FROM generate_series(1, 299) n`,
        [network, networkOf(`${network}.1`)],
      );

      const answers = [
        await send(ASK, { phone: anyPhone() }, { address: `${network}.200` }),
        await send(ASK, { phone: anyPhone() }, { address: `${network}.201` }),
      ];

      expect(answers.map(codesOf)).toEqual([[], ['RATE_LIMITED']]);
      expect(answers[1]!.errors![0]!.extensions.retryAfter).toBeGreaterThan(0);
    });
  });

  describe('cost a country no more in a day than it says', () => {
    /** Noon of a day to come, so that no test runs over midnight. */
    const noonIn = (days: number): Date => new Date(Date.UTC(2030, 0, 1 + days, 6));
    const at = (now: Date) => service.contextOf(aa, { now: () => now });
    const askAt = (now: Date): Promise<string> =>
      service.app
        .get(RequestSignInCode)
        .run(at(now), { phone: anyPhone(), channel: 'SMS' })
        .then(
          () => 'SENT',
          error => (error as AppError).code,
        );
    const set = async (input: object): Promise<void> => {
      const { errors } = await service.graphql(BUDGET, { input }, admin);
      expect(errors).toBeUndefined();
    };

    it('to the code, however many are asked for at one moment, and who answers for it is told once', async () => {
      const email = await configurator();
      await set({ priceOfText: 3, dailySpend: 3 * 7 + 2 }); // seven codes, and not the eighth

      const answers = await Promise.all(Array.from({ length: 15 }, () => askAt(noonIn(1))));
      answers.push(await askAt(noonIn(1)));
      await service.carryFacts();

      const { spentToday } = await service.app.get(CodeBudgetSetting).read(at(noonIn(1)));
      const told = await sentToAddress(email);
      expect(answers.filter(answer => answer === 'SENT')).toHaveLength(7);
      expect(answers.filter(answer => answer === 'RATE_LIMITED')).toHaveLength(9);
      expect(spentToday).toBe(21);
      expect(new Set(told.map(text => text.split(' ')[0]))).toEqual(new Set(['All', 'Most']));
      expect(told).toHaveLength(2);
    });

    it('and are sent again on the country’s next day', async () => {
      await set({ dailySpend: 1, priceOfText: 1 });

      const outcomes = [await askAt(noonIn(3)), await askAt(noonIn(3)), await askAt(noonIn(4))];

      expect(outcomes).toEqual(['SENT', 'RATE_LIMITED', 'SENT']);
    });

    it('nor more in a quarter of an hour than it says, which then is over', async () => {
      await set({ dailySpend: 1_000, priceOfText: 1, perQuarterHour: 2 });
      const minutes = (count: number): Date => new Date(noonIn(6).getTime() + count * 60_000);

      const outcomes = [];
      for (const count of [0, 1, 2, 16]) outcomes.push(await askAt(minutes(count)));

      await set({ dailySpend: 1_000_000, perQuarterHour: 50_000 });
      expect(outcomes).toEqual(['SENT', 'SENT', 'RATE_LIMITED', 'SENT']);
    });

    async function configurator(): Promise<string> {
      const id = newId();
      await write(
        service,
        aa,
        `INSERT INTO staff_account (id, email, name, state, created_at) VALUES ($1, $2, 'Somebody', 'ACTIVE', now())`,
        [id, `${id}@aa.example`],
      );
      await write(
        service,
        aa,
        `INSERT INTO role_grant (id, staff_id, role, reach_kind, granted_at)
         VALUES ($1, $2, 'configuration-admin', 'country', now())`,
        [newId(), id],
      );
      return `${id}@aa.example`;
    }
    async function sentToAddress(email: string): Promise<string[]> {
      const sql = `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`;
      return (await write<{ text: string }>(service, aa, sql, [email])).map(({ text }) => text);
    }
  });

  it('are read aloud where the country offers it, and refused where it does not', async () => {
    const phone = anyPhone();
    const refused = await send(CALL, { phone });
    await write(
      service,
      aa,
      `UPDATE country_profile SET profile = jsonb_set(profile, '{phone,codesBy}', '["VOICE"]')`,
      [],
    );
    service.app.get(CountryWords).forget(service.contextOf(aa));

    const called = await send(CALL, { phone });
    const texted = await send(ASK, { phone });

    expect([refused, called, texted].map(codesOf)).toEqual([['INVALID_INPUT'], [], ['INVALID_INPUT']]);
    expect(await sentTo(phone)).toEqual([
      { channel: 'voice', text: expect.stringMatching(/(\d, ){5}\d/) as string },
    ]);
  });
});
