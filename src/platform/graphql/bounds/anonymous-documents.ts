import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { parse, print, separateOperations } from 'graphql';
import { AppError } from '../../errors';

/**
 * The documents that somebody who has not signed in may send, by SHA-256 of their text: nothing else of hers is even
 * parsed. Each `.graphql` file of the folders as it stands, and each of its operations as graphql-js prints it.
 */
export class AnonymousDocuments {
  private readonly hashes: ReadonlySet<string>;

  /** Throws when a file is not GraphQL. */
  constructor(folders: readonly string[]) {
    this.hashes = new Set(folders.flatMap(textsIn).flatMap(formsOf).map(hashOf));
  }

  /**
   * Throws UNAUTHENTICATED for a document that is not listed. What is no document at all is left to the server to
   * refuse.
   */
  mustAllow({ body, query }: Pick<FastifyRequest, 'body' | 'query'>): void {
    const texts = [body, query].map(part => (part as { query?: unknown } | null | undefined)?.query);
    for (const text of texts)
      if (typeof text === 'string' && !this.hashes.has(hashOf(text))) throw new AppError('UNAUTHENTICATED');
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

const textsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.graphql'))
    .map(name => readFileSync(join(folder, name), 'utf8'));

const formsOf = (text: string): string[] => [
  text,
  ...Object.values(separateOperations(parse(text))).map(operation => print(operation)),
];
