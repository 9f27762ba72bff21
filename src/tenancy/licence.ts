import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../platform/config';
import { SOURCE_LANGUAGE } from '../platform/i18n';

/** One version of the licence in one language, exactly as the signatory is shown it. */
export interface LicenceText {
  version: string;
  language: string;
  title: string;
  /** The whole text, Markdown, front matter included: the hash is of these bytes. */
  text: string;
  /** SHA-256 of `text` in hexadecimal: the evidence of what was accepted. */
  sha256: string;
  /** The text that decides when translations differ. */
  authoritative: boolean;
}

/** `licences/<version>/<language>.md`, read once; a published version is never altered. */
const texts = readAll(join(PROJECT_ROOT, 'licences'));

/** The version that new agreements are made on. */
export const CURRENT_LICENCE = [...new Set(texts.map(text => text.version))].sort().at(-1)!;

/** The licence in the first language of the chain that it exists in; the authoritative one otherwise. */
export function licenceIn(languages: readonly string[], version = CURRENT_LICENCE): LicenceText {
  const ofVersion = texts.filter(text => text.version === version);
  for (const language of languages) {
    const found = ofVersion.find(text => text.language === language);
    if (found) return found;
  }
  return ofVersion.find(text => text.authoritative)!;
}

function readAll(folder: string): LicenceText[] {
  return readdirSync(folder).flatMap(version =>
    readdirSync(join(folder, version))
      .filter(file => file.endsWith('.md'))
      .map(file => asLicence(version, file.slice(0, -3), readFileSync(join(folder, version, file), 'utf8'))),
  );
}

function asLicence(version: string, language: string, text: string): LicenceText {
  return {
    version,
    language,
    title: /^title: (.+)$/m.exec(text)?.[1] ?? '',
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
    authoritative: language === SOURCE_LANGUAGE,
  };
}
