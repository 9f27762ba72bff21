import type { SealHead } from './seal-rules';

/** A seal as it leaves the house: what it says, who signed it and how. */
export interface ExportedHead extends SealHead {
  /** RFC 7638 thumbprint of the key. */
  key: string;
  /** Ed25519 over the head's bytes, base64. */
  signature: string;
}

/**
 * The port by which heads leave the database, to where whoever holds the database cannot follow: a folder that another
 * system keeps, a bucket that never overwrites. What is once there is never written again.
 */
export abstract class HeadExport {
  /** Number of the newest head of a trail that is there; 0 for none. */
  abstract newest(trail: string): Promise<number>;
  /** Puts a head there. Throws when another one of its number is. */
  abstract put(head: ExportedHead): Promise<void>;
  /** Puts a public key there, once. */
  abstract publish(trail: string, key: { thumbprint: string; publicPem: string }): Promise<void>;
}

/** Where no place is configured: heads stay in the database, and a cut tail is seen by nobody. */
export class NoExport extends HeadExport {
  newest = async (): Promise<number> => Infinity;
  put = async (): Promise<void> => undefined;
  publish = async (): Promise<void> => undefined;
}
