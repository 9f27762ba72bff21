import {
  type GraphQLInputField,
  type GraphQLInputType,
  GraphQLNonNull,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { newId } from '../../../src/common';
import type { Operation } from './operations';

export type Variables = Record<string, unknown>;

/** What a leaf of the variables is: its place, e.g. `input.people.0.personId`, its own name and its scalar. */
export interface Leaf {
  path: (string | number)[];
  /** Name of the argument or field that holds it; of the list for an element of one. */
  name: string;
  scalar: string;
}

/** Chooses the value of a leaf; undefined leaves out one that may be left out. */
export type Choose = (leaf: Leaf, required: boolean) => unknown;

/** Variables for every argument of an operation, built from its types alone; `choose` gives the leaves. */
export function variablesFor(operation: Operation, choose: Choose): Variables {
  const given = operation.args.map(
    arg => [arg.name, valueOf(arg.type, [arg.name], arg.name, choose)] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** The simplest variables of the right types, with ids that nobody has. */
export const variablesOfTypes = (operation: Operation): Variables =>
  variablesFor(operation, (leaf, required) => (required ? plainValue(leaf) : undefined));

/** Well-formed values of each scalar, as somebody might send them; a country's own words are elsewhere. */
export function plainValue({ name, scalar }: Leaf): unknown {
  if (name === 'idempotencyKey') return newId();
  switch (scalar) {
    case 'ID':
      return newId();
    case 'Int':
      return name === 'first' ? 3 : 1;
    case 'Float':
      return 1.5;
    case 'Boolean':
      return true;
    case 'Date':
    case 'BirthDate':
      return '2024-02-29';
    case 'DateTime':
      return '2024-02-29T08:00:00Z';
    default:
      return 'nothing';
  }
}

function valueOf(type: GraphQLInputType, path: Leaf['path'], name: string, choose: Choose): unknown {
  const required = isNonNullType(type);
  const inner = getNullableType(type);
  if (isScalarType(inner)) return choose({ path, name, scalar: inner.name }, required);
  if (isEnumType(inner)) {
    const chosen = choose({ path, name, scalar: 'Enum' }, required);
    const values = inner.getValues();
    return chosen === undefined
      ? undefined
      : values[typeof chosen === 'number' ? chosen % values.length : 0]!.name;
  }
  // Optional objects and lists follow the same choice as a leaf: left out when it gives undefined.
  if (!required && choose({ path, name, scalar: 'Optional' }, false) === undefined) return undefined;
  if (isListType(inner)) {
    const element = valueOf(inner.ofType, [...path, 0], name, choose);
    return element === undefined ? [] : [element];
  }
  if (!isInputObjectType(inner)) throw new Error(`No values for ${String(type)}`);
  // Of an input that takes exactly one of its fields, the first, whatever is chosen of those that may be left out.
  const given = Object.values(inner.getFields());
  if (inner.isOneOf) {
    const [{ name: one, type: ofOne }] = given as [GraphQLInputField];
    return { [one]: valueOf(new GraphQLNonNull(ofOne), [...path, one], one, choose) };
  }
  const fields = given.map(
    field => [field.name, valueOf(field.type, [...path, field.name], field.name, choose)] as const,
  );
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
