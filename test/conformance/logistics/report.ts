// npm run conformance:logistics: codes, barcodes and events against the vectors of their standards, each failure with why.
import { spawnSync } from 'node:child_process';
import {
  documentsOf,
  families,
  familyFault,
  hashCases,
  hashVerdict,
  prefixesOfCorpus,
  published,
  publishedFault,
  queryFault,
  verdictFault,
} from './epcis-cases';
import { checkCases, checkFault, engineCases, engineFault, libraryCases, libraryFault } from './gs1-cases';
import { logisticsFolder } from './data';
import {
  brokenExports,
  brokenFault,
  dayPairs,
  kineticFault,
  kineticPairs,
  pairFault,
  validExports,
  validFault,
} from './logger-cases';
import { carrierCases, carrierFault, s10Cases, s10Fault } from './s10-cases';

const say = (line: string) => void process.stdout.write(`${line}\n`);

function report(name: string, faults: readonly (string | null)[]): void {
  const wrong = faults.filter(fault => fault !== null);
  const result =
    faults.length === 0
      ? `skipped: none in ${logisticsFolder}`
      : `${faults.length - wrong.length} of ${faults.length}`;
  say(`${name.padEnd(36)} ${result}`);
  for (const fault of wrong) say(`    ${fault}`);
}

const verdicts = (set: string, isValid: boolean) =>
  documentsOf(set).map(file => verdictFault(set, file, isValid));
const queries = (set: string, isValid: boolean) =>
  documentsOf(set).map(file => queryFault(set, file, isValid));

report('UPU S10 numbers', s10Cases().map(s10Fault));
report('Carriers’ test numbers', carrierCases().map(carrierFault));
report('GS1 checks of content', checkCases().map(checkFault));
report('GS1 syntax engine', engineCases().map(engineFault));
report('GS1 library', libraryCases().map(libraryFault));
report('EPCIS documents accepted', [...verdicts('valid', true), ...verdicts('valid-mutants', true)]);
report('EPCIS documents refused', [...verdicts('invalid', false), ...verdicts('invalid-mutants', false)]);
report('EPCIS queries', [...queries('queries-valid', true), ...queries('queries-invalid', false)]);
report('Logger exports read', validExports().map(validFault));
report('Logger exports refused', brokenExports().map(brokenFault));
report('Loggers’ alarm minutes, within 5', dayPairs().map(pairFault));
report('Loggers’ kinetic mean', kineticPairs().map(kineticFault));

const prefixes = prefixesOfCorpus();
const hashes = hashCases().map(one => ({ one, verdict: hashVerdict(one, prefixes) }));
const judged = hashes.filter(({ verdict }) => verdict !== 'borrows a prefix');
report(
  'EPCIS event hashes',
  judged.map(({ one, verdict }) => (verdict === 'different' ? `${one.id} ${one.index}` : null)),
);
const borrowing = hashes.filter(({ verdict }) => verdict === 'equal by a borrowed prefix');
say(
  `    ${borrowing.length} of them by what another document says of a prefix that their own does not define`,
);
say(`    ${hashes.length - judged.length} more not comparable: what the prefix stood for is in no document`);
report('EPCIS published hashes', published().map(publishedFault));
report('EPCIS families that hash alike', families().map(familyFault));

// The same documents over HTTP, through the whole service and its database: by the tests themselves.
say('EPCIS over HTTP:');
const runner = ['scripts/test.mjs', 'test/conformance/logistics/epcis-service.test.ts', '--verbose'];
const { status } = spawnSync(process.execPath, runner, { stdio: 'inherit' });
process.exitCode = status ?? 1;
