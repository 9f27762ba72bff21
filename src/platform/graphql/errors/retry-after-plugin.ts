import type { ApolloServerPlugin } from '@apollo/server';

/**
 * When to come back (RFC 9110 §10.2.3), for whoever is told RATE_LIMITED or UNAVAILABLE: the longest of the answer's
 * errors, in seconds. The status stays as GraphQL over HTTP has it; routes that are not GraphQL answer 429 as well.
 */
export const retryAfterPlugin = (): ApolloServerPlugin => ({
  async requestDidStart() {
    return {
      async willSendResponse({ errors, response }) {
        const waits = (errors ?? []).map(({ extensions }) => Number(extensions.retryAfter ?? 0));
        const seconds = Math.max(0, ...waits);
        if (seconds > 0) response.http.headers.set('retry-after', String(seconds));
      },
    };
  },
});
