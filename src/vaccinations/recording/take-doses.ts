import { Injectable } from '@nestjs/common';
import { isBadData, type Outcome } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { type DoseCall, keysOf } from './dose-call';
import { type Alongside, type DoseAnswer, RecordDoses } from './record-doses';

/** Doses in one transaction, at most: long enough to be cheap, short enough that nobody waits for its lots. */
const TOGETHER = 250;
/** How often one dose is decided anew while what it stands on moves. */
const TRIES = 5;

/**
 * Records any number of doses of one country that were told together: of one person in the order in which they are
 * given here, each on the doses before it. A dose that cannot be stored fails by itself. What was committed before a
 * crash is known by its keys when all of it is sent again.
 */
@Injectable()
export class TakeDoses {
  constructor(private readonly doses: RecordDoses) {}

  /** What became of each, in order. `alongside` is written in the transaction of what it is about. */
  async run(calls: readonly DoseCall[], alongside: Alongside): Promise<Outcome<DoseAnswer>[]> {
    const outcomes = new Map<DoseCall, Outcome<DoseAnswer>>();
    for (const round of roundsOf(calls))
      for (let at = 0; at < round.length; at += TOGETHER)
        await this.take(round.slice(at, at + TOGETHER), alongside, outcomes);
    return calls.map(call => outcomes.get(call)!);
  }

  private async take(
    calls: readonly DoseCall[],
    alongside: Alongside,
    outcomes: Map<DoseCall, Outcome<DoseAnswer>>,
    tries = 1,
  ): Promise<void> {
    const found = await this.attempt(calls, alongside);
    if (!found.some(outcome => 'again' in outcome))
      return found.forEach((outcome, index) => void outcomes.set(calls[index]!, outcome));
    if (calls.length > 1) {
      const middle = calls.length >> 1;
      await this.take(calls.slice(0, middle), alongside, outcomes);
      return this.take(calls.slice(middle), alongside, outcomes);
    }
    if (tries < TRIES) return this.take(calls, alongside, outcomes, tries + 1);
    outcomes.set(calls[0]!, await this.doses.giveUp(calls[0]!, new AppError('CONFLICT'), alongside));
  }

  /** All of them, or none: then they are tried in halves. Throws what would befall each of them alike. */
  private async attempt(
    calls: readonly DoseCall[],
    alongside: Alongside,
  ): Promise<readonly Outcome<DoseAnswer>[]> {
    try {
      return await this.doses.run(calls, alongside);
    } catch (error) {
      if (!isBadData(error)) throw error;
      if (calls.length > 1) return calls.map(() => ({ again: true }));
      return [await this.doses.giveUp(calls[0]!, error, alongside)];
    }
  }
}

/** In the first round the first of everything, in the second what shares a person or a key with one of the first … */
function roundsOf(calls: readonly DoseCall[]): DoseCall[][] {
  const rounds: DoseCall[][] = [];
  const taken = new Map<string, number>();
  for (const call of calls) {
    const keys = keysOf(call);
    const round = Math.max(...keys.map(key => taken.get(key) ?? 0));
    (rounds[round] ??= []).push(call);
    for (const key of keys) taken.set(key, round + 1);
  }
  return rounds;
}
