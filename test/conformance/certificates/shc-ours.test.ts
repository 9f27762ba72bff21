import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { ProvenDose, ToProve } from '../../../src/certificates/proofs/proof-format';
import { smartHealthCardProof } from '../../../src/certificates/proofs/smart-health-card.proof';
import { addressesOf } from '../../../src/certificates/publishing/addresses';
import { jwksOf } from '../../../src/certificates/publishing/published-keys-rules';
import { Findings, inspectCodes, thumbprint } from '../../../src/codecs/smart-health-card';
import { readJws } from '../../../src/codecs/smart-health-card/jws';
import { skipUnless } from '../../harness/run/skip';
import { materialAt } from '../material';
import { fhirSchema, folder } from './health-card-cases';

/**
 * The cards we issue, by all that the official validator looks at (health-cards-dev-tools): its own FHIR schema, and its
 * rules of payload, header, key set and code, from which 0 errors and 0 warnings must come.
 */
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = thumbprint(publicKey);
const addresses = addressesOf('https://health.example', 'aa');
const issuedAt = new Date('2026-01-01T00:00:00.123Z');
const at = new Date('2026-06-01T00:00:00Z');

const dose = (number: number, codes: Record<string, string>): ProvenDose => ({
  vp: 'cvx:19',
  vd: 'BCG',
  dt: `2026-01-${String(number + 1).padStart(2, '0')}`,
  dn: number,
  ...(number % 2 && { bo: `LOT-${number}` }),
  vaccinationId: `00000000-0000-7000-8000-00000000000${number}`,
  codes,
});
const toProve = (person: ToProve['person'], doses: readonly ProvenDose[]): ToProve => ({
  number: 'XX-AAAA-BBBB-CCCC',
  country: 'XX',
  issuer: 'Ministry of Health',
  person,
  doses,
  series: doses,
  issuedAt,
  expiresAt: new Date('2036-01-01T00:00:00Z'),
  place: null,
});
const person = { name: 'Ama Serwaa Mensah', nameParts: null, birthDate: '2024-03-02' };
const parts = { given: 'Ama', middle: 'Serwaa', family: 'Mensah' };
const cards: [string, ToProve][] = [
  ['one dose', toProve(person, [dose(1, { cvx: '19' })])],
  ...['208', '502', '505', '506', '510', '511', '211', '300'].map((cvx): [string, ToProve] => [
    `a dose of CVX ${cvx}`,
    toProve(person, [dose(1, { cvx })]),
  ]),
  ['no birth date', toProve({ ...person, birthDate: '' }, [dose(1, { cvx: '19' })])],
  ['codes of every system', toProve(person, ['atc', 'sct', 'icd11'].map((system, at) => dose(at + 1, { [system]: 'X1' })))], // prettier-ignore
  ['a name in parts', toProve({ ...person, nameParts: parts }, [dose(1, { cvx: '19' })])],
  ['a name in another script', toProve({ ...person, name: 'রহিমা খাতুন' }, [dose(2, { cvx: '19' })])],
  ['a birth date of a month', toProve({ ...person, birthDate: '2024-03' }, [dose(1, { cvx: '19' })])],
  ['a birth date of a year', toProve({ ...person, birthDate: '2024' }, [dose(1, { cvx: '19' })])],
  [
    'a whole childhood',
    toProve(
      person,
      Array.from({ length: 9 }, (_, at) => dose(at + 1, { cvx: `1${at}` })),
    ),
  ],
];

const there = existsSync(materialAt('certificates/shc/schema/fhir-schema.json'));
skipUnless(there, `${folder} is absent (set CONFORMANCE_DATA)`)('SMART Health Cards of our own', tests);

function tests(): void {
  test.each(cards)('of %s: 0 errors and 0 warnings', async (_, given) => {
    const { text, jws } = await made(given);
    const findings = new Findings();

    const keys = () => [{ publicKey, usages: [] }];
    inspectCodes([text], { keys, at, standing: () => 'trusted', fhir: fhirSchema() }, findings);

    expect(findings.all).toEqual([]);
    expect(warnedOf(JSON.parse(readJws(jws, new Findings())!.payload))).toEqual([]);
    expect(JSON.parse(Buffer.from(jws.split('.')[0]!, 'base64url').toString())).toEqual({
      zip: 'DEF',
      alg: 'ES256',
      kid,
    });
    expect(jws.length).toBeLessThanOrEqual(1195);
  });

  test('are by a key set that the validator takes', () => {
    const key = {
      kid: 'c2hvcnQ=',
      thumbprint: kid,
      alg: 'ES256' as const,
      publicJwk: publicKey.export({ format: 'jwk' }),
      certificate: null,
      notBefore: issuedAt,
      withdrawnAt: null,
    };

    expect(jwksOf([key], new Map())).toEqual({
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: expect.any(String),
          y: expect.any(String),
          kid,
          use: 'sig',
          alg: 'ES256',
        },
      ],
    });
  });
}

async function made(given: ToProve): Promise<{ text: string; jws: string }> {
  const proof = await smartHealthCardProof.make(given, { kid, thumbprint: kid, privateKey }, addresses);
  if (typeof proof === 'string') throw new Error(proof);
  return { text: proof.text, jws: proof.spelling };
}

/** `cdcCovidCvxCodes` of the validator (src/fhirBundle.ts), which looks at the first code and at no system. */
const OFFICIAL_COVID_CODES = '207 208 210 212 217 218 219'
  .split(' ')
  .concat(Array.from({ length: 12 }, (_, at) => String(500 + at)));

type Payload = { nbf: number; vc: { type: string[]; '@context'?: unknown; credentialSubject: { fhirBundle: { entry: { fullUrl: string; resource: Record<string, unknown> }[] } } } }; // prettier-ignore

/** What the validator warns of, rule by rule, apart from our own inspection. */
function warnedOf({ nbf, vc }: Payload): string[] {
  const { entry } = vc.credentialSubject.fhirBundle;
  const codes = entry.map(
    ({ resource }) => (resource.vaccineCode as { coding: { code: string }[] })?.coding[0]!.code,
  );
  const has = (type: string) => vc.type.includes(`https://smarthealth.cards#${type}`);
  const rules: [string, boolean][] = [
    ['health-card', has('health-card')],
    [
      'immunization',
      has('immunization') === entry.some(({ resource }) => resource.resourceType === 'Immunization'),
    ],
    ['covid19', has('covid19') === codes.some(code => OFFICIAL_COVID_CODES.includes(code))],
    ['laboratory', !has('laboratory')],
    ['no VerifiableCredential', !vc.type.includes('VerifiableCredential')],
    ['no @context', !('@context' in vc)],
    ['nbf in seconds', nbf < at.getTime() / 1000],
    ['short addresses', entry.every(({ fullUrl }, index) => fullUrl === `resource:${index}`)],
    [
      'small',
      entry.every(({ resource: { id, meta, text } }) => [id, meta, text].every(one => one === undefined)),
    ],
    ['no words', !/"(?:display|text)":/.test(JSON.stringify(entry))],
    ['nothing empty', !/:(?:""|\{\}|\[\]|null)/.test(JSON.stringify(entry))],
  ];
  return rules.flatMap(([rule, holds]) => (holds ? [] : rule));
}
