import { vaccinationTypePath } from '../../codecs/sd-jwt';
import { vaccinationContextPath } from '../../codecs/verifiable-credentials';

/** Where a country's keys and lists are found, and how its certificates name it. Nothing of it ever moves. */
export interface Addresses {
  /** What a SMART Health Card names as its issuer. The framework knows no scheme but https. */
  issuer: string;
  /** What a W3C credential names as its issuer: a `did:web`, whose document is at `<issuer>/did.json`. */
  did: string;
  /** See {@link vaccinationContextAddress}. */
  vaccinationContext: string;
  /** See {@link vaccinationTypeAddress}. */
  vaccinationType: string;
}

/** The addresses of a country that is served at `publicUrl`. */
export function addressesOf(publicUrl: string, tenantCode: string): Addresses {
  const { host, pathname } = new URL(publicUrl);
  const path = pathname.split('/').filter(Boolean);
  return {
    issuer: `https://${[host, ...path, tenantCode].join('/')}`,
    did: `did:web:${[host.replace(':', '%3A'), ...path, tenantCode].join(':')}`,
    vaccinationContext: vaccinationContextAddress(publicUrl),
    vaccinationType: vaccinationTypeAddress(publicUrl),
  };
}

/** Where the terms of W3C credentials are explained: the same for all countries of one service. */
export const vaccinationContextAddress = (publicUrl: string): string =>
  addressBelow(publicUrl, vaccinationContextPath);

/** Where the type of SD-JWT VCs is explained, likewise. */
export const vaccinationTypeAddress = (publicUrl: string): string =>
  addressBelow(publicUrl, vaccinationTypePath);

/** Bitstring Status List (W3C) or Token Status List (IETF): two spellings of the same list. */
export type StatusListKind = 'bitstring' | 'token';

/** Where one of a country's status lists is found. */
export const statusListAddress = (
  { issuer }: Pick<Addresses, 'issuer'>,
  kind: StatusListKind,
  number: number,
): string => `${issuer}/trust/${kind === 'token' ? 'token-status' : 'status'}/${number}`;

function addressBelow(publicUrl: string, path: string): string {
  const { host, pathname } = new URL(publicUrl);
  return `https://${[host, ...pathname.split('/').filter(Boolean), path].join('/')}`;
}
