import { appendFileSync } from 'node:fs';

/**
 * Tells `npm run conformance:security` a number that a test has seen, and whether it is what is to be reached: a number may
 * fall short where the test was asked for less. Without a runner to collect it, nothing happens.
 */
export function figure(name: string, value: string, isReached = true): void {
  const file = process.env.TIKASETU_TEST_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ name, value, isReached })}\n`);
}
