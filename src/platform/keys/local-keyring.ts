import { hkdfSync } from 'node:crypto';
import { seal, unseal } from './aes-gcm';
import { KeyManagement } from './key-management';

/** The default {@link KeyManagement}: everything from one 32-byte master key in the environment (HKDF-SHA-256, RFC 5869). */
export class LocalKeyring extends KeyManagement {
  constructor(private readonly masterKey: Buffer) {
    super();
  }

  derive(label: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.masterKey, Buffer.alloc(0), `tikasetu:${label}`, 32));
  }

  wrap(secret: Buffer, context: string): Buffer {
    return seal(this.derive('wrap'), secret, context);
  }

  unwrap(wrapped: Buffer, context: string): Buffer {
    return unseal(this.derive('wrap'), wrapped, context);
  }
}
