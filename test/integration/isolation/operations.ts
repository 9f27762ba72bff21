import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { type Access, ACCESS } from '../../../src/platform/access/access.decorators';
import type { TestService } from '../../harness/service';

/** One field of Query or Mutation, as the running service publishes it: a new one is in every test by existing. */
export interface Operation {
  kind: 'query' | 'mutation';
  name: string;
  args: readonly GraphQLArgument[];
  /** The named type it answers with, e.g. `Person` or `PersonPage`. */
  answers: string;
  /** A whole document that asks for everything there is in the answer. */
  document: string;
  /** What its resolver method declares about who may call it. */
  access: Access;
}

/** Levels of fields below the operation that its document asks for; the deepest published answers have fewer. */
const DEPTH = 6;

/** Every operation of the running service, by name. Throws when one of them has no resolver with declared access. */
export function operationsOf(service: TestService): Operation[] {
  const { schema } = service.app.get(GraphQLSchemaHost);
  const accesses = declaredAccess(service);
  return [schema.getQueryType()!, schema.getMutationType()!]
    .flatMap(root => Object.values(root.getFields()).map(field => ({ root, field })))
    .map(({ root, field }) => {
      const access = accesses.get(field.name);
      if (!access) throw new Error(`${field.name} declares no access`);
      const kind = root === schema.getQueryType() ? ('query' as const) : ('mutation' as const);
      return {
        kind,
        name: field.name,
        args: field.args,
        answers: getNamedType(field.type).name,
        document: documentOf(schema, kind, field.name, field.args, field.type),
        access,
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** How @nestjs/graphql marks a method that answers a root field: its type, and its name where it is not the method's. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_NAME = 'graphql:resolver_name';

function declaredAccess(service: TestService): Map<string, Access> {
  const scanner = new MetadataScanner();
  const found = new Map<string, Access>();
  for (const { instance } of service.app.get(DiscoveryService, { strict: false }).getProviders()) {
    const prototype = instance && typeof instance === 'object' ? Object.getPrototypeOf(instance) : null;
    for (const name of prototype ? scanner.getAllMethodNames(prototype) : []) {
      const method = prototype[name] as object;
      if (typeof method !== 'function') continue;
      const type: unknown = Reflect.getMetadata(RESOLVER_TYPE, method);
      const access = Reflect.getMetadata(ACCESS, method) as Access | undefined;
      if (access && (type === 'Query' || type === 'Mutation'))
        found.set((Reflect.getMetadata(RESOLVER_NAME, method) as string | undefined) ?? name, access);
    }
  }
  return found;
}

function documentOf(
  schema: GraphQLSchema,
  kind: string,
  name: string,
  args: readonly GraphQLArgument[],
  type: GraphQLOutputType,
): string {
  const declared = args.map(arg => `$${arg.name}: ${declaredType(arg)}`).join(', ');
  const passed = args.map(arg => `${arg.name}: $${arg.name}`).join(', ');
  const call = args.length > 0 ? `(${passed})` : '';
  return `${kind}${declared ? ` (${declared})` : ''} { ${name}${call} ${selectionOf(schema, type, DEPTH, [])} }`;
}

/** A variable with a default in the schema may be left out, so it is declared nullable. */
const declaredType = ({ type, defaultValue }: GraphQLArgument): string =>
  String(type).replace(defaultValue === undefined ? '' : /!$/, '');

/** Everything that can be asked of a type without arguments; a type inside itself is not followed. */
function selectionOf(schema: GraphQLSchema, type: GraphQLOutputType, depth: number, above: string[]): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const taken = new Map<string, string>();
    const members = schema.getPossibleTypes(named).map(member => {
      const fields = fieldsOf(schema, member, depth, above, taken);
      return fields ? `... on ${member.name} { ${fields} }` : '';
    });
    return `{ __typename ${members.join(' ')} }`;
  }
  return `{ __typename ${fieldsOf(schema, named, depth, above, new Map())} }`;
}

/** `taken` holds the types of the fields that other members of the same union have asked for under a name. */
function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
  above: string[],
  taken: Map<string, string>,
): string {
  const named = getNamedType(type);
  if (!isObjectType(named) || depth === 0 || above.includes(named.name)) return '';
  return Object.values(named.getFields())
    .filter(field => !field.args.some(isRequiredArgument))
    .map(field => {
      const inner = selectionOf(schema, field.type, depth - 1, [...above, named.name]);
      if (!isLeafType(getNamedType(field.type)) && /^\{ __typename +\}$/.test(inner)) return '';
      const clash = taken.get(field.name);
      if (!clash) taken.set(field.name, String(field.type));
      const alias = clash && clash !== String(field.type) ? `${named.name}_${field.name}: ` : '';
      return `${alias}${field.name} ${inner}`;
    })
    .join(' ');
}
