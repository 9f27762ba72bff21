import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromCbor, Tagged, toCbor, type CborValue } from '../../../src/codecs/cose/cbor';
import { isSignedBy, readSign, readSign1 } from '../../../src/codecs/cose/cose';
import { readCwt } from '../../../src/codecs/cose/cwt';
import { readHcert, verifyHcert } from '../../../src/codecs';
import { skipUnless } from '../../harness/run/skip';

/** The standards' own vectors for what an HCERT is made of: CBOR, COSE_Sign1, and HCERTs of other systems. */
const folder = resolve(process.env.CONFORMANCE_DATA ?? '../shared/data', 'certificates');
const readJson = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
/** The names of a folder's vectors; none where it is absent. */
const jsonIn = (...path: string[]): string[] => {
  const at = join(folder, ...path);
  return existsSync(at) ? readdirSync(at).filter(name => name.endsWith('.json')) : [];
};
const describeWith = (part: string, name: string, tests: () => void) => {
  const file = join(folder, part);
  skipUnless(existsSync(file), `${file} is absent (set CONFORMANCE_DATA)`)(name, tests);
};

interface CborVector {
  hex: string;
  roundtrip: boolean;
  decoded?: unknown;
  diagnostic?: string;
}

describeWith('cbor', 'CBOR examples of RFC 8949, appendix A', () => {
  const vectors: CborVector[] = readJson('cbor', 'appendix_a.json');
  const isUnassigned = ({ diagnostic }: CborVector) => diagnostic?.startsWith('simple') ?? false;
  const known = vectors.filter(vector => !isUnassigned(vector));

  test.each(known.map(vector => [vector.hex, vector] as const))(
    '%s means what the RFC says',
    (hex, vector) => {
      const value = fromCbor(Buffer.from(hex, 'hex'));

      if ('decoded' in vector) expect(asNumbers(value)).toEqual(vector.decoded);
      else
        expect(diagnosticOf(value)).toBe(
          vector.diagnostic!.replace("(_ h'0102', h'030405')", "h'0102030405'"),
        );
    },
  );

  // Numbers with a fraction are always written in 64 bits, so shorter floats do not come back as they were
  const written = known.filter(({ hex, roundtrip }) => roundtrip && !/^(f9|fa)/.test(hex));
  test.each(written.map(({ hex }) => [hex]))('%s is written as the RFC says', hex => {
    expect(Buffer.from(toCbor(fromCbor(Buffer.from(hex, 'hex')))).toString('hex')).toBe(hex);
  });

  test.each(vectors.filter(isUnassigned).map(({ hex }) => [hex]))(
    '%s, an unassigned value, is refused',
    hex => {
      expect(() => fromCbor(Buffer.from(hex, 'hex'))).toThrow('simple value');
    },
  );
});

type Key = Record<string, string>;

interface CoseVector {
  title: string;
  fail?: boolean;
  input: {
    plaintext_hex?: string;
    sign0?: { key: Key; external?: string };
    sign?: { signers: { key: Key; external?: string }[] };
  };
  output: { cbor: string };
}

describeWith('cose', 'COSE signatures of the COSE working group', () => {
  const files = ['sign1-tests', 'ecdsa-examples', 'rsa-pss-examples', 'eddsa-examples'].flatMap(part =>
    jsonIn('cose', part).map(file => join(part, file)),
  );
  const vectors = files.map(file => [file, readJson('cose', file)] as [string, CoseVector]);

  test.each(vectors.filter(([, { input }]) => input.sign0))('%s', (_, { input, output, fail }) => {
    const { key, external } = input.sign0!;
    const isBelieved = () =>
      isSignedBy(readSign1(Buffer.from(output.cbor, 'hex')), keyOf(key), Buffer.from(external ?? '', 'hex'));

    expect(fail ? refusesOrThrows(isBelieved) : isBelieved()).toBe(true);
  });

  test.each(vectors.filter(([, { input }]) => input.sign))(
    '%s, each signer',
    (_, { input, output, fail }) => {
      const isBelieved = () =>
        readSign(Buffer.from(output.cbor, 'hex')).every((message, at) => {
          const { key, external } = input.sign!.signers[at]!;
          return isSignedBy(message, keyOf(key), Buffer.from(external ?? '', 'hex'));
        });

      expect(fail ? refusesOrThrows(isBelieved) : isBelieved()).toBe(true);
    },
  );

  test('all are run', () => {
    expect(vectors.filter(([, { input }]) => !input.sign0 && !input.sign)).toEqual([]);
  });
});

describeWith('cose/CWT', 'CBOR Web Tokens, RFC 8392 appendix A', () => {
  const vectors = jsonIn('cose', 'CWT').map(
    file => [file, readJson('cose', 'CWT', file)] as [string, CoseVector],
  );
  const bytesOf = (hex: string) => Buffer.from(hex, 'hex');

  test.each(vectors.filter(([, { input }]) => input.sign0))('%s, signed, says its claims', (_, vector) => {
    const message = readSign1(bytesOf(vector.output.cbor));

    expect(isSignedBy(message, keyOf(vector.input.sign0!.key))).toBe(true);
    expect(Buffer.from(message.payload).toString('hex')).toBe(vector.input.plaintext_hex);
    expect(readCwt(message.payload).claims.issuedAt).toBeInstanceOf(Date);
  });

  // A key that the verifier shares with the issuer proves nothing to a third: such a token is no certificate
  test.each(vectors.filter(([, { input }]) => !input.sign0))('%s, not signed, is refused', (_, vector) => {
    expect(refusesOrThrows(() => Boolean(readSign1(bytesOf(vector.output.cbor))))).toBe(true);
  });

  test.each(vectors)('%s: what it carries is read', (_, vector) => {
    const plain = bytesOf(vector.input.plaintext_hex!);
    const claims = plain[0] === 0xd2 ? readCwt(readSign1(plain).payload).claims : readCwt(plain).claims;

    expect(claims.issuedAt?.getTime()).toBeGreaterThan(Date.parse('2015-10-01'));
  });

  test('a time with a fraction of a second keeps it', () => {
    const [, vector] = vectors.find(([file]) => file === 'A_7.json') ?? [];
    const { claims } = readCwt(bytesOf(vector!.input.plaintext_hex!));

    expect(claims.issuedAt?.toISOString()).toBe('2015-10-04T07:49:04.500Z');
  });
});

describeWith('crossformat', 'HCERTs of other systems', () => {
  interface Sample {
    id: string;
    format: string;
    qr: string;
    key?: string;
  }
  const samples: Sample[] = jsonIn('crossformat').flatMap(file => readJson('crossformat', file));
  const verdictOn = ({ qr, key }: Sample) => {
    const publicKey =
      key && createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    const keys = () => (publicKey ? [{ publicKey, usages: [] }] : []);
    const read = readHcert(qr);
    // The samples name no clock: the second after issue is in every certificate's time
    const issuedAt = read.outcome === 'read' ? read.hcert.claims.issuedAt : undefined;
    const verdict = verifyHcert(qr, { keys }, new Date((issuedAt?.getTime() ?? 0) + 1000));
    return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
  };
  const of = (format: string) =>
    samples.filter(sample => sample.format.startsWith(format)).map(s => [s.id, s] as const);

  test.each(of('HCERT-DCC'))('%s is accepted with its key', (_, sample) => {
    expect(verdictOn(sample)).toBe('valid');
    expect(verdictOn({ ...sample, key: undefined })).toBe('key-unknown');
  });
  test.each(of('HCERT-DVC'))('%s is read, and its unknown key refused', (_, sample) => {
    expect(verdictOn(sample)).toBe('key-unknown');
  });
  test.each(of('WHO DDCC'))('%s, from before the standard, is refused', (_, sample) => {
    expect(verdictOn(sample)).toBe('cwt');
  });
});

function keyOf(key: Key): KeyObject {
  return createPublicKey({ key: jwkOf(key), format: 'jwk' });
}

/** The vectors' keys are JWKs, but for coordinates in hex. */
function jwkOf(key: Record<string, string>): Record<string, string> {
  const hex = Object.entries(key).filter(([name]) => /^[xyne]_hex$/.test(name));
  const coordinates = hex.map(([name, value]) => [
    name.slice(0, -4),
    Buffer.from(value, 'hex').toString('base64url'),
  ]);
  return {
    kty: key.kty!,
    crv: key.crv!,
    x: key.x!,
    y: key.y!,
    n: key.n!,
    e: key.e!,
    ...Object.fromEntries(coordinates),
  };
}

function refusesOrThrows(isBelieved: () => boolean): boolean {
  try {
    return !isBelieved();
  } catch {
    return true;
  }
}

/** JSON holds one kind of number and no tags: big integers are compared as the nearest double. */
function asNumbers(value: CborValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(asNumbers);
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [key, asNumbers(inner)]));
  if (value instanceof Tagged) {
    const magnitude = Number(`0x${Buffer.from(value.content as Uint8Array).toString('hex')}`);
    return value.tag === 2 ? magnitude : -1 - magnitude;
  }
  return value;
}

/** RFC 8949 section 8, as much as the vectors use. */
function diagnosticOf(value: CborValue): string {
  if (value instanceof Tagged) return `${value.tag}(${diagnosticOf(value.content)})`;
  if (value instanceof Uint8Array) return `h'${Buffer.from(value).toString('hex')}'`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Map)
    return `{${[...value].map(([key, inner]) => `${key}: ${diagnosticOf(inner)}`).join(', ')}}`;
  return String(value);
}
