// What is above the sizes of the house style. A smoke alarm, not a law: it lists and never fails.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const LIMITS = { fileLines: 400, functionLines: 60, parameters: 3, folderFiles: 20 };

/** Every source file under the folders, as paths relative to `root`. */
export function sources(root, folders = ['src', 'test', 'scripts']) {
  return folders
    .flatMap(folder => {
      try {
        return readdirSync(join(root, folder), { recursive: true }).map(path => join(folder, path));
      } catch {
        return [];
      }
    })
    .filter(path => /\.(ts|mjs|cjs)$/.test(path) && !path.endsWith('.d.ts'))
    .sort();
}

/** One line for each thing above the limits. Constructors are not counted by parameters: they are wiring. */
export function oversized(root) {
  const paths = sources(root);
  const folders = Map.groupBy(paths, dirname);
  return [
    ...[...folders]
      .filter(([, files]) => files.length > LIMITS.folderFiles)
      .map(([folder, files]) => `${folder}: ${files.length} files`),
    ...paths.flatMap(path => oversizedIn(path, readFileSync(join(root, path), 'utf8'))),
  ];
}

function oversizedIn(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const line = position => file.getLineAndCharacterOfPosition(position).line + 1;
  const found = [];
  const lines = text.split('\n').length - 1;
  if (lines > LIMITS.fileLines) found.push(`${path}: ${lines} lines`);
  const visit = node => {
    if (ts.isFunctionLike(node) && node.body && !isSuite(node)) {
      const from = line(node.getStart());
      const length = line(node.end) - from + 1;
      const name = node.name?.getText() ?? node.parent?.name?.getText() ?? 'function';
      if (length > LIMITS.functionLines) found.push(`${path}:${from} ${name}: ${length} lines`);
      if (node.parameters.length > LIMITS.parameters && !ts.isConstructorDeclaration(node))
        found.push(`${path}:${from} ${name}: ${node.parameters.length} parameters`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The body of describe(...) holds tests, it is not a function to read in one go. */
function isSuite(node) {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());
}
