/**
 * The port behind which secrets live (a KMS, an HSM, or the local keyring). The service never holds a key
 * that it could not lose and have again from here.
 */
export abstract class KeyManagement {
  /** 32 bytes that depend on `label` alone: the same label gives the same secret for the life of the installation. */
  abstract derive(label: string): Buffer;
  /** Encrypts a key or another small secret; `context` is bound to it and must be given again to open it. */
  abstract wrap(secret: Buffer, context: string): Buffer;
  /** Opens what {@link wrap} closed. Throws when the bytes or the context were changed. */
  abstract unwrap(wrapped: Buffer, context: string): Buffer;
}
