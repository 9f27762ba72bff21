import { fromBase64 } from '../bytes';
import { isObject, readJson } from '../json';
import { sha256 } from '../trust-bundle/primitives';
import { CodecFault } from '../verdict';

/** Ten times the doses of a lifetime. */
const maxDisclosures = 500;
/** As deep as JSON of strangers may nest; disclosures in disclosures count as what they come to. */
const maxDepth = 40;
/** The one hash that must be known to everybody (RFC 9901, section 4.1.1), and the one taken where none is named. */
const hash = 'sha-256';

/** What a disclosure says: an element of a list, or a claim with its name. */
interface Disclosed {
  name?: string;
  value: unknown;
}

interface Walk {
  disclosed: ReadonlyMap<string, Disclosed>;
  /** Every digest met so far, disclosed or not. */
  met: Set<string>;
}

/**
 * The claims of an SD-JWT with what its holder discloses in their places, and no digest left (RFC 9901, section 7.1, step 3
 * on). Throws an `unsigned` fault for a disclosure that no signed digest covers, `schema` for claims that contradict each
 * other, `size` and `json` for what cannot be read. Time and memory are bounded by the length of what is given.
 */
export async function disclosedClaims(
  payload: Readonly<Record<string, unknown>>,
  disclosures: readonly string[],
): Promise<Record<string, unknown>> {
  if ((payload._sd_alg ?? hash) !== hash) throw new CodecFault('jws', '_sd_alg');
  const disclosed = await disclosedIn(disclosures);
  const walk: Walk = { disclosed, met: new Set() };
  const { _sd_alg: _, ...claims } = objectOf(payload, walk, 0);
  for (const digest of disclosed.keys())
    if (!walk.met.has(digest)) throw new CodecFault('unsigned', 'disclosure');
  return claims;
}

/** The digest by which the signed part knows a disclosure: over its base64url, as it is sent (section 4.2.3). */
export async function digestOf(disclosure: string): Promise<string> {
  return toBase64url(await sha256(new TextEncoder().encode(disclosure)));
}

async function disclosedIn(disclosures: readonly string[]): Promise<Map<string, Disclosed>> {
  if (disclosures.length > maxDisclosures) throw new CodecFault('size', 'disclosures');
  const entries = await Promise.all(
    disclosures.map(async text => [await digestOf(text), readDisclosure(text)] as const),
  );
  const disclosed = new Map(entries);
  if (disclosed.size < disclosures.length) throw new CodecFault('schema', 'disclosed twice');
  return disclosed;
}

/** `[salt, value]` of an element of a list, `[salt, name, value]` of a claim. */
function readDisclosure(text: string): Disclosed {
  const bytes = /^[\w-]+$/.test(text) ? fromBase64(text) : undefined;
  if (!bytes) throw new CodecFault('json', 'disclosure');
  const parts = readJson(new TextDecoder().decode(bytes));
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') throw new CodecFault('schema', 'disclosure');
  if (parts.length === 2) return { value: parts[1] };
  const [, name, value] = parts as unknown[];
  // Names of the mechanism itself, which a claim must not take (section 7.1, step 3.c)
  if (parts.length !== 3 || typeof name !== 'string' || name === '_sd' || name === '...')
    throw new CodecFault('schema', 'disclosure');
  return { name, value };
}

function valueOf(value: unknown, walk: Walk, depth: number): unknown {
  if (depth > maxDepth) throw new CodecFault('json', 'too deep');
  if (Array.isArray(value)) return value.flatMap(one => elementOf(one, walk, depth + 1));
  return isObject(value) ? objectOf(value, walk, depth + 1) : value;
}

function elementOf(element: unknown, walk: Walk, depth: number): unknown[] {
  if (!isObject(element) || !('...' in element)) return [valueOf(element, walk, depth)];
  const digest = element['...'];
  if (typeof digest !== 'string' || Object.keys(element).length > 1) throw new CodecFault('schema', '...');
  const found = met(digest, walk);
  if (!found) return [];
  if (found.name !== undefined) throw new CodecFault('schema', 'a claim in a list');
  return [valueOf(found.value, walk, depth)];
}

function objectOf(
  { _sd: digests = [], ...claims }: Record<string, unknown>,
  walk: Walk,
  depth: number,
): Record<string, unknown> {
  if (!Array.isArray(digests) || '...' in claims) throw new CodecFault('schema', '_sd');
  const whole = new Map(Object.entries(claims).map(([name, value]) => [name, valueOf(value, walk, depth)]));
  for (const digest of digests) {
    if (typeof digest !== 'string') throw new CodecFault('schema', '_sd');
    const found = met(digest, walk);
    if (!found) continue;
    // One that is there already would be hidden by the disclosed one (section 7.1, step 3.c)
    if (found.name === undefined || whole.has(found.name)) throw new CodecFault('schema', 'a claim twice');
    whole.set(found.name, valueOf(found.value, walk, depth));
  }
  return Object.fromEntries(whole);
}

/** What a digest discloses, if anything. One that stands twice would let one disclosure say two things (step 4). */
function met(digest: string, { disclosed, met: before }: Walk): Disclosed | undefined {
  if (before.has(digest)) throw new CodecFault('schema', 'a digest twice');
  before.add(digest);
  return disclosed.get(digest);
}

/** Bytes in base64url (RFC 7515, section 2). */
export const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
