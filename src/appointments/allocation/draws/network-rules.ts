/**
 * The network that an address belongs to, for caps: its /24 (IPv4) or /48 (IPv6), which is what one subscriber or site
 * is given (RFC 6177). An IPv4 address written as IPv6 (RFC 4291 §2.5.5.2) is the IPv4 one. Empty for no address.
 */
export function networkOf(address: string | null): string {
  if (!address) return '';
  const plain = address.split('%')[0]!.toLowerCase();
  const v4 = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(plain);
  if (v4) return `${v4.slice(1, 4).join('.')}.0/24`;
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...(tail === undefined ? [] : zeros), ...right].slice(0, 3);
  return `${groups.map(group => Number.parseInt(group, 16).toString(16)).join(':')}::/48`;
}
