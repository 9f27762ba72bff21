import { createHash, createPrivateKey } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { nationalCertificate, readHcert, signHcert } from '../../../src/codecs';
import { fromBase45, toBase45 } from '../../../src/codecs/hcert/base45';
import { SigningKeys } from '../../../src/certificates/signing/signing-keys';
import { VerificationCounts } from '../../../src/certificates/verifying/verification-counts';
import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { Outbox, Relay } from '../../../src/platform/events';
import { personChanged } from '../../../src/registry';
import { Catalogue } from '../../../src/tenancy';
import { type DoseRecord, doseCorrected, doseRecorded, doseVoided } from '../../../src/vaccinations';
import { VaccinationsStore } from '../../../src/vaccinations/vaccinations.store';
import { addFacility, addPerson, write } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { hasPoppler, scannedByTwo } from '../../harness/scanned-page';
import { country, testService, type TestService } from '../../harness/service';
import { skipUnless } from '../../harness/run/skip';

const LATEST = `query ($personId: ID!) { certificate(personId: $personId) {
  status since message
  certificate { id number status reason successor issuedAt expiresAt qrText doses { vaccine date doseNumber lot } } } }`;
const ALL = `query ($personId: ID!) { certificates(personId: $personId) {
  items { number status reason successor qrText qrSvg } endCursor } }`;
const PDF = `query ($personId: ID!, $language: String) { certificate(personId: $personId) {
  certificate { pdf(language: $language) qrSvg } } }`;
const VERIFY = `query ($code: String!) { verifyCertificate(code: $code) {
  outcome reason message issuer issuedAt expiresAt holderName birthDate doses { vaccine date doseNumber lot } } }`;
const KEYS = `{ signingKeys { kid state withdrawnAt publicJwk } }`;
const ROTATE = `mutation ($replacing: ID!) { rotateSigningKey(replacing: $replacing) { kid state } }`;

const WITHDRAW = `mutation ($kid: ID!, $reason: SigningKeyWithdrawalReason!) { withdrawSigningKey(kid: $kid, reason: $reason) { kid state } }`;

describe('certificates', () => {
  let service: TestService;
  let aa: TenantRef;
  let bb: TenantRef;
  const facilities: Record<string, string> = {};
  const lots: Record<string, string> = {};

  /** One lot of each product that doses here are of. */
  const addLots = async (tenant: TenantRef): Promise<void> => {
    for (const product of ['bcg-20', 'penta-10']) {
      lots[`${tenant.code} ${product}`] = newId();
      await write(
        service,
        tenant,
        `INSERT INTO lot (id, product_code, lot_number, manufacturer, expires_on, created_at)
         VALUES ($1, $2, 'LOT-7', '', '2030-01-01', now())`,
        [lots[`${tenant.code} ${product}`], product],
      );
    }
  };

  beforeAll(async () => {
    service = await testService();
    aa = await service.country('aa', 'bd');
    bb = await service.country('bb', 'gh');
    for (const tenant of [aa, bb]) {
      facilities[tenant.code] = (await addFacility(service, tenant)).id;
      await addLots(tenant);
      await write(service, tenant, `UPDATE facility SET names = '{"en": "Clinic by the River"}'`);
    }
  }, 180_000);
  afterAll(() => service.stop());

  interface DoseSeed {
    replaces?: string;
    givenOn?: string;
    /** Pentavalent, of which there are three doses; else BCG. */
    penta?: boolean;
    kind?: 'given' | 'correction' | 'void';
    /** Stored, and the fact not yet told. */
    silent?: boolean;
  }

  /** A fact about a dose as `vaccinations` stores and announces it; the certificate follows when facts are carried. */
  const store = async (tenant: TenantRef, personId: string, seed: DoseSeed = {}): Promise<string> => {
    const ctx = service.contextOf(tenant);
    const kind = seed.kind ?? 'given';
    const id = newId();
    const productCode = seed.penta ? 'penta-10' : 'bcg-20';
    await service.app.get(Database).write(ctx, async work => {
      const vaccinations = service.app.get(VaccinationsStore);
      const { facts } = await vaccinations.historyOf(work, personId);
      const dose: Omit<DoseRecord, 'replaced'> = {
        personId,
        id,
        kind,
        replaces: seed.replaces ?? null,
        reason: kind === 'given' ? null : 'typing error',
        productCode,
        vaccineCode: seed.penta ? 'DTWPHIBHEPB' : 'BCG',
        lotId: lots[`${tenant.code} ${productCode}`]!,
        lotNumber: 'LOT-7',
        lotExpiresOn: '2030-01-01',
        drawnAs: newId(),
        facilityId: facilities[tenant.code]!,
        sessionId: null,
        givenOn: seed.givenOn ?? '2026-01-15',
        site: null,
        route: 'intradermal',
        vaccinatorId: 'v',
        presence: 'WALK_IN',
        presenceReason: null,
        lateReason: null,
        clinicalReason: null,
        counted: [{ vaccineGroup: 'BCG', doseNumber: 1, status: 'valid', reasons: [] }],
        scheduleCode: 's',
        scheduleVersion: '1',
        recordedBy: 'v',
        recordedAt: new Date(),
        firstRecordedBy: 'v',
        firstRecordedAt: new Date(),
      };
      await vaccinations.addAll(work, [{ dose, facts }]);
      if (seed.silent) return;
      const outbox = service.app.get(Outbox);
      const facilityId = facilities[tenant.code]!;
      if (kind === 'given')
        outbox.announce(ctx, work, doseRecorded, personId, { personId, vaccinationId: id, facilityId });
      else if (kind === 'correction')
        outbox.announce(ctx, work, doseCorrected, personId, {
          personId,
          vaccinationId: id,
          replaces: seed.replaces!,
        });
      else
        outbox.announce(ctx, work, doseVoided, personId, {
          personId,
          vaccinationId: seed.replaces!,
          voidId: id,
        });
    });
    return id;
  };
  const record = async (tenant: TenantRef, personId: string, seed?: DoseSeed): Promise<string> => {
    const id = await store(tenant, personId, seed);
    await service.carryFacts();
    return id;
  };

  /** A person of a citizen's account, and that citizen as a caller. */
  const citizen = async (tenant: TenantRef, birthDate = '2025-12-30', precision = 'day') => {
    const accountId = newId();
    const personId = await addPerson(service, tenant, birthDate, { accountId, precision });
    const grants = [{ role: 'citizen', reach: { kind: 'self' as const, id: accountId } }];
    const token = await service.tokenFor(tenant, grants, 'citizen', accountId);
    return { personId, caller: { tenant: tenant.code, token } };
  };
  const latest = async (one: Awaited<ReturnType<typeof citizen>>) => {
    const answer = await service.graphql(LATEST, { personId: one.personId }, one.caller);
    expect(answer.errors).toBeUndefined();
    return answer.data.certificate;
  };
  const all = async (one: Awaited<ReturnType<typeof citizen>>) =>
    (await service.graphql(ALL, { personId: one.personId }, one.caller)).data.certificates.items;
  /** The country's signer, as whoever broke into the key management would have it. */
  const signerOf = (tenant: TenantRef) => {
    const ctx = service.contextOf(tenant);
    return service.app.get(Database).read(ctx, work => service.app.get(SigningKeys).signer(ctx, work));
  };
  const verify = async (code: string, as = {}) => {
    const answer = await service.graphql(VERIFY, { code }, as);
    expect(answer.errors).toBeUndefined();
    return answer.data.verifyCertificate;
  };
  const certified = async (tenant: TenantRef) => {
    const one = await citizen(tenant);
    const vaccinationId = await record(tenant, one.personId);
    const { certificate } = await latest(one);
    return { ...one, vaccinationId, certificate, code: certificate.qrText as string };
  };

  describe('of a dose', () => {
    it('are being prepared until the fact is carried, then ready and valid for anybody', async () => {
      const one = await citizen(aa);
      expect(await latest(one)).toMatchObject({ status: 'NONE', since: null, certificate: null });
      const vaccinationId = await store(aa, one.personId, { silent: true });
      const pending = await latest(one);
      const fact = { personId: one.personId, vaccinationId, facilityId: facilities.aa! };
      const ctx = service.contextOf(aa);
      await service.app
        .get(Database)
        .write(ctx, async work =>
          service.app.get(Outbox).announce(ctx, work, doseRecorded, one.personId, fact),
        );
      await service.carryFacts();

      const { status, certificate } = await latest(one);
      const verdict = await verify(certificate.qrText);

      expect(pending).toMatchObject({ status: 'PENDING', since: expect.any(String), certificate: null });
      expect(status).toBe('READY');
      expect(certificate).toMatchObject({ status: 'VALID', reason: null, successor: null });
      expect(certificate.number).toMatch(/^BD(-[0-9A-Z]{4}){3}$/);
      expect(verdict).toEqual({
        outcome: 'VALID',
        reason: null,
        message: 'This certificate is genuine and in force.',
        issuer: 'Ministry of aa',
        issuedAt: certificate.issuedAt,
        expiresAt: certificate.expiresAt,
        holderName: 'Test',
        birthDate: '2025', // the year, as long as nobody asked for more and proved it
        doses: [{ vaccine: 'BCG vaccine', date: '2026-01-15', doseNumber: 1, lot: 'LOT-7' }],
      });
    });

    it('are there within moments of the dose, carried by the relay itself', async () => {
      const one = await citizen(aa);
      const relay = service.app.get(Relay);
      relay.start(() => service.app.get(Catalogue).served());
      await store(aa, one.personId);

      while ((await latest(one)).status !== 'READY') await new Promise(resolve => setTimeout(resolve, 50));
      await relay.onApplicationShutdown();
      relay['stopped'] = false;
    }, 60_000);

    it('tell no more of a birth date than is known', async () => {
      const one = await citizen(aa, '2024-05-01', 'month');
      await record(aa, one.personId);

      const verdict = await verify((await latest(one)).certificate.qrText);

      expect(verdict.birthDate).toBe('2024');
    });

    it('say vaccines and verdict in the verifier’s language, from the issuer’s own words', async () => {
      const { code } = await certified(aa);

      const verdict = await verify(code, { language: 'bn' });

      expect(verdict.message).toBe('এই সনদটি আসল এবং বৈধ।');
      expect(verdict.doses[0].vaccine).toMatch(/\p{Script=Bengali}/u);
    });

    it('are superseded by the next dose, and what they say stays true', async () => {
      const one = await certified(aa);

      await record(aa, one.personId, { givenOn: '2026-02-20' });
      const { certificate } = await latest(one);
      const items = await all(one);

      expect(certificate.doses.map((dose: { date: string }) => dose.date)).toEqual([
        '2026-01-15',
        '2026-02-20',
      ]);
      expect(items).toMatchObject([
        { number: certificate.number, status: 'VALID' },
        { status: 'SUPERSEDED', reason: 'NEW_DOSE', successor: certificate.number },
      ]);
      expect(await verify(one.code)).toMatchObject({
        outcome: 'SUPERSEDED',
        reason: 'NEW_DOSE',
        holderName: 'Test',
      });
      expect(await verify(certificate.qrText)).toMatchObject({ outcome: 'VALID' });
    });

    it('number the doses anew when an earlier one is entered late', async () => {
      const one = await citizen(aa);
      await record(aa, one.personId, { penta: true, givenOn: '2026-04-01' });
      const before = (await latest(one)).certificate.doses;

      await record(aa, one.personId, { penta: true, givenOn: '2026-02-15' });
      const { certificate } = await latest(one);

      expect(before).toMatchObject([{ date: '2026-04-01', doseNumber: 1 }]);
      expect(certificate.doses).toMatchObject([
        { date: '2026-02-15', doseNumber: 1 },
        { date: '2026-04-01', doseNumber: 2 },
      ]);
    });

    it('are revoked and issued anew in one act when the dose is corrected', async () => {
      const one = await certified(aa);

      await record(aa, one.personId, {
        kind: 'correction',
        replaces: one.vaccinationId,
        givenOn: '2026-01-16',
      });
      const { status, certificate } = await latest(one);

      expect(status).toBe('READY');
      expect(certificate.doses).toMatchObject([{ date: '2026-01-16' }]);
      expect(await verify(certificate.qrText)).toMatchObject({ outcome: 'VALID' });
      expect(await verify(one.code)).toMatchObject({
        outcome: 'REVOKED',
        reason: 'DOSE_CORRECTED',
        message: 'This certificate is no longer valid: a dose on it was corrected. Ask for the new one.',
        holderName: null,
        birthDate: null,
        doses: [],
      });
      expect((await all(one))[1]).toMatchObject({ status: 'REVOKED', qrText: null, qrSvg: null });
    });

    it('are revoked, and none is left, when the only dose is voided', async () => {
      const one = await certified(aa);

      await record(aa, one.personId, { kind: 'void', replaces: one.vaccinationId });

      expect(await latest(one)).toMatchObject({
        status: 'NONE',
        certificate: { status: 'REVOKED', reason: 'DOSE_VOIDED' },
      });
      expect(await verify(one.code)).toMatchObject({ outcome: 'REVOKED', reason: 'DOSE_VOIDED' });
    });

    it('are issued anew with the right name when the person’s is corrected', async () => {
      const one = await certified(aa);
      const ctx = service.contextOf(aa);
      await service.app.get(Database).write(ctx, async work => {
        await work.query(`UPDATE person SET name = 'Right Name' WHERE person_id = $1`, [one.personId]);
        const fact = { personId: one.personId, fields: ['name'] };
        service.app.get(Outbox).announce(ctx, work, personChanged, one.personId, fact);
      });
      await service.carryFacts();

      const { certificate } = await latest(one);

      expect(await verify(certificate.qrText)).toMatchObject({ outcome: 'VALID', holderName: 'Right Name' });
      expect(await verify(one.code)).toMatchObject({ outcome: 'REVOKED', reason: 'PERSON_CORRECTED' });
    });

    it('are issued once for each fact, told twice and to two workers at once', async () => {
      const one = await certified(aa);
      const id = newId();
      await store(aa, one.personId, { givenOn: '2026-03-01' });
      const { IssueCertificate } = await import('../../../src/certificates/issue-certificate');
      const issue = service.app.get(IssueCertificate);
      const told = { personId: one.personId, factId: id, cause: 'new-dose' as const };

      await Promise.all(Array.from({ length: 6 }, () => issue.run(service.contextOf(aa), told)));
      await Promise.all([
        issue.run(service.contextOf(aa), { ...told, factId: newId() }),
        issue.run(service.contextOf(aa), { ...told, factId: newId() }),
      ]);
      await service.carryFacts();

      expect((await all(one)).map((item: { status: string }) => item.status)).toEqual([
        'VALID',
        'SUPERSEDED',
      ]);
    });
  });

  describe('as a page', () => {
    const pdfOf = async (one: Awaited<ReturnType<typeof citizen>>, language?: string) => {
      const answer = await service.graphql(PDF, { personId: one.personId, language }, one.caller);
      expect(answer.errors).toBeUndefined();
      return answer.data.certificate.certificate;
    };

    it('are a PDF in the language asked for, and a picture of the code', async () => {
      const one = await certified(aa);

      const inBangla = await pdfOf(one, 'bn');
      const inEnglish = await pdfOf(one, 'en');

      expect(Buffer.from(inBangla.pdf, 'base64').toString('latin1')).toMatch(/^%PDF-/);
      expect(Buffer.from(inBangla.pdf, 'base64').toString('latin1')).toContain('Bengali');
      expect(inEnglish.pdf).not.toBe(inBangla.pdf);
      expect(inEnglish.qrSvg).toMatch(/^<svg /);
    });

    const onPaper = skipUnless(hasPoppler(), 'certificates on paper: poppler-utils are not installed');
    onPaper('on paper', () => {
      it('have a code that two readers of different makers read and the register knows, in every language', async () => {
        const one = await certified(aa);
        const languages = ['bn', 'en'];

        const scanned = await Promise.all(
          languages.map(async language =>
            scannedByTwo(Buffer.from((await pdfOf(one, language)).pdf, 'base64')),
          ),
        );

        expect(scanned).toEqual(languages.map(() => [one.code, one.code]));
        expect((await verify(scanned[0]![0]!)).outcome).toBe('VALID');
      });
    });
  });

  describe('shown to a stranger', () => {
    it('are not genuine when a letter of what they say was changed', async () => {
      const { code } = await certified(aa);

      const verdict = await verify(tampered(code));

      expect(verdict).toMatchObject({
        outcome: 'NOT_GENUINE',
        reason: 'SIGNATURE',
        holderName: null,
        doses: [],
      });
      expect(verdict.issuer).toBeNull();
    });

    it('are unreadable when they are anything else, whatever bytes', async () => {
      const texts = [
        '',
        ' ',
        'HC1:',
        'HC1:NCF',
        'hello',
        '\u0000',
        '🦠'.repeat(50),
        'HC1:' + 'A'.repeat(9_000),
      ];

      for (const text of texts)
        expect(await verify(text)).toMatchObject({ outcome: 'UNREADABLE', doses: [] });
    });

    it('are checked however many that nobody signed came from the same network', async () => {
      const { code } = await certified(aa);
      const foreign = Array.from(
        { length: 20 },
        (_, n) => `c${n}: verifyCertificate(code: "${n}") { outcome }`,
      );
      for (let n = 0; n < 35; n++) await service.graphql(`{ ${foreign.join(' ')} }`);

      const verdict = await verify(code);

      expect(verdict).toMatchObject({ outcome: 'VALID' });
    });

    it('get a verdict whatever was changed in them, and never a good one', async () => {
      const { code } = await certified(aa);
      const spoilt = fc.oneof(
        fc
          .tuple(fc.nat(code.length - 1), fc.constantFrom(...'0A9Z$:'))
          .map(([at, letter]) => spliced(code, at, 1, letter)),
        fc.tuple(fc.nat(code.length - 1), fc.string()).map(([at, text]) => spliced(code, at, 0, text)),
        fc.nat(code.length - 1).map(length => code.slice(0, length)),
        fc.string({ unit: 'binary' }).map(text => `HC1:${text}`),
        fc.uint8Array({ maxLength: 400 }).map(bytes => `HC1:${toBase45(new Uint8Array(deflateSync(bytes)))}`),
      );
      await fc.assert(
        fc.asyncProperty(
          spoilt.filter(text => text.trim() !== code),
          async text => {
            const { outcome, holderName } = await verify(text);

            expect(['UNREADABLE', 'NOT_GENUINE', 'UNKNOWN_ISSUER']).toContain(outcome);
            expect(holderName).toBeNull();
          },
        ),
        { numRuns: 150 },
      );
    });

    it('are of an unknown issuer when nobody here has their key', async () => {
      const { code } = await certified(aa);
      await onServer(service.database.url, owner =>
        owner.query(`UPDATE platform.signing_key_directory SET kid = 'x' || kid WHERE tenant_code = 'aa'`),
      );

      const verdict = await verify(code);

      await onServer(service.database.url, owner =>
        owner.query(
          `UPDATE platform.signing_key_directory SET kid = substr(kid, 2) WHERE tenant_code = 'aa'`,
        ),
      );
      expect(verdict).toMatchObject({ outcome: 'UNKNOWN_ISSUER', reason: 'KEY_UNKNOWN', holderName: null });
      expect(await verify(code)).toMatchObject({ outcome: 'VALID' });
    });

    it('are not genuine when one country’s key signs in the name of another', async () => {
      const { code } = await certified(aa);
      const read = readHcert(code);
      if (read.outcome !== 'read') throw new Error(read.reason);
      const signer = await signerOf(bb);
      const forge = (issuer: string, content: object) =>
        signHcert({
          payload: content,
          claimKey: nationalCertificate.claimKey,
          issuer,
          issuedAt: new Date(Date.now() - 60_000),
          expiresAt: new Date(Date.now() + 60_000),
          signer: { ...signer, alg: 'ES256' },
        });
      const content = read.hcert.content as object;

      expect(await verify(forge('BD', content))).toMatchObject({
        outcome: 'NOT_GENUINE',
        reason: 'KEY_USAGE',
      });
      expect(await verify(forge('GH', content))).toMatchObject({
        outcome: 'NOT_GENUINE',
        reason: 'KEY_USAGE',
      });
      expect(await verify(forge('GH', { ...content, co: 'GH' }))).toMatchObject({
        outcome: 'NOT_GENUINE',
        reason: 'NOT_REGISTERED',
        holderName: null,
      });
    });

    it('are not genuine when a stolen key signs another name under a number that was issued', async () => {
      const { code } = await certified(aa);
      const read = readHcert(code);
      if (read.outcome !== 'read') throw new Error(read.reason);
      const forged = signHcert({
        payload: { ...(read.hcert.content as object), n: 'Somebody Else' },
        claimKey: nationalCertificate.claimKey,
        issuer: 'BD',
        issuedAt: read.hcert.claims.issuedAt!,
        expiresAt: read.hcert.claims.expiresAt!,
        signer: { ...(await signerOf(aa)), alg: 'ES256' },
      });

      const verdict = await verify(forged);

      expect(verdict).toMatchObject({ outcome: 'NOT_GENUINE', reason: 'NOT_REGISTERED', holderName: null });
    });

    it('are expired after their time, with what they said', async () => {
      const { code, personId } = await certified(aa);
      const read = readHcert(code);
      if (read.outcome !== 'read') throw new Error(read.reason);
      const signer = await signerOf(aa);
      const old = signHcert({
        payload: read.hcert.content as object,
        claimKey: nationalCertificate.claimKey,
        issuer: 'BD',
        issuedAt: new Date(Date.now() - 120_000),
        expiresAt: new Date(Date.now() - 60_000),
        signer: { ...signer, alg: 'ES256' },
      });
      await onServer(service.database.url, owner =>
        owner.query(
          `UPDATE tenant_aa.certificate SET expires_at = now() - interval '60 s', text_sha256 = $2 WHERE person_id = $1`,
          [personId, createHash('sha256').update(old).digest()],
        ),
      );

      expect(await verify(old)).toMatchObject({ outcome: 'EXPIRED', reason: 'EXPIRED', holderName: 'Test' });
    });

    it('are counted by country and outcome, without a word of whose', async () => {
      const one = await certified(bb);
      await verify(one.code);
      await service.app.get(VerificationCounts).write();

      const rows = await onServer(service.database.url, async owner => {
        const { rows: counts } = await owner.query(
          `SELECT * FROM platform.verification_count WHERE tenant_code = 'bb' AND outcome = 'VALID'`,
        );
        return counts;
      });

      expect(rows).toHaveLength(1);
      expect(Object.keys(rows[0]).sort()).toEqual(['count', 'day', 'outcome', 'tenant_code']);
      expect(Number(rows[0].count)).toBeGreaterThan(0);
    });

    it('still verify when the country is suspended and archived', async () => {
      const cc = await service.country('cc', 'gh');
      facilities.cc = (await addFacility(service, cc)).id;
      await addLots(cc);
      const { code, caller, personId } = await certified(cc);
      for (const state of ['SUSPENDED', 'ARCHIVED']) {
        await onServer(service.database.url, owner =>
          owner.query(`UPDATE platform.tenant SET state = $1 WHERE code = 'cc'`, [state]),
        );
        service.app.get(Catalogue).forget();

        expect(await verify(code)).toMatchObject({ outcome: 'VALID', holderName: 'Test' });
        expect(await latest({ caller, personId })).toMatchObject({ status: 'READY' });
      }
    });
  });

  describe('and their keys', () => {
    const admin = async (tenant: TenantRef) => ({
      tenant: tenant.code,
      token: await service.tokenFor(tenant, [country('configuration-admin')]),
    });

    it('are listed for everybody, one signing from the day the country was provisioned', async () => {
      const fresh = await service.provision('dd');

      const { data } = await service.graphql(KEYS, {}, { tenant: fresh.code });

      expect(data.signingKeys).toMatchObject([{ state: 'SIGNING', withdrawnAt: null }]);
      expect(Object.keys(JSON.parse(data.signingKeys[0].publicJwk)).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    });

    it('are rotated with overlap: what the old one signed still verifies', async () => {
      const one = await certified(bb);
      const [old] = (await service.graphql(KEYS, {}, { tenant: 'bb' })).data.signingKeys;

      const { data } = await service.graphql(ROTATE, { replacing: old.kid }, await admin(bb));
      const after = await certified(bb);

      expect(data.rotateSigningKey).toMatchObject([
        { state: 'SIGNING' },
        { kid: old.kid, state: 'VERIFYING' },
      ]);
      expect(kidOf(one.code)).toBe(old.kid);
      expect(kidOf(after.code)).toBe(data.rotateSigningKey[0].kid);
      expect(await verify(one.code)).toMatchObject({ outcome: 'VALID' });
      expect(await verify(after.code)).toMatchObject({ outcome: 'VALID' });
    });

    it('are rotated once when two ask at once', async () => {
      const [current] = (await service.graphql(KEYS, {}, { tenant: 'bb' })).data.signingKeys;
      const as = await admin(bb);

      const answers = await Promise.all(
        [1, 2].map(() => service.graphql(ROTATE, { replacing: current.kid }, as)),
      );
      const again = await service.graphql(ROTATE, { replacing: current.kid }, as);

      const kids = new Set(answers.flatMap(({ data }) => (data ? [data.rotateSigningKey[0].kid] : [])));
      expect(kids.size).toBe(1);
      expect(again.errors?.[0]?.extensions.code).toBe('CONFLICT');
      const { rows } = await onServer(service.database.url, owner =>
        owner.query(`SELECT count(*)::int AS count FROM tenant_bb.signing_key WHERE number = 3`),
      );
      expect(rows[0].count).toBe(1);
    });

    it('are withdrawn: nothing they signed is believed, and everybody gets a certificate signed anew', async () => {
      const one = await certified(bb);
      const other = await certified(bb);
      const kid = kidOf(one.code);
      const as = await admin(bb);

      const { data } = await service.graphql(WITHDRAW, { kid, reason: 'COMPROMISED' }, as);
      const between = await verify(one.code);
      await service.carryFacts();
      const again = await service.graphql(WITHDRAW, { kid, reason: 'LOST' }, as);

      expect(data.withdrawSigningKey[0]).toMatchObject({ state: 'SIGNING' });
      expect(data.withdrawSigningKey.find((key: { kid: string }) => key.kid === kid).state).toBe('WITHDRAWN');
      expect(between).toMatchObject({ outcome: 'NOT_GENUINE', reason: 'KEY_WITHDRAWN', holderName: null });
      expect(again.data.withdrawSigningKey).toEqual(data.withdrawSigningKey);
      for (const holder of [one, other]) {
        const { status, certificate } = await latest(holder);
        expect(status).toBe('READY');
        expect(await verify(certificate.qrText)).toMatchObject({ outcome: 'VALID' });
        expect(await all(holder)).toMatchObject([
          { status: 'VALID' },
          { status: 'REVOKED', reason: 'KEY_WITHDRAWN', successor: certificate.number },
        ]);
      }
    });

    it('are nobody’s to withdraw who is of another country', async () => {
      const { data } = await service.graphql(KEYS, {}, { tenant: 'aa' });

      const answer = await service.graphql(
        WITHDRAW,
        { kid: data.signingKeys[0].kid, reason: 'LOST' },
        await admin(bb),
      );

      expect(answer.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    });

    it('are nowhere in the database in clear, in no form', async () => {
      const { privateKey } = await signerOf(aa);
      const jwk = privateKey.export({ format: 'jwk' });
      const secret = Buffer.from(jwk.d!, 'base64url');
      const der = privateKey.export({ type: 'pkcs8', format: 'der' });
      const canaries = [
        jwk.d!,
        secret.toString('hex'),
        secret.toString('base64').slice(0, 40),
        'PRIVATE KEY',
      ];

      const dump = await onServer(service.database.url, dumpOf);

      expect(dump.length).toBeGreaterThan(10_000);
      expect(dump).toContain(jwk.x!); // the public half is there, so the dump is one that would show the private half
      for (const canary of [...canaries, der.toString('base64').slice(10, 50)])
        expect(dump).not.toContain(canary);
      expect(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).asymmetricKeyType).toBe('ec');
    });

    it('are worth nothing in the hands of whoever has only the database', async () => {
      const { rows } = await onServer(service.database.url, owner =>
        owner.query(`SELECT wrapped_private_key AS wrapped FROM tenant_aa.signing_key`),
      );

      expect(() => createPrivateKey({ key: rows[0].wrapped, format: 'der', type: 'pkcs8' })).toThrow();
    });
  });

  it('keep their code sealed: whoever has only the database can show nobody’s', async () => {
    const { code } = await certified(aa);

    const dump = await onServer(service.database.url, dumpOf);

    expect(dump).not.toContain(code.slice(4, 40));
    expect(dump).toContain(createHash('sha256').update(code).digest('hex'));
  });

  it('leave a trace in the audit whenever they are issued, read or printed', async () => {
    const one = await certified(aa);
    await service.graphql(PDF, { personId: one.personId }, { ...one.caller, purpose: 'travel' });

    const entries = await write<{ action: string; purpose: string | null }>(
      service,
      aa,
      `SELECT action, purpose FROM audit_entry WHERE person_id = $1 ORDER BY id`,
      [one.personId],
    );

    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['certificate.issue', 'certificate.read', 'certificate.print']),
    );
    expect(entries.at(-1)!.purpose).toBe('travel');
  });
});

const spliced = (text: string, at: number, count: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + count);

/** The code with one letter of its content changed and everything else as it was: only the signature can tell. */
function tampered(code: string): string {
  const cose = Buffer.from(inflateSync(fromBase45(code.slice(4))));
  const at = cose.indexOf('LOT-7');
  cose[at] = 'B'.charCodeAt(0);
  return `HC1:${toBase45(new Uint8Array(deflateSync(cose)))}`;
}

function kidOf(code: string): string | undefined {
  const read = readHcert(code);
  return read.outcome === 'read' ? read.hcert.kid : undefined;
}

/** Every row of every table of every schema, as text; bytes in hexadecimal. */
async function dumpOf(owner: {
  query: (sql: string) => Promise<{ rows: Record<'name' | 'row', string>[] }>;
}): Promise<string> {
  const { rows: tables } = await owner.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = 'platform' OR schemaname LIKE 'tenant%'`,
  );
  let dump = '';
  for (const { name } of tables) {
    const { rows } = await owner.query(`SELECT t::text AS row FROM ${name} t`);
    dump += rows.map(({ row }) => row).join('\n');
  }
  return dump;
}
