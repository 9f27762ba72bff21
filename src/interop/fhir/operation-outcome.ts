import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';
import { type AppError, type ErrorCode } from '../../platform/errors';
import { OWN } from './code-systems';

type IssueType = OperationOutcomeIssue['code'];

/** HTTP status (FHIR R4, RESTful API, "Operations": 4xx and an OperationOutcome) and issue type of each code. */
export const FHIR_ERRORS: Readonly<Record<ErrorCode, { status: number; type: IssueType }>> = {
  BAD_REQUEST: { status: 400, type: 'structure' },
  CONFLICT: { status: 409, type: 'conflict' },
  FORBIDDEN: { status: 403, type: 'forbidden' },
  IDEMPOTENCY_KEY_REUSED: { status: 409, type: 'duplicate' },
  INTERNAL_SERVER_ERROR: { status: 500, type: 'exception' },
  INVALID_INPUT: { status: 422, type: 'invalid' },
  NOT_FOUND: { status: 404, type: 'not-found' },
  OPERATION_TOO_COMPLEX: { status: 413, type: 'too-costly' },
  RATE_LIMITED: { status: 429, type: 'throttled' },
  STATE_FORBIDS: { status: 409, type: 'business-rule' },
  STEP_UP_NEEDED: { status: 403, type: 'suppressed' },
  TENANT_NOT_SERVED: { status: 404, type: 'not-found' },
  TENANT_READ_ONLY: { status: 409, type: 'business-rule' },
  TENANT_REQUIRED: { status: 400, type: 'required' },
  UNAUTHENTICATED: { status: 401, type: 'login' },
  UNAVAILABLE: { status: 503, type: 'transient' },
};

type Say = (key: string, params?: AppError['params']) => string;

/** What went wrong, in the caller's words: one issue for each fault of her input, or one for the error itself. */
export function outcomeOf(error: AppError, reference: string, say: Say): OperationOutcome {
  const base = { severity: 'error' as const, code: FHIR_ERRORS[error.code].type, diagnostics: reference };
  const coding = [{ system: OWN.error, code: error.code }];
  const issue = error.faults.map(({ path, message, params }): OperationOutcomeIssue => ({
    ...base,
    details: { coding, text: say(message, params) },
    expression: [path],
  }));
  const whole = { ...base, details: { coding, text: say(`errors.${error.code}`, error.params) } };
  return { resourceType: 'OperationOutcome', issue: issue.length > 0 ? issue : [whole] };
}
