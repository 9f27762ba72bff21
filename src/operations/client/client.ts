import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/** An error of the service: its closed code, its message in the caller's language, and the reference to quote. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly reference: string | undefined,
    readonly extensions: Record<string, unknown>,
  ) {
    super(`${message} (${code}${reference ? `, reference ${reference}` : ''}) ${JSON.stringify(extensions)}`);
  }
}

/** How a client calls: for which country, as whom, in which language. */
export interface Calling {
  tenant?: string;
  token?: string;
  language?: string;
  /** Why staff open a person's record; kept in the audit. */
  purpose?: string;
}

/** A small typed client of the GraphQL API: immutable, so that one can be made for each caller. */
export class Client {
  constructor(
    readonly url: string,
    private readonly calling: Calling = {},
  ) {}

  /** The same service, called otherwise. */
  with(calling: Calling): Client {
    return new Client(this.url, { ...this.calling, ...calling });
  }

  /** Sends one operation. Throws {@link ServiceError} for the first error that the service answers. */
  async call<Answer, Variables>(
    document: TypedDocumentNode<Answer, Variables>,
    variables: Variables,
  ): Promise<Answer> {
    const { tenant, token, language, purpose } = this.calling;
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(tenant ? { 'x-tenant': tenant } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(language ? { 'accept-language': language } : {}),
        ...(purpose ? { 'x-purpose': purpose } : {}),
      },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const body = (await response.json()) as { data?: Answer; errors?: WireError[] };
    const [error] = body.errors ?? [];
    if (error) {
      const { code, reference, ...rest } = error.extensions;
      throw new ServiceError(String(code), error.message, reference as string | undefined, rest);
    }
    return body.data!;
  }
}

interface WireError {
  message: string;
  extensions: Record<string, unknown>;
}
