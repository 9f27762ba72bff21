/** A failure whose reader can do something about it: what happened, and what to do next. */
export class Problem extends Error {
  constructor(what, next) {
    super(what);
    this.next = next;
  }
}

/** Runs a command's body; a failure is printed with what to do next, and the process ends with code 1. */
export async function command(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    console.error(`\n${error instanceof Problem ? error.message : error.stack}`);
    if (error.next) console.error(`What to do: ${error.next}`);
    process.exitCode = 1;
  }
}
