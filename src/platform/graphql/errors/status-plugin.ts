import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../../context';

/** Requests that were well formed but whose document could not be run, by Apollo's own codes. */
const DOCUMENT_FAULTS = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];

/**
 * Answers in `application/json` are 200 even when the document did not parse, validate or take its variables (GraphQL
 * over HTTP, section 6.4.1): a proxy on the way must not replace the body that says why. Clients that accept
 * `application/graphql-response+json` get the 4xx (section 6.4.2).
 */
export function statusPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      let documentFault = false;
      const plainJson = !request.http?.headers.get('accept')?.includes('application/graphql-response+json');
      return {
        async didEncounterErrors({ errors }) {
          documentFault = errors.every(error => DOCUMENT_FAULTS.includes(String(error.extensions.code)));
        },
        async willSendResponse({ response }) {
          if (documentFault && plainJson) response.http.status = 200;
        },
      };
    },
  };
}
