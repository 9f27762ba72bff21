import type { ErrorObject, ValidateFunction } from 'ajv';

/** Tells whether a value is of a JSON Schema's shape; after a no, `errors` are why. */
export interface Shape<T = unknown> {
  (value: unknown): value is T;
  readonly errors?: ErrorObject[] | null;
}

/** A shape compiled when it is first asked about: compiling all of ours takes longer than the rest of a start. */
export function shapeOf<T>(compile: () => ValidateFunction<T>): Shape<T> {
  let compiled: ValidateFunction<T> | undefined;
  const matches = (value: unknown): value is T => (compiled ??= compile())(value);
  return Object.defineProperty(matches, 'errors', { get: () => compiled?.errors });
}
