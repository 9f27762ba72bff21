import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import { readHcert } from '../../../src/codecs';
import { addTo, newId } from '../../../src/common';
import { newPersonCode } from '../../../src/registry/person-code-rules';
import type { TenantRef } from '../../../src/platform/context';
import { detailPlace } from '../../../src/certificates/sealed-place';
import { Database } from '../../../src/platform/database';
import { PersonKeys } from '../../../src/registry';
import {
  certificateOfADose,
  type CertificateInHand,
  issuedEarlier,
  whereCountrySays,
} from '../../harness/worlds/certificate-in-hand';
import { addPerson, write } from '../../harness/worlds/clinic';
import { type Caller, country, testService, type TestService } from '../../harness/service';

const RAISE = `mutation ($input: RaiseGrievanceInput!) { raiseGrievance(input: $input) { id state asked { field value } } }`;
const DECIDE = `mutation ($input: DecideGrievanceInput!) { decideGrievance(input: $input) {
  __typename ... on Grievance { state answer } ... on GrievanceImpossible { because } } }`;
const OPEN = `query ($facilityId: ID!) { openGrievances(facilityId: $facilityId) { items { id personId } } }`;
const MINE = `query ($personId: ID!) { grievances(personId: $personId) { id state answer } }`;
const LATEST = `query ($personId: ID!) { certificate(personId: $personId) { status certificate { number doses { lot date } } } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) { outcome reason holderName birthDate } }`;
const MAKE = `mutation ($input: MakeCertificateProofInput!) { makeCertificateProof(input: $input) {
  ... on CertificateProof { text } ... on ProofHindered { obstacle message } } }`;
const STATE = `mutation ($input: StateCertificateDetailsInput!) { stateCertificateDetails(input: $input) {
  __typename ... on DetailsStated { details } ... on DetailsNotStated { obstacle message } } }`;
const BACK = `mutation ($input: TakeBackCertificateDetailsInput!) { takeBackCertificateDetails(input: $input) { details } }`;
const CONSENT = `mutation ($input: GiveStatusConsentInput!) { giveStatusConsent(input: $input) { code consent { id inForce } } }`;
const END = `mutation ($input: EndStatusConsentInput!) { endStatusConsent(input: $input) { inForce } }`;
const CHECK = `mutation ($input: CheckVaccinationStatusInput!) { checkVaccinationStatus(input: $input) {
  __typename ... on CheckedStatus { status message signed } } }`;
const CONSENTS = `query ($personId: ID!) { statusConsents(personId: $personId) { inForce checks { checker status } } }`;

/** A certificate with whose it is and where its dose was given. */
interface Held extends CertificateInHand {
  facilityId: string;
  vaccinationId: string;
  holder: Caller;
  accountId: string;
}

describe('what people have put right', () => {
  let service: TestService;
  let tenant: TenantRef;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
  }, 180_000);
  afterAll(() => service.stop());

  const told = async (query: string, variables: object, as: Caller) => {
    const answer = await service.graphql(query, variables as Record<string, unknown>, as);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const codes = async (query: string, variables: object, as: Caller) =>
    (await service.graphql(query, variables as Record<string, unknown>, as)).errors?.map(
      ({ extensions }) => extensions.code,
    );
  const staff = async (...roles: string[]): Promise<Caller> => ({
    tenant: 'aa',
    token: await service.tokenFor(tenant, roles.map(country)),
  });
  const citizen = async (accountId: string): Promise<Caller> => {
    const grants = [{ role: 'citizen', reach: { kind: 'self' as const, id: accountId } }];
    return { tenant: 'aa', token: await service.tokenFor(tenant, grants, 'citizen', accountId) };
  };
  const held = async (born?: string): Promise<Held> => {
    const one = await certificateOfADose(service, tenant, born ? { born } : {});
    const [row] = await write<{ facilityId: string; vaccinationId: string; accountId: string }>(
      service,
      tenant,
      `SELECT facility_id AS "facilityId", v.id AS "vaccinationId", a.account_id AS "accountId"
       FROM vaccination v JOIN person_account a USING (person_id) WHERE v.person_id = $1`,
      [one.personId],
    );
    return { ...one, ...row!, holder: await citizen(row!.accountId) };
  };
  const caseOf = ({ personId, facilityId }: Held, kind: string, more: object) => ({
    idempotencyKey: newId(),
    personId,
    facilityId,
    kind,
    evidence: 'STATEMENT',
    ...more,
  });
  const raise = async (one: Held, kind: string, more: object = {}, as = one.holder): Promise<string> =>
    (await told(RAISE, { input: caseOf(one, kind, more) }, as)).raiseGrievance.id;
  const decide = async ({ personId }: Held, grievanceId: string, as: Caller, granted = true) =>
    (await told(DECIDE, { input: { personId, grievanceId, granted, reason: 'seen' } }, as)).decideGrievance;
  const verify = async (code: string) => (await told(VERIFY, { code }, {})).verifyCertificate;
  const latest = async ({ personId, holder }: Held) => (await told(LATEST, { personId }, holder)).certificate;
  /**
   * The old one is revoked and the new one stands as soon as the decision is answered, and after its facts were
   * carried too.
   */
  const isReplaced = async (one: Held, reason: string) => {
    const renewed = await one.read();
    const before = [await verify(one.code), await verify(renewed)];
    await service.carryFacts();
    const after = [await verify(one.code), await verify(await one.read())];
    expect(before.map(({ outcome }) => outcome)).toEqual(['REVOKED', 'VALID']);
    expect(after).toEqual(before);
    expect(before[0].reason).toBe(reason);
    expect(await one.read()).toBe(renewed);
    return before[1];
  };

  it('a wrong name is corrected, certified anew and the old certificate revoked, in one act', async () => {
    const one = await held();
    const id = await raise(one, 'WRONG_DETAILS', { name: 'Ama Mensah', evidence: 'IDENTITY_DOCUMENT' });

    const decided = await decide(one, id, await staff('data-steward'));

    expect(decided).toEqual({ __typename: 'Grievance', state: 'GRANTED', answer: 'seen' });
    expect(await isReplaced(one, 'PERSON_CORRECTED')).toMatchObject({ holderName: 'Ama Mensah' });
    expect((await told(MINE, { personId: one.personId }, one.holder)).grievances).toEqual([
      { id, state: 'GRANTED', answer: 'seen' },
    ]);
  });

  it('a dose that was never given is voided, and its certificate revoked', async () => {
    const one = await held();
    const id = await raise(one, 'DOSE_NOT_GIVEN', { vaccinationId: one.vaccinationId });

    await decide(one, id, await staff('facility-admin'));

    expect(await verify(one.code)).toMatchObject({ outcome: 'REVOKED', reason: 'DOSE_VOIDED' });
    expect((await latest(one)).status).toBe('NONE');
  });

  it('doses of two records come together in one', async () => {
    const [one, other] = [await held(), await held()];
    const otherCode = newPersonCode();
    await write(service, tenant, `INSERT INTO person_code_claim VALUES ($1, $2)`, [
      otherCode,
      other.personId,
    ]);
    const id = await raise(one, 'DOSES_OF_TWO_RECORDS', {
      otherCode,
      evidence: 'VACCINATION_CARD',
    });

    const decided = await decide(one, id, await staff('facility-admin'));
    await service.carryFacts();

    expect(decided.__typename).toBe('Grievance');
    expect((await latest(one)).certificate.doses).toHaveLength(2);
    expect((await latest(other)).status).toBe('NONE');
    expect((await verify(other.code)).outcome).toBe('REVOKED');
    expect((await verify(await one.read())).outcome).toBe('VALID');
  });

  describe('what certificates state beyond the least', () => {
    // A newborn of yesterday, for whom a dose is due in every time zone
    const BORN = addTo(new Date().toISOString().slice(0, 10), { months: 0, days: -1 });
    const YEAR = BORN.slice(0, 4);
    const contentOf = (text: string) => {
      const read = readHcert(text);
      if (read.outcome !== 'read') throw new Error(read.reason);
      return read.hcert.content as { dob?: string; nid?: string; ndt?: string };
    };
    const make = async ({ personId, holder, vaccinationId }: Held, format: string, perDose = false) => {
      const input = { personId, format, ...(perDose && { vaccinationId }) };
      return (await told(MAKE, { input }, holder)).makeCertificateProof;
    };
    const birthDateOnCard = async (one: Held) => {
      const verdict = await verify((await make(one, 'SMART_HEALTH_CARD')).text);
      expect(verdict.outcome).toBe('VALID');
      return verdict.birthDate;
    };
    const atDesk = async ({ personId, facilityId }: Held, more: object, as?: Caller, key = newId()) => {
      const input = { idempotencyKey: key, personId, facilityId, ...more };
      return (await told(STATE, { input }, as ?? (await staff('registrar')))).stateCertificateDetails;
    };
    const isTravelVaccine = () =>
      write(service, tenant, `UPDATE product SET codes = codes || '{"who-pq": "P1"}' WHERE code = 'bcg-20'`);

    it('is the year of birth, as long as nobody asked for more', async () => {
      await isTravelVaccine();
      const one = await held(BORN);

      expect(contentOf(one.code)).toMatchObject({ dob: YEAR });
      expect(await birthDateOnCard(one)).toBe(YEAR);
      expect(await make(one, 'WHO_ICVP', true)).toMatchObject({
        obstacle: 'BIRTH_DATE_NOT_WHOLE',
        message: expect.stringMatching(/./),
      });
    });

    it('is all that was asked for at a desk, on sight of a document, in every format and later certificate', async () => {
      await isTravelVaccine();
      const one = await held(BORN);
      const more = { seen: 'PASSPORT', birthDate: true, passportNumber: 'X1234567' };
      const [as, key] = [await staff('registrar'), newId()];

      const answers = [await atDesk(one, more, as, key), await atDesk(one, more, as, key)];

      const renewed = await one.read();
      expect(answers).toEqual(
        Array(2).fill({ __typename: 'DetailsStated', details: ['BIRTH_DATE', 'PASSPORT'] }),
      );
      expect(await verify(one.code)).toMatchObject({ outcome: 'SUPERSEDED', reason: 'ISSUED_AGAIN' });
      expect(contentOf(renewed)).toMatchObject({ dob: BORN });
      expect(await birthDateOnCard(one)).toBe(BORN);
      const expected = { dob: BORN, nid: 'X1234567', ndt: 'PPN' };
      expect(contentOf((await make(one, 'WHO_ICVP', true)).text)).toMatchObject(expected);
      await decide(one, await raise(one, 'ISSUE_AGAIN'), await staff('data-steward', 'facility-admin'));
      expect(contentOf(await one.read())).toMatchObject({ dob: BORN });
      const trail = await write<{ actor: string; detail: object; facilityId: string }>(
        service,
        tenant,
        `SELECT actor_id AS actor, detail, facility_id AS "facilityId" FROM audit_entry
         WHERE action = 'certificate.state-details' AND person_id = $1`,
        [one.personId],
      );
      const detail = { details: 'birth-date passport', seen: 'PASSPORT' };
      expect(trail).toEqual([{ actor: expect.any(String), detail, facilityId: one.facilityId }]);
      const stored = await write<object>(service, tenant, `SELECT * FROM stated_detail`);
      expect(JSON.stringify(stored)).not.toContain('X1234567');
      expect(JSON.stringify(stored)).not.toContain(Buffer.from(BORN).toJSON().data.join());
    });

    it('is granted to a holder’s case by a second person, who saw the document', async () => {
      await isTravelVaccine();
      const one = await held(BORN);
      const passport = { passportNumber: 'X1234567', evidence: 'PASSPORT' };
      const bornOn = await raise(one, 'ADD_BIRTH_DATE', { evidence: 'BIRTH_CERTIFICATE' });
      await decide(one, bornOn, await staff('registrar'));
      const before = contentOf((await make(one, 'WHO_ICVP', true)).text);

      await decide(one, await raise(one, 'ADD_PASSPORT', passport), await staff('registrar'));

      expect(before).toMatchObject({ dob: BORN });
      expect(before.nid).toBeUndefined();
      expect(contentOf((await make(one, 'WHO_ICVP', true)).text)).toMatchObject({
        nid: 'X1234567',
        ndt: 'PPN',
      });
      const unproved = caseOf(one, 'ADD_BIRTH_DATE', { evidence: 'STATEMENT' });
      expect(await codes(RAISE, { input: unproved }, one.holder)).toEqual(['INVALID_INPUT']);
    });

    it('is refused without a document that proves it, and where the register does not know the day', async () => {
      const one = await held(BORN);
      const nothing = await atDesk(one, { seen: 'STATEMENT', birthDate: true });
      const another = await atDesk(one, { seen: 'BIRTH_CERTIFICATE', passportNumber: 'X1234567' });
      await write(service, tenant, `UPDATE person SET birth_date_precision = 'month' WHERE person_id = $1`, [
        one.personId,
      ]);

      const unknown = await atDesk(one, { seen: 'PASSPORT', birthDate: true });

      const refused = (obstacle: string) => ({
        __typename: 'DetailsNotStated',
        obstacle,
        message: expect.stringMatching(/./),
      });
      expect([nothing, another]).toEqual(Array(2).fill(refused('NOT_PROVED')));
      expect(unknown).toEqual(refused('BIRTH_DATE_NOT_WHOLE'));
      expect(await one.read()).toBe(one.code);
      const asked = {
        idempotencyKey: newId(),
        personId: one.personId,
        facilityId: one.facilityId,
        seen: 'PASSPORT',
      };
      expect(await codes(STATE, { input: asked }, await staff('registrar'))).toEqual(['INVALID_INPUT']);
    });

    it('is not a birth date that was corrected since: the document said another', async () => {
      const one = await held(BORN);
      await atDesk(one, { seen: 'IDENTITY_DOCUMENT', birthDate: true });

      const right = { birthDate: addTo(BORN, { months: 0, days: -1 }), evidence: 'IDENTITY_DOCUMENT' };
      await decide(one, await raise(one, 'WRONG_DETAILS', right), await staff('data-steward'));

      expect(contentOf(await one.read())).toMatchObject({ dob: right.birthDate.slice(0, 4) });
    });

    it('is never more than the country allows', () =>
      whereCountrySays(service, tenant, { birthDate: 'none' }, async () => {
        const one = await held(BORN);

        expect(contentOf(one.code).dob).toBeUndefined();
        expect(await verify((await make(one, 'SMART_HEALTH_CARD')).text)).toMatchObject({ outcome: 'VALID' });
        expect(await atDesk(one, { seen: 'PASSPORT', birthDate: true })).toMatchObject({
          obstacle: 'NOT_IN_THIS_COUNTRY',
        });
      }));

    const takeBack = (one: Held, details: string[]) =>
      told(BACK, { input: { personId: one.personId, details } }, one.holder);
    const everything = { seen: 'PASSPORT', birthDate: true, passportNumber: 'X1234567' };

    it('is the least again once its holder takes it back, and is forgotten; done twice, it is done once', async () => {
      await isTravelVaccine();
      const one = await held(BORN);
      await atDesk(one, { seen: 'PASSPORT', passportNumber: 'X7654321' });
      await atDesk(one, everything);
      const stating = await one.read();

      await takeBack(one, ['PASSPORT']);
      const without = contentOf((await make(one, 'WHO_ICVP', true)).text);
      await takeBack(one, ['PASSPORT', 'BIRTH_DATE']);
      const renewed = await one.read();
      const answer = await takeBack(one, ['PASSPORT', 'BIRTH_DATE']);

      expect(without).toMatchObject({ dob: BORN });
      expect(without.nid).toBeUndefined();
      expect(answer.takeBackCertificateDetails.details).toEqual(['PASSPORT', 'BIRTH_DATE']);
      expect(contentOf(renewed)).toMatchObject({ dob: YEAR });
      expect(await one.read()).toBe(renewed);
      expect(await make(one, 'WHO_ICVP', true)).toMatchObject({ obstacle: 'BIRTH_DATE_NOT_WHOLE' });
      expect(await verify(stating)).toMatchObject({ outcome: 'SUPERSEDED', reason: 'DETAIL_TAKEN_BACK' });
      const kept = await write<{ value: Buffer | null }>(
        service,
        tenant,
        `SELECT sealed_value AS value FROM stated_detail WHERE person_id = $1`,
        [one.personId],
      );
      expect(kept).toEqual(Array(3).fill({ value: null }));
      const trail = await write<{ detail: object }>(
        service,
        tenant,
        `SELECT detail FROM audit_entry WHERE action = 'certificate.take-back-details' AND person_id = $1 ORDER BY id`,
        [one.personId],
      );
      expect(trail).toEqual([
        { detail: { details: 'passport', revokes: false } },
        { detail: { details: 'birth-date', revokes: false } },
      ]);
    });

    it('is revoked when it is taken back, where the country says so; what stated less is not', () =>
      whereCountrySays(service, tenant, { takenBack: 'revoke' }, async () => {
        const one = await held(BORN);
        await issuedEarlier(service, 'certificate', one.personId);
        await atDesk(one, everything);
        const stating = await one.read();

        await takeBack(one, ['BIRTH_DATE']);

        expect(await verify(stating)).toMatchObject({ outcome: 'REVOKED', reason: 'DETAIL_TAKEN_BACK' });
        expect(await verify(one.code)).toMatchObject({ outcome: 'SUPERSEDED', reason: 'ISSUED_AGAIN' });
        expect((await verify(await one.read())).outcome).toBe('VALID');
      }));

    it('is also a passport that was proved and sealed before there were other details', async () => {
      await isTravelVaccine();
      const one = await held(BORN);
      await atDesk(one, { seen: 'PASSPORT', birthDate: true });
      const ctx = service.contextOf(tenant);
      const id = newId();
      const place = detailPlace(id, 'travel_document');
      const sealed = await service.app
        .get(Database)
        .write(ctx, work => service.app.get(PersonKeys).seal(ctx, work, one.personId, place, 'X1234567'));
      await write(
        service,
        tenant,
        `INSERT INTO stated_detail (person_id, id, detail, sealed_value, sealed_in, seen, facility_id, seen_by, at)
         VALUES ($1, $2, 'passport', $3, 'travel_document', 'PASSPORT', $4, 'somebody', now())`,
        [one.personId, id, sealed, one.facilityId],
      );

      expect(contentOf((await make(one, 'WHO_ICVP', true)).text)).toMatchObject({ nid: 'X1234567' });
    });

    it('is taken back by nobody who is a stranger', async () => {
      const one = await held(BORN);
      const input = { personId: one.personId, details: ['PASSPORT'] };

      expect(await codes(BACK, { input }, await citizen(newId()))).toEqual(['NOT_FOUND']);
      expect(await codes(BACK, { input: { ...input, details: [] } }, one.holder)).toEqual(['INVALID_INPUT']);
    });
  });

  it('an account acts no more for somebody whom it does not know', async () => {
    const one = await held();
    const id = await raise(one, 'UNKNOWN_MEMBER');

    await decide(one, id, await staff('data-steward'));

    expect(await codes(LATEST, { personId: one.personId }, one.holder)).toEqual(['NOT_FOUND']);
  });

  it('another account acts for a person who moved', async () => {
    const one = await held();
    const accountId = newId();
    const toPersonId = await addPerson(service, tenant, '1990-05-17', { accountId });
    const id = await raise(one, 'MOVE_MEMBER', { toPersonId });

    await decide(one, id, await staff('data-steward'));

    expect(await codes(LATEST, { personId: one.personId }, one.holder)).toEqual(['NOT_FOUND']);
    expect((await latest({ ...one, holder: await citizen(accountId) })).status).toBe('READY');
  });

  it('a certificate is issued once more; the old one stated nothing wrong', async () => {
    const one = await held();
    const id = await raise(one, 'ISSUE_AGAIN');

    await decide(one, id, await staff('registrar'));

    expect(await verify(one.code)).toMatchObject({ outcome: 'SUPERSEDED', reason: 'ISSUED_AGAIN' });
    expect((await verify(await one.read())).outcome).toBe('VALID');
  });

  it('what cannot be done changes nothing, not even the case', async () => {
    const one = await held();
    const asked = { vaccinationId: one.vaccinationId, lotId: newId() };
    const id = await raise(one, 'WRONG_DOSE', asked);

    const decided = await decide(one, id, await staff('facility-admin'));

    expect(decided).toEqual({ __typename: 'GrievanceImpossible', because: expect.any(String) });
    expect((await verify(one.code)).outcome).toBe('VALID');
    expect((await told(MINE, { personId: one.personId }, one.holder)).grievances[0].state).toBe('WAITING');
  });

  it('is decided by another than who took it in, and never twice otherwise', async () => {
    const one = await held();
    const desk = await staff('registrar');
    const id = await raise(one, 'ISSUE_AGAIN', {}, desk);

    const own = await decide(one, id, desk);
    const other = await staff('registrar');
    const refused = await decide(one, id, other, false);

    expect(own.__typename).toBe('GrievanceNeedsSecondPerson');
    expect(refused.state).toBe('REFUSED');
    const granting = { input: { personId: one.personId, grievanceId: id, granted: true } };
    expect(await codes(DECIDE, granting, other)).toEqual(['CONFLICT']);
    expect((await verify(one.code)).outcome).toBe('VALID');
  });

  it('gives nobody a right that she has not: who may decide does not thereby void doses', async () => {
    const one = await held();
    const id = await raise(one, 'DOSE_NOT_GIVEN', { vaccinationId: one.vaccinationId });
    const input = { personId: one.personId, grievanceId: id, granted: true };

    expect(await codes(DECIDE, { input }, await staff('registrar'))).toEqual(['NOT_FOUND']);
    expect((await verify(one.code)).outcome).toBe('VALID');
  });

  it('is seen by those who decide there and by the holder, and by nobody else', async () => {
    const [one, stranger] = [await held(), await held()];
    const id = await raise(one, 'ISSUE_AGAIN');
    const input = caseOf(one, 'ISSUE_AGAIN', {});

    const { items } = (await told(OPEN, { facilityId: one.facilityId }, await staff('registrar')))
      .openGrievances;

    expect(items).toEqual([{ id, personId: one.personId }]);
    expect(await codes(MINE, { personId: one.personId }, stranger.holder)).toEqual(['NOT_FOUND']);
    expect(await codes(RAISE, { input }, stranger.holder)).toEqual(['NOT_FOUND']);
    expect(await codes(OPEN, { facilityId: one.facilityId }, one.holder)).toEqual(['FORBIDDEN']);
  });
});

describe('the status of a person, asked for with her consent', () => {
  let service: TestService;
  let tenant: TenantRef;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
  }, 180_000);
  afterAll(() => service.stop());

  const told = async (query: string, variables: object, as: Caller) => {
    const answer = await service.graphql(query, variables as Record<string, unknown>, as);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const given = async () => {
    const one = await certificateOfADose(service, tenant);
    const [row] = await write<{ accountId: string; vaccineGroup: string }>(
      service,
      tenant,
      `SELECT a.account_id AS "accountId", v.counted->0->>'vaccineGroup' AS "vaccineGroup"
       FROM vaccination v JOIN person_account a USING (person_id) WHERE v.person_id = $1`,
      [one.personId],
    );
    const grants = [{ role: 'citizen', reach: { kind: 'self' as const, id: row!.accountId } }];
    const holder = { tenant: 'aa', token: await service.tokenFor(tenant, grants, 'citizen', row!.accountId) };
    const input = { personId: one.personId, vaccineGroup: row!.vaccineGroup, minutes: 30 };
    const { code, consent } = (await told(CONSENT, { input }, holder)).giveStatusConsent;
    return { personId: one.personId, holder, code: code as string, consentId: consent.id as string, input };
  };
  const check = async (code: string) =>
    (await told(CHECK, { input: { code, checker: 'A School' } }, { tenant: 'aa' })).checkVaccinationStatus;
  const consents = async (personId: string, as: Caller) =>
    (await told(CONSENTS, { personId }, as)).statusConsents;

  it('is one word, signed by the country, and the person sees who asked', async () => {
    const { personId, holder, code } = await given();

    const checked = await check(` ${code.toLowerCase().replaceAll('-', ' ')} `);

    expect(checked).toMatchObject({
      __typename: 'CheckedStatus',
      status: 'FULLY',
      message: expect.any(String),
    });
    const keys = (await (await fetch(`${service.url}/aa/.well-known/jwks.json`)).json()) as {
      keys: JWK[];
    };
    const key = keys.keys.find(({ kid }) => kid === decodeProtectedHeader(checked.signed).kid)!;
    const { payload } = await compactVerify(checked.signed, await importJWK(key, 'ES256'));
    const claims = JSON.parse(new TextDecoder().decode(payload));
    expect(claims).toMatchObject({ iss: tenant.country, aud: 'A School', status: 'FULLY' });
    expect(JSON.stringify(claims)).not.toContain(personId);
    expect(await consents(personId, holder)).toEqual([
      { inForce: true, checks: [{ checker: 'A School', status: 'FULLY' }] },
    ]);
  });

  it('is told no more once the time is over, or the person has ended it, or by another code', async () => {
    const [ended, over] = [await given(), await given()];
    const input = { personId: ended.personId, consentId: ended.consentId };
    await told(END, { input }, ended.holder);
    await write(
      service,
      tenant,
      `WITH late AS (
         INSERT INTO status_consent SELECT person_id, $2::uuid, vaccine_group, given_by, given_at, given_at
         FROM status_consent WHERE id = $1)
       INSERT INTO status_consent_claim SELECT sha256('AAAAAAAAAAAAAAAA'::bytea), person_id, $2::uuid
       FROM status_consent WHERE id = $1`,
      [over.consentId, newId()],
    );

    const answers = [
      await check(ended.code),
      await check('AAAA-AAAA-AAAA-AAAA'),
      await check('2222-2222-2222-2222'),
      await check('no code'),
    ];

    expect(answers).toEqual(answers.map(() => ({ __typename: 'StatusCodeUnknown' })));
    expect((await consents(ended.personId, ended.holder))[0]).toEqual({ inForce: false, checks: [] });
  });

  it('is for the person to give, and for nobody else, staff included', async () => {
    const [one, stranger] = [await given(), await given()];
    const desk = { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) };
    const codes = async (input: object, as: Caller) =>
      (await service.graphql(CONSENT, { input }, as)).errors?.map(({ extensions }) => extensions.code);

    expect(await codes(one.input, stranger.holder)).toEqual(['NOT_FOUND']);
    expect(await codes(one.input, desk)).toEqual(['FORBIDDEN']);
    expect(await codes({ ...one.input, vaccineGroup: 'none' }, one.holder)).toEqual(['INVALID_INPUT']);
    expect(await codes({ ...one.input, minutes: 100_000 }, one.holder)).toEqual(['INVALID_INPUT']);
  });
});
