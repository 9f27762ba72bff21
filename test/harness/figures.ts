import { appendFileSync } from 'node:fs';

/** Tells `npm run conformance:security` a number that a test has seen; without a runner to collect it, nothing happens. */
export function figure(name: string, value: string): void {
  const file = process.env.TIKASETU_TEST_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ name, value })}\n`);
}
