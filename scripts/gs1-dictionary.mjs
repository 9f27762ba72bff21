// Writes our table of GS1 application identifiers from the facts of GS1's Barcode Syntax Dictionary (Apache-2.0).
//     node scripts/gs1-dictionary.mjs <gs1-syntax-dictionary.txt>   > src/codecs/gs1/ai-table.ts
// One entry of the dictionary is a line: AIs, flags, components, attributes, # title. Ours is a tuple of the same facts.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const HEAD = `// Made by scripts/gs1-dictionary.mjs from the GS1 Barcode Syntax Dictionary (Apache-2.0). Change that, not this.

/** AI or range of AIs, title, flags, components, attributes: as GS1's dictionary writes them. */
export type AiRow = readonly [ais: string, title: string, flags: string, components: string, ...more: string[]];

export const aiRows: readonly AiRow[] = [
`;

/** The table as TypeScript; throws on a line that it does not understand. */
export function tableOf(dictionary) {
  const rows = dictionary
    .split('\n')
    .filter(line => line.trim() && !line.startsWith('#'))
    .map(rowOf);
  return `${HEAD}${rows.join('\n')}\n];\n`;
}

function rowOf(line) {
  const [facts, title = ''] = split(line, '#');
  const words = facts.split(/\s+/);
  const ais = words.shift();
  const flags = /^[*?]+$/.test(words[0]) ? words.shift() : '';
  const components = words.filter(word => /^\[?[NXYZ]/.test(word));
  const attributes = words.slice(components.length);
  if (!/^\d{2,4}(-\d{2,4})?$/.test(ais) || components.length === 0)
    throw new Error(`Not understood: ${line}`);
  const row = [ais, title, flags, components.join(' '), ...attributes.map(checked)];
  return `  [${row.map(quoted).join(', ')}],`;
}

function checked(attribute) {
  if (!/^(req|ex|dlpkey)(=[\dn,+|]+)?$/.test(attribute)) throw new Error(`Unknown attribute ${attribute}`);
  return attribute;
}

function split(line, mark) {
  const at = line.indexOf(mark);
  return at < 0 ? [line.trim()] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

const quoted = text => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

if (process.argv[1] && resolve(process.argv[1]) === import.meta.filename)
  process.stdout.write(tableOf(readFileSync(process.argv[2], 'utf8')));
