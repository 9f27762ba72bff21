import { newId } from '../../../src/common';
import { Database } from '../../../src/platform/database';
import type { TenantRef } from '../../../src/platform/context';
import { PersonKeys } from '../../../src/registry';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';
import { Draws } from '../isolation/draws';

let service: TestService;
let tenant: TenantRef;
let facilityId: string;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'bd');
  facilityId = await aFacility();
}, 120_000);
afterAll(() => service.stop());

const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) {
  __typename
  ... on Person { id code name birthDate birthDateText sexText relation assisted status
    identifiers { type masked } phones { masked verified } consents { purpose version given language } }
  ... on LikelySamePerson { message waysOn matches { personId maskedName birthYear identifiers { masked } } }
  ... on ConsentMissing { message purposes { code version text language } }
  ... on TooManyPeople { message limit }
} }`;

const FIND = `mutation ($input: FindPersonsInput!) { findPersons(input: $input) {
  personId maskedName birthYear identifiers { masked } score } }`;

const PERSON = `query ($id: ID!, $facilityId: ID) { person(id: $id, facilityId: $facilityId) {
  id name birthDate phones { masked verified } identifiers { masked } changes { fields reason } } }`;

const draws = new Draws();
let serial = 0;
/** A name that no other test uses, of words that are not alike. */
const aName = (): string => {
  const letters = Array.from({ length: 8 }, () => String.fromCharCode(97 + draws.below(26)));
  return `${letters.join('')} ${String.fromCharCode(65 + (serial++ % 26))}${letters.reverse().join('')}`;
};

const aPerson = (more: object = {}): Record<string, unknown> => ({
  name: aName(),
  birthDate: '2023-03-21',
  sex: 'female',
  consents: [{ purpose: 'vaccination-record', version: '1' }],
  idempotencyKey: newId(),
  ...more,
});

async function aFacility(): Promise<string> {
  const id = newId();
  await service.app.get(Database).write(service.contextOf(tenant), work =>
    work.query(
      `INSERT INTO facility (id, code, names, area_id, category, kind, services, active, created_at, changed_at)
       SELECT $1, $2, '{"en":"Ward clinic","bn":"ওয়ার্ড ক্লিনিক"}', id, 'PUBLIC', 'FIXED', '{}', true, now(), now()
       FROM area LIMIT 1`,
      [id, id.slice(-8)],
    ),
  );
  return id;
}

/** A citizen with an account of her own, which proved a phone. */
async function citizen(): Promise<Caller & { id: string; phone: string }> {
  const phone = `0171${String(1_000_000 + serial++)}`;
  const send = await service.graphql(
    `mutation ($phone: String!) { requestSignInCode(phone: $phone) { requestId } }`,
    { phone },
    { tenant: tenant.code },
  );
  const { requestId } = send.data.requestSignInCode;
  const [message] = await service.app
    .get(Database)
    .read(service.contextOf(tenant), work =>
      work.query<{ text: string }>(`SELECT text FROM sandbox_message WHERE receiver = $1`, [`+88${phone}`]),
    );
  const code = /\d{6}/.exec(message!.text)![0];
  const confirmed = await service.graphql(
    `mutation ($input: ConfirmSignInCodeInput!) { confirmSignInCode(input: $input) { token } }`,
    { input: { requestId, code } },
    { tenant: tenant.code },
  );
  const { token } = confirmed.data.confirmSignInCode;
  const me = await service.graphql(`{ me { id } }`, {}, { tenant: tenant.code, token });
  return { tenant: tenant.code, token, language: 'en', id: me.data.me.id, phone };
}

async function staff(role: string, at = facilityId): Promise<Caller> {
  const token = await service.tokenFor(tenant, [atFacility(role, at)]);
  return { tenant: tenant.code, token, language: 'en', purpose: 'vaccination' };
}

const register = async (caller: Caller, input: object) => {
  const answer = await service.graphql(REGISTER, { input }, caller);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.registerPerson;
};

const kindsOf = (answers: { __typename: string }[]): string[] =>
  answers.map(answer => String(answer.__typename)).sort((a, b) => a.localeCompare(b));

/** Who looked at a person, by action; oldest first. */
const trailOf = async (personId: string): Promise<string[]> => {
  const rows = await service.app
    .get(Database)
    .read(service.contextOf(tenant), work =>
      work.query<{ action: string }>(`SELECT action FROM audit_entry WHERE person_id = $1 ORDER BY id`, [
        personId,
      ]),
    );
  return rows.map(row => row.action);
};

describe('an attempt to register', () => {
  test('is no unwatched way to look at people: whoever is shown as likely the same is in the trail', async () => {
    const known = aPerson();
    const person = await register(await citizen(), { ...known, relation: 'SELF' });

    await register(await staff('registrar'), { ...known, facilityId, idempotencyKey: newId() });

    expect(await trailOf(person.id)).toEqual(['person.register-own', 'person.find']);
  });

  test('repeated with its key shows the person again, and the trail says so', async () => {
    const caller = await citizen();
    const input = aPerson({ relation: 'SELF' });
    const person = await register(caller, input);

    await register(caller, input);

    expect(await trailOf(person.id)).toEqual(['person.register-own', 'person.read-own']);
  });
});

describe('a citizen', () => {
  test('registers herself: her account’s phone is hers and verified, and nothing is shown whole', async () => {
    const caller = await citizen();
    const person = await register(
      caller,
      aPerson({ relation: 'SELF', identifiers: [{ type: 'nid', value: '1234567890' }] }),
    );
    expect(person).toMatchObject({
      __typename: 'Person',
      relation: 'SELF',
      birthDate: '2023-03-21',
      assisted: false,
      identifiers: [{ type: 'nid', masked: '•••••••890' }],
      phones: [{ verified: true }],
      consents: [{ purpose: 'vaccination-record', version: '1', given: true, language: 'en' }],
    });
    expect(person.code).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect(JSON.stringify(person)).not.toContain('1234567890');
    expect(JSON.stringify(person)).not.toContain(caller.phone.slice(1));
  });

  test('registers a dependant of whom only the year of birth is known, and no day is invented', async () => {
    const caller = await citizen();
    const person = await register(caller, aPerson({ relation: 'PARENT', birthDate: '1951' }));
    expect(person).toMatchObject({ birthDate: '1951', birthDateText: '1951' });
    const mine = await service.graphql(
      `{ myPeople { id relation birthDateText } }`,
      {},
      { ...caller, language: 'bn' },
    );
    expect(mine.data.myPeople).toEqual([{ id: person.id, relation: 'PARENT', birthDateText: '১৯৫১' }]);
  });

  test('is told in her language to read the text when a required consent is missing or old', async () => {
    const caller = { ...(await citizen()), language: 'bn' };
    const none = await register(caller, aPerson({ relation: 'SELF', consents: [] }));
    const old = await register(
      caller,
      aPerson({ relation: 'SELF', consents: [{ purpose: 'vaccination-record', version: '0' }] }),
    );
    expect(none).toMatchObject({
      __typename: 'ConsentMissing',
      message: 'অনুগ্রহ করে বলবৎ পাঠটি পড়ুন এবং সম্মত কি না জানান।',
      purposes: [{ code: 'vaccination-record', version: '1', language: 'bn' }],
    });
    expect(old.__typename).toBe('ConsentMissing');
  });

  test('asking twice with one key registers once', async () => {
    const caller = await citizen();
    const input = aPerson({ relation: 'SELF' });
    const [first, second] = [await register(caller, input), await register(caller, input)];
    expect(second.id).toBe(first.id);
    const other = await service.graphql(REGISTER, { input: { ...input, name: aName() } }, caller);
    expect(other.errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('may not act for more people than the country allows one account', async () => {
    const caller = await citizen();
    await setRules({ peoplePerAccount: 1 });
    try {
      await register(caller, aPerson({ relation: 'SELF' }));
      const second = await register(caller, aPerson({ relation: 'CHILD', birthDate: '2020-01-02' }));
      expect(second).toMatchObject({ __typename: 'TooManyPeople', limit: 1 });
    } finally {
      await setRules({});
    }
  });

  test('withdraws a consent that was hers to give, and not the one the record stands on', async () => {
    const caller = await citizen();
    const { id } = await register(caller, aPerson({ relation: 'SELF' }));
    const give = `mutation ($i: GiveConsentInput!) { giveConsent(input: $i) { __typename ... on Consent { given } } }`;
    const withdraw = `mutation ($i: WithdrawConsentInput!) { withdrawConsent(input: $i) {
      __typename ... on Consent { given } ... on ConsentRequired { message } } }`;
    const given = await service.graphql(
      give,
      { i: { personId: id, purpose: 'reminders', version: '1' } },
      caller,
    );
    const taken = await service.graphql(withdraw, { i: { personId: id, purpose: 'reminders' } }, caller);
    const needed = await service.graphql(
      withdraw,
      { i: { personId: id, purpose: 'vaccination-record' } },
      caller,
    );
    expect(given.data.giveConsent).toEqual({ __typename: 'Consent', given: true });
    expect(taken.data.withdrawConsent).toEqual({ __typename: 'Consent', given: false });
    expect(needed.data.withdrawConsent.__typename).toBe('ConsentRequired');
    const rows = await inTenant<{ given: boolean }>(
      `SELECT given FROM consent WHERE person_id = $1 AND purpose = 'reminders' ORDER BY consent_id`,
      [id],
    );
    expect(rows.map(row => row.given)).toEqual([true, false]);
  });

  test('cannot open somebody else’s person, and is answered as if there were none', async () => {
    const [owner, stranger] = [await citizen(), await citizen()];
    const { id } = await register(owner, aPerson({ relation: 'SELF' }));
    const foreign = await service.graphql(PERSON, { id }, stranger);
    const missing = await service.graphql(PERSON, { id: newId() }, stranger);
    expect(foreign.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(foreign.errors?.[0]?.message).toBe(missing.errors?.[0]?.message);
  });
});

describe('a person is never registered twice silently', () => {
  test('a stranger who registers her again learns no more than masked facts and a way on', async () => {
    const [owner, stranger] = [await citizen(), await citizen()];
    const input = aPerson({ relation: 'SELF', name: 'Shirin Akhter Begum', birthDate: '1990-06-05' });
    const person = await register(owner, input);
    const again = await register(stranger, { ...input, idempotencyKey: newId() });
    expect(again).toMatchObject({
      __typename: 'LikelySamePerson',
      waysOn: ['PROVE_WITH_CODE', 'ASK_STAFF'],
      matches: [{ personId: null, maskedName: 'S••• A••• B•••', birthYear: 1990, identifiers: [] }],
    });
    expect(JSON.stringify(again)).not.toContain(person.id);
  });

  test('neither another script, nor a slip in the day, nor a missing sex makes her another', async () => {
    const [owner, other] = [await citizen(), await citizen()];
    await register(
      owner,
      aPerson({ relation: 'SELF', name: 'Abdur Rahim Chowdhury', birthDate: '1984-11-23', sex: 'male' }),
    );
    const inBengali = await register(
      other,
      aPerson({ relation: 'SELF', name: 'আব্দুর রহিম চৌধুরী', birthDate: '1984-11-23', sex: 'unknown' }),
    );
    const slip = await register(
      other,
      aPerson({ relation: 'SELF', name: 'Abdur Rahim Chowdhury', birthDate: '1984-11-22', sex: 'male' }),
    );
    expect([inBengali.__typename, slip.__typename]).toEqual(['LikelySamePerson', 'LikelySamePerson']);
  });

  test('an identifier alone opens nobody’s record to a stranger', async () => {
    const [owner, stranger] = [await citizen(), await citizen()];
    const identifiers = [{ type: 'nid', value: '5544332211' }];
    await register(owner, aPerson({ relation: 'SELF', name: 'Rokeya Sultana', identifiers }));
    const guess = await register(
      stranger,
      aPerson({ relation: 'SELF', name: 'Somebody Else', birthDate: '1971-02-03', identifiers }),
    );
    expect(guess).toMatchObject({
      __typename: 'LikelySamePerson',
      matches: [],
      waysOn: ['PROVE_WITH_CODE', 'ASK_STAFF'],
    });
  });

  test('with the same identifier nobody may say that she is another', async () => {
    const identifiers = [{ type: 'nid', value: '9876543210' }];
    const caller = await staff('registrar');
    const first = await register(caller, aPerson({ facilityId, identifiers }));
    const notTheSame = { personIds: [first.id], reason: 'looked at both' };
    const second = await register(
      caller,
      aPerson({ facilityId, identifiers, birthDate: '1960-01-01', sex: 'male', notTheSame }),
    );
    expect(second).toMatchObject({ __typename: 'LikelySamePerson', waysOn: [] });
  });

  test('staff who looked at both say that they are two, and it is kept', async () => {
    const caller = await staff('registrar');
    const twin = aPerson({ facilityId, name: 'Hasina Khatun', birthDate: '2024-02-29' });
    const first = await register(caller, twin);
    const refused = await register(caller, { ...twin, idempotencyKey: newId() });
    const notTheSame = { personIds: [refused.matches[0].personId], reason: 'twins of one name' };
    const second = await register(caller, { ...twin, idempotencyKey: newId(), notTheSame });
    expect(second.__typename).toBe('Person');
    const kept = await inTenant(
      `SELECT 1 FROM person_not_same WHERE person_id = $1 AND other_person_id = $2`,
      [second.id, first.id],
    );
    expect(kept).toHaveLength(1);
  });

  test('two registrations of one identity at one moment give one person and one refusal', async () => {
    const callers = await Promise.all(Array.from({ length: 6 }, () => citizen()));
    const one = aPerson({ relation: 'SELF', name: 'Nusrat Jahan Mim', birthDate: '2001-09-10' });
    const answers = await Promise.all(
      callers.map(caller => register(caller, { ...one, idempotencyKey: newId() })),
    );
    expect(kindsOf(answers)).toEqual([...Array.from({ length: 5 }, () => 'LikelySamePerson'), 'Person']);
  });

  test('one identifier registered twice at one moment under two names gives one person', async () => {
    const caller = await staff('registrar');
    const identifiers = [{ type: 'nid', value: '5550001112' }];
    const answers = await Promise.all(
      ['1970-01-01', '1999-12-31'].map(birthDate =>
        register(caller, aPerson({ facilityId, identifiers, birthDate })),
      ),
    );
    expect(kindsOf(answers)).toEqual(['LikelySamePerson', 'Person']);
  });

  test('the card’s code proves her, and she is then one of the caller’s people', async () => {
    const registrar = await staff('registrar');
    const caller = await citizen();
    const person = await register(registrar, aPerson({ facilityId, birthDate: '2019-04' }));
    const link = `mutation ($input: LinkPersonInput!) { linkPerson(input: $input) { ... on Person { id relation } } }`;
    const wrongDay = await service.graphql(
      link,
      { input: { code: person.code, birthDate: '2019-04-01', relation: 'CHILD' } },
      caller,
    );
    const right = await service.graphql(
      link,
      { input: { code: person.code, birthDate: '2019-04', relation: 'CHILD' } },
      caller,
    );
    expect(wrongDay.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(right.data.linkPerson).toEqual({ id: person.id, relation: 'CHILD' });
    const mine = await service.graphql(`{ myPeople { id } }`, {}, caller);
    expect(mine.data.myPeople).toEqual([{ id: person.id }]);
  });
});

describe('staff', () => {
  test('register a person with no phone and no identifier, who is counted as attested', async () => {
    const person = await register(await staff('facilitator'), aPerson({ facilityId, name: 'Sukarno' }));
    expect(person).toMatchObject({ name: 'Sukarno', assisted: true, phones: [], identifiers: [] });
    const counted = await inTenant(
      `SELECT 1 FROM person WHERE person_id = $1 AND registered_via = 'assisted' AND registered_at_facility = $2`,
      [person.id, facilityId],
    );
    expect(counted).toHaveLength(1);
  });

  test('find nobody by a phone or an identifier alone', async () => {
    const caller = await staff('vaccinator');
    const byPhone = await service.graphql(FIND, { input: { facilityId, phone: '01712345678' } }, caller);
    const byIdentifier = await service.graphql(
      FIND,
      { input: { facilityId, identifier: { type: 'nid', value: '1234567890' } } },
      caller,
    );
    expect(byPhone.errors?.[0]?.extensions.faults).toMatchObject([{ key: 'registry.invalid.twoFacts' }]);
    expect(byIdentifier.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });

  test('find by two facts or by the code, masked, and each one shown is in the trail with purpose and place', async () => {
    const registrar = await staff('registrar');
    const caller = await staff('vaccinator');
    const person = await register(
      registrar,
      aPerson({ facilityId, name: 'Marium Bibi Lota', birthDate: '1977' }),
    );
    const byFacts = await service.graphql(
      FIND,
      { input: { facilityId, name: 'Mariam Bibi Lota', birthDate: '1977-08-09' } },
      caller,
    );
    const byCode = await service.graphql(FIND, { input: { facilityId, code: person.code } }, caller);
    const onlyOneFits = await service.graphql(
      FIND,
      { input: { facilityId, name: 'Marium Bibi Lota', birthDate: '1955' } },
      caller,
    );
    expect(byFacts.data.findPersons).toMatchObject([{ personId: person.id, maskedName: 'M••• B••• L•••' }]);
    expect(byCode.data.findPersons).toMatchObject([{ personId: person.id }]);
    expect(onlyOneFits.data.findPersons).toEqual([]);
    const trail = await inTenant<{ purpose: string; facility_id: string; actor_roles: string[] }>(
      `SELECT purpose, facility_id, actor_roles FROM audit_entry WHERE person_id = $1 AND action = 'person.find'`,
      [person.id],
    );
    expect(trail).toEqual([
      { purpose: 'vaccination', facility_id: facilityId, actor_roles: ['vaccinator'] },
      { purpose: 'vaccination', facility_id: facilityId, actor_roles: ['vaccinator'] },
    ]);
  });

  test('open no record without saying why', async () => {
    const caller = await staff('registrar');
    const { id } = await register(caller, aPerson({ facilityId }));
    const { purpose: _, ...silent } = caller;
    const refused = await service.graphql(PERSON, { id, facilityId }, silent);
    expect(refused.errors?.[0]?.extensions.faults).toMatchObject([
      { path: 'X-Purpose', message: 'Say for what purpose you open the record (X-Purpose header).' },
    ]);
  });

  test('correct a record by a new fact, and what it was before is kept', async () => {
    const caller = await staff('registrar');
    const { id } = await register(caller, aPerson({ facilityId, birthDate: '2022' }));
    const changed = await service.graphql(
      `mutation ($input: ChangePersonInput!) { changePerson(input: $input) { birthDate changes { fields reason } } }`,
      { input: { personId: id, facilityId, birthDate: '2022-05-17', reason: 'birth certificate seen' } },
      caller,
    );
    expect(changed.data.changePerson).toEqual({
      birthDate: '2022-05-17',
      changes: [{ fields: ['birthDate', 'birthDatePrecision'], reason: 'birth certificate seen' }],
    });
    const [kept] = await inTenant<{ row: string; sealed: Buffer }>(
      `SELECT change_id AS row, values_sealed AS sealed FROM person_change WHERE person_id = $1`,
      [id],
    );
    const ctx = service.contextOf(tenant);
    const place = { table: 'person_change', column: 'values_sealed', row: kept!.row };
    const values = await service.app
      .get(Database)
      .read(ctx, work => service.app.get(PersonKeys).openOne(ctx, work, id, place, kept!.sealed));
    expect(JSON.parse(values).before).toEqual({ birthDate: '2022-01-01', birthDatePrecision: 'year' });
  });
});

describe('what the country’s forms do not take', () => {
  const told: [string, object, string][] = [
    ['a name without a letter', { name: '123 !!' }, 'registry.invalid.name'],
    ['a birth date that has not come', { birthDate: '2999' }, 'validation.dateInFuture'],
    ['a birth date beyond any life', { birthDate: '1850-01-01' }, 'registry.invalid.tooLongAgo'],
    ['a sex that is not recorded', { sex: 'none' }, 'validation.isIn'],
    ['an identifier of no known type', { identifiers: [{ type: 'xx', value: '1' }] }, 'validation.isIn'],
    [
      'an identifier of a wrong form',
      { identifiers: [{ type: 'nid', value: '12' }] },
      'registry.invalid.identifier.wrong-form',
    ],
    ['a phone that is none', { phone: '12' }, 'validation.phone.not-a-phone-number'],
    ['a language it does not have', { language: 'xx' }, 'validation.isIn'],
    ['a purpose it does not have', { consents: [{ purpose: 'selling', version: '1' }] }, 'validation.isIn'],
  ];
  test.each(told)('%s is refused by name, and nothing is stored', async (_, more, key) => {
    const before = await inTenant<{ count: string }>(`SELECT count(*) FROM person`);
    const answer = await service.graphql(
      REGISTER,
      { input: aPerson({ facilityId, ...more }) },
      await staff('registrar'),
    );
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', faults: [{ key }] });
    expect(await inTenant(`SELECT count(*) FROM person`)).toEqual(before);
  });

  test('a day that does not exist is no birth date', async () => {
    const answer = await service.graphql(
      REGISTER,
      { input: aPerson({ facilityId, birthDate: '2023-02-30' }) },
      await staff('registrar'),
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
  });
});

describe('looking back', () => {
  test('a citizen sees who opened her record: role, place and purpose in her language, and no name', async () => {
    const caller = await citizen();
    const { id } = await register(caller, aPerson({ relation: 'SELF' }));
    await service.graphql(PERSON, { id, facilityId }, await staff('vaccinator'));
    const log = await service.graphql(
      `query ($id: ID!) { accessLog(personId: $id, first: 10) {
         items { who own action actionText facilityName purpose } endCursor } }`,
      { id },
      { ...caller, language: 'bn' },
    );
    expect(log.data.accessLog).toEqual({
      items: [
        {
          who: 'টিকাদানকারী',
          own: false,
          action: 'person.read',
          actionText: 'রেকর্ড খুলেছেন',
          facilityName: 'ওয়ার্ড ক্লিনিক',
          purpose: 'vaccination',
        },
        expect.objectContaining({ own: true, action: 'person.register-own', facilityName: null }),
      ],
      endCursor: null,
    });
  });

  test('nobody else’s log is shown', async () => {
    const [owner, stranger] = [await citizen(), await citizen()];
    const { id } = await register(owner, aPerson({ relation: 'SELF' }));
    const log = await service.graphql(
      `query ($id: ID!) { accessLog(personId: $id) { endCursor } }`,
      { id },
      stranger,
    );
    expect(log.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('what is stored of identifiers and phones is sealed', async () => {
    const caller = await staff('registrar');
    const phone = '01799887766';
    const { id } = await register(
      caller,
      aPerson({ facilityId, phone, identifiers: [{ type: 'nid', value: '4445556667' }] }),
    );
    const [row] = await inTenant<{ everything: string }>(
      `SELECT (SELECT string_agg(i::text, '') FROM person_identifier i WHERE person_id = $1)
           || (SELECT string_agg(c::text, '') FROM person_contact c WHERE person_id = $1) AS everything`,
      [id],
    );
    expect(row!.everything).not.toContain('4445556667');
    expect(row!.everything).not.toContain('1799887766');
    expect(row!.everything).not.toContain(Buffer.from('4445556667').toString('hex'));
  });
});

test('the purposes are for everybody to read, in the caller’s language', async () => {
  const answer = await service.graphql(
    `{ consentPurposes { code version required language text } }`,
    {},
    { tenant: tenant.code, language: 'bn' },
  );
  expect(answer.data.consentPurposes[0]).toMatchObject({
    code: 'vaccination-record',
    required: true,
    language: 'bn',
  });
  expect(answer.data.consentPurposes[0].text).toMatch(/[\u0980-\u09ff]/);
});

test('country-wide staff may register at any facility', async () => {
  const token = await service.tokenFor(tenant, [country('registrar')]);
  const person = await register({ tenant: tenant.code, token, language: 'en' }, aPerson({ facilityId }));
  expect(person.__typename).toBe('Person');
});

function inTenant<Row>(sql: string, params: unknown[] = []): Promise<Row[]> {
  return service.app.get(Database).read(service.contextOf(tenant), work => work.query<Row>(sql, params));
}

async function setRules(rules: object): Promise<void> {
  await service.app.get(Database).write(service.contextOf(tenant), work =>
    work.query(
      `INSERT INTO registry_rules (id, rules, changed_at) VALUES ('current', $1, now())
       ON CONFLICT (id) DO UPDATE SET rules = excluded.rules`,
      [JSON.stringify(rules)],
    ),
  );
}
