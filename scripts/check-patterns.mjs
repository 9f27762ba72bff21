// node scripts/check-patterns.mjs <folder>: whether an expression of the source can be made to run away by a text, asked
// of recheck (https://makenowjust-labs.github.io/recheck/), which nobody here wrote. The folder is where it is installed:
//   npm install --prefix <folder> --ignore-scripts --omit=optional recheck@4.5.0
// It is no dependency of the project: the analysis takes half a minute of a processor, and its optional parts are large.
// Exit code 1: an expression that is not linear, and is not listed below with the reason why that does no harm.
import { createRequire } from 'node:module';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');
const PATIENCE_MS = 120_000; // for each expression: a busy machine is slow, not wrong

/** Expressions that cost the square of a text's length, or that recheck cannot judge, and what bounds the text. */
const KNOWN = {
  '/\\.?0+$/': 'of a number of ours',
  '/\\/+$/': 'of a setting of the installation',
  '/@font-face\\s*\\{[^}]*\\}/g': 'of a style sheet that comes with the build',
  '/([A-Za-z0-9_-]{32})\\s*$/': 'of a message of our own, in the journey',
  '/\\s*([+-])\\s*/g': 'of the schedule of the CDC, read by the operator',
  '/=+$/': 'of base64 that was made here, with two signs at the most',
  '/^[\\r\\n\\t]+|[\\r\\n\\t]+$/g': 'of a code of 4,296 characters at the most, which is looked at first',
  '/(.)\\1+/g': 'of a name of 200 characters at the most',
  '/\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))/': 'of a header, which Node bounds',
  '/(?<![\\p{L}\\p{N}_/+-])([A-Za-z0-9_-]{32}|\\p{Nd}{6,10})(?![\\p{L}\\p{N}_/-])/u':
    'of a message that was fitted to its channel, in a sandbox',
  '/(?:^|\\/)Patient\\/([A-Za-z0-9.-]{1,64})(?:\\/_history\\/[^/]+)?$/':
    'by its own counts: a start is passed once',
  '/, (?=[A-Za-z][A-Za-z ]{0,30}:)/': 'by its own count',
  '/"""(?:\\\\"""|[^"]|"(?!""))*(?:"""|$)|"(?:\\\\.|[^"\\\\\\n])*(?:"|$)?|#[^\\n\\r]*|[\\w-][\\w.+-]*|\\.{3}|[[\\]{}()@:$!=|&]/g':
    'of a document of 64 KB at the most, and tried with such in document-size.spec',
  '/n+$/': 'of the names of application identifiers, four characters',
};

const folder = process.argv[2];
if (!folder) {
  console.error('node scripts/check-patterns.mjs <folder in which recheck is installed>');
  process.exit(2);
}
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = createRequire(join(resolve(folder), 'package.json'))('recheck');

const literals = new Map();
for (const path of globSync('src/**/*.{ts,js}', { cwd: ROOT }).filter(
  one => !/\.(spec|fixture|d)\.ts$/.test(one),
))
  collect(ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest), path);

function collect(node, path) {
  if (ts.isRegularExpressionLiteral(node)) literals.set(node.text, path);
  ts.forEachChild(node, child => collect(child, path));
}

const judged = [...literals].map(([text, path]) => {
  const [, source, flags] = /^\/([\s\S]*)\/([a-z]*)$/.exec(text);
  const asked = { checker: 'auto', timeout: PATIENCE_MS, randomSeed: 1 };
  return { text, path, ...checkSync(source, flags.replaceAll(/[dgvy]/g, ''), asked) };
});
const open = judged.filter(({ status, text }) => status !== 'safe' && !(text in KNOWN));
const stale = Object.keys(KNOWN).filter(text => !literals.has(text));
console.log(
  `${judged.length} expressions, ${judged.filter(({ status }) => status === 'safe').length} linear, ${Object.keys(KNOWN).length} bounded otherwise, ${open.length} open`,
);
for (const { text, path, status, complexity } of open)
  console.error(`${path}: ${text}: ${complexity?.summary ?? status}`);
for (const text of stale) console.error(`listed and not there: ${text}`);
process.exitCode = open.length + stale.length > 0 ? 1 : 0;
