import { randomBytes } from 'node:crypto';
import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Context, Contexts } from '../context';
import { AppError, appErrorOf, ERROR_LEVELS, type ErrorCode, retryAfter } from '../errors';
import type { Texts } from '../i18n';
import type { Logger } from '../logging';
import type { AnonymousDocuments } from './bounds/anonymous-documents';
import { areTooMany, isTooLarge } from './bounds/document-size';

/** HTTP status of a request that is refused before it has a context. */
const REFUSED: Partial<Record<ErrorCode, number>> = {
  INTERNAL_SERVER_ERROR: 500,
  RATE_LIMITED: 429,
  TENANT_NOT_SERVED: 404,
  UNAUTHENTICATED: 401,
  UNAVAILABLE: 503,
};

/**
 * What each request begins with: its context, and a look at the size of what it asks, before anything is parsed. Once for
 * a request, whoever answers it: a proof of possession is spent and a partner's request counted by it.
 */
export class RequestStarts {
  private readonly made = new WeakMap<FastifyRequest, Promise<Context>>();

  /** `documents`: all that somebody who has not signed in may send; null where it is anything. */
  constructor(
    private readonly contexts: Contexts,
    private readonly documents: AnonymousDocuments | null,
    private readonly texts: Texts,
    private readonly logger: Logger,
  ) {}

  /** Throws a GraphQLError in the caller's language, with its HTTP status and headers, for a request that is refused. */
  of(request: FastifyRequest): Promise<Context> {
    const begun = this.made.get(request) ?? this.begin(request);
    this.made.set(request, begun);
    return begun;
  }

  private async begin(request: FastifyRequest): Promise<Context> {
    try {
      const ctx = await this.contexts.of(request);
      if (ctx.actor.kind === 'anonymous') this.documents?.mustAllow(request); // here, since the next step is to parse it
      const { query, variables } = (request.body ?? request.query ?? {}) as Record<string, unknown>;
      if ((typeof query === 'string' && isTooLarge(query)) || areTooMany(variables))
        throw new AppError('OPERATION_TOO_COMPLEX');
      return ctx;
    } catch (error) {
      throw this.refusalOf(error, request);
    }
  }

  private refusalOf(error: unknown, request: FastifyRequest): GraphQLError {
    const reference = randomBytes(16).toString('hex');
    const app = appErrorOf(error);
    const { code } = app;
    const unforeseen = app === error ? {} : { err: error };
    this.logger[ERROR_LEVELS[code]](
      { code, reference, ...unforeseen },
      'a request was refused before it began',
    );
    const speaker = { languages: this.contexts.languagesOf(request), tenant: null };
    const message = this.texts.say(speaker, `errors.${code}`, app.params);
    const seconds = retryAfter(app);
    const later = seconds === null ? {} : { retryAfter: seconds };
    const headers = new HeaderMap(seconds === null ? [] : [['retry-after', String(seconds)]]);
    const http = { status: REFUSED[code] ?? 400, headers };
    return new GraphQLError(message, { extensions: { code, reference, ...later, http } });
  }
}
