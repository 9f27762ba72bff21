// npm run bench:certificates: certificates issued and verified a second on one core, beside the bare signatures of the
// same run: what a machine signs in a second is its own measure, so the ratios may be compared and the counts may not.
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { cpus } from 'node:os';
import { signHcert, verifyHcert, type NationalCertificate, type Trust } from '../src/codecs';
import {
  renderCertificatePdf,
  renderCertificatesPdf,
} from '../src/certificates/rendering/render-certificate-pdf';
import { sampleViews } from '../src/certificates/rendering/sample-views';
import { credentialContexts } from '../src/codecs/json-ld';
import { signHealthCard, thumbprint, verifyHealthCard } from '../src/codecs/smart-health-card';
import { signCredential, verifyCredential } from '../src/codecs/verifiable-credentials';

const SECONDS = Number(process.env['SECONDS'] ?? 1);
const ROUNDS = 5;

const at = new Date('2026-03-01T12:00:00Z');
const until = new Date('2027-03-01T12:00:00Z');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const kid = 'AAAAAAAAAAA=';
const trust: Trust = { keys: () => [{ publicKey: ec.publicKey, usages: [] }] };

const payload: NationalCertificate = {
  ver: '1.0.0',
  ci: '0192f1c0-0000-7000-8000-000000000001',
  co: 'XX',
  is: 'Ministry of Health',
  n: 'Ama Serwaa Mensah',
  dob: '1990-05-17',
  v: [
    { vp: 'cvx:208', vd: 'COVID-19, mRNA', tg: ['sct:840539006'], dt: '2026-01-05', dn: 1, sd: 2, bo: 'A1' },
    { vp: 'cvx:208', vd: 'COVID-19, mRNA', tg: ['sct:840539006'], dt: '2026-02-05', dn: 2, sd: 2, bo: 'B2' },
  ],
};
const issueHcert = () =>
  signHcert({
    payload,
    claimKey: -84,
    issuer: 'XX',
    issuedAt: at,
    expiresAt: until,
    signer: { kid, alg: 'ES256', privateKey: ec.privateKey },
  });

const dose = (day: string, lotNumber: string) => ({
  resourceType: 'Immunization',
  status: 'completed',
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '208' }] },
  patient: { reference: 'resource:0' },
  occurrenceDateTime: day,
  lotNumber,
});
const bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: 'resource:0',
      resource: {
        resourceType: 'Patient',
        name: [{ family: 'Mensah', given: ['Ama'] }],
        birthDate: '1990-05-17',
      },
    },
    { fullUrl: 'resource:1', resource: dose('2026-01-05', 'A1') },
    { fullUrl: 'resource:2', resource: dose('2026-02-05', 'B2') },
  ],
};
const cardKid = thumbprint(ec.publicKey);
const issueCard = () =>
  signHealthCard({
    bundle,
    issuer: 'https://health.example',
    issuedAt: at,
    signer: { kid: cardKid, privateKey: ec.privateKey },
  });

const credential = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: 'did:web:health.example',
  validFrom: at.toISOString(),
  name: 'Vaccination',
  credentialSubject: { id: 'did:example:ama', name: 'Ama Serwaa Mensah' },
};
const issueCredential = () =>
  signCredential(credential, {
    signer: { verificationMethod: 'did:web:health.example#1', privateKey: ed.privateKey },
    createdAt: at,
    contexts: credentialContexts,
  });
const credentialTrust = {
  keys: () => [{ publicKey: ed.publicKey, usages: [] }],
  contexts: credentialContexts,
};

const views = sampleViews(issueHcert());
let pages = 0;
/** Another person each time, in one language and script after another: nothing was set before. */
const page = () => {
  const view = views[pages++ % views.length]!;
  return { ...view, qrText: view.qrText + pages, holder: { ...view.holder, text: view.holder.text + pages } };
};

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Runs for a time; how many a second of the processor's time. What is measured must succeed. */
async function perSecond(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  const start = performance.now();
  let done = 0;
  for (; performance.now() - start < SECONDS * 1000; done++) {
    const found = work();
    const result = found instanceof Promise ? await found : found;
    if (!result || (result as { outcome?: string }).outcome === 'invalid') throw new Error('it failed');
  }
  const { user, system } = process.cpuUsage(before);
  return done / ((user + system) / 1e6);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function main(): Promise<void> {
  const hcert = issueHcert();
  const card = issueCard();
  const signed = await issueCredential();
  const message = Buffer.alloc(300, 1);
  const es256 = { key: ec.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  const signature = sign('sha256', message, es256);
  const cardTrust = { keys: () => [{ publicKey: ec.publicKey, usages: [] }] };
  const works: [string, 'sign' | 'verify', () => unknown, number?][] = [
    ['bare ES256 signature', 'sign', () => sign('sha256', message, es256)],
    [
      'bare ES256 verification',
      'verify',
      () => verify('sha256', message, { key: ec.publicKey, dsaEncoding: 'ieee-p1363' }, signature),
    ],
    ['HCERT issue', 'sign', issueHcert, 4000],
    ['HCERT verify with schema', 'verify', () => verifyHcert(hcert, trust, at), 1500],
    ['SMART Health Card issue', 'sign', issueCard, 2000],
    ['SMART Health Card verify', 'verify', () => verifyHealthCard(card, cardTrust, at)],
    ['W3C credential issue', 'sign', issueCredential],
    ['W3C credential verify', 'verify', () => verifyCredential(signed, credentialTrust, at)],
    ['PDF, one', 'sign', () => renderCertificatePdf(page()), 100],
    ['PDFs, eight in a file', 'sign', () => renderCertificatesPdf(Array.from({ length: 8 }, page))],
  ];
  say(`machine   ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`);
  say(`a second of one core, median of ${ROUNDS} rounds of ${SECONDS} s, after one to warm up\n`);
  const counts = works.map(() => [] as number[]);
  // Round after round rather than work after work: whatever else the machine does meets all alike
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [at, [, , work]] of works.entries()) {
      const count = await perSecond(work);
      if (round > 0) counts[at]!.push(count);
    }
  }
  const medians = counts.map(median);
  const bare = { sign: medians[0]!, verify: medians[1]! };
  for (const [at, [name, kind, , wanted]] of works.entries()) {
    const found = medians[at]!;
    const ratio = (found / bare[kind]).toFixed(2);
    const target = wanted ? `  wanted ${wanted}${found < wanted ? '  MISSED' : ''}` : '';
    say(
      `${name.padEnd(28)} ${String(Math.round(found)).padStart(7)}   ${ratio} of the bare ${kind}${target}`,
    );
  }
}

void main();
