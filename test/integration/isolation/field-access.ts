import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { declares, ROLES } from './callers';
import type { Operation } from './operations';

/** What is for everybody is told once, and not under each role. */
const rolesOf = (access: Operation['access']): string[] =>
  'public' in access ? ['everybody'] : ROLES.filter(role => declares(access, role));

/**
 * Who could be shown a type's fields, or fill in an input's: by type, the roles of which one lets its holder call an
 * operation whose answer, or whose arguments, lead there, or `everybody`. A field has no rule of its own beside its type's: what may be
 * seen of it more narrowly is for the verb to say.
 */
function whoReaches(
  schema: GraphQLSchema,
  operations: readonly Operation[],
): Map<string, ReadonlySet<string>> {
  const reached = new Map<string, Set<string>>();
  for (const operation of operations) {
    const root = operation.kind === 'query' ? schema.getQueryType()! : schema.getMutationType()!;
    const field = root.getFields()[operation.name]!;
    const types = new Set<GraphQLNamedType>();
    for (const type of [field.type, ...field.args.map(arg => arg.type)]) follow(schema, type, types);
    for (const { name } of types) {
      const known = reached.get(name) ?? new Set();
      rolesOf(operation.access).forEach(role => known.add(role));
      reached.set(name, known);
    }
  }
  return reached;
}

function follow(
  schema: GraphQLSchema,
  type: GraphQLOutputType | GraphQLInputType,
  found: Set<GraphQLNamedType>,
): void {
  const named = getNamedType(type);
  if (found.has(named)) return;
  if (isAbstractType(named)) {
    found.add(named);
    for (const member of schema.getPossibleTypes(named)) follow(schema, member, found);
  }
  if (!isObjectType(named) && !isInputObjectType(named)) return;
  found.add(named);
  for (const field of Object.values(named.getFields())) {
    follow(schema, field.type, found);
    for (const arg of 'args' in field ? field.args : []) follow(schema, arg.type, found);
  }
}

/** A field or an argument, and the type or the operation that has it. */
interface Place {
  of: string;
  field: string;
  /** Whether what has it is about one person. */
  isOfPerson: boolean;
}

/** What fields tell of people, in the words of docs/field-access.md. */
const KINDS_OF_FIELDS: Readonly<Record<string, (place: Place) => boolean>> = {
  'name, birth date, sex': ({ of, field, isOfPerson }) =>
    isOfPerson && /^(birthDate|holderName|name|sex)$/.test(field) && !/^CountryPack|Golden/.test(of), // made-up people
  phone: ({ of, field }) => /^phones?$/.test(field) && !of.includes('Facility'),
  identifier: ({ field }) => /^identifiers?$/.test(field),
  'record of a person': ({ field }) => /^(personIds?|person)$/.test(field),
  'account of staff': ({ of, field }) => field === 'email' && !/SignIn/.test(of),
};

/** By role and kind of field, whether it may be read and written: `R`, `W`, `RW` or nothing. */
export function fieldMatrix(
  schema: GraphQLSchema,
  operations: readonly Operation[],
): Map<string, Map<string, string>> {
  const matrix = new Map([...ROLES, 'everybody'].map(role => [role, new Map<string, string>()]));
  const add = (place: Place, roles: Iterable<string>, how: 'R' | 'W'): void => {
    for (const [kind, isOne] of Object.entries(KINDS_OF_FIELDS)) {
      if (!isOne(place)) continue;
      for (const role of roles) {
        const cells = matrix.get(role)!;
        const both = new Set([...(cells.get(kind) ?? ''), how]);
        cells.set(kind, ['R', 'W'].filter(letter => both.has(letter)).join(''));
      }
    }
  };
  const addAll = (some: readonly Operation[], how: 'R' | 'W'): void => {
    for (const [name, roles] of whoReaches(schema, some)) {
      const type = schema.getType(name);
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      if (isObjectType(type) !== (how === 'R')) continue;
      const fields = Object.keys(type.getFields());
      const isOfPerson = fields.some(field => /^(personId|birthDate)$/.test(field));
      for (const field of fields) add({ of: name, field, isOfPerson }, roles, how);
    }
  };
  addAll(operations, 'R');
  addAll(
    operations.filter(({ kind }) => kind === 'mutation'),
    'W',
  );
  for (const { kind, name, args, access } of operations)
    for (const arg of kind === 'mutation' ? args : []) {
      add({ of: name, field: arg.name, isOfPerson: false }, rolesOf(access), 'W');
    }
  return matrix;
}
