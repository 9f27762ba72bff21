import { GraphQLID, GraphQLScalarType } from 'graphql';
import { isId } from '../../common';

/** Ids are compared as texts; written in capitals, as some devices do, one is the same id (RFC 9562 section 4). */
const plain = (id: string): string => (/[A-F]/.test(id) && isId(id) ? id.toLowerCase() : id);

/** The ID of GraphQL, in whose place every field and argument of ours has this one: callers' ids arrive as we write them. */
export const ID = new GraphQLScalarType<string, string>({
  ...GraphQLID.toConfig(),
  parseValue: value => plain(GraphQLID.parseValue(value)),
  parseLiteral: (node, variables) => plain(GraphQLID.parseLiteral(node, variables)),
});
