import { SEED } from '../../harness/run/seed';

/** Random draws that one number repeats. */
export class Draws {
  private state: number;

  constructor(readonly seed = SEED) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 up to but not including `below` (mulberry32). */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
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
