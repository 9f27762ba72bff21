/**
 * Thrown in a unit of work when a refusal is only known after something was written: the work is rolled back and
 * the caller of {@link orRefusal} gets the refusal as an answer.
 */
export class Refused<Refusal extends object> extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.constructor.name);
  }
}

/** Runs a whole unit of work; the refusal it was rolled back with is its answer, any other error stays one. */
export async function orRefusal<Answer, Refusal extends object>(
  run: () => Promise<Answer>,
): Promise<Answer | Refusal> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused) return error.refusal as Refusal;
    throw error;
  }
}
