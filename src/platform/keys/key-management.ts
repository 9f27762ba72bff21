/**
 * The port behind which secrets live (a KMS, an HSM, or the local keyring). The service never holds a key
 * that it could not lose and have again from here.
 */
export abstract class KeyManagement {
  /** 32 bytes that depend on `label` alone: the same label gives the same secret for as long as the master key lasts. */
  abstract derive(label: string): Buffer;
  /**
   * {@link derive} under every master key that is held, the one in use first. Two while it is being changed,
   * otherwise one.
   */
  abstract derivations(label: string): readonly Buffer[];
  /** Encrypts a key or another small secret; `context` is bound to it and must be given again to open it. */
  abstract wrap(secret: Buffer, context: string): Buffer;
  /**
   * Opens what {@link wrap} closed, under any master key that is held. Throws when the bytes or the context were
   * changed.
   */
  abstract unwrap(wrapped: Buffer, context: string): Buffer;
  /**
   * The same secret wrapped under the master key in use; null when that is what it is already. Throws as {@link
   * unwrap}.
   */
  abstract rewrap(wrapped: Buffer, context: string): Buffer | null;
}
