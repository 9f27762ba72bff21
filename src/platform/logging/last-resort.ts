import type { Logger } from './logger';

/**
 * What nobody caught is a line of the log like every other error, with nothing in it that the log may not hold, and the end
 * of the process: what it was about to do is unknown, and whoever runs it starts another (OWASP ASVS 5.0 16.5.4).
 */
export function lastResort(log: Pick<Logger, 'fatal'>): void {
  const end = (error: unknown): void => {
    log.fatal({ err: error }, 'nobody caught this: the process ends');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
