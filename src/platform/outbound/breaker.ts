/** Failures one after another after which nobody is asked for a while. */
const FAILURES = 5;
/** How long nobody is asked then (ms). */
const REST_MS = 30_000;

/** Thrown in place of a call to somebody who does not answer at the moment. */
export class BreakerOpen extends Error {
  constructor() {
    super('not asked: it has not answered lately');
  }
}

/**
 * Stands before a service of the installation's. When it has failed so often, nobody is made to wait for it: calls fail at
 * once until it has rested, and then one is let through to see whether it is back (OWASP ASVS 5.0 16.5.2). What failed is
 * its caller's to try again.
 */
export class Breaker {
  private failures = 0;
  private restsUntil = -Infinity;

  /** Throws {@link BreakerOpen}, or what `call` throws. */
  async through<T>(call: () => Promise<T>): Promise<T> {
    if (performance.now() < this.restsUntil) throw new BreakerOpen();
    if (this.failures >= FAILURES) this.rest(); // of all who come now, this one alone asks
    try {
      const answer = await call();
      this.failures = 0;
      this.restsUntil = -Infinity;
      return answer;
    } catch (error) {
      if (++this.failures >= FAILURES) this.rest();
      throw error;
    }
  }

  private rest(): void {
    this.restsUntil = performance.now() + REST_MS;
  }
}
