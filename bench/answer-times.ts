// npm run bench:answer-times: whether an answer's time tells what the answer does not, e.g. that a number has an account.
// Both kinds are asked in turn, in random order, and compared by ranks (Mann and Whitney): by the clock, which is what a
// stranger has, and by the processor's time of the service, which a busy machine disturbs less. A stranger who is right in
// half of all pairs knows nothing. TIKASETU_SAMPLES: of each kind, 200 unless said.
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { newId } from '../src/common';
import { hashPassword } from '../src/identity/accounts/passwords';
import type { TenantRef } from '../src/platform/context';
import { addPerson, write } from '../test/harness/worlds/clinic';
import { figure } from '../test/harness/run/figures';
import { country, type TestService } from '../test/harness/service';
import { registeredPartner } from '../test/integration/isolation/callers';
import { Draws } from '../test/integration/isolation/draws';
import { median } from './doses-to-record';
import { onOwnServer, say } from './own-server';

const SAMPLES = Number(process.env.TIKASETU_SAMPLES ?? 200);
const CODE = `mutation ($phone: String!) { requestSignInCode(phone: $phone) { requestId } }`;
const GUESS = `mutation ($input: ConfirmSignInCodeInput!) { confirmSignInCode(input: $input) { token } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token } }`;
const PERSON = `query ($id: ID!) { person(id: $id) { id } }`;

/** Two things to ask that must not be told apart; each call of one of them asks for another of its kind. */
interface Pair {
  name: string;
  known: () => Promise<() => Promise<unknown>>;
  unknown: () => Promise<() => Promise<unknown>>;
}

/** What one asking cost. */
interface Cost {
  clock: number;
  processor: number;
}

const draws = new Draws();

async function main(): Promise<void> {
  const env = { TIKASETU_TRUSTED_PROXIES: '1', TIKASETU_PUBLIC_URL: 'https://tikasetu.example' };
  await onOwnServer({ settings: {}, env }, async ({ service }) => {
    const tenant = await service.country('b0', 'bd');
    const elsewhere = await service.country('b1', 'bd');
    for (const pair of await pairsOf(service, tenant, elsewhere)) {
      const { known, unknown } = await measured(pair);
      for (const by of ['clock', 'processor'] as const) {
        const { right, p } = compared(
          known.map(one => one[by]),
          unknown.map(one => one[by]),
        );
        const text = `${pair.name}, by the ${by}: right in ${(100 * right).toFixed(1)} % of pairs (p ${p.toFixed(3)})`;
        say(
          `${text}; median ${median(known.map(one => one[by])).toFixed(2)} and ${median(unknown.map(one => one[by])).toFixed(2)} ms, ${SAMPLES} of each`,
        );
        figure('answers told apart by time', text, Math.abs(right - 0.5) < 0.1);
      }
    }
  });
}

/** A few first, which count for nothing; then both kinds in random order. */
async function measured(pair: Pair): Promise<Record<'known' | 'unknown', Cost[]>> {
  const costs: Record<'known' | 'unknown', Cost[]> = { known: [], unknown: [] };
  const turns = Array.from({ length: SAMPLES }, () => ['known', 'unknown'] as const).flat();
  for (const kind of ['known', 'unknown', 'known', 'unknown'] as const) await (await pair[kind]())();
  for (const kind of draws.shuffled(turns)) {
    const ask = await pair[kind]();
    const [at, used] = [performance.now(), process.cpuUsage()];
    await ask();
    const { user, system } = process.cpuUsage(used);
    costs[kind].push({ clock: performance.now() - at, processor: (user + system) / 1000 });
  }
  return costs;
}

/** How often one of the first is above one of the second, and how likely so much is by chance (Mann and Whitney's U). */
function compared(first: readonly number[], second: readonly number[]): { right: number; p: number } {
  const above = first.reduce(
    (sum, one) => sum + second.reduce((so, other) => so + (one > other ? 1 : one === other ? 0.5 : 0), 0),
    0,
  );
  const [n, m] = [first.length, second.length];
  const z = (above - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return { right: above / (n * m), p: 2 * (1 - normal(Math.abs(z))) };
}

/** The normal distribution, by Abramowitz and Stegun 26.2.17. */
function normal(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * z);
  const series = [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_53];
  const tail = series.reduce((sum, factor) => (sum + factor) * t, 0);
  return 1 - tail * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
}

async function pairsOf(service: TestService, tenant: TenantRef, elsewhere: TenantRef): Promise<Pair[]> {
  let number = 1_712_000_000;
  const newPhone = (): string => `0${++number}`;
  let network = 0;
  const address = (): string => `100.${64 + (++network >> 8)}.${network & 255}.1`;
  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const answer = await fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { 'x-tenant': tenant.code, 'x-forwarded-for': address(), ...headers },
      body,
    });
    return JSON.parse(await answer.text()) as { data: any; errors?: object }; // oxlint-disable-line no-explicit-any -- each asking's own
  };
  const ask = (query: string, variables: object, token?: string) =>
    post('/graphql', JSON.stringify({ query, variables }), {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    });

  /** A number that signed in before. */
  const ownedPhone = async (): Promise<string> => {
    const phone = newPhone();
    const { data } = await ask(CODE, { phone });
    const [sent] = await write<{ text: string }>(
      service,
      tenant,
      `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id DESC LIMIT 1`,
      [`+880${phone.slice(1)}`],
    );
    const code = /\d{6}/.exec(sent!.text)![0];
    const { errors } = await ask(GUESS, { input: { requestId: data.requestSignInCode.requestId, code } });
    if (errors) throw new Error(JSON.stringify(errors));
    return phone;
  };
  const guessing = async (phone: string) => {
    const { data } = await ask(CODE, { phone });
    const { requestId } = data.requestSignInCode;
    return () => ask(GUESS, { input: { requestId, code: 'wrong!' } });
  };

  const passwordHash = await hashPassword('a long enough password');
  const member = async (): Promise<string> => {
    const id = newId();
    await write(
      service,
      tenant,
      `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
       VALUES ($1, $2, 'Somebody', 'ACTIVE', $3, now())`,
      [id, `${id}@b0.example`, passwordHash],
    );
    return `${id}@b0.example`;
  };
  const entering = (email: string) => () =>
    ask(SIGN_IN, { input: { email, password: 'another password 7' } });

  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const asserting = async (id: string) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: id,
      sub: id,
      aud: `https://tikasetu.example/b0`,
      jti: newId(),
      iat: now,
      exp: now + 60,
    };
    const assertion = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .sign(privateKey);
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    return () =>
      post('/b0/oauth/token', form.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  };
  const partnerId = newId();
  await registeredPartner(service, tenant, partnerId);

  const clerk = await service.tokenFor(tenant, [country('registrar')]);
  const foreign = await addPerson(service, elsewhere, '1990-01-01');

  return [
    {
      name: 'a number that has an account asks for a code',
      known: async () => {
        const phone = await ownedPhone();
        return () => ask(CODE, { phone });
      },
      unknown: async () => {
        const [phone] = [newPhone(), await ownedPhone()]; // as much is done before
        return () => ask(CODE, { phone });
      },
    },
    {
      name: 'a wrong code for a number that has an account',
      known: async () => guessing(await ownedPhone()),
      unknown: async () => {
        await ownedPhone();
        return guessing(newPhone());
      },
    },
    {
      name: 'a wrong password for an address that has an account',
      known: async () => entering(await member()),
      unknown: async () => {
        await member();
        return entering(`${newId()}@b0.example`);
      },
    },
    {
      name: 'an assertion of a partner that there is, by another key',
      known: () => asserting(partnerId),
      unknown: () => asserting(newId()),
    },
    {
      name: 'another country’s person',
      known: async () => () => ask(PERSON, { id: foreign }, clerk),
      unknown: async () => {
        const id = newId();
        return () => ask(PERSON, { id }, clerk);
      },
    },
  ];
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
