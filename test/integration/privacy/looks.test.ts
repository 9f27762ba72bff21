import { TOTP } from 'otpauth';
import { newId } from '../../../src/common';
import { hashPassword } from '../../../src/identity/accounts/passwords';
import type { TenantRef } from '../../../src/platform/context';
import { addFacility, write } from '../../harness/worlds/clinic';
import {
  atFacility,
  type Caller,
  type GraphqlAnswer,
  testService,
  type TestService,
} from '../../harness/service';

const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) { personId } }`;
const PERSON = `query ($id: ID!, $facilityId: ID) { person(id: $id, facilityId: $facilityId) { id } }`;
const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) {
  __typename ... on Person { id } } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signInStaff(input: $input) { token } }`;
const STEP_UP = `mutation ($code: String!) { stepUp(code: $code) }`;
const PASSWORD = 'a long enough password';
/** More people than one member of staff is shown in a day without more ado, which is fifty. */
const PEOPLE = 60;
/** Looks of one moment, so many that the last of the fifty is shown among some that are not. */
const AT_ONCE = 12;

describe('the session of a clinic that somebody stole', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let thief: Caller;
  let secret: string;
  /** What the thief knows of each: a phone and a number of a card. */
  const known = Array.from({ length: PEOPLE }, (_, one) => ({
    phone: `0171${String(2_000_000 + one)}`,
    identifier: { type: 'nid', value: String(7_100_000_000 + one) },
  }));

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    facilityId = (await addFacility(service, tenant)).id;
    const registrar: Caller = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, [atFacility('registrar', facilityId)]),
      purpose: 'registration',
    };
    for (const [one, facts] of known.entries()) {
      const input = {
        name: `${wordOf(one)} ${wordOf(one + PEOPLE)}`,
        birthDate: `19${String(10 + one).padStart(2, '0')}-0${1 + (one % 9)}-11`,
        sex: 'female',
        consents: [{ purpose: 'vaccination-record', version: '1' }],
        phone: facts.phone,
        identifiers: [facts.identifier],
        facilityId,
        language: 'en',
        idempotencyKey: newId(),
      };
      const { data } = await service.graphql(REGISTER, { input }, registrar);
      expect(data.registerPerson.__typename).toBe('Person');
    }
    await account('dpo@aa.example', 'data-protection-officer', null);
    await account('clinic@aa.example', 'registrar', facilityId);
    const input = { email: 'clinic@aa.example', password: PASSWORD };
    const { data } = await service.graphql(SIGN_IN, { input }, { tenant: 'aa' });
    thief = { tenant: 'aa', token: data.signInStaff.token as string, purpose: 'registration' };
    const begun = await service.graphql(`mutation { beginAuthenticator { secret } }`, {}, thief);
    secret = begun.data.beginAuthenticator.secret as string;
    const code = new TOTP({ secret }).generate();
    await service.graphql(`mutation ($code: String!) { setUpAuthenticator(code: $code) { recoveryCodes } }`, { code }, thief); // prettier-ignore
  }, 240_000);
  afterAll(() => service.stop());

  async function account(email: string, role: string, at: string | null): Promise<void> {
    const id = newId();
    await write(
      service,
      tenant,
      `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
       VALUES ($1, $2, 'Somebody', 'ACTIVE', $3, now())`,
      [id, email, await hashPassword(PASSWORD)],
    );
    await write(
      service,
      tenant,
      `INSERT INTO role_grant (id, staff_id, role, reach_kind, reach_id, granted_at) VALUES ($1, $2, $3, $4, $5, now())`,
      [newId(), id, role, at ? 'facility' : 'country', at],
    );
  }
  const shownIn = ({ data }: GraphqlAnswer): string[] =>
    ((data?.findPersons ?? []) as { personId: string }[]).map(({ personId }) => personId);
  const codesOf = ({ errors }: GraphqlAnswer): string[] =>
    (errors ?? []).map(({ extensions }) => extensions.code);
  const trail = (action: string) =>
    write<{ person_id: string | null }>(
      service,
      tenant,
      `SELECT person_id FROM audit_entry WHERE action = $1 AND actor_id = (
         SELECT id::text FROM staff_account WHERE email = 'clinic@aa.example')`,
      [action],
    );

  it('shows fifty people and no more, keeps every look in the trail, and is told of at once, once', async () => {
    const answers: GraphqlAnswer[] = [];
    for (let at = 0; at < PEOPLE; at += AT_ONCE)
      answers.push(
        ...(await Promise.all(
          known
            .slice(at, at + AT_ONCE)
            .map(facts => service.graphql(FIND, { input: { facilityId, ...facts } }, thief)),
        )),
      );
    await service.carryFacts();

    const shown = new Set(answers.flatMap(shownIn));
    const looked = new Set((await trail('person.find')).map(({ person_id }) => person_id));
    const told = await write(
      service,
      tenant,
      `SELECT 1 FROM sandbox_message WHERE receiver = 'dpo@aa.example' AND text LIKE '%' || $1 || ' for more persons%'`,
      [facilityId],
    );
    expect(shown.size).toBe(50);
    expect(looked).toEqual(shown);
    expect(answers.flatMap(codesOf)).toEqual(Array<string>(PEOPLE - 50).fill('STEP_UP_NEEDED'));
    expect(await trail('person.not-shown')).toHaveLength(PEOPLE - 50);
    expect(told).toHaveLength(1);
  });

  it('still opens those whom it was shown, and nobody else', async () => {
    const rows = await write<{ id: string; seen: boolean }>(
      service,
      tenant,
      `SELECT p.person_id AS id, EXISTS (SELECT 1 FROM person_look l WHERE l.person_id = p.person_id) AS seen
       FROM person p ORDER BY seen DESC, id`,
    );
    const open = async (id: string) => codesOf(await service.graphql(PERSON, { id, facilityId }, thief));

    expect(await open(rows[0]!.id)).toEqual([]);
    expect(await open(rows.at(-1)!.id)).toEqual(['STEP_UP_NEEDED']);
  });

  it('is helped by a second factor, which the thief has not, and by no other code', async () => {
    const wrong = await service.graphql(STEP_UP, { code: '000 000' }, thief);
    const code = new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 });
    const right = await service.graphql(STEP_UP, { code }, thief);
    const after = await service.graphql(FIND, { input: { facilityId, ...known.at(-1)! } }, thief);

    expect(codesOf(wrong)).toEqual(['UNAUTHENTICATED']);
    expect(right.errors).toBeUndefined();
    expect(shownIn(after)).toHaveLength(1);
  });

  it('is stopped until tomorrow at the number that no pair of hands needs', async () => {
    await write(
      service,
      tenant,
      `UPDATE person_look_count SET persons = 300 WHERE staff_id = (
         SELECT id::text FROM staff_account WHERE email = 'clinic@aa.example')`,
    );
    const unseen = await write<{ n: number }>(
      service,
      tenant,
      `SELECT count(*)::int AS n FROM person p WHERE NOT EXISTS (
         SELECT 1 FROM person_look l WHERE l.person_id = p.person_id)`,
    );

    const answers = [];
    for (const facts of known)
      answers.push(await service.graphql(FIND, { input: { facilityId, ...facts } }, thief));

    expect(answers.flatMap(codesOf)).toEqual(Array<string>(unseen[0]!.n).fill('RATE_LIMITED'));
  });
});

/** A word for each number, none like another. */
function wordOf(number: number): string {
  const syllables = ['ba', 'ke', 'lo', 'mi', 'nu', 'ra', 'se', 'ti', 'vo', 'zu'];
  const digits = [...String(number * 7919 + 104_729)].map(Number);
  return digits.map((digit, at) => syllables[(digit + at) % 10]).join('');
}
