import { isValid, parse, parseCIDR } from 'ipaddr.js';

/** Why an address is not one we call. */
export type AddressFault =
  'NO_ADDRESS' | 'NOT_HTTPS' | 'CREDENTIALS_IN_ADDRESS' | 'TOO_LONG' | 'ADDRESS_NOT_PUBLIC';

/** Longest address that is taken, in characters. */
const LONGEST = 2_000;
/** Answers machines of one cloud from inside and is not in a reserved range. */
const CLOUD_INSIDE = ['168.63.129.16'];
/** Where IPv6 addresses of the whole world are (RFC 4291 section 2.5.4); the rest is local, embedded or unassigned. */
const WORLD = parseCIDR('2000::/3');

/**
 * Whether an IP address is a public host's: not private, link-local, loopback, shared, multicast, documentation or
 * reserved (IANA special-purpose registries, RFC 6890), and no IPv6 form that carries an IPv4 address (mapped, NAT64,
 * 6to4, Teredo), which would reach inside by another spelling.
 */
export function isPublicAddress(address: string): boolean {
  if (!isValid(address)) return false;
  const parsed = parse(address);
  if (parsed.range() !== 'unicast' || CLOUD_INSIDE.includes(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || parsed.match(WORLD);
}

/** Whether it is this machine's own, in plain spelling. */
export const isLoopback = (address: string): boolean =>
  isValid(address) && parse(address).range() === 'loopback';

/** The host of a URL as an IP address, when it is one: without the brackets of IPv6. */
export function literalOf(host: string): string | null {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isValid(bare) ? bare : null;
}

/**
 * What is wrong with an address as text, before any name is looked up; null when nothing is. With `loopback` (a sandbox's
 * setting) this machine may be called, and without TLS.
 */
export function addressFault(text: string, loopback: boolean): AddressFault | null {
  if (text.length > LONGEST) return 'TOO_LONG';
  if (!URL.canParse(text)) return 'NO_ADDRESS';
  const url = new URL(text);
  const literal = literalOf(url.hostname);
  const here = loopback && (url.hostname === 'localhost' || (literal !== null && isLoopback(literal)));
  if (url.protocol !== 'https:' && !(here && url.protocol === 'http:')) return 'NOT_HTTPS';
  if (url.username !== '' || url.password !== '') return 'CREDENTIALS_IN_ADDRESS';
  if (literal !== null && !here && !isPublicAddress(literal)) return 'ADDRESS_NOT_PUBLIC';
  return null;
}
