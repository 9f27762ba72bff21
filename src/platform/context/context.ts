/** Where an actor's authority reaches: the whole country, an area and all below it, one facility, or her own records. */
export type Reach =
  | { kind: 'country' }
  | { kind: 'area'; id: string }
  | { kind: 'facility'; id: string }
  | { kind: 'self'; id: string };

/** One role held, and where. */
export interface Grant {
  role: string;
  reach: Reach;
}

/** Which sort of caller: one passport strategy each, plus the service itself and nobody. */
export type ActorKind =
  | 'anonymous'
  | 'operator'
  | 'signatory'
  | 'staff'
  | 'citizen'
  | 'system'
  /** The program of another organisation, over its own. */
  | 'partner'
  /** Has proved a password, and a second factor not yet: holds no role. */
  | 'staff-entrant'
  | 'operator-entrant';

/** Who asks. `id` is the account's id; an anonymous caller has none. */
export interface Actor {
  kind: ActorKind;
  id: string | null;
  grants: readonly Grant[];
  /** What her token stands for: its jti, and the thumbprint of the key it is bound to. Absent where there is no token. */
  signIn?: { id: string; key: string | null };
}

/** The device that calls, as far as it is known. */
export interface Device {
  /** What its program says of itself (User-Agent), cut short. */
  name: string | null;
  /** RFC 7638 thumbprint of the key that this request proved to hold (DPoP, RFC 9449); null without a proof. */
  key: string | null;
}

export type TenantState =
  | 'INVITED'
  | 'AGREEMENT_SENT'
  | 'ACCEPTED'
  | 'PROVISIONED'
  | 'CONFIGURED'
  | 'PILOT'
  | 'LIVE'
  | 'SUSPENDED'
  | 'ARCHIVED'
  | 'ENDED';

/** The country asked about, as the catalogue knows it. */
export interface TenantRef {
  code: string;
  country: string;
  state: TenantState;
  /** Server and database the tenant lives on when it is not the platform's own; no login in it. */
  placementUrl: string | null;
  timeZone: string;
}

/**
 * Who asks, for which country, in what language, at what time: the first parameter of every verb, never
 * guessed, never global. It holds no connection and no transaction.
 */
export interface Context {
  actor: Actor;
  /** Null on the platform plane. */
  tenant: TenantRef | null;
  /** The language chain, best first; the last one always has every text. */
  languages: readonly string[];
  now: () => Date;
  newId: () => string;
  /** Given back to the caller in errors and written to the audit, so that one request can be followed. */
  traceId: string;
  /** The caller's network address as far as our own proxies vouch for it. */
  address: string | null;
  /** Absent where nobody calls: in jobs and listeners. */
  device?: Device;
  /** Why a person's record is opened, when the caller says so (Purpose header); kept in the audit. */
  purpose: string | null;
}

export const ANONYMOUS: Actor = { kind: 'anonymous', id: null, grants: [] };

/** The service acting for itself: provisioning, the outbox relay, jobs. */
export const SYSTEM: Actor = { kind: 'system', id: null, grants: [] };
