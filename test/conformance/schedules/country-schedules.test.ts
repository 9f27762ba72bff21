import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addTo, type CivilDate } from '../../../src/common';
import { type CompiledSchedule, compileSchedule, forecast, type Schedule } from '../../../src/forecasting';
import { packFilesIn, readPack } from '../../../src/programmes/country-pack';
import { skipUnless } from '../../harness/run/skip';
import type { Sweep } from './on-time-sweep';
import {
  ABSENT,
  isRoutine,
  nameOf,
  namesAnAge,
  namesALimit,
  publishedRows,
  type PublishedRow,
  spanOf,
} from './published-rows';

const ROOT = join(__dirname, '../../..');

/** Every pack whose country has published rows; without the data every pack, so that what is skipped has a name. */
const countries = readdirSync(join(ROOT, 'countries'))
  .map(name => join(ROOT, 'countries', name))
  .filter(folder => existsSync(join(folder, 'pack.json')))
  .map(folder => {
    const { pack } = readPack(packFilesIn(folder));
    if (!pack) throw new Error(`${folder} has faults`);
    const iso3 = pack.profile.alpha3;
    return { iso3, folder, schedule: pack.schedule, rows: publishedRows.filter(row => row.iso3 === iso3) };
  })
  .filter(({ rows }) => ABSENT || rows.length > 0);

/** The countries shared out among the processors, large and small, a process for each share. */
function sweepAll(): Map<string, Promise<Sweep>> {
  const size = ({ schedule }: (typeof countries)[number]) => JSON.stringify(schedule).length;
  const folders = [...countries].sort((a, b) => size(b) - size(a)).map(({ folder }) => folder);
  const processes = Math.min(availableParallelism(), folders.length);
  const swept = Array.from({ length: processes }, (_, p) =>
    sweep(folders.filter((_, i) => i % processes === p)),
  );
  return new Map(
    folders.map((folder, i) => {
      const mine = swept[i % processes]!.then(sweeps => sweeps[Math.floor(i / processes)]!);
      mine.catch(() => undefined); // the test that waits for it says so
      return [folder, mine];
    }),
  );
}

async function sweep(folders: readonly string[]): Promise<Sweep[]> {
  const script = [
    '--require',
    './bench/register-ts.cjs',
    'test/conformance/schedules/on-time-sweep.ts',
    ...folders,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: ROOT });
  return JSON.parse(stdout) as Sweep[];
}

let sweeps: Map<string, Promise<Sweep>>;

beforeAll(() => {
  sweeps = sweepAll();
});

const withRows = skipUnless(!ABSENT, ABSENT);

withRows('the countries that published a schedule', () => {
  it('have a pack each', () => {
    const packed = countries.map(({ iso3 }) => iso3);

    expect(
      [...new Set(publishedRows.map(({ iso3 }) => iso3))].filter(iso3 => !packed.includes(iso3)),
    ).toEqual([]);
  });
});

for (const { iso3, folder, schedule, rows } of countries) {
  withRows(`the schedule that ${iso3} published`, () => {
    it('has every routine row with an age in the country pack', () => {
      const wanted = ageRows(rows.filter(row => isRoutine({ ...row, geoArea: null })));
      const recommended = agesOf(schedule).map(({ row }) => row);

      expect(wanted).not.toEqual([]);
      expect(wanted.filter(row => !recommended.includes(row))).toEqual([]);
    });

    it('has no age of that source in the country pack that was not published', () => {
      const said = agesOf(schedule).filter(({ source }) => source === schedule.sources[0]?.id);

      expect(said.map(({ row }) => row).filter(row => !ageRows(rows).includes(row))).toEqual([]);
    });

    it('offers what is published for an age and over to whoever reaches it without', () => {
      const compiled = compileSchedule(schedule);
      const limits = rows.filter(isRoutine).filter(namesALimit);

      expect(limits.filter(row => !isOffered(compiled, row, '2020-02-29')).map(nameOf)).toEqual([]);
    });

    it('is kept to the day for a child vaccinated on time, whatever the birth date', async () => {
      expect(await sweeps.get(folder)).toEqual({ birthDates: 4 * 365 + 1, broken: [] } satisfies Sweep);
    }, 600_000);
  });
}

/** Whether a row such as "7 years and over" is due to a person who reaches that age and was given nothing before. */
function isOffered(compiled: CompiledSchedule, { vaccineCode, age }: PublishedRow, born: CivilDate): boolean {
  const reached = addTo(born, spanOf(age!.from!), compiled.schedule.policy.monthEnd);
  const on = age!.op === '>' ? addTo(reached, '1 day') : reached;
  const { groups } = forecast(compiled, { birthDate: born, sex: 'female', doses: [] }, on);
  return groups.some(({ vaccines, recommended }) => vaccines.includes(vaccineCode) && recommended! <= on);
}

/** The ages at which the schedule recommends a vaccine, as `DTWPHIBHEPB at 6 weeks`, and the source of each. */
function agesOf({ antigens, sources }: Schedule): { row: string; source: string | undefined }[] {
  return antigens
    .flatMap(({ series }) => series)
    .flatMap(({ doses }) => doses)
    .flatMap(({ ages = [], preferableVaccines = [] }) =>
      preferableVaccines.flatMap(({ vaccine, beginAge, endAge }) =>
        ages.flatMap(({ earliestRecommended: age, source }) => {
          if (!age || isBefore(age, beginAge) || (endAge && !isBefore(age, endAge))) return [];
          const named = typeof source === 'string' ? source : source?.['earliestRecommended'];
          return [{ row: `${vaccine} at ${plainAge(age)}`, source: named ?? sources[0]?.id }];
        }),
      ),
    );
}

/** Whether one age comes before another, if there is another. A day to lay them side by side on: any would do. */
const isBefore = (age: string, other: string | undefined): boolean =>
  other !== undefined && addTo('2000-01-01', age) < addTo('2000-01-01', other);

/** The rows that give an age, in the same words. */
function ageRows(rows: readonly PublishedRow[]): string[] {
  return rows
    .filter(row => namesAnAge(row) || namesALimit(row))
    .map(({ vaccineCode, age }) => `${vaccineCode} at ${plainAge(spanOf(age!.from!))}`);
}

/** `1 year` and `12 months` are the same age. */
function plainAge(age: string): string {
  const [count = '', unit = ''] = age.split(' ');
  const plural = unit.endsWith('s') ? unit : `${unit}s`;
  return plural === 'years' ? `${Number(count) * 12} months` : `${count} ${plural}`;
}
