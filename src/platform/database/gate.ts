import { Unavailable } from '../errors';

/** Lets so many in at a time; the others wait in the order in which they came, and not for ever. */
export class Gate {
  private readonly waiting = new Set<() => void>();

  constructor(
    private places: number,
    private readonly patienceMs: number,
  ) {}

  /** Runs `work` inside. Throws {@link Unavailable} when nobody has come out for as long as one waits. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places--;
    else await this.wait();
    try {
      return await work();
    } finally {
      this.letNextIn();
    }
  }

  private wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(patience);
        resolve();
      };
      const patience = setTimeout(() => {
        this.waiting.delete(enter);
        reject(new Unavailable(new Error('no connection came free')));
      }, this.patienceMs);
      this.waiting.add(enter);
    });
  }

  /** A place that somebody waits for is handed over, so that nobody who comes now is before her. */
  private letNextIn(): void {
    const [next] = this.waiting;
    if (!next) return void this.places++;
    this.waiting.delete(next);
    next();
  }
}
