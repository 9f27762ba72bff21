import { Inject, Injectable } from '@nestjs/common';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { CONFIG, type Config } from '../../../platform/config';
import type { Context } from '../../../platform/context';
import { Catalogue } from '../../../tenancy';
import { CHALLENGE_SECONDS, relyingPartyOf, type RelyingPartyNames } from './passkey-rules';
import type { PasskeyRow } from './passkeys.store';

/** COSE algorithms taken (RFC 9053): EdDSA, ES256, and RS256 for the platform of one maker that knows nothing else. */
const ALGORITHMS = [-8, -7, -257];

/** What an authenticator made. */
export type MadePasskey = Pick<
  PasskeyRow,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'synced'
>;

/**
 * What is asked of authenticators and what they sign (Web Authentication Level 3). As second factors: somebody's presence
 * is enough, since her password was proved before; no attestation is asked for, which would tell which key she bought.
 */
@Injectable()
export class PasskeySignatures {
  constructor(
    private readonly catalogue: Catalogue,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `PublicKeyCredentialCreationOptionsJSON` (§5.1) as JSON. */
  async toRegister(
    ctx: Context,
    owner: { id: string; email: string; name: string },
    known: readonly PasskeyRow[],
    challenge: Buffer,
  ): Promise<string> {
    const { id: rpID } = await this.partyOf(ctx);
    const options = await generateRegistrationOptions({
      rpName: ctx.tenant ? `TikaSetu ${ctx.tenant.code}` : 'TikaSetu',
      rpID,
      userID: new Uint8Array(Buffer.from(owner.id)),
      userName: owner.email,
      userDisplayName: owner.name,
      challenge: new Uint8Array(challenge),
      timeout: CHALLENGE_SECONDS * 1000,
      attestationType: 'none',
      excludeCredentials: known.map(descriptorOf),
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return JSON.stringify(options);
  }

  /** `PublicKeyCredentialRequestOptionsJSON` (§5.5) as JSON. */
  async toProve(ctx: Context, known: readonly PasskeyRow[], challenge: Buffer): Promise<string> {
    const options = await generateAuthenticationOptions({
      rpID: (await this.partyOf(ctx)).id,
      allowCredentials: known.map(descriptorOf),
      challenge: new Uint8Array(challenge),
      timeout: CHALLENGE_SECONDS * 1000,
      userVerification: 'preferred',
    });
    return JSON.stringify(options);
  }

  /** What was made for this challenge, on a page of this party; null for whatever is not right. */
  async made(ctx: Context, response: string, challenge: Buffer): Promise<MadePasskey | null> {
    const party = await this.partyOf(ctx);
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: JSON.parse(response) as RegistrationResponseJSON,
        expectedChallenge: challenge.toString('base64url'),
        expectedOrigin: party.origins,
        expectedRPID: party.id,
        requireUserVerification: false,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      if (!verified) return null;
      const { credential, credentialBackedUp } = registrationInfo;
      return {
        credentialId: Buffer.from(credential.id, 'base64url'),
        publicKey: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: (credential.transports ?? []).map(String).slice(0, 10),
        synced: credentialBackedUp,
      };
    } catch {
      return null; // the library throws for each fault; which it was is nobody's concern
    }
  }

  /** The counter that came with the key's signature of this challenge; null for whatever is not right. */
  async counted(
    ctx: Context,
    response: string,
    challenge: Buffer,
    passkey: PasskeyRow,
  ): Promise<number | null> {
    const party: RelyingPartyNames = await this.partyOf(ctx);
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: JSON.parse(response) as AuthenticationResponseJSON,
        expectedChallenge: challenge.toString('base64url'),
        expectedOrigin: party.origins,
        expectedRPID: party.id,
        requireUserVerification: false,
        // The counter is compared by us, once the signature has been checked: a forged one must not refuse a key.
        credential: { ...descriptorOf(passkey), publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
      });
      return verified ? authenticationInfo.newCounter : null;
    } catch {
      return null;
    }
  }

  private async partyOf({ tenant }: Context): Promise<RelyingPartyNames> {
    const row = tenant && (await this.catalogue.byCode(tenant.code));
    return relyingPartyOf(this.config.publicUrl, row?.hosts ?? []);
  }
}

/** Which key a response says it is of; null when it says none. */
export function credentialOf(response: string): Buffer | null {
  try {
    const { id } = JSON.parse(response) as { id?: unknown };
    return typeof id === 'string' && id.length > 0 ? Buffer.from(id, 'base64url') : null;
  } catch {
    return null;
  }
}

const descriptorOf = ({ credentialId, transports }: PasskeyRow) => ({
  id: credentialId.toString('base64url'),
  transports,
});
