/** Where the one endpoint is. */
export const GRAPHQL_PATH = '/graphql';

/**
 * What one operation may ask for. Generous for every published operation (the tests run them all), far below what
 * hurts the service.
 */
export const LIMITS = {
  /** Bytes of a request body; a country pack or a register of 10,000 facilities fits. */
  bodyBytes: 8 * 1024 * 1024,
  /** Lexical tokens of a document; graphql-js stops parsing at this many. */
  tokens: 2_000,
  /** Levels of nested fields. The introspection query that every GraphQL tool sends has fourteen. */
  depth: 15,
  /** Brackets of any kind inside each other, in the text itself. */
  nesting: 50,
  /** Aliased fields in a document: the cheap way of asking one thing a thousand times. */
  aliases: 30,
  /** Fields directly under Query or Mutation. */
  rootFields: 20,
  /** Directives in a document. */
  directives: 50,
  /** Cost by graphql-query-complexity: one a field, a list times its page size. */
  cost: 5_000,
} as const;
