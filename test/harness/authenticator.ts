import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { type CborValue, toCbor } from '../../src/codecs/cose/cbor';

/** What is to be wrong about what an authenticator signs; nothing is when left out. */
export interface Wrong {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  /** Flags of the authenticator data (WebAuthn §6.1); 1: somebody is present. */
  flags?: number;
  counter?: number;
  /** Another key signs. */
  key?: KeyObject;
}

const PRESENT = 0x01;
const HAS_KEY = 0x40;
const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest();
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** An authenticator made of software, with one credential (ES256, WebAuthn Level 3): signs whatever it is asked to. */
export class SoftwareAuthenticator {
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly id = randomBytes(32);
  counter = 0;

  constructor(
    private readonly origin: string,
    private readonly counts = true,
  ) {}

  /** Answers `PublicKeyCredentialCreationOptionsJSON` as a browser does (`credential.toJSON()`), as JSON. */
  make(options: string, wrong: Wrong = {}): string {
    const asked = JSON.parse(options) as { challenge: string; rp: { id: string } };
    const { x, y } = this.pair.publicKey.export({ format: 'jwk' });
    const key = new Map<string | number, CborValue>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, toCbor(key)]);
    const data = this.data(
      wrong.rpId ?? asked.rp.id,
      (wrong.flags ?? PRESENT) | HAS_KEY,
      wrong.counter,
      attested,
    );
    const attestation = toCbor(
      new Map<string, CborValue>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ]),
    );
    return this.json({
      clientDataJSON: b64(this.clientData('webauthn.create', asked.challenge, wrong)),
      attestationObject: b64(attestation),
      transports: ['usb'],
    });
  }

  /** Answers `PublicKeyCredentialRequestOptionsJSON`. */
  sign(options: string, wrong: Wrong = {}): string {
    const asked = JSON.parse(options) as { challenge: string; rpId: string };
    const data = this.data(wrong.rpId ?? asked.rpId, wrong.flags ?? PRESENT, wrong.counter);
    const client = this.clientData('webauthn.get', asked.challenge, wrong);
    const signature = createSign('sha256')
      .update(Buffer.concat([data, sha256(client)]))
      .sign(wrong.key ?? this.pair.privateKey);
    return this.json({
      clientDataJSON: b64(client),
      authenticatorData: b64(data),
      signature: b64(signature),
    });
  }

  private data(rpId: string, flags: number, counter?: number, more = Buffer.alloc(0)): Buffer {
    if (this.counts) this.counter = counter ?? this.counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), count, more]);
  }

  private clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    const { origin = this.origin } = wrong;
    const said = {
      type: wrong.type ?? type,
      challenge: wrong.challenge ?? challenge,
      origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(said));
  }

  private json(response: object): string {
    const id = b64(this.id);
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }
}
