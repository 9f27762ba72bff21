/** How long a process holds an unwrapped key that nobody asks for, in milliseconds. */
const UNUSED_MS = 600_000;

/**
 * Unwrapped keys that a process holds because they are asked for again and again. What nobody has asked for in ten
 * minutes is forgotten: the keys of a country that was ended, or that nobody uses, are in no process' memory then, and
 * a picture of that memory does not have them.
 */
export class KeptKeys<T> {
  private readonly kept = new Map<string, { key: T; forget: NodeJS.Timeout }>();

  get(name: string): T | undefined {
    const found = this.kept.get(name);
    found?.forget.refresh();
    return found?.key;
  }

  set(name: string, key: T): void {
    this.delete(name);
    const forget = setTimeout(() => this.kept.delete(name), UNUSED_MS).unref();
    this.kept.set(name, { key, forget });
  }

  delete(name: string): void {
    clearTimeout(this.kept.get(name)?.forget);
    this.kept.delete(name);
  }

  /** How many are held. */
  get size(): number {
    return this.kept.size;
  }
}
