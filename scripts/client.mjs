// npm run client: a typed client for TypeScript out of schema.graphql and documents.
//   node scripts/client.mjs [documents folder] [output file]
// Without arguments: examples/ and the client that the journey uses. Integrators call it with their own.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');

/** The client as source text: types of the inputs and answers, and a typed document for each operation. */
export async function clientSource(folder) {
  const schema = readFileSync(join(root, 'schema.graphql'), 'utf8');
  const documents = readdirSync(folder)
    .filter(file => file.endsWith('.graphql'))
    .sort()
    .map(file => ({ location: basename(file), document: parse(readFileSync(join(folder, file), 'utf8')) }));
  const source = await codegen({
    filename: 'operations.ts',
    schema: parse(schema),
    schemaAst: buildSchema(schema),
    documents,
    config: {
      scalars: { Date: 'string', DateTime: 'string', ID: 'string' },
      enumsAsTypes: true,
      useTypeImports: true,
      skipTypename: true,
      onlyOperationTypes: true,
      avoidOptionals: false,
    },
    plugins: [{ operations: {} }, { typedDocumentNode: {} }],
    pluginMap: { typescript, operations, typedDocumentNode },
  });
  const header = '// Made by `npm run client` from schema.graphql and the documents. Do not edit.\n';
  const options = await resolveConfig(join(root, 'package.json'));
  return format(header + source, { ...options, parser: 'typescript' });
}

if (import.meta.filename === process.argv[1]) {
  const [, , folder = join(root, 'examples'), out = join(root, 'src/operations/client/operations.ts')] =
    process.argv;
  writeFileSync(out, await clientSource(folder));
}
