/** How long an authenticator may take to sign, in seconds: somebody looks for her key first. */
export const CHALLENGE_SECONDS = 300;
/** Passkeys of one account at the most: a desk, a tablet, a telephone, a key in a drawer, and as many again. */
export const MOST_PASSKEYS = 8;

/**
 * Whether a signature shows that there are two copies of a key: its counter does not go on from the last one seen
 * (WebAuthn Level 3 §7.2, step 22). An authenticator that does not count says 0 always.
 */
export const isCopied = (seen: number, counted: number): boolean =>
  (seen > 0 || counted > 0) && counted <= seen;

/** For whom a passkey is made, and on which pages it may be used (WebAuthn §5.1.3). */
export interface RelyingPartyNames {
  /** Host name: a passkey made for it works there and on its subdomains. */
  id: string;
  origins: string[];
}

/** A country with addresses of its own is a party of its own; every other one is the installation. */
export function relyingPartyOf(publicUrl: string, hosts: readonly string[]): RelyingPartyNames {
  const [own] = hosts;
  if (own === undefined) return { id: new URL(publicUrl).hostname, origins: [new URL(publicUrl).origin] };
  const within = hosts.filter(host => host === own || host.endsWith(`.${own}`));
  return { id: own, origins: within.map(host => `https://${host}`) };
}
