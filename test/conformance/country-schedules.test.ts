import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packFilesIn, readPack, type CountryPack } from '../../src/programmes/country-pack';
import { skipUnless } from '../harness/skip';

// The published schedules are read in place.
const DATA = process.env['CONFORMANCE_DATA'] ?? join(__dirname, '../../../shared/data');
const ROWS = join(DATA, 'schedules/national/who-schedules-2023.14-countries.jsonl');

interface Row {
  iso3: string;
  vaccineCode: string;
  age: { kind: string; from?: { value: number; unit: string } } | null;
}

function packOf(folder: string): CountryPack {
  const { pack } = readPack(packFilesIn(join(__dirname, '../../countries', folder)));
  if (!pack) throw new Error(`countries/${folder} has faults`);
  return pack;
}

/** Ages at which the pack recommends a vaccine, as `DTWPHIBHEPB at 6 weeks`. */
function recommendedIn(pack: CountryPack): Set<string> {
  const doses = pack.schedule.antigens.flatMap(({ series }) => series).flatMap(series => series.doses);
  return new Set(
    doses.flatMap(dose =>
      (dose.preferableVaccines ?? []).flatMap(({ vaccine }) =>
        (dose.ages ?? []).flatMap(({ earliestRecommended: age }) =>
          age ? [`${vaccine} at ${plainAge(age)}`] : [],
        ),
      ),
    ),
  );
}

/** The rows of the Joint Reporting Form that give an age, in the same words. */
function publishedFor(iso3: string): Set<string> {
  const rows = readFileSync(ROWS, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as Row);
  return new Set(
    rows.flatMap(({ iso3: country, vaccineCode, age }) =>
      country === iso3 && age?.kind === 'age' && age.from
        ? [`${vaccineCode} at ${plainAge(`${age.from.value} ${age.from.unit}`)}`]
        : [],
    ),
  );
}

const UNITS: Readonly<Record<string, string>> = {
  day: 'days',
  week: 'weeks',
  month: 'months',
  year: 'years',
};

/** `1 year` and `12 months` are the same age. */
function plainAge(age: string): string {
  const [count = '', unit = ''] = age.split(' ');
  const plural = UNITS[unit] ?? unit;
  return plural === 'years' ? `${Number(count) * 12} months` : `${count} ${plural}`;
}

const suite = skipUnless(existsSync(ROWS), `${ROWS} is absent (set CONFORMANCE_DATA)`);

suite.each([
  ['BGD', 'bd'],
  ['ARG', 'ar'],
  ['GHA', 'gh'],
])('the schedule that %s published for 2023', (iso3, folder) => {
  it('has every row with an age in the country pack', () => {
    const published = publishedFor(iso3);
    const recommended = recommendedIn(packOf(folder));

    expect(published.size).toBeGreaterThan(10);
    expect([...published].filter(row => !recommended.has(row))).toEqual([]);
  });

  it('has no recommended age in the country pack that was not published', () => {
    const published = publishedFor(iso3);

    expect([...recommendedIn(packOf(folder))].filter(row => !published.has(row))).toEqual([]);
  });
});
