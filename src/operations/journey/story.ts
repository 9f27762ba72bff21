/** Tells what happens, as a readable account with times and ids. */
export class Story {
  private readonly begun = Date.now();

  constructor(private readonly write: (line: string) => void) {}

  chapter(title: string): void {
    this.write(`\n${title}`);
  }

  /** One thing that happened, and the facts to recognise it by. */
  tell(what: string, facts: Record<string, string | number | boolean | null | undefined> = {}): void {
    const seconds = ((Date.now() - this.begun) / 1000).toFixed(1).padStart(6);
    const told = Object.entries(facts)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${name}: ${value}`)
      .join('   ');
    this.write(`${seconds} s  ${what.padEnd(26)} ${told}`);
  }

  /** Something to look at, such as a code in squares. */
  show(text: string): void {
    this.write(text);
  }
}
