import { createPrivateKey, createPublicKey, type JsonWebKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isMap, isScalar, isSeq, type Node, type Pair, parse, parseDocument, type Scalar } from 'yaml';
import { disclosedClaims, readSdJwt } from '../../../src/codecs/sd-jwt';
import { isSignedByKey } from '../../../src/codecs/sd-jwt/sd-jwt';
import { disclosureOf, signJwt } from '../../../src/codecs/sd-jwt/sign-sd-jwt';
import { digestOf } from '../../../src/codecs/sd-jwt/disclosures';
import { skipUnless } from '../../harness/run/skip';

/**
 * The cases of the SD-JWT specification (RFC 9901) and of its reference implementation. They say what is signed, what of it
 * can be withheld (`!sd`), what the holder discloses, and what the verifier is to have in the end; salts and signatures are
 * each implementation's own, so every case is issued, shown and verified here, in the form that it asks for.
 */
const folder = resolve(process.env.CONFORMANCE_DATA ?? '../shared/data', 'certificates/sd-jwt');
const sets = ['examples', 'tests/testcases'].map(set => join(folder, set));
const cases = sets.flatMap(set =>
  existsSync(set)
    ? readdirSync(set)
        .filter(name => existsSync(join(set, name, 'specification.yml')))
        .map(
          name => [`${set.split('/').at(-1)}: ${name}`, join(set, name, 'specification.yml'), set] as const,
        )
    : [],
);

/** A claim or element that can be withheld, with what is below it. */
interface Issued {
  value: unknown;
  /** Disclosures by where they are, and of what is in them. */
  below: Below;
}
type Below = Map<string | number, { disclosure?: string; below: Below }>;

const isHidden = (node: unknown): boolean => (node as Node | null)?.tag === '!sd';

/** What the issuer signs of a node, and its disclosures by their places. */
async function issue(node: Node | null): Promise<Issued> {
  if (isMap(node)) return issueMap(node.items as Pair<Scalar, Node>[]);
  if (isSeq(node)) return issueList(node.items as Node[]);
  return { value: isScalar(node) ? plainOf(node) : null, below: new Map() };
}

async function issueMap(items: Pair<Scalar, Node>[]): Promise<Issued> {
  const value: Record<string, unknown> = {};
  const digests: string[] = [];
  const below: Below = new Map();
  for (const { key, value: child } of items) {
    const name = String(key.value);
    const inner = await issue(child);
    const disclosure = isHidden(key) ? disclosureOf([name, inner.value]) : undefined;
    if (disclosure) digests.push(await digestOf(disclosure));
    else value[name] = inner.value;
    below.set(name, { ...(disclosure && { disclosure }), below: inner.below });
  }
  return { value: { ...value, ...(digests.length > 0 && { _sd: digests.toSorted() }) }, below };
}

async function issueList(items: Node[]): Promise<Issued> {
  const value: unknown[] = [];
  const below: Below = new Map();
  for (const [at, child] of items.entries()) {
    const inner = await issue(child);
    const disclosure = isHidden(child) ? disclosureOf([inner.value]) : undefined;
    value.push(disclosure ? { '...': await digestOf(disclosure) } : inner.value);
    below.set(at, { ...(disclosure && { disclosure }), below: inner.below });
  }
  return { value, below };
}

/** A tag hides what a plain scalar is; read without it, `42` is a number and `True` is true, as in the reference. */
const plainOf = (node: Scalar): unknown =>
  isHidden(node) && node.type === 'PLAIN' ? parse(node.source ?? '') : node.value;

/**
 * The disclosures that a holder sends who shows this; `true` (or anything said of a claim) discloses what it is said
 * of.
 */
function shown(below: Below, chosen: unknown): string[] {
  const said = new Map<string | number, unknown>(
    Array.isArray(chosen) ? [...chosen.entries()] : Object.entries(isRecord(chosen) ? chosen : {}),
  );
  return [...said].flatMap(([place, one]) => {
    const found = below.get(place);
    if (!found || one === false || (one === null && typeof place === 'number')) return [];
    return [...(found.disclosure ? [found.disclosure] : []), ...shown(found.below, one)];
  });
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

async function run(file: string, set: string) {
  const settings = parse(readFileSync(join(set, 'settings.yml'), 'utf8'));
  const [jwk] = settings.key_settings.issuer_keys as JsonWebKey[];
  const document = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'silent' });
  const specification = document.contents as unknown as { get(name: string): Node };
  const { value, below } = await issue(specification.get('user_claims'));
  const chosen = plain(document, 'holder_disclosed_claims');
  const header = { typ: 'example+sd-jwt', ...(plain(document, 'extra_header_parameters') as object) };
  const privateKey = createPrivateKey({ key: jwk!, format: 'jwk' });
  const payload = { iss: settings.identifiers.issuer, _sd_alg: 'sha-256', ...(value as object) };
  const [jwt, disclosures] = [signJwt(header, payload, privateKey), shown(below, chosen)];
  const text = inForm(plain(document, 'serialization_format'), file.includes('general'), jwt, disclosures);
  const read = readSdJwt(text);
  const { iss: _, ...claims } = await disclosedClaims(read.payload, read.disclosures);
  const key = createPublicKey(privateKey).export({ format: 'jwk' }) as { kty: string };
  return {
    claims,
    isSigned: await isSignedByKey(read, key),
    expected: plain(document, 'expect_verified_user_claims'),
  };
}

/** Compact unless the case says JSON: flattened, or general as its name says (RFC 9901, section 8). */
function inForm(format: unknown, isGeneral: boolean, jwt: string, disclosures: string[]): string {
  if (format !== 'json') return [jwt, ...disclosures, ''].join('~');
  const [head, payload, signature] = jwt.split('.');
  const signed = { protected: head, signature, header: { disclosures } };
  return JSON.stringify(isGeneral ? { payload, signatures: [signed] } : { payload, ...signed });
}

const plain = (document: ReturnType<typeof parseDocument>, name: string): unknown =>
  (document.toJS() as Record<string, unknown>)[name] ?? undefined;

skipUnless(cases.length > 0, `${folder} is absent (set CONFORMANCE_DATA)`)('SD-JWT', () => {
  test.each(cases)('%s', async (_, file, set) => {
    const { claims, isSigned, expected } = await run(file, set);

    expect(isSigned).toBe(true);
    // The examples of the document itself say no result: there, nothing may be left of the mechanism
    if (expected !== undefined) expect(claims).toEqual(expected);
    expect(JSON.stringify(claims)).not.toMatch(/"_sd"|"_sd_alg"|"\.\.\."/);
  });
});
