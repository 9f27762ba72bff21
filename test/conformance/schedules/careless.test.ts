import fc from 'fast-check';
import { importCdsi, type Schedule } from '../../../src/forecasting';
import { skipUnless } from '../../harness/run/skip';
import { DATA, readRelease, releases } from './schedule-cases';

// Releases differ in how carefully they are typed: case, spaces, `n/a`, zeros before a code, ways to write a day.

const folder = releases().findLast(release => readRelease(release, 'json').length > 0);
const release = { version: '0', effectiveFrom: '1900-01-01', year: 2000 };

type Plain = string | null | readonly Plain[] | { readonly [name: string]: Plain };
type Pick = <T>(...ways: readonly T[]) => T;

/** A linear congruential generator: many picks from one number that a failing run prints. */
function picker(luck: number): Pick {
  let state = luck;
  return (...ways) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ways[(state >>> 16) % ways.length]!;
  };
}

const CVX_LISTS = new Set(['vaccineTypes', 'fromMostRecent']);
const OBSERVATIONS = new Set(['observationCode', 'guidelineCode', 'exclusionCode']);

function careless(value: Plain, name: string, pick: Pick): Plain {
  if (value === null) return pick<Plain>(null, 'n/a', 'N/A', ' ');
  if (typeof value === 'string') return carelessText(value, name, pick);
  if (Array.isArray(value)) return value.map(item => careless(item as Plain, name, pick));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, careless(inner, key, pick)]));
}

function carelessText(value: string, name: string, pick: Pick): string {
  const code = (text: string) => pick(text, String(Number(text)), text.padStart(4, '0'));
  if (name === 'cvx' || (OBSERVATIONS.has(name) && /^\d{3}$/.test(value))) return code(value);
  if (CVX_LISTS.has(name))
    return value
      .split(/[;,]/)
      .map(item => code(item.trim()))
      .join(pick(';', '; ', ', '));
  const day = /^(\d{4})(\d\d)(\d\d)$/.exec(value);
  if (day && name.endsWith('Date'))
    return pick(value, `${day[1]}-${day[2]}-${day[3]}`, `${day[2]}/${day[3]}/${day[1]}`);
  return pick(value, value.toUpperCase(), value.toLowerCase(), ` ${value}  `, value.replaceAll(' ', '  '));
}

const meaning = (schedule: Schedule) => JSON.parse(JSON.stringify(schedule).toLowerCase()) as unknown;

skipUnless(folder, `no CDSi supporting data as JSON in ${DATA}`)('A release', () => {
  it('means the same however carelessly it was typed', () => {
    const files = readRelease(folder!, 'json');
    const clean = meaning(importCdsi(files, release));
    fc.assert(
      fc.property(fc.nat(), luck => {
        const pick = picker(luck);
        const typed = files.map(({ name, content }) => ({
          name,
          content: `\uFEFF${JSON.stringify(careless(JSON.parse(content) as Plain, '', pick))}`,
        }));
        expect(meaning(importCdsi(typed, release))).toEqual(clean);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });
});
