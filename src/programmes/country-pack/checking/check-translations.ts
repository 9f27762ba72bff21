import type { PackManifest } from './check-shape';
import type { JsonFile } from '../reading/json-file';
import type { Faults } from '../pack-fault';

/** Properties that hold a text by language wherever they hold an object, in every file of a pack. */
const TEXT_PROPERTIES = new Set(['name', 'title', 'text']);

/** Every text of a file must be there in each language of the pack, and in no other. */
export function checkTranslations(file: JsonFile, manifest: PackManifest, faults: Faults): void {
  const languages = manifest.languages.map(({ code }) => code);
  const check = (path: string, text: Readonly<Record<string, unknown>>): void => {
    for (const language of languages) {
      if (!Object.hasOwn(text, language))
        faults.add(file.name, file.placeOf(path), path, 'translation-missing', { language });
    }
    for (const language of Object.keys(text)) {
      if (!languages.includes(language))
        faults.add(file.name, file.placeOf(path, language), path, 'language-undeclared', { language });
    }
  };
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (TEXT_PROPERTIES.has(key) && isObject(inner)) check(at, inner);
      else walk(inner, at);
    }
  };
  walk(file.value, '');
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
