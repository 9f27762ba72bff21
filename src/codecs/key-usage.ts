/** What a document signer may be limited to (HCERT A.4). */
export type KeyUsage = 'vaccination' | 'test' | 'recovery';
