import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { openHcert, verifyHcert, keyOfCertificate, type Reason, type Trust } from '../../../src/codecs';
import { skipUnless } from '../../harness/run/skip';
import { DATA, materialAt } from '../material';

/**
 * The EU DCC vectors of the member states, read in place. A vector gives the text of the code, the signer's
 * certificate (our whole trust list for it), a clock, and the verdict of a full verifier.
 */
const folder = join(DATA, 'certificates');
const manifests = filesLike(/^manifest\b.*\.json$/);

interface Vector {
  id: string;
  local: string;
  clock: string | null;
  certificate: string;
  e2e: { verdict: 'accept' | 'reject' | 'excluded'; reason?: string; scope?: 'full' | 'envelope' };
}

const reasonOf: Record<string, Reason> = {
  CONTEXT: 'prefix',
  BASE45: 'base45',
  ZLIB: 'zlib',
  CBOR: 'cbor',
  COSE: 'cose',
  CWT: 'cwt',
  KEY: 'key-unknown',
  SIGNATURE: 'signature',
  KEY_USAGE: 'key-usage',
  NOT_YET_VALID: 'not-yet-valid',
  EXPIRED: 'expired',
  SCHEMA: 'schema',
  VALUE_SET: 'value-set',
};

const valueSetFiles = {
  'disease-agent-targeted': 'disease-agent-targeted',
  'vaccine-prophylaxis': 'vaccine-prophylaxis',
  'vaccine-medicinal-product': 'vaccine-medicinal-product',
  'vaccine-mah-manf': 'vaccine-mah-manf',
  'country-2-codes': 'country-2-codes',
  'test-type': 'test-type',
  'test-result': 'test-result',
  'test-manf': 'test-manf-example',
};

skipUnless(manifests.length > 0, `${folder}/dcc is absent (set CONFORMANCE_DATA)`)(
  'EU DCC vectors of the member states',
  () => {
    const vectors = manifests.flatMap(file => readJson<{ vectors: Vector[] }>(file).vectors);
    const valueSets = Object.fromEntries(
      Object.entries(valueSetFiles).map(([id, file]) => [id, codesIn(file)]),
    );

    const accepted = vectors.filter(({ e2e }) => e2e.verdict === 'accept');
    test.each(accepted.map(vector => [vector.id, vector] as const))('%s is accepted', (_, vector) => {
      expect(verdictOn(vector, valueSets)).toBe('valid');
    });

    const rejected = vectors.filter(({ e2e }) => e2e.verdict === 'reject');
    test.each(rejected.map(vector => [vector.id, vector.e2e.reason!, vector] as const))(
      '%s is rejected: %s',
      (_, reason, vector) => {
        const listed = reason.split('|').map(one => reasonOf[one]);
        expect(listed).toContain(verdictOn(vector, valueSets));
      },
    );

    test('products of country packs are named as the encoding instructions name them', () => {
      const instructions = Object.values(
        readJson<{ valueSetValues: Record<string, Instruction> }>(
          materialAt('certificates/dcc-valuesets/vaccine-encoding-instructions.json'),
        ).valueSetValues,
      );
      const wrong = euProducts().filter(
        ({ vp, mp, ma, sd }) =>
          !/^[1-3]$/.test(sd) ||
          !valueSets['vaccine-medicinal-product']?.has(mp) ||
          !instructions.some(
            one =>
              one['vaccine-code'] === mp &&
              one['vaccine-manufacturer'] === ma &&
              one['sct-codes'].includes(vp),
          ),
      );

      expect(euProducts().length).toBeGreaterThan(40);
      expect(wrong).toEqual([]);
    });

    test('no vector is left out but those that contradict themselves', () => {
      const excluded = vectors.filter(({ e2e }) => e2e.verdict === 'excluded').length;
      expect(accepted.length + rejected.length + excluded).toBe(vectors.length);
      expect(accepted.length).toBeGreaterThan(0);
      expect(rejected.length).toBeGreaterThan(0);
    });
  },
);

/** Envelope vectors have contents that upstream itself disputes: for those only the envelope is judged. */
function verdictOn(vector: Vector, valueSets: Trust['valueSets']): 'valid' | Reason {
  const text = readJson<{ PREFIX: string }>(join(folder, 'dcc', vector.local)).PREFIX;
  const key = keyOfCertificate(Buffer.from(vector.certificate, 'base64'));
  const keys = (kid: string) => (kid === key.kid ? [key] : []);
  const at = new Date(vector.clock ?? 0);
  const verdict =
    vector.e2e.scope === 'envelope' ? openHcert(text, keys, at) : verifyHcert(text, { keys, valueSets }, at);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

interface Instruction {
  'vaccine-code': string;
  'vaccine-manufacturer': string;
  'sct-codes': string[];
}

/** What the packs say of the products that an EU DCC may state. */
function euProducts(): { vp: string; mp: string; ma: string; sd: string }[] {
  const countries = join(__dirname, '../../../countries');
  return readdirSync(countries)
    .map(name => join(countries, name, 'products.csv'))
    .filter(file => existsSync(file))
    .flatMap(file => parse<Record<string, string>>(readFileSync(file), { columns: true }))
    .map(row => ({
      vp: row['code:eu-vp'] ?? '',
      mp: row['code:eu-mp'] ?? '',
      ma: row['code:eu-ma'] ?? '',
      sd: row['code:eu-sd'] ?? '',
    }))
    .filter(({ vp, mp, ma, sd }) => vp || mp || ma || sd);
}

function filesLike(name: RegExp): string[] {
  const at = join(folder, 'dcc');
  const names = existsSync(at) ? readdirSync(at) : [];
  return names.filter(one => name.test(one)).map(one => join(at, one));
}

function codesIn(file: string): ReadonlySet<string> {
  const { valueSetValues } = readJson<{ valueSetValues: object }>(
    materialAt('certificates/dcc-valuesets', `${file}.json`),
  );
  return new Set(Object.keys(valueSetValues));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
