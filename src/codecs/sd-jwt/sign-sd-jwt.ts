import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What is signed: claims for everybody, and what the holder discloses at will, each for itself. */
export interface SdJwtToSign {
  /** In clear. A list in it that has a name of `lists` is one of digests. */
  claims: Readonly<Record<string, unknown>>;
  /** Claims of their own. */
  hidden: Readonly<Record<string, unknown>>;
  /** Lists, each element of which is disclosed at will. */
  lists: Readonly<Record<string, readonly unknown[]>>;
  typ: string;
  /** By ES256. */
  signer: { kid: string; privateKey: KeyObject };
}

/**
 * Signs an SD-JWT (RFC 9901), with every disclosure: its holder leaves out what she does not show. Digests stand in the
 * order of their letters, so that nobody can tell from it which claim is which (section 4.2.4.1).
 */
export function signSdJwt({ claims, hidden, lists, typ, signer }: SdJwtToSign): string {
  const named = Object.entries(hidden).map(([name, value]) => disclosureOf([name, value]));
  const listed = Object.entries(lists).map(
    ([name, all]) => [name, all.map(one => disclosureOf([one]))] as const,
  );
  const payload = {
    ...claims,
    _sd_alg: 'sha-256',
    ...(named.length > 0 && { _sd: named.map(digestOf).toSorted() }),
    ...Object.fromEntries(listed.map(([name, all]) => [name, all.map(one => ({ '...': digestOf(one) }))])),
  };
  const disclosures = [...named, ...listed.flatMap(([, all]) => all)];
  return [signJwt({ typ, kid: signer.kid }, payload, signer.privateKey), ...disclosures, ''].join('~');
}

/** A JWT by ES256 (RFC 7519). */
export function signJwt(header: object, payload: object, privateKey: KeyObject): string {
  const signed = [{ alg: 'ES256', ...header }, payload]
    .map(part => base64url(JSON.stringify(part)))
    .join('.');
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** 128 bits of salt: nobody finds a claim by trying all it could be (section 9.3). */
export const disclosureOf = (said: readonly unknown[]): string =>
  base64url(JSON.stringify([randomBytes(16).toString('base64url'), ...said]));

const digestOf = (disclosure: string): string => createHash('sha256').update(disclosure).digest('base64url');

const base64url = (text: string): string => Buffer.from(text).toString('base64url');
