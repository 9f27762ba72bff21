import { generateKeyPairSync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { healthCardQr, quietZone } from '../qr';
import type { KeyUsage } from '../trust';
import { reasons } from '../verdict';
import {
  Findings,
  inspectBundleText,
  inspectCodes,
  inspectFile,
  inspectParameters,
  inspectQrLayout,
  inspectRevocationList,
  signHealthCard,
  thumbprint,
  toNumeric,
  verifyHealthCard,
  type HealthCardToSign,
  type HealthCardTrust,
  type RevocationList,
} from '.';
import { signJws } from './jws';

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = { kid: thumbprint(keys.publicKey), privateKey: keys.privateKey };
const issuer = 'https://health.example/issuer';
const issuedAt = new Date('2026-01-01T00:00:00Z');
const expiresAt = new Date('2031-01-01T00:00:00Z');
const within = new Date('2026-06-01T00:00:00Z');

const dose = (day: string, lot: string, to: string) => ({
  resourceType: 'Immunization',
  status: 'completed',
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '107' }] },
  patient: { reference: to },
  occurrenceDateTime: day,
  lotNumber: lot,
});
const covidDose = {
  ...dose('2024-05-02', 'A', 'resource:0'),
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '208' }] },
};
const patient = { resourceType: 'Patient', name: [{ text: 'রহিমা খাতুন' }], birthDate: '2024-03-02' };
const bundleOf = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource, index) => ({ fullUrl: `resource:${index}`, resource })),
});
const bundle = bundleOf(
  patient,
  dose('2024-05-02', 'A-1', 'resource:0'),
  dose('2024-06-01', 'A-2', 'resource:0'),
);
const withDose = (change: object) =>
  bundleOf(patient, { ...dose('2024-05-02', 'A', 'resource:0'), ...change });
const toSign: HealthCardToSign = { bundle, issuer, issuedAt, expiresAt, rid: 'MKyCxh7p6uQ', signer };
const good = signHealthCard(toSign);
const trust = trusting([]);

function trusting(usages: KeyUsage[], rids: string[] = []): HealthCardTrust {
  return {
    keys: (kid, from) =>
      kid === signer.kid && from === issuer ? [{ publicKey: keys.publicKey, usages }] : [],
    revocations: kid => ({ kid, method: 'rid', ctr: 1, rids }),
  };
}

function reasonOf(texts: string | string[], given = trust, at = within): string {
  const verdict = verifyHealthCard(texts, given, at);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

const signed = (payload: unknown) =>
  signJws(typeof payload === 'string' ? payload : JSON.stringify(payload), signer);
const payload = JSON.parse(JSON.stringify((verifyHealthCard(good, trust, within) as { card: object }).card));
const withPayload = (change: (card: typeof payload) => void) => {
  const copy = structuredClone(payload);
  change(copy);
  return signed(copy);
};

describe('a SMART Health Card', () => {
  test('is read back from its QR code as it was certified', () => {
    expect(verifyHealthCard(toNumeric(good), trust, within)).toEqual({
      outcome: 'valid',
      kid: signer.kid,
      card: {
        iss: issuer,
        nbf: issuedAt.getTime() / 1000,
        exp: expiresAt.getTime() / 1000,
        vc: {
          type: ['https://smarthealth.cards#health-card', 'https://smarthealth.cards#immunization'],
          credentialSubject: { fhirVersion: '4.0.1', fhirBundle: bundle },
          rid: 'MKyCxh7p6uQ',
        },
      },
    });
    expect(reasonOf(good)).toBe('valid');
  });

  test.each([
    ['doses', dose('2024-05-02', 'A', 'resource:0'), ['immunization']],
    ['a dose against COVID-19', covidDose, ['immunization', 'covid19']],
    ['nothing but a person', undefined, []],
  ])('says by its types that it holds %s, as the official validator wants it', (_, resource, types) => {
    const card = signHealthCard({
      ...toSign,
      bundle: bundleOf(patient, ...(resource ? [resource] : [])),
    });

    const verdict = verifyHealthCard(card, trust, within);
    expect(verdict).toMatchObject({
      card: { vc: { type: ['health-card', ...types].map(type => `https://smarthealth.cards#${type}`) } },
    });
  });

  test('in a picture is laid out as an independent reader and the specification would have it', () => {
    const { size, isDark } = healthCardQr(toNumeric(good));
    const side = (size + 2 * quietZone) * 4;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let at = 0; at < side * side; at++) {
      const [row, column] = [Math.floor(at / side / 4) - quietZone, Math.floor((at % side) / 4) - quietZone];
      if (isDark(row, column)) pixels.fill(0, at * 4, at * 4 + 3);
    }
    const read = jsQR(pixels, side, side)!;
    const findings = new Findings();
    const modes = read.chunks.map(({ type }) => type);
    inspectQrLayout(
      { text: read.data, version: read.version, modes, smallestVersion: read.version },
      findings,
    );

    expect(read.data).toBe(toNumeric(good));
    expect(findings.all).toEqual([]);
  });

  test('too long for one code is not drawn', () => {
    expect(() => healthCardQr(toNumeric('a'.repeat(1195)))).not.toThrow();
    expect(() => healthCardQr(toNumeric('a'.repeat(1196)))).toThrow(RangeError);
  });

  test('is found without fault by the inspection, alone, in a file and in an answer of FHIR', () => {
    const inspection = { ...trust, at: within };
    const findings = new Findings();
    const answer = {
      resourceType: 'Parameters',
      parameter: [{ name: 'verifiableCredential', valueString: good }],
    };
    inspectCodes([toNumeric(good)], inspection, findings);
    inspectFile(
      { name: 'a.smart-health-card', text: JSON.stringify({ verifiableCredential: [good] }) },
      inspection,
      findings,
    );
    inspectParameters(JSON.stringify(answer), inspection, findings);

    expect(findings.all).toEqual([]);
  });

  test('may be inspected before it is one, as the text of its bundle', () => {
    const found = (text: string) => {
      const findings = new Findings();
      inspectBundleText(text, findings);
      return findings.all.map(({ code }) => code);
    };

    expect(found(JSON.stringify(bundle))).toEqual([]);
    expect(found(`${JSON.stringify(bundle)}\n`)).toEqual(['spaces']);
    expect(found('{"resourceType":')).toEqual(['json']);
  });

  test('in several codes of the old kind is read in any order', () => {
    const digits = toNumeric(good).slice('shc:/'.length);
    const half = Math.ceil(digits.length / 4) * 2;
    const codes = [`shc:/2/2/${digits.slice(half)}`, `shc:/1/2/${digits.slice(0, half)}`];

    expect(reasonOf(codes)).toBe('valid');
    expect(reasonOf(codes.slice(0, 1))).toBe('numeric');
    expect(reasonOf([codes[0]!, codes[0]!])).toBe('numeric');
  });
});

describe('a card is never signed', () => {
  const refused: [string, Partial<HealthCardToSign>][] = [
    ['with an issuer that nobody can ask for keys', { issuer: 'http://health.example' }],
    ['with a slash after its issuer', { issuer: `${issuer}/` }],
    ['with a revocation id that is too long', { rid: 'a'.repeat(25) }],
    ['that expires before it is issued', { expiresAt: new Date(0) }],
    ['with nothing in it', { bundle: bundleOf() }],
    ['with an empty field', { bundle: bundleOf({ ...patient, birthDate: '' }) }],
    ['with an id from the register', { bundle: bundleOf({ ...patient, id: '1' }) }],
    ['with a reference that leads nowhere', { bundle: bundleOf(dose('2024-05-02', 'A', 'resource:7')) }],
    ['with a reference out of the bundle', { bundle: bundleOf(dose('2024-05-02', 'A', 'Patient/1')) }],
    ['with a dose that was refused', { bundle: withDose({ status: 'not-done' }) }],
    ['with a dose of which nothing says that it was given', { bundle: withDose({ status: undefined }) }],
    ['with a dose without a day', { bundle: withDose({ occurrenceDateTime: undefined }) }],
    ['with a dose that has two days', { bundle: withDose({ occurrenceString: 'in May' }) }],
    ['with words in the stead of a code', { bundle: withDose({ site: { text: 'left arm' } }) }],
    [
      'with two entries of one name',
      { bundle: { ...bundle, entry: bundle.entry.with(1, bundle.entry[0]!) } },
    ],
  ];

  test.each(refused)('%s', (_, change) => {
    expect(() => signHealthCard({ ...toSign, ...change })).toThrow();
  });

  test('by a key that is not on P-256', () => {
    expect(() => thumbprint(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)).toThrow(TypeError);
  });
});

describe('a card is refused', () => {
  test('when its key or its issuer is not trusted, whatever else is right', () => {
    expect(reasonOf(good, { keys: () => [] })).toBe('key-unknown');
    expect(reasonOf(withPayload(card => void (card.iss = 'https://elsewhere.example')))).toBe('key-unknown');
  });

  test('when another key signed it, be it of another kind', () => {
    const others = [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      generateKeyPairSync('ec', { namedCurve: 'P-384' }),
      generateKeyPairSync('rsa', { modulusLength: 3072 }),
      generateKeyPairSync('ed25519'),
    ];

    expect(
      others.map(({ publicKey }) => reasonOf(good, { keys: () => [{ publicKey, usages: [] }] })),
    ).toEqual(others.map(() => 'signature'));
  });

  test('when its signer may certify tests only', () => {
    expect(reasonOf(good, trusting(['test']))).toBe('key-usage');
    expect(reasonOf(good, trusting(['vaccination']))).toBe('valid');
  });

  test('before it was issued and after it expires', () => {
    const shifted = (instant: Date, ms: number) => new Date(instant.getTime() + ms);

    expect(reasonOf(good, trust, shifted(issuedAt, -1))).toBe('not-yet-valid');
    expect(reasonOf(good, trust, issuedAt)).toBe('valid');
    expect(reasonOf(good, trust, expiresAt)).toBe('valid');
    expect(reasonOf(good, trust, shifted(expiresAt, 1))).toBe('expired');
  });

  test('to the fraction of a second of its times', () => {
    const nbf = issuedAt.getTime() / 1000;
    const fractional = withPayload(card => Object.assign(card, { nbf: nbf + 0.5, exp: nbf + 1.5 }));
    const after = (ms: number) => reasonOf(fractional, trust, new Date(issuedAt.getTime() + ms));

    expect([499, 500, 1500, 1501].map(after)).toEqual(['not-yet-valid', 'valid', 'valid', 'expired']);
  });

  test('when its issuer revoked it, or all cards of that person before a day', () => {
    const nbf = issuedAt.getTime() / 1000;

    expect(reasonOf(good, trusting([], ['another', 'MKyCxh7p6uQ']))).toBe('revoked');
    expect(reasonOf(good, trusting([], [`MKyCxh7p6uQ.${nbf + 1}`]))).toBe('revoked');
    expect(reasonOf(good, trusting([], [`MKyCxh7p6uQ.${nbf}`]))).toBe('valid');
  });

  test.each([
    ['schema', signed({ iss: issuer })],
    ['schema', withPayload(card => void (card.vc.type = ['VerifiableCredential']))],
    ['schema', withPayload(card => void (card.iss = `${issuer}/`))],
    ['schema', withPayload(card => void (card.vc.credentialSubject.fhirBundle = {}))],
    ['json', signed('"{}"')],
    ['json', signed('[]')],
    ['json', signed('['.repeat(500_000))],
    ['json', 'a.b'],
    ['json', ''],
    ['zlib', resigned('bm90IGNvbXByZXNzZWQ')],
    ['zlib', resigned(deflateRawSync(new Uint8Array(50_000_000)).toString('base64url'))],
    ['size', 'a'.repeat(200_000)],
    ['numeric', 'shc:/5'],
    ['numeric', 'shc:/99'],
    ['numeric', 'shc:/'],
    ['numeric', 'shc:/2/1/00'],
    ['numeric', 'SHC:/00'],
    [
      'jws',
      good.replace(/^[^.]+/, Buffer.from('{"alg":"none","zip":"DEF","kid":"k"}').toString('base64url')),
    ],
    ['jws', good.replace(/[^.]+$/, 'AAAA')],
  ])('for reason "%s" when its text is poison', (reason, text) => {
    expect(reasonOf(text)).toBe(reason);
  });

  function resigned(body: string): string {
    return good.replace(/\.[^.]+\./, `.${body}.`);
  }
});

describe('a revocation list', () => {
  const kid = signer.kid;
  const list: RevocationList = { kid, method: 'rid', ctr: 1, rids: ['a', 'b.1638311286'] };
  const faultsOf = (given: unknown) => {
    const findings = new Findings();
    inspectRevocationList(given, { kid, crlVersion: 1 }, findings);
    return findings.all.length;
  };

  test('of the key, in its newest version, is in order', () => {
    expect(faultsOf(list)).toBe(0);
  });

  test.each([
    ['is none', null],
    ['is for another key', { ...list, kid: 'another' }],
    ['is of another method', { ...list, method: 'hash' }],
    ['is not the newest', { ...list, ctr: 2 }],
    ['has no ids', { ...list, rids: undefined }],
    ['has an id that is not base64url', { ...list, rids: ['a+b'] }],
    ['has an id that is too long', { ...list, rids: ['a'.repeat(25)] }],
    ['has an id twice', { ...list, rids: ['a', 'a.1638311286'] }],
    ['has a time that is none', { ...list, rids: ['a.yesterday'] }],
  ])('is reported when it %s', (_, given) => {
    expect(faultsOf(given)).toBe(1);
  });
});

describe('anything at all', () => {
  const anyReason: string[] = [...reasons, 'valid'];
  const letters = fc.string({ unit: fc.constantFrom(...'0123456789abcXYZ-_./: ') });

  test.each([
    ['text', fc.string({ unit: 'binary', maxLength: 8000 })],
    [
      'digits',
      fc.string({ unit: fc.constantFrom(...'0123456789/'), maxLength: 3000 }).map(text => `shc:/${text}`),
    ],
    ['letters', letters],
    ['three parts', fc.tuple(letters, letters, letters).map(parts => parts.join('.'))],
    ['a signed payload', fc.json().map(signed)],
    ['a signed card', fc.json().map(json => withPayload(card => void (card.vc = JSON.parse(json))))],
    [
      'a signed bundle',
      fc
        .json()
        .map(json =>
          withPayload(card => void (card.vc.credentialSubject.fhirBundle.entry = JSON.parse(json))),
        ),
    ],
  ])('as %s gets a reason, never an exception', (_, texts) => {
    fc.assert(
      fc.property(texts, text => expect(anyReason).toContain(reasonOf(text))),
      { numRuns: 300 },
    );
  });

  test('with one letter changed never verifies as something else', () => {
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.');

    fc.assert(
      fc.property(fc.nat(good.length - 1), letter, (at, char) => {
        const verdict = verifyHealthCard(good.slice(0, at) + char + good.slice(at + 1), trust, within);

        // The last letter of base64url holds bits that mean nothing
        expect(verdict.outcome === 'valid' ? verdict.card : payload).toEqual(payload);
      }),
      { numRuns: 1000 },
    );
  });

  test('even when it is no text', () => {
    expect(reasonOf([undefined as unknown as string])).toBe('size');
  });
});
