/** How long anybody waits for the database before she is told that it cannot be had. */
export const PATIENCE_MS = 10_000;
/** How much the newest piece of work says of how long the next one takes. */
const NEWEST = 0.1;

/** Says whether whoever comes now would wait in vain, by how long work has taken lately. */
export class Patience {
  /** Milliseconds: an average in which the newest counts most. */
  private stay = 0;

  constructor(private readonly ms: number) {}

  /** Runs `work`, and notes how long it took. */
  async noting<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await work();
    } finally {
      this.stay += NEWEST * (Math.min(performance.now() - begun, this.ms) - this.stay);
    }
  }

  /** Whether who has so many pieces of work before hers waits longer than anybody does. */
  isVain(before: number): boolean {
    return before * this.stay > this.ms;
  }
}
