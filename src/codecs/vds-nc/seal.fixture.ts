import { sign, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';

const der = (tag: number, ...contents: Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const [sequence, set, explicit] = [0x30, 0x31, 0xa3];
const oid = (hex: string) => der(6, Buffer.from(hex, 'hex'));
const signedBy = {
  ec: der(sequence, oid('2a8648ce3d040302')), // ecdsa-with-SHA256
  rsa: der(sequence, oid('2a864886f70d01010b'), der(5)), // sha256WithRSAEncryption
};
const name = (text: string) =>
  der(sequence, der(set, der(sequence, oid('550403'), der(0x0c, Buffer.from(text)))));
const time = (text: string) => der(0x17, Buffer.from(text));
const sealSigner = '67810801010e02';
export const serverLogin = '2b06010505070301';

/** For tests: a certificate for a key, signed by an authority: as little X.509 (RFC 5280) as makes one. */
export function certificateFor(
  publicKey: KeyObject,
  authority: KeyObject,
  { usage = sealSigner, ca = false } = {},
): Buffer {
  const algorithm = signedBy[authority.asymmetricKeyType as keyof typeof signedBy];
  const extension = (id: string, value: Buffer) => der(sequence, oid(id), der(4, value));
  const body = der(
    sequence,
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, Buffer.from([1])),
    algorithm,
    name('CSCA'),
    der(sequence, time('260101000000Z'), time('360101000000Z')),
    name('DSC'),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      explicit,
      der(
        sequence,
        extension('551d25', der(sequence, oid(usage))),
        extension('551d13', der(sequence, ...(ca ? [der(1, Buffer.from([0xff]))] : []))),
      ),
    ),
  );
  return der(sequence, body, algorithm, der(3, Buffer.from([0]), sign('sha256', body, authority)));
}

const algorithmsOf: Record<string, [alg: string, hash: string]> = {
  prime256v1: ['ES256', 'sha256'],
  secp384r1: ['ES384', 'sha384'],
  secp521r1: ['ES512', 'sha512'],
};

/** For tests: a visible digital seal by the algorithm of the key's curve, with its signer's certificate. */
export function sealedBy(key: KeyObject, cer: Buffer, content: unknown): Record<string, object> {
  const [alg, hash] = algorithmsOf[key.asymmetricKeyDetails!.namedCurve!]!;
  const sigvl = sign(hash, Buffer.from(canonicalize(content)!), { key, dsaEncoding: 'ieee-p1363' });
  return {
    data: content as object,
    sig: { alg, cer: cer.toString('base64url'), sigvl: sigvl.toString('base64url') },
  };
}
