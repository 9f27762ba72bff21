/** Where the one endpoint is. */
export const GRAPHQL_PATH = '/graphql';

/**
 * What one operation may ask for. Generous for every published operation (the tests run them all), far below what
 * hurts the service.
 */
export const LIMITS = {
  /** Bytes of a request body; a country pack or a register of 10,000 facilities fits. */
  bodyBytes: 8 * 1024 * 1024,
  /** How long a whole request may take to come in (ms): the largest body over a line of 70 kB a second. */
  requestMs: 120_000,
  /** Characters of a document: as many as its tokens can need. What is long (a pack, a register) goes into variables. */
  characters: 64 * 1024,
  /** Lexical tokens of a document. */
  tokens: 2_000,
  /** Operations and fragments in a document; the longest published one has nine. */
  definitions: 60,
  /** Values in its variables, of all lists and objects together: two and a half times the largest batch of scans. */
  values: 50_000,
  /** Faults of a document that are said: one that is full of them is looked through no further. */
  faults: 10,
  /** Levels of nested fields. The introspection query that every GraphQL tool sends has fourteen. */
  depth: 15,
  /** Brackets of any kind inside each other, in the text itself and in its variables. */
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
