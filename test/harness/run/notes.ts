import { appendFileSync } from 'node:fs';

/** What a run says about itself at its end: the database it used, and what it left out and why. */
export interface Note {
  about: 'database' | 'skipped';
  text: string;
}

/** Notes something for the end of the run (`npm test` prints it); without a runner to collect it, nothing happens. */
export const note = (fact: Note): void => {
  const file = process.env.TIKASETU_TEST_NOTES;
  if (file) appendFileSync(file, `${JSON.stringify(fact)}\n`);
};
