import type { EpcisFault } from '../../codecs/epcis';
import type { ErrorCode } from '../../platform/errors';

/** What EPCIS calls a fault (EPCIS 2.0 section 8.2.6 and the OpenAPI's `epcisException:` types). */
export type EpcisException =
  | 'ValidationException'
  | 'QueryParameterException'
  | 'QueryTooLargeException'
  | 'ResourceAlreadyExistsException'
  | 'NoSuchResourceException'
  | 'SecurityException'
  | 'NotAcceptableException'
  | 'UnsupportedMediaTypeException'
  | 'CaptureLimitExceededException'
  | 'ImplementationException';

/** Thrown by the verbs of this face: what went wrong in the standard's words, and where. */
export class EpcisProblem extends Error {
  constructor(
    readonly type: EpcisException,
    readonly faults: readonly EpcisFault[] = [],
  ) {
    super(type);
  }
}

export const STATUS_OF: Readonly<Record<EpcisException, number>> = {
  ValidationException: 400,
  QueryParameterException: 400,
  QueryTooLargeException: 413,
  ResourceAlreadyExistsException: 409,
  NoSuchResourceException: 404,
  SecurityException: 403,
  NotAcceptableException: 406,
  UnsupportedMediaTypeException: 415,
  CaptureLimitExceededException: 413,
  ImplementationException: 500,
};

/** What our own codes are in the standard's words, and their HTTP status. */
export const OF_CODE: Readonly<Record<ErrorCode, readonly [EpcisException, number]>> = {
  BAD_REQUEST: ['ValidationException', 400],
  CONFLICT: ['ImplementationException', 409],
  FORBIDDEN: ['SecurityException', 403],
  IDEMPOTENCY_KEY_REUSED: ['ResourceAlreadyExistsException', 409],
  INTERNAL_SERVER_ERROR: ['ImplementationException', 500],
  INVALID_INPUT: ['ValidationException', 400],
  NOT_FOUND: ['NoSuchResourceException', 404],
  OPERATION_TOO_COMPLEX: ['CaptureLimitExceededException', 413],
  RATE_LIMITED: ['SecurityException', 429],
  STATE_FORBIDS: ['ImplementationException', 409],
  STEP_UP_NEEDED: ['SecurityException', 403],
  TENANT_NOT_SERVED: ['NoSuchResourceException', 404],
  TENANT_READ_ONLY: ['ImplementationException', 409],
  TENANT_REQUIRED: ['ValidationException', 400],
  UNAUTHENTICATED: ['SecurityException', 401],
  UNAVAILABLE: ['ImplementationException', 503],
};
