import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, packFilesIn, packHash, readPack } from '.';

const COUNTRIES = join(__dirname, '../../../countries');

const packs = readdirSync(COUNTRIES).filter(folder => existsSync(join(COUNTRIES, folder, 'pack.json')));

describe.each(packs)('the country pack %s, written and read again,', folder => {
  it('says the same', () => {
    const { pack } = readPack(packFilesIn(join(COUNTRIES, folder)));

    const again = readPack(filesOf(pack!));

    expect(again.faults).toBeUndefined();
    expect(again.pack).toEqual(pack);
    expect(packHash(again.pack!)).toBe(packHash(pack!));
  });
});
