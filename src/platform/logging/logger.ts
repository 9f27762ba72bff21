import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Injection token of the process's {@link Logger}. */
export const LOGGER = Symbol('Logger');

/**
 * The process's log: JSON lines on standard error. What is logged is chosen field by field (codes, ids of
 * requests, durations), never a request body, so there is nothing personal to redact; the list is a second net.
 */
export function makeLogger(level: string): Logger {
  return pino(
    {
      level,
      redact: ['req.headers.authorization', '*.authorization', '*.password', '*.token', '*.phone', '*.name'],
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    process.stderr,
  );
}
