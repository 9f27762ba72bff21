import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalStatements, credentialContexts, type Contexts } from '../../../src/codecs/json-ld';
import {
  signCredential,
  signPresentation,
  verifyCredential,
  verifyPresentation,
  type CredentialTrust,
} from '../../../src/codecs/verifiable-credentials';
import { skipUnless } from '../../harness/run/skip';
import { DATA, materialAt } from '../material';

/** W3C's vectors: RDF Dataset Canonicalization 1.0, and the inputs of the VC Data Model 2.0 suite. */
const folder = join(DATA, 'certificates');
const describeWith = (part: string, name: string, tests: () => void) => {
  const file = join(folder, part);
  skipUnless(existsSync(file), `${file} is absent (set CONFORMANCE_DATA)`)(name, tests);
};
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

interface CanonEntry {
  id: string;
  type: string;
  name: string;
  action: string;
  result: string;
  hashAlgorithm?: 'SHA384';
}

describeWith('w3c/rdf-canon', 'RDF Dataset Canonicalization of the W3C', () => {
  const at = join(folder, 'w3c', 'rdf-canon');
  const { entries } = readJson(join(at, 'manifest.jsonld')) as { entries: CanonEntry[] };
  const read = (file: string) => readFileSync(join(at, file), 'utf8').replaceAll('\r\n', '\n');
  const of = (type: string) =>
    entries
      .filter(entry => entry.type === `rdfc:${type}`)
      .map(entry => [entry.id, entry.name, entry] as const);

  test.each(of('RDFC10EvalTest'))('%s %s', async (_, __, { action, result, hashAlgorithm }) => {
    expect(await canonicalStatements(read(action), { hash: hashAlgorithm })).toBe(read(result));
  });

  test.each(of('RDFC10MapTest'))('%s %s: names', async (_, __, { action, result, hashAlgorithm }) => {
    const names = new Map<string, string>();

    await canonicalStatements(read(action), { hash: hashAlgorithm, names });

    const bare = (name: string) => name.replace(/^_:/, '');
    const named = [...names].map(([from, to]) => [bare(from), bare(to)]);
    expect(Object.fromEntries(named)).toEqual(JSON.parse(read(result)));
  });

  test.each(of('RDFC10NegativeEvalTest'))('%s %s: is refused', async (_, __, { action }) => {
    await expect(canonicalStatements(read(action))).rejects.toThrow('json-ld');
  });

  test('none is of a kind not run here', () => {
    const run = ['RDFC10EvalTest', 'RDFC10MapTest', 'RDFC10NegativeEvalTest'].flatMap(of);
    expect(run.length).toBe(entries.length);
  });
});

/**
 * The suite's inputs are what an issuer is asked to sign. The suite itself fills in the issuer where an input is not about
 * issuers, and dates where it says so; so do we.
 */
describeWith('w3c/vc2-inputs', 'VC Data Model 2.0 inputs of the W3C', () => {
  const at = join(folder, 'w3c', 'vc2-inputs');
  const files = readdirSync(at, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'));
  const inputs = (kind: 'credential' | 'presentation', verdict: 'ok' | 'fail') => {
    const isOf = (name: string) =>
      kind === 'presentation' ? name.startsWith('presentation') : !name.startsWith('presentation');
    const ends = verdict === 'ok' ? /-ok\.json$/ : /-fail(-or-inject)?\.json$/;
    return files.filter(file => isOf(file.split('/').at(-1)!) && ends.test(file)).map(file => [file]);
  };
  const selfAsserted = files.filter(file => /-self-asserted-vc-(?!ok)/.test(file)).map(file => [file]);

  test.each(inputs('credential', 'ok'))('%s is signed, and then believed', async file => {
    expect(await fateOfCredential(asSuiteSends(file))).toBe('valid');
  });
  test.each(inputs('credential', 'fail'))('%s is refused', async file => {
    expect(refusals).toContain(await fateOfCredential(asSuiteSends(file)));
  });
  test.each(inputs('presentation', 'ok').filter(([file]) => !file!.includes('enveloped')))(
    '%s is signed, and then believed',
    async file => {
      expect(await fateOfPresentation(await withSignedCredentials(readJson(join(at, file))))).toBe('valid');
    },
  );
  test.each(inputs('presentation', 'fail'))('%s is refused', async file => {
    expect(refusals).toContain(await fateOfPresentation(readJson(join(at, file))));
  });
  test.each(selfAsserted)("%s is nobody's word", async file => {
    expect(await fateOfPresentation(readJson(join(at, file)))).toBe('schema');
  });

  // A JWT in a data: address: its shape is right, and what is in it we do not read
  test.each(inputs('presentation', 'ok').filter(([file]) => file!.includes('enveloped')))(
    '%s is signed, and not vouched for',
    async file => {
      expect(await fateOfPresentation(readJson(join(at, file)))).toBe('content-unknown');
    },
  );

  test('all are run', () => {
    const run = (['credential', 'presentation'] as const).flatMap(kind => [
      ...inputs(kind, 'ok'),
      ...inputs(kind, 'fail'),
    ]);
    expect(run.length + selfAsserted.length).toBe(files.length);
  });

  function asSuiteSends(file: string | undefined): object {
    const input = readJson(join(at, file!));
    const issuer = isBare(input.issuer) ? { ...input.issuer, id: issuerId } : input.issuer;
    const dates = (['validFrom', 'validUntil'] as const)
      .filter(field => field in input)
      .map(field => [field, dateNamed(input[field])]);
    return { ...input, issuer: issuer === undefined ? issuerId : issuer, ...Object.fromEntries(dates) };
  }
});

const refusals = ['schema', 'json-ld', 'unsigned'];
const issuerId = 'did:example:issuer';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const now = new Date();
const contexts: Contexts = new Map([
  ...credentialContexts,
  [
    'https://www.w3.org/ns/credentials/examples/v2',
    { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
  ],
  ...contextIn('https://w3id.org/security/suites/ed25519-2020/v1', 'suites-ed25519-2020.jsonld'),
]);
const toMake = {
  signer: { verificationMethod: `${issuerId}#key`, privateKey },
  createdAt: new Date('2000-01-01T00:00:00Z'),
  contexts,
};
const trust: CredentialTrust = { keys: () => [{ publicKey, usages: [] }], contexts, ownContexts: true };

function contextIn(address: string, file: string): [string, object][] {
  const path = materialAt('certificates/divoc/contexts', file);
  return existsSync(path) ? [[address, readJson(path)]] : [];
}

function isBare(issuer: unknown): issuer is object {
  return typeof issuer === 'object' && issuer !== null && !('id' in issuer);
}

function dateNamed(given: unknown): unknown {
  const year = 365 * 86_400_000;
  if (given === 'PAST DATE') return new Date(now.getTime() - year).toISOString();
  return given === 'FUTURE DATE' ? new Date(now.getTime() + year).toISOString() : given;
}

/** An input may bring a proof of another kind; what is verified is ours. */
async function fateOfCredential(input: object): Promise<string> {
  return reasonOr(async () => {
    const signed = await signCredential(input, toMake);
    const ours = { ...signed, proof: [signed.proof].flat().at(-1) };
    return verifyCredential(ours, trust, timeOf(input));
  });
}

async function fateOfPresentation(input: object): Promise<string> {
  return reasonOr(async () => verifyPresentation(await signPresentation(input, toMake), trust, now));
}

/** A credential may be for another time than now: it is verified in its own. */
function timeOf(input: { validFrom?: string; validUntil?: string }): Date {
  const from = Math.max(now.getTime(), Date.parse(input.validFrom ?? '') || 0);
  return new Date(Math.min(from, Date.parse(input.validUntil ?? '') || from));
}

async function reasonOr(work: () => Promise<{ outcome: string; reason?: string }>): Promise<string> {
  try {
    const verdict = await work();
    return verdict.reason ?? verdict.outcome;
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error);
  }
}

async function withSignedCredentials(presentation: { holder?: unknown; verifiableCredential?: object[] }) {
  const { verifiableCredential: credentials } = presentation;
  if (!credentials) return presentation;
  const signed = await Promise.all(credentials.map(one => signCredential(one, toMake)));
  return { ...presentation, verifiableCredential: signed };
}
