import { type DestinationStream, pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Injection token of the process's {@link Logger}. */
export const LOGGER = Symbol('Logger');

/**
 * The process's log: JSON lines on standard error. What is logged is chosen field by field (codes, ids of
 * requests, durations), never a request body, so there is nothing personal to redact; the list is a second net.
 */
export function makeLogger(level: string, to: DestinationStream = process.stderr): Logger {
  return pino(
    {
      level,
      redact: ['req.headers.authorization', '*.authorization', '*.password', '*.token', '*.phone', '*.name'],
      serializers: { err: tellError },
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    to,
  );
}

/**
 * An error as the log may hold it. What the database says of a failed statement quotes the values in it, so of such
 * an error only the SQLSTATE, the constraint and where in our code it was remain.
 */
function tellError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { driverError } = error as { driverError?: { code?: string; constraint?: string; table?: string } };
  if (!driverError) return { type: error.name, message: error.message, stack: error.stack };
  const { code, constraint, table } = driverError;
  const frames = error.stack?.split('\n').filter(line => line.startsWith('    at '));
  return { type: error.name, sqlState: code, constraint, table, stack: frames?.join('\n') };
}
