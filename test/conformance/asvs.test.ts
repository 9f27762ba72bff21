import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config';
import { figure } from '../harness/run/figures';
import { skipUnless } from '../harness/run/skip';

const PAGE = join(PROJECT_ROOT, 'docs/asvs.md');
/** Which requirements apply, as somebody outside saw it: one a line, number, level, `y` or `n`. */
const CHECKLIST = resolve(
  process.env.CONFORMANCE_DATA ?? '../shared/data',
  'security/asvs-5.0-checklist.tsv',
);
const VERDICTS = ['met', 'partly', 'not yet', 'operator'];

/** A row of the page: a requirement, and where it is shown or why it is not. */
interface Row {
  id: string;
  level: string;
  verdict: string;
  text: string;
}

const text = readFileSync(PAGE, 'utf8');
const rows: Row[] = [...text.matchAll(/^\| (\d+\.\d+\.\d+) +\| (L\d) +\| ([a-z ]+?) +\| (.+?) +\|$/gm)].map(
  ([, id, level, verdict, said]) => ({ id: id!, level: level!, verdict: verdict!, text: said! }),
);
const linksIn = (said: string): string[] => [...said.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link!);

describe('the page about OWASP ASVS', () => {
  it('links to files that are there', () => {
    const dead = linksIn(text)
      .filter(link => !link.startsWith('https:'))
      .filter(link => !existsSync(join(PAGE, '..', link)));

    expect(dead).toEqual([]);
  });

  it('gives every row one verdict, what is met a link, and what is not a reason', () => {
    const wrong = rows.filter(({ verdict, text: said }) => {
      const hasReason = said.replaceAll(/\[[^\]]*\]\([^)]*\)/g, '').trim().length > 15;
      return !VERDICTS.includes(verdict) || (verdict === 'met' ? linksIn(said).length === 0 : !hasReason);
    });

    expect(rows.length).toBeGreaterThan(250);
    expect(wrong).toEqual([]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('counts what it says', () => {
    const counted = ['L1', 'L2', 'L3'].map(level => [
      level,
      ...VERDICTS.map(verdict =>
        String(rows.filter(row => row.level === level && row.verdict === verdict).length),
      ),
    ]);
    const told = [...text.matchAll(/^\| (L\d) +\| (\d+) +\| (\d+) +\| (\d+) +\| (\d+) +\|$/gm)].map(found =>
      found.slice(1),
    );

    expect(told).toEqual(counted);
    for (const [level, met, ...rest] of counted)
      figure(
        `OWASP ASVS 5.0 ${level}`,
        `${met} met, ${rest.map((n, at) => `${n} ${VERDICTS[at + 1]}`).join(', ')}`,
      );
  });
});

skipUnless(existsSync(CHECKLIST), `${CHECKLIST} is absent (set CONFORMANCE_DATA)`)(
  'the checklist of OWASP ASVS',
  () => {
    it('is answered row by row: all that apply, and no other', () => {
      const lines = readFileSync(CHECKLIST, 'utf8').trim().split('\n').slice(1);
      const applying = lines.map(line => line.split('\t')).filter(([, , applies]) => applies === 'y');

      expect(rows.map(({ id, level }) => `${id} ${level}`)).toEqual(
        applying.map(([id, level]) => `${id} ${level}`),
      );
    });
  },
);
