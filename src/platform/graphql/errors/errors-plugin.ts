import type { ApolloServerPlugin, GraphQLRequestContextDidEncounterErrors } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Context } from '../../context';
import {
  AppError,
  appErrorOf,
  ERROR_LEVELS,
  type ErrorCode,
  isErrorCode,
  retryAfter,
  Unavailable,
} from '../../errors';
import { SOURCE_LANGUAGE, type Texts } from '../../i18n';
import type { Logger } from '../../logging';

/** Apollo's and graphql-js' own codes, in the words of our closed list. */
const FOREIGN_CODES: Record<string, ErrorCode> = {
  GRAPHQL_PARSE_FAILED: 'BAD_REQUEST',
  GRAPHQL_VALIDATION_FAILED: 'BAD_REQUEST',
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
  BAD_USER_INPUT: 'INVALID_INPUT',
};

/** PostgreSQL's class 22: a value that no column could hold (a malformed id, a zero byte), which came from the caller. */
const isDataException = (cause: unknown): boolean =>
  String((cause as { driverError?: { code?: string } } | null)?.driverError?.code ?? '').startsWith('22');

/** Whether our own word for it is what the caller is told. */
const isTold = (cause: unknown): boolean => cause instanceof AppError || cause instanceof Unavailable;

function codeOf(error: unknown, cause: unknown): ErrorCode {
  if (isTold(cause)) return appErrorOf(cause).code;
  if (isDataException(cause)) return 'INVALID_INPUT';
  const [own, code] = [cause, error].map(
    one => (one as { extensions?: { code?: unknown } })?.extensions?.code,
  );
  if (isErrorCode(own)) return own; // of a validation rule of ours: Apollo wraps it in a code of its own
  if (isErrorCode(code)) return code;
  return FOREIGN_CODES[String(code)] ?? 'INTERNAL_SERVER_ERROR';
}

/**
 * Gives every error its code, its message in the caller's language and a reference number, and logs it at the
 * code's level. Documents that do not parse or validate keep graphql-js' own words, which say where the fault is.
 */
export function errorsPlugin(texts: Texts, logger: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors(request: GraphQLRequestContextDidEncounterErrors<Context>) {
          const caller = request.contextValue?.languages ? request.contextValue : UNKNOWN;
          for (const error of request.errors) describe(error, caller, texts, logger);
        },
      };
    },
  };
}

/** Of a context what an error needs; of one that could not be made, nothing is known. */
type Caller = Pick<Context, 'languages' | 'tenant'> & Partial<Pick<Context, 'actor' | 'traceId'>>;
const UNKNOWN: Caller = { languages: [SOURCE_LANGUAGE], tenant: null };

/** Whom an investigation of refusals asks for: an account's id, never a name. */
const whoOf = ({ tenant, actor }: Caller) => ({
  tenant: tenant?.code,
  ...(actor && { actor: { kind: actor.kind, id: actor.id } }),
});

function describe(error: GraphQLError, caller: Caller, texts: Texts, logger: Logger): void {
  const { traceId: reference } = caller;
  const cause = causeOf(error);
  const code = codeOf(error, cause);
  const app = isTold(cause) ? appErrorOf(cause) : null;
  const ours = app !== null || code === 'INTERNAL_SERVER_ERROR' || isDataException(cause);
  logger[ERROR_LEVELS[code]](
    {
      code,
      reference,
      path: error.path,
      ...whoOf(caller),
      ...(ERROR_LEVELS[code] === 'error' ? { err: cause } : {}),
    },
    'a request was answered with an error',
  );
  if (ours) error.message = texts.say(caller, `errors.${code}`, app?.params);
  Object.assign(error.extensions, {
    code,
    reference,
    ...(app && retryAfter(app) !== null ? { retryAfter: retryAfter(app) } : {}),
    ...(app && Object.keys(app.params).length > 0 ? { params: app.params } : {}),
    ...(app && app.faults.length > 0
      ? {
          faults: app.faults.map(fault => ({
            ...fault,
            key: fault.message,
            message: texts.say(caller, fault.message, fault.params),
          })),
        }
      : {}),
  });
}

/** What was thrown; Apollo unwraps errors of resolvers alone, and a token is refused before there is one. */
function causeOf(error: unknown): unknown {
  const inner = error instanceof GraphQLError && !error.path ? error.originalError : undefined;
  return inner ?? unwrapResolverError(error);
}

/** The last word on what leaves the house: never a stack, and a closed code even where no request was begun. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  const code = codeOf(formatted, causeOf(error));
  const message = formatted.message.replace(/^Context creation failed: /, ''); // Apollo's words, not the caller's concern
  return { ...formatted, message, extensions: { ...extensions, code } };
}
