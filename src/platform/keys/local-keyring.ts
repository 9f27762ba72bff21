import { hkdfSync } from 'node:crypto';
import { seal, unseal } from './aes-gcm';
import { KeyManagement } from './key-management';

/**
 * The default {@link KeyManagement}: everything from one 32-byte master key in the environment (HKDF-SHA-256, RFC 5869).
 * While that key is being changed it holds a second one, which opens what it closed and closes nothing.
 */
export class LocalKeyring extends KeyManagement {
  private readonly held: readonly Buffer[];

  constructor(masterKey: Buffer, second: Buffer | null = null) {
    super();
    this.held = second ? [masterKey, second] : [masterKey];
  }

  derive(label: string): Buffer {
    return derived(this.held[0]!, label);
  }

  derivations(label: string): readonly Buffer[] {
    return this.held.map(key => derived(key, label));
  }

  wrap(secret: Buffer, context: string): Buffer {
    return seal(this.derive(WRAP), secret, context);
  }

  unwrap(wrapped: Buffer, context: string): Buffer {
    return this.opened(wrapped, context).secret;
  }

  rewrap(wrapped: Buffer, context: string): Buffer | null {
    const { secret, by } = this.opened(wrapped, context);
    const rewrapped = by === 0 ? null : this.wrap(secret, context);
    secret.fill(0);
    return rewrapped;
  }

  /** GCM itself tells which key closed it: under any other its tag does not fit. */
  private opened(wrapped: Buffer, context: string, by = 0): { secret: Buffer; by: number } {
    try {
      return { secret: unseal(derived(this.held[by]!, WRAP), wrapped, context), by };
    } catch (error) {
      if (by + 1 === this.held.length) throw error;
      return this.opened(wrapped, context, by + 1);
    }
  }
}

const WRAP = 'wrap';

const derived = (key: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `tikasetu:${label}`, 32));
