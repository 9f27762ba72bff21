import { Unavailable } from '../errors';
import { Patience } from './patience';

/**
 * Lets so many in at a time; the others wait in the order in which they came, and not for ever. Who would wait in vain, by
 * how long those inside have stayed lately, is turned away at once: to let her wait would cost her time and others' memory.
 */
export class Gate {
  private readonly waiting = new Set<() => void>();
  private readonly size: number;
  private readonly patience: Patience;

  constructor(
    private places: number,
    private readonly patienceMs: number,
  ) {
    this.size = places;
    this.patience = new Patience(patienceMs);
  }

  /** Runs `work` inside. Throws {@link Unavailable} when nobody has come out for as long as one waits, or too many wait. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places--;
    else await this.wait();
    try {
      return await this.patience.noting(work);
    } finally {
      this.letNextIn();
    }
  }

  private wait(): Promise<void> {
    if (this.patience.isVain(this.waiting.size / this.size))
      return Promise.reject(new Unavailable(new Error('too many wait')));
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
