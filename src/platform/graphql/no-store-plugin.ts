import type { ApolloServerPlugin } from '@apollo/server';

/** What a record says is for who asked, and for nobody's cache on the way (RFC 9111 §5.2.2.5). */
export const noStorePlugin = (): ApolloServerPlugin => ({
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        response.http.headers.set('cache-control', 'no-store');
      },
    };
  },
});
