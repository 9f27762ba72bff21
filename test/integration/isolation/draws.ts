import { randomFrom, SEED } from '../../harness/run/seed';

/** Random draws that one number repeats. */
export class Draws {
  private readonly random: () => number;

  constructor(readonly seed = SEED) {
    this.random = randomFrom(seed);
  }

  /** A whole number from 0 up to but not including `below`. */
  below(below: number): number {
    return (this.random() * 2 ** 32) % below;
  }

  /** True as often as `share` of the times. */
  chance(share: number): boolean {
    return this.below(1_000) < share * 1_000;
  }

  /** One of `values`; throws when there is none. */
  one<T>(values: readonly T[]): T {
    if (values.length === 0) throw new Error('Nothing to draw from');
    return values[this.below(values.length)]!;
  }

  shuffled<T>(values: readonly T[]): T[] {
    const left = [...values];
    return values.map(() => left.splice(this.below(left.length), 1)[0]!);
  }
}
