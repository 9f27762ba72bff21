import { createHash } from 'node:crypto';
import { AppError } from '../../platform/errors';

/** Proofs of strangers that a process remembers; the oldest is forgotten for a new one. */
const OF_STRANGERS = 100_000;
/**
 * Proofs of one session that a process takes within the time that one is good: 80 a second, for which no device has a
 * use.
 */
const OF_A_SESSION = 10_000;

/**
 * The proofs of possession that this process has taken, so that it takes none twice. Whoever has no session can make as
 * many as she likes: hers have a memory of their own, and push nothing out of that of the sessions. A session's are
 * remembered for as long as they are good, and are refused when they are too many.
 */
export class SpentProofs {
  private readonly strangers = new Map<string, number>();
  private sessions = new Map<string, Set<string>>();
  private sessionsBefore = new Map<string, Set<string>>();
  private since = 0;

  /** `lastsMs`: how long a proof is good, from the earliest moment at which it is taken to the last. */
  constructor(private readonly lastsMs: number) {}

  /** Takes a proof of a key that a session is bound to; false when it was taken. Throws RATE_LIMITED above the measure. */
  ofSession(key: string, jti: string, now: Date): boolean {
    this.forgetOld(now.getTime());
    const spent = this.sessions.get(key) ?? new Set();
    const name = nameOf(jti);
    if (spent.has(name) || this.sessionsBefore.get(key)?.has(name)) return false;
    if (spent.size >= OF_A_SESSION)
      throw new AppError('RATE_LIMITED', { seconds: Math.ceil(this.lastsMs / 1000) });
    this.sessions.set(key, spent.add(name));
    return true;
  }

  /** Takes a proof of any other key; false when it was taken. */
  ofStranger(key: string, jti: string, now: Date): boolean {
    const proof = `${key} ${nameOf(jti)}`;
    const until = this.strangers.get(proof);
    if (until && until > now.getTime()) return false;
    this.strangers.delete(proof);
    if (this.strangers.size >= OF_STRANGERS) this.strangers.delete(this.strangers.keys().next().value!);
    this.strangers.set(proof, now.getTime() + this.lastsMs);
    return true;
  }

  /** What was taken longer ago than a proof is good is in neither of the two maps, or is in the older one. */
  private forgetOld(now: number): void {
    const age = now - this.since;
    if (age < this.lastsMs) return;
    this.sessionsBefore = age < 2 * this.lastsMs ? this.sessions : new Map();
    this.sessions = new Map();
    this.since = now;
  }
}

/** Of one length, whatever a caller calls a proof. */
const nameOf = (jti: string): string => createHash('sha256').update(jti).digest('base64').slice(0, 24);
