/**
 * Every code an error can carry in `extensions.code`. One closed list: integrators branch on it, and the
 * table below does not compile when a code has no log level.
 */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'CONFLICT'
  | 'FORBIDDEN'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INTERNAL_SERVER_ERROR'
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'OPERATION_TOO_COMPLEX'
  | 'RATE_LIMITED'
  | 'STATE_FORBIDS'
  | 'STEP_UP_NEEDED'
  | 'TENANT_NOT_SERVED'
  | 'TENANT_READ_ONLY'
  | 'TENANT_REQUIRED'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** How loudly each code is logged. The message of a code is `errors.<CODE>` in `locales/<language>/errors.json`. */
export const ERROR_LEVELS: Record<ErrorCode, LogLevel> = {
  BAD_REQUEST: 'info',
  CONFLICT: 'info',
  FORBIDDEN: 'info',
  IDEMPOTENCY_KEY_REUSED: 'warn',
  INTERNAL_SERVER_ERROR: 'error',
  INVALID_INPUT: 'info',
  NOT_FOUND: 'info',
  OPERATION_TOO_COMPLEX: 'info',
  RATE_LIMITED: 'info',
  STATE_FORBIDS: 'info',
  STEP_UP_NEEDED: 'warn',
  TENANT_NOT_SERVED: 'debug',
  TENANT_READ_ONLY: 'info',
  TENANT_REQUIRED: 'debug',
  UNAUTHENTICATED: 'info',
  UNAVAILABLE: 'error',
};

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && code in ERROR_LEVELS;

/** One thing wrong with one input: `path` is the input's own path, `message` a key of `locales` (`validation.…`). */
export interface InputFault {
  path: string;
  message: string;
  params?: Record<string, string | number>;
}

/**
 * An answer that is nobody's expected outcome: the caller's mistake or ours. Carries a code, never a sentence;
 * the sentence is made in the caller's language at the edge. Never put a name, birth date or identifier in `params`.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: Record<string, string | number> = {},
    readonly faults: readonly InputFault[] = [],
  ) {
    super(code);
  }
}

/** Seconds until another try is worth making, when that is what the error says; null when it is not. */
export const retryAfter = ({ code, params }: AppError): number | null =>
  ['RATE_LIMITED', 'UNAVAILABLE'].includes(code) && typeof params.seconds === 'number'
    ? params.seconds
    : null;

/**
 * What is needed cannot be had at the moment, and nothing of this unit of work was done: whoever comes again has lost
 * nothing. Not an {@link AppError}, since those are settled: whoever works on many things leaves this one for later.
 */
export class Unavailable extends Error {
  constructor(cause: unknown) {
    super('unavailable', { cause });
  }
}

/** The connection was lost in the middle, before anything was to be committed: another may be had at once. */
export class ConnectionLost extends Unavailable {}

/** Seconds after which what was unavailable is worth another try. */
const UNAVAILABLE_SECONDS = 5;

/** What the caller is told of anything that was thrown. */
export function appErrorOf(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return thrown instanceof Unavailable
    ? new AppError('UNAVAILABLE', { seconds: UNAVAILABLE_SECONDS })
    : new AppError('INTERNAL_SERVER_ERROR');
}

/** The same answer for a record that is missing and for one that belongs to somebody else. */
export const notFound = (): AppError => new AppError('NOT_FOUND');

/** The caller's input is wrong at one place. `message` is a key of the texts, e.g. `validation.dateInFuture`. */
export const invalid = (path: string, message: string, params?: Record<string, string | number>): AppError =>
  new AppError('INVALID_INPUT', {}, [{ path, message, ...(params ? { params } : {}) }]);
