/** Something that was true at a moment of this process' own clock (`performance.now()`). */
export interface Counted {
  countedAt: number;
}

/**
 * Remembers answers for a moment, so that many who ask the same cost the database one question. Who asks while an answer
 * is being made waits for it. The answer that has been kept longest is forgotten for a new one.
 */
export class ShortMemory<Answer extends Counted> {
  private readonly kept = new Map<string, Promise<Answer>>();

  /** `forMs`: how old an answer may become, by when it was counted. */
  constructor(
    private readonly most: number,
    private readonly forMs: number,
  ) {}

  /** What `make` gave for this key, at most `forMs` ago. A failure is told to those who waited, and forgotten. */
  async of(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.kept.get(key);
    if (known) {
      const answer = await known;
      if (performance.now() - answer.countedAt < this.forMs) return answer;
      if (this.kept.get(key) !== known) return this.of(key, make); // somebody else is making it anew
    }
    const made = make();
    this.kept.delete(key);
    this.kept.set(key, made);
    made.catch(() => this.kept.get(key) === made && this.kept.delete(key));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) break;
      this.kept.delete(oldest);
    }
    return made;
  }
}
