import type { TextByLanguage } from '../../../localisation';
import type { PackManifest } from '../checking/check-shape';
import type { CsvRow } from './csv-file';

/** The columns that hold a name in each language of the pack: `name:en`. */
export const nameColumns = (manifest: PackManifest): string[] =>
  manifest.languages.map(({ code }) => `name:${code}`);

/** The name of a row in every language; an empty one is a fault. */
export function nameOf(row: CsvRow, manifest: PackManifest): TextByLanguage {
  return Object.fromEntries(
    manifest.languages.map(({ code }) => {
      const name = row.text(`name:${code}`);
      if (name === '') row.fault(`name:${code}`, 'translation-missing', { language: code });
      return [code, name];
    }),
  );
}
