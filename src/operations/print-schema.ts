import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { makeApp } from '../app';
import { readConfig } from '../platform/config';

/** `node dist/src/operations/print-schema.js`: the API as it stands in the code, on standard output. Needs no database. */
async function main(): Promise<void> {
  const nowhere = 'postgresql://nobody@127.0.0.1:1/none'; // pools open at first use, and there is none
  const app = await makeApp(
    readConfig({
      DATABASE_URL: nowhere,
      TIKASETU_MASTER_KEY: Buffer.alloc(32).toString('base64'),
      TIKASETU_SANDBOX: 'true',
      LOG_LEVEL: 'silent',
    }),
  );
  await app.init();
  // Sorted, so that a change shows where it is; the service itself has no use for an order, and starts sooner.
  process.stdout.write(`${printSchema(lexicographicSortSchema(app.get(GraphQLSchemaHost).schema))}\n`);
  await app.close();
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
});
