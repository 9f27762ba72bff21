import { Injectable } from '@nestjs/common';
import {
  createRemoteJWKSet,
  customFetch as fetchOfKeys,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clockTolerance,
  type ClientAuth,
  ClientSecretBasic,
  type Configuration,
  type CryptoKey,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  PrivateKeyJwt,
} from 'openid-client';
import type { Context } from '../../platform/context';
import { KeyManagement, type WrappedColumn } from '../../platform/keys';
import { Outbound } from '../../platform/outbound';
import { KEY_ALGORITHM } from './client-key';
import type { VisitSecrets } from './issuer-rules';
import type { IssuerRow } from './issuers.store';

/** How long what an issuer says of itself, and its keys, are believed without being asked for again, in milliseconds. */
const FRESH_MS = 600_000;
/** How long an issuer that did not answer is not asked again, in milliseconds: nobody waits for it one after the other. */
const SILENT_MS = 5_000;
/** Difference of clocks between an issuer and us that is borne, in seconds. */
const CLOCKS = 30;

/**
 * What this service is to an issuer (OpenID Connect Core 1.0, authorisation code with PKCE, RFC 9700): asks for a code,
 * and takes it back with everything checked that the standards name, the signature of the ID token too. Every call goes
 * out by {@link Outbound}: HTTPS, public addresses, no redirection followed.
 */
@Injectable()
export class RelyingParty {
  private readonly known = new Map<string, { configuration: Promise<Configuration>; until: number }>();
  private readonly keySets = new WeakMap<Configuration, JWTVerifyGetKey>();

  constructor(
    private readonly outbound: Outbound,
    private readonly keys: KeyManagement,
  ) {}

  /** Where to send somebody's browser. Throws when the issuer cannot be reached or is not what it was said to be. */
  async addressOf(ctx: Context, issuer: IssuerRow, secrets: VisitSecrets): Promise<string> {
    const configuration = await this.configurationOf(ctx, issuer);
    const [acr] = issuer.secondFactorAcr;
    return buildAuthorizationUrl(configuration, {
      redirect_uri: issuer.redirectUri,
      scope: 'openid',
      response_type: 'code',
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
      ...(acr === undefined ? {} : { acr_values: issuer.secondFactorAcr.join(' ') }),
    }).href;
  }

  /**
   * Who came back. `callback` is the whole address that the issuer sent her browser to. Throws when anything is not as
   * it was asked for: state, issuer (RFC 9207), nonce, audience, signature, time.
   */
  async take(ctx: Context, issuer: IssuerRow, secrets: VisitSecrets, callback: string): Promise<IDToken> {
    const configuration = await this.configurationOf(ctx, issuer);
    const tokens = await authorizationCodeGrant(configuration, new URL(callback), {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.verifier,
      idTokenExpected: true,
    });
    return tokens.claims()!;
  }

  /** The keys by which the issuer signs, as it publishes them; asked for again when a token names another. */
  async keysOf(ctx: Context, issuer: IssuerRow): Promise<JWTVerifyGetKey> {
    const configuration = await this.configurationOf(ctx, issuer);
    const address = configuration.serverMetadata().jwks_uri;
    if (!address) throw new Error('the issuer publishes no keys');
    const known = this.keySets.get(configuration);
    const keys = known ?? createRemoteJWKSet(new URL(address), { [fetchOfKeys]: this.outbound.fetch });
    this.keySets.set(configuration, keys);
    return keys;
  }

  /** Asks the issuer what it is, anew. Throws when it does not answer, names another issuer, or lacks PKCE by SHA-256. */
  async ask(ctx: Context, issuer: IssuerRow): Promise<void> {
    const configuration = await this.discover(ctx, issuer);
    if (!configuration.serverMetadata().supportsPKCE()) throw new Error('the issuer does not take PKCE');
  }

  private configurationOf(ctx: Context, issuer: IssuerRow): Promise<Configuration> {
    const name = `${ctx.tenant?.code}/${issuer.id}/${issuer.changedAt.getTime()}`;
    const known = this.known.get(name);
    if (known && performance.now() < known.until) return known.configuration;
    const configuration = this.discover(ctx, issuer);
    const asked = { configuration, until: performance.now() + FRESH_MS };
    this.known.set(name, asked);
    configuration.catch(() => (asked.until = performance.now() + SILENT_MS));
    return configuration;
  }

  private async discover(ctx: Context, issuer: IssuerRow): Promise<Configuration> {
    const server = new URL(issuer.issuer);
    const outbound = this.outbound.fetch as unknown as NonNullable<Configuration[typeof customFetch]>;
    // What may be called is Outbound's to say, by the same rule for every address; this only lets it be asked.
    // oxlint-disable-next-line no-deprecated -- so marked to be noticed, and meant for what it is used for: a sandbox
    const plain = server.protocol === 'http:' ? [allowInsecureRequests] : [];
    return discovery(
      server,
      issuer.clientId,
      { [clockTolerance]: CLOCKS },
      await this.authenticationOf(ctx, issuer),
      { [customFetch]: outbound, execute: [enableNonRepudiationChecks, ...plain] },
    );
  }

  private async authenticationOf(ctx: Context, issuer: IssuerRow): Promise<ClientAuth> {
    const credential = this.keys.unwrap(issuer.credentialSealed, credentialPlace(ctx, issuer.id)).toString();
    if (issuer.authentication === 'CLIENT_SECRET') return ClientSecretBasic(credential);
    const jwk = JSON.parse(credential) as JWK;
    const key = (await importJWK(jwk, KEY_ALGORITHM)) as CryptoKey;
    return PrivateKeyJwt({ key, kid: jwk.kid! });
  }
}

/** Where a sealed credential belongs: moved to another issuer or country it does not open. */
export const credentialPlace = (ctx: Pick<Context, 'tenant'>, issuerId: string): string =>
  ['sign-in-issuer', ctx.tenant?.code, issuerId].join('\0');

/** Our keys and secrets to issuers, for whoever changes what they are wrapped with. */
export const WRAPPED_ISSUER_CREDENTIALS: WrappedColumn = {
  planes: ['tenant'],
  table: 'sign_in_issuer',
  column: 'credential_sealed',
  names: ['id'],
  contextOf: (ctx, [id]) => credentialPlace(ctx, id!),
};
