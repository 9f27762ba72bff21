import { networkOf } from '../../common';
import type { Context } from '../context';
import { AppError } from '../errors';

const WINDOW_MS = 900_000;
/** Networks that a process counts for; the oldest is forgotten for a new one. */
const NETWORKS = 100_000;

/**
 * Bounds how many codes that are nobody's a stranger tries where a code is all that is asked for: a parcel that is
 * followed, a status that was shared. Counted for her network, in this process, in quarters of an hour. Only what
 * found nothing counts, so that however many share an address, real codes never use it up; and a guess costs the database
 * no write. Once it is used up all of that network wait, real codes too: an operator's whole network may be one address,
 * and so is everybody where the proxy's word is not taken. So nothing is counted of certificates: nobody guesses a
 * signature.
 */
export class Guesses {
  private readonly wrong = new Map<string, number>();
  private since = 0;

  /** `most`: wrong ones of a network in a quarter of an hour. */
  constructor(private readonly most: number) {}

  /** Throws RATE_LIMITED for the rest of the quarter of an hour when the caller's network has guessed too often. */
  mustBeFew(ctx: Pick<Context, 'address' | 'now'>): void {
    const begun = this.beginOf(ctx.now());
    if ((this.wrong.get(networkName(ctx)) ?? 0) < this.most) return;
    const seconds = Math.ceil((begun + WINDOW_MS - ctx.now().getTime()) / 1000);
    throw new AppError('RATE_LIMITED', { seconds: Math.max(1, seconds) });
  }

  /** One that found nothing. */
  count(ctx: Pick<Context, 'address' | 'now'>): void {
    this.beginOf(ctx.now());
    const name = networkName(ctx);
    const before = this.wrong.get(name) ?? 0;
    if (before === 0 && this.wrong.size >= NETWORKS) this.wrong.delete(this.wrong.keys().next().value!);
    this.wrong.set(name, before + 1);
  }

  private beginOf(now: Date): number {
    const begun = Math.floor(now.getTime() / WINDOW_MS) * WINDOW_MS;
    if (begun !== this.since) this.wrong.clear();
    return (this.since = begun);
  }
}

const networkName = ({ address }: Pick<Context, 'address'>): string => networkOf(address) ?? 'nowhere';
