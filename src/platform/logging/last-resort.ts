import { GraphQLError } from 'graphql';
import type { Logger } from './logger';

/**
 * What nobody caught is a line of the log like every other error, with nothing in it that the log may not hold, and the end
 * of the process: what it was about to do is unknown, and whoever runs it starts another (OWASP ASVS 5.0 16.5.4).
 */
export function lastResort(log: Pick<Logger, 'error' | 'fatal'>): void {
  const end = (error: unknown): void => {
    log.fatal({ err: error }, 'nobody caught this: the process ends');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', error => {
    if (!isOfAField(error)) return end(error);
    log.error({ err: error }, 'another error of the same list was answered before this one');
  });
}

/**
 * The error of a field is its request's alone. graphql-js 16 waits for none of a list once one of its items has thrown
 * (its issue 3528), and what the others come to has no listener: no reason to end the requests of everybody else.
 */
const isOfAField = (error: unknown): boolean => error instanceof GraphQLError && error.path !== undefined;
