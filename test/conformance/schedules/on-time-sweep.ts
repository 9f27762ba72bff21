// node --require ./bench/register-ts.cjs test/conformance/schedules/on-time-sweep.ts <folder of countries/> …: the law of
// on-time-law.ts for every birth date of four years, printed as JSON. A process of its own because the engine runs
// four times slower inside Jest, and half a million forecasts are made.
import { type CivilDate, toCivilDate, toDayNumber } from '../../../src/common';
import { packFilesIn, readPack } from '../../../src/programmes/country-pack';
import { rowsNotKept } from './on-time-law';
import { publishedRows } from './published-rows';

/** What is printed for each folder. */
export interface Sweep {
  readonly birthDates: number;
  /** One line for each published row that is not kept. */
  readonly broken: readonly string[];
}

/** Every day of four years, 29 February among them. */
function everyBirthDate(): CivilDate[] {
  const [first, last] = [toDayNumber('2020-01-01'), toDayNumber('2023-12-31')];
  return Array.from({ length: last - first + 1 }, (_, i) => toCivilDate(first + i));
}

function sweep(folder: string): Sweep {
  const { pack } = readPack(packFilesIn(folder));
  if (!pack) throw new Error(`${folder} has faults`);
  const rows = publishedRows.filter(({ iso3 }) => iso3 === pack.profile.alpha3);
  const birthDates = everyBirthDate();
  return { birthDates: birthDates.length, broken: rowsNotKept(pack.schedule, rows, birthDates) };
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(sweep)));
