import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { CertificateFacts } from '../facts';
import { verifyCertificate, type CertificateTrust, type CertificateVerdict } from '../formats';
import { fromStatusListJson, newTokenStatusList } from '../status-lists';
import { jwkThumbprint } from '../trust';
import { reasons } from '../verdict';
import { packedHandles, revocationHandles, type TrustBundle, verifyWithBundle } from '../trust-bundle';
import { signJwt, signSdJwt } from './sign-sd-jwt';
import { signTokenStatusList, signVaccinationSdJwt } from './vaccination-sd-jwt';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = jwkThumbprint(publicKey.export({ format: 'jwk' }));
const issuer = 'https://vaccines.example/xx';
const type = 'https://vaccines.example/contexts/vaccination/sd-jwt/v1';
const list = `${issuer}/trust/token-status/1`;
const within = new Date('2026-06-01T00:00:00Z');
const dose = (at: number) => ({
  vaccine: 'cvx:19',
  words: 'BCG vaccine',
  date: `2024-0${at + 1}-15`,
  doseNumber: at + 1,
  lot: `L${at}`,
});
const issued = (more: Partial<Parameters<typeof signVaccinationSdJwt>[0]> = {}): string =>
  signVaccinationSdJwt({
    issuer,
    type,
    facts: { holderName: 'Ama Mensah', birthDate: '1990-05-17', doses: [dose(0), dose(1)] },
    issuedAt: new Date('2026-01-01'),
    expiresAt: new Date('2036-01-01'),
    status: { list, index: 7 },
    signer: { kid, privateKey },
    ...more,
  });
const trust: CertificateTrust = {
  keys: (asked, by) => (asked === kid && by === issuer ? [{ publicKey, usages: [] }] : []),
};
const verdictOn = (text: string, more: Partial<CertificateTrust> = {}, at = within) =>
  verifyCertificate(text, { ...trust, ...more }, at);
const reasonOf = async (text: string, more: Partial<CertificateTrust> = {}, at = within) => {
  const verdict = await verdictOn(text, more, at);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
};
const bundle = async (revoked: string[] = []): Promise<TrustBundle> => ({
  format: 'tikasetu.trust-bundle/1',
  country: 'XX',
  names: {},
  serial: 1,
  issuedAt: '2026-05-31T00:00:00Z',
  nextUpdate: '2026-06-02T00:00:00Z',
  keys: [
    { kid, issuer, alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) as { kty: string }, usages: [] },
  ],
  revoked: await packedHandles(revoked),
  valueSets: {},
});
const partsOf = (text: string) => text.split('~');
/** What a holder shows: the disclosures that say something of these. */
const showing = (text: string, ...words: string[]): string => {
  const [jwt, ...disclosures] = partsOf(text).slice(0, -1);
  const said = (one: string) => Buffer.from(one, 'base64url').toString();
  return [jwt, ...disclosures.filter(one => words.some(word => said(one).includes(word))), ''].join('~');
};
const payloadOf = (text: string) => JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString());
const disclosure = (...said: unknown[]): string => Buffer.from(JSON.stringify(said)).toString('base64url');
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
const claims = {
  iss: issuer,
  iat: 1_767_225_600,
  exp: 2_082_758_400,
  vct: type,
  name: 'Ama Mensah',
  vaccination: [{ vaccine: 'cvx:19', occurrence: '2024-01-15' }],
};
const made = (payload: object, disclosures: string[] = [], header: object = {}): string =>
  [signJwt({ typ: 'dc+sd-jwt', kid, ...header }, payload, privateKey), ...disclosures, ''].join('~');

type JsonParts = ReturnType<typeof jsonParts>;
/** The parts of its JSON serialisation (RFC 9901, section 8). */
function jsonParts(text: string) {
  const [jwt, ...disclosures] = partsOf(text).slice(0, -1);
  const [head, payload, signature] = jwt!.split('.');
  return { payload, protected: head, signature, header: { disclosures } };
}

describe('an SD-JWT VC of vaccinations', () => {
  test('says in clear no more than who is meant, by whom, and until when', () => {
    const text = issued();

    expect(Object.keys(payloadOf(text)).toSorted()).toEqual(
      ['_sd', '_sd_alg', 'exp', 'iat', 'iss', 'name', 'status', 'vaccination', 'vct'].toSorted(),
    );
    expect(JSON.stringify(payloadOf(text))).not.toMatch(/1990|cvx|2024|BCG|"L0"/);
    expect(payloadOf(text).status).toEqual({ status_list: { idx: 7, uri: list } });
    const salts = partsOf(text)
      .slice(1, -1)
      .map(one => JSON.parse(Buffer.from(one, 'base64url').toString())[0]);
    expect(new Set(salts).size).toBe(4);
    for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
  });

  test('tells all that is disclosed, in one spelling, with a network and without', async () => {
    const text = issued();
    const shown = showing(text, 'age_birth_year', '2024-02-15');

    const [whole, part] = [await verdictOn(text), await verdictOn(shown)];

    expect(whole).toMatchObject({
      outcome: 'valid',
      format: 'sd-jwt-vc',
      issuer,
      facts: { holderName: 'Ama Mensah', birthDate: '1990-05-17', doses: [dose(0), dose(1)] },
      issuedAt: new Date('2026-01-01'),
      expiresAt: new Date('2036-01-01'),
    });
    expect(part).toMatchObject({ outcome: 'valid', facts: { birthDate: '1990', doses: [dose(1)] } });
    expect('spelling' in part && part.spelling).toBe('spelling' in whole && whole.spelling);
    expect(await verifyWithBundle(shown, await bundle(), within)).toMatchObject({
      outcome: 'valid',
      format: 'sd-jwt-vc',
      facts: { birthDate: '1990', doses: [dose(1)] },
      stale: false,
    });
  });

  test.each([
    ['flattened', ({ payload, ...signed }: JsonParts) => ({ payload, ...signed })],
    ['general', ({ payload, ...signed }: JsonParts) => ({ payload, signatures: [signed] })],
  ])('in JSON, %s, is the same certificate, with a network and without', async (_, form) => {
    const text = issued();
    const shown = JSON.stringify(form(jsonParts(text)), null, 1);

    const [compact, json] = [await verdictOn(text), await verdictOn(shown)];

    expect(json).toMatchObject({ outcome: 'valid', format: 'sd-jwt-vc' });
    expect(json).toEqual(compact);
    expect(await verifyWithBundle(shown, await bundle(), within)).toEqual(
      await verifyWithBundle(text, await bundle(), within),
    );
  });

  test.each([
    ['a disclosure that is two', { header: { disclosures: ['AA~BB'] } }],
    ['disclosures that are no list', { header: { disclosures: 'AA' } }],
    ['no signature', { signature: undefined }],
    ['a part that hides a further one', { protected: 'e30.e30' }],
    ['a key binding that brings disclosures', { header: { kb_jwt: 'AA~' } }],
    ['no signature in its list', { signatures: [] }],
  ])('in JSON with %s is refused', async (_, spoilt) => {
    expect(await reasonOf(JSON.stringify({ ...jsonParts(issued()), ...spoilt }))).toBe('jws');
  });

  test('is revoked by its place on a signed list, with a network and without', async () => {
    const text = issued();
    const marked = newTokenStatusList(64, 1);
    marked.set(7, 1);
    const token = signTokenStatusList(
      marked,
      { address: list, issuer, issuedAt: within, expiresAt: within, ttl: 300 },
      { kid, privateKey },
    );
    const published = payloadOf(token);
    const lists = (which = fromStatusListJson(published.status_list)) => ({
      statusLists: (address: string) => (address === published.sub ? which : undefined),
    });

    expect(JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).typ).toBe('statuslist+jwt');
    expect(await reasonOf(text, lists())).toBe('revoked');
    expect(await reasonOf(text, lists(newTokenStatusList(64, 1)))).toBe('valid');
    expect(await reasonOf(text, lists(newTokenStatusList(0, 1)))).toBe('schema');
    const handle = revocationHandles.statusPlace(`${list}#7`);
    expect(await verifyWithBundle(text, await bundle([handle]), within)).toMatchObject({ reason: 'revoked' });
  });

  test.each([
    ['by a key that nobody knows', 'key-unknown', issued(), { keys: () => [] }],
    ['in the name of another issuer', 'key-unknown', issued({ issuer: 'https://other.example' }), {}],
    [
      'of an issuer who may not sign vaccinations',
      'key-usage',
      issued(),
      { keys: () => [{ publicKey, usages: ['test' as const] }] },
    ],
    ['with a disclosure that nobody signed', 'unsigned', `${issued()}${disclosure('salt', 'sex', 'F')}~`, {}],
    [
      'with a dose that nobody signed',
      'unsigned',
      `${issued()}${disclosure('salt', { vaccine: 'cvx:19', occurrence: '2024-01-01' })}~`,
      {},
    ],
    [
      'with a disclosure twice',
      'schema',
      showing(issued(), 'age_birth_year').replace(/~(.+)~$/, '~$1~$1~'),
      {},
    ],
    ['of another type', 'content-unknown', made({ ...claims, vct: 'https://other.example/licence' }), {}],
    ['that is a token of another kind', 'content-unknown', made(claims, [], { typ: 'JWT' }), {}],
    ['with a critical header', 'jws', made(claims, [], { crit: ['b64'] }), {}],
    ['by no algorithm', 'jws', made(claims, [], { alg: 'none' }), {}],
    ['by a hash that nobody has to know', 'jws', made({ ...claims, _sd_alg: 'md5' }), {}],
    ['without a name', 'schema', made({ ...claims, name: undefined }), {}],
    [
      'whose status is nowhere',
      'schema',
      made({ ...claims, status: { status_list: { idx: '7', uri: 1 } } }),
      {},
    ],
    ['whose dates are in milliseconds', 'schema', made({ ...claims, exp: 2_082_758_400_000 }), {}],
  ])('%s is refused: %s', async (_, reason, text, more) => {
    expect(await reasonOf(text, more)).toBe(reason);
  });

  test('is refused with anything of its signed part changed', async () => {
    const text = issued();
    const [head, body, tail] = text.split('.') as [string, string, string];
    const other = Buffer.from(JSON.stringify({ ...payloadOf(text), name: 'Esi' })).toString('base64url');

    expect(await reasonOf(`${head}.${other}.${tail}`)).toBe('signature');
    expect(
      await reasonOf(`${head}.${body}.${tail.replace(/^./, first => (first === 'A' ? 'B' : 'A'))}`),
    ).toBe('signature');
  });

  test('counts to its last second, and not before its first; parts of a second count', async () => {
    const text = made({ ...claims, iat: 1_780_272_000.5, exp: 1_780_272_001.5 });
    const at = (seconds: number) => new Date(seconds * 1000);

    expect(await reasonOf(text, {}, at(1_780_272_000.4))).toBe('not-yet-valid');
    expect(await reasonOf(text, {}, at(1_780_272_000.5))).toBe('valid');
    expect(await reasonOf(text, {}, at(1_780_272_001.5))).toBe('valid');
    expect(await reasonOf(text, {}, at(1_780_272_001.6))).toBe('expired');
    expect(await reasonOf(made({ ...claims, nbf: 1_780_272_000 }), {}, at(1_780_271_999))).toBe(
      'not-yet-valid',
    );
  });

  test('hides no claim by one of the same name, and says nothing twice', async () => {
    const name = disclosure('salt', 'name', 'Esi');
    const date = disclosure('salt', 'birthdate', '1990');
    const exp = disclosure('salt', 'exp', 9_999_999_999);
    const { exp: _, ...endless } = claims;

    expect(await reasonOf(made({ ...claims, _sd: [digest(name)] }, [name]))).toBe('schema');
    expect(await reasonOf(made({ ...claims, _sd: [digest(date), digest(date)] }, [date]))).toBe('schema');
    expect(await reasonOf(made({ ...claims, _sd: [digest(date)], a: { _sd: [digest(date)] } }, [date]))).toBe(
      'schema',
    );
    expect(await reasonOf(made({ ...endless, _sd: [digest(exp)] }, [exp]))).toBe('schema');
    expect(await reasonOf(made({ ...claims, _sd: [digest(date)] }, [date]))).toBe('valid');
  });

  test('is read through disclosures in disclosures, no deeper than any certificate nests', async () => {
    const nested = (depth: number): { payload: object; disclosures: string[] } => {
      const disclosures: string[] = [];
      let inner: object = {};
      for (let at = 0; at < depth; at++) {
        const one = disclosure('salt', `in${at}`, inner);
        disclosures.push(one);
        inner = { _sd: [digest(one)] };
      }
      return { payload: { ...claims, more: inner }, disclosures };
    };
    const [few, many] = [nested(10), nested(60)];

    expect(await reasonOf(made(few.payload, few.disclosures))).toBe('valid');
    expect(await reasonOf(made(many.payload, many.disclosures))).toBe('json');
    const crowd = Array.from({ length: 501 }, (_, at) => disclosure('salt', `claim${at}`, at));
    expect(await reasonOf(made(claims, crowd))).toBe('size');
  });

  describe('bound to its holder', () => {
    const holder = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const cnf = { jwk: holder.publicKey.export({ format: 'jwk' }) };
    const bound = signSdJwt({
      claims: { ...claims, cnf },
      hidden: { birthdate: '1990' },
      lists: {},
      typ: 'dc+sd-jwt',
      signer: { kid, privateKey },
    });
    const binding = (over: string, key: KeyObject, typ = 'kb+jwt') =>
      signJwt({ typ }, { iat: 1_767_225_600, aud: 'x', nonce: 'y', sd_hash: digest(over) }, key);

    test('holds with her own signature over what she shows, and without one', async () => {
      const less = showing(bound);

      expect(await reasonOf(bound)).toBe('valid');
      expect(await reasonOf(bound + binding(bound, holder.privateKey))).toBe('valid');
      expect(await reasonOf(less + binding(less, holder.privateKey))).toBe('valid');
    });

    test.each([
      ['by somebody else', bound + binding(bound, privateKey)],
      ['over something else', showing(bound) + binding(bound, holder.privateKey)],
      ['that is a token of another kind', bound + binding(bound, holder.privateKey, 'JWT')],
      ['of a credential that is bound to nobody', made(claims) + binding(made(claims), holder.privateKey)],
    ])('is refused with a signature %s', async (_, text) => {
      expect(await reasonOf(text)).toBe('signature');
    });
  });

  test.each([
    ['ES384', 'P-384', 'sha384'],
    ['ES512', 'P-521', 'sha512'],
  ] as const)('is believed by %s on its own curve alone', async (alg, namedCurve, hash) => {
    const pair = generateKeyPairSync('ec', { namedCurve });
    const text = signedBy(alg, data => sign(hash, data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }));
    const asES256 = signedBy('ES256', data =>
      sign('sha256', data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }),
    );
    const keys = () => [{ publicKey: pair.publicKey, usages: [] }];

    expect(await reasonOf(text, { keys })).toBe('valid');
    expect(await reasonOf(asES256, { keys })).toBe('signature');
  });

  test('is believed by Ed25519 and by RSA of 3072 bits', async () => {
    const ed = generateKeyPairSync('ed25519');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const pss = { key: rsa.privateKey, padding: 6, saltLength: 32 };
    const believed = (key: KeyObject) => ({ keys: () => [{ publicKey: key, usages: [] }] });

    expect(
      await reasonOf(
        signedBy('EdDSA', data => sign(null, data, ed.privateKey)),
        believed(ed.publicKey),
      ),
    ).toBe('valid');
    expect(
      await reasonOf(
        signedBy('PS256', data => sign('sha256', data, pss)),
        believed(rsa.publicKey),
      ),
    ).toBe('valid');
  });

  test('spoilt anywhere, it gets a reason or says no more than it said', async () => {
    const text = issued();
    const { facts } = (await verdictOn(text)) as { facts: CertificateFacts };
    /** Whatever is still believed is of the same person, and says nothing that was not said. */
    const isRight = (verdict: CertificateVerdict): boolean => {
      if (verdict.outcome !== 'valid') return reasons.includes(verdict.reason);
      const { holderName, birthDate, doses } = verdict.facts!;
      const said = doses.every(one => facts.doses.some(dose => isDeepStrictEqual(one, dose)));
      return said && holderName === facts.holderName && (facts.birthDate ?? '').startsWith(birthDate ?? '');
    };
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.string({ unit: 'binary', maxLength: 3 }),
        async (at, put) => {
          expect(isRight(await verdictOn(text.slice(0, at) + put + text.slice(at + 1)))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The same claims by another algorithm. */
function signedBy(alg: string, signature: (data: Buffer) => Buffer): string {
  const signed = [{ alg, typ: 'dc+sd-jwt', kid }, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${signature(Buffer.from(signed)).toString('base64url')}~`;
}
