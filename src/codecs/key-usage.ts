/** What a document signer may be limited to (HCERT A.4). */
export type KeyUsage = 'vaccination' | 'test' | 'recovery';

const usageOfGroup = { v: 'vaccination', t: 'test', r: 'recovery' } as const satisfies Record<
  string,
  KeyUsage
>;

/**
 * What the signer of an EU DCC must be allowed to sign, by the one group that it has; undefined for a content with none or
 * several, which is no DCC: else a signer of tests could put a vaccination beside one.
 */
export function usageOfDcc(content: unknown): KeyUsage | undefined {
  const held = Object.entries(usageOfGroup).filter(([group]) =>
    Object.hasOwn(Object(content) as object, group),
  );
  return held.length === 1 ? held[0]![1] : undefined;
}
