import type { KeyManagement } from '../keys';

/** Schema of the platform plane. */
export const PLATFORM_SCHEMA = 'platform';

/** A tenant's code: also part of its schema's and login's name, hence the narrow alphabet. */
export const TENANT_CODE = /^[a-z][a-z0-9]{1,19}$/;

/** A tenant's schema. The code must have passed {@link TENANT_CODE}. */
export const schemaOf = (tenantCode: string): string => `tenant_${tenantCode}`;

/** Name of the login of one plane: `<prefix>_platform` or `<prefix>_tenant_<code>`. */
export const platformLogin = (prefix: string): string => `${prefix}_platform`;
export const tenantLogin = (prefix: string, tenantCode: string): string => `${prefix}_tenant_${tenantCode}`;

/** A login's password is derived, never stored: nothing to leak from a catalogue, nothing to lose in a backup. */
export const passwordOf = (keys: KeyManagement, login: string): string => passwordsOf(keys, login)[0]!;

/** The passwords that a login may have while the master key is being changed; the one it is to have first. */
export const passwordsOf = (keys: KeyManagement, login: string): string[] =>
  keys.derivations(`database-login:${login}`).map(key => key.toString('base64url'));

/** The same server and database as `url`, reached as another login. */
export function urlAs(url: string, login: string, password: string): string {
  const as = new URL(url);
  as.username = encodeURIComponent(login);
  as.password = encodeURIComponent(password);
  return as.toString();
}

/** The owner's login where a country lives: on the server of its placement, or on the platform's own. */
export function ownerAt(placementUrl: string | null | undefined, ownerUrl: string): string {
  const { username, password } = new URL(ownerUrl);
  return placementUrl
    ? urlAs(placementUrl, decodeURIComponent(username), decodeURIComponent(password))
    : ownerUrl;
}
