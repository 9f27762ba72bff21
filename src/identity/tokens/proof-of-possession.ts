import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
import { AppError } from '../../platform/errors';
import { SpentProofs } from './spent-proofs';
import { isCanonical } from './tokens';

/** The request that a proof must be for. */
export interface ProvedRequest {
  method: string;
  /** Host and port as the caller named them. */
  host: string;
  /** Path, with or without a query. */
  url: string;
}

/** A proof that holds. */
export interface Proof {
  /** RFC 7638 thumbprint of the key. */
  key: string;
  /** What its maker calls it. */
  jti: string;
}

/** How long before or after its `iat` a proof is taken, in seconds: clocks of tablets differ. */
const WINDOW = 60;
const ALGORITHMS = ['ES256', 'EdDSA'];

/**
 * Demonstrating Proof of Possession (DPoP, RFC 9449): a request carries a JWT signed by a key that never leaves the
 * device, so that a token copied from it is of no use elsewhere. The key is made by the calling program and known here by
 * its thumbprint alone.
 */
@Injectable()
export class ProofOfPossession {
  private readonly spent = new SpentProofs(2 * WINDOW * 1000);

  /**
   * What the request proves: null when it carries no proof. With `token`, the proof must be for that token too (`ath`).
   * Throws UNAUTHENTICATED for a proof that does not hold. To be spent by {@link spend}.
   */
  async read(
    proof: string | string[] | undefined,
    request: ProvedRequest,
    now: Date,
    token?: string,
  ): Promise<Proof | null> {
    if (proof === undefined) return null;
    try {
      return await this.check(String(proof), request, now, token);
    } catch {
      throw new AppError('UNAUTHENTICATED');
    }
  }

  /**
   * Takes a proof for good; the thumbprint of its key. `bound`: a session that has not been ended is bound to that key.
   * Throws UNAUTHENTICATED for one that was taken before, RATE_LIMITED for too many of a session.
   */
  spend({ key, jti }: Proof, bound: boolean, now: Date): string {
    const isNew = bound ? this.spent.ofSession(key, jti, now) : this.spent.ofStranger(key, jti, now);
    if (!isNew) throw new AppError('UNAUTHENTICATED');
    return key;
  }

  private async check(proof: string, request: ProvedRequest, now: Date, token?: string): Promise<Proof> {
    if (!isCanonical(proof)) throw new Error('not as it was signed');
    const { jwk } = decodeProtectedHeader(proof);
    if (!jwk || 'd' in jwk || 'k' in jwk) throw new Error('a public key is needed');
    const { payload } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ALGORITHMS,
      requiredClaims: ['jti', 'htm', 'htu', 'iat'],
      currentDate: now,
    });
    const age = now.getTime() / 1000 - payload.iat!;
    if (Math.abs(age) > WINDOW) throw new Error('not of this moment');
    if (payload.htm !== request.method || !isFor(String(payload.htu), request))
      throw new Error('for another request');
    if (token && payload.ath !== createHash('sha256').update(token).digest('base64url'))
      throw new Error('for another token');
    return { key: await calculateJwkThumbprint(jwk, 'sha256'), jti: String(payload.jti) };
  }
}

/** Without query and fragment (RFC 9449 section 4.3). The scheme is our proxy's affair: it ends TLS, not we. */
function isFor(htu: string, { host, url }: ProvedRequest): boolean {
  const named = new URL(htu);
  return named.host === host.toLowerCase() && named.pathname === new URL(url, 'http://any').pathname;
}
