import { IPv4, IPv6, isValid, parse } from 'ipaddr.js';

/**
 * The network of an address, as one owner gets them: 256 addresses of IPv4 (/24), a site of IPv6 (/48, RFC 6177 §2). An
 * IPv4 address written as IPv6 (RFC 4291 §2.5.5.2) is the IPv4 one. Null for what is no address.
 * @example networkOf('192.0.2.77') === '192.0.2.0/24'
 */
export function networkOf(address: string | null): string | null {
  if (address === null || !isValid(address)) return null;
  const parsed = parse(address);
  if (parsed instanceof IPv4) return ofIPv4(parsed);
  if (parsed.isIPv4MappedAddress()) return ofIPv4(parsed.toIPv4Address());
  return `${IPv6.networkAddressFromCIDR(`${parsed.toString()}/48`).toString()}/48`;
}

const ofIPv4 = (address: IPv4): string =>
  `${IPv4.networkAddressFromCIDR(`${address.toString()}/24`).toString()}/24`;
