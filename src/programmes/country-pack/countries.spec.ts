import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packFilesIn, readPack, runGolden, type CountryPack } from '.';

const COUNTRIES = join(__dirname, '../../../countries');
/** WHO's default schedule lies beside them and is no country. */
const folders = readdirSync(COUNTRIES).filter(name => existsSync(join(COUNTRIES, name, 'pack.json')));

function packOf(folder: string): CountryPack {
  const reading = readPack(packFilesIn(join(COUNTRIES, folder)));
  if (reading.pack) return reading.pack;
  throw new Error(
    reading.faults.map(({ file, line, path, reason }) => `${file}:${line} ${path} ${reason}`).join('\n'),
  );
}

describe.each(folders)('the country pack %s', folder => {
  it('reads without a fault', () => {
    expect(packOf(folder).profile.country.toLowerCase()).toBe(folder);
  });

  it('forecasts its golden cases as the country expects', () => {
    expect(runGolden(packOf(folder))).toEqual([]);
  });

  it('names where each rule of its schedule was taken from', () => {
    const publishers = packOf(folder).schedule.sources.map(({ publisher, year }) => `${publisher} ${year}`);

    expect(publishers).toEqual(expect.arrayContaining(['WHO/UNICEF 2023', 'WHO 2023']));
  });

  it('has a product for every vaccine its schedule recommends', () => {
    const pack = packOf(folder);
    const doses = pack.schedule.antigens.flatMap(({ series }) => series).flatMap(({ doses: all }) => all);
    const recommended = doses.flatMap(dose => dose.preferableVaccines ?? []).map(({ vaccine }) => vaccine);

    const stocked = pack.products.map(({ vaccine }) => vaccine);

    expect([...new Set(recommended)].filter(vaccine => !stocked.includes(vaccine))).toEqual([]);
  });
});
