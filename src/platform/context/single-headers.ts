/** By which a request says where it goes, who sends it, for which country and what it holds: lower case. */
const SINGLE = new Set(['host', 'authorization', 'dpop', 'x-tenant', 'x-purpose', 'content-type']);

/**
 * The header that a request has twice although it may have it once (RFC 9110 §5.3, of `Host` RFC 9112 §3.2); null when it
 * has none such. Node keeps the first of some and joins others, a proxy before us may take the last: nobody then knows
 * which of them was meant. `raw` is Node's list of names and values in turn.
 */
export function headerTwice(raw: readonly string[]): string | null {
  const seen = new Set<string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}
