import { LIMITS } from '../../../src/platform/graphql';
import type { Operation } from './operations';

/** A document that costs its sender nothing, and would cost the service much. */
export interface Bomb {
  name: string;
  query: string;
  variables?: Record<string, unknown>;
}

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (levels: number, field: string): string =>
  `${field} { `.repeat(levels) + 'name' + ' }'.repeat(levels);
/** Fragments of which each spreads the next so many times. */
const explosion = (levels: number, times: number, last: string): string =>
  `query { ...f0 } ${many(levels, i => `fragment f${i} on Query { ${many(times, () => `...f${i + 1}`)} }`)} fragment f${levels} on Query { ${last} }`;
const DEEP = '[['.repeat(400) + ']]'.repeat(400);

const nestedList = (levels: number): unknown =>
  JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

/** One of every kind that is known to us, and the dearest pages of every list that the service publishes. */
export function bombs(operations: readonly Operation[]): Bomb[] {
  const { aliases, rootFields, directives, tokens, depth } = LIMITS;
  const FIELDS = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
  const shapes: Bomb[] = [
    { name: 'types inside types', query: `{ __type(name: "Person") { ${nested(depth + 5, 'ofType')} } }` },
    {
      name: 'types a thousand levels deep',
      query: `{ __type(name: "Person") { ${nested(600, 'ofType')} } }`,
    },
    {
      name: 'depth in inline fragments',
      query: `{ __type(name: "Person") { ${nested(depth + 5, '... on __Type { ofType').replaceAll('name }', 'name } }')}  }`,
    },
    {
      name: 'depth in fragments',
      query: `{ __type(name: "P") { ...d0 } } ${many(depth + 5, i => `fragment d${i} on __Type { ofType { ...d${i + 1} } }`)} fragment d${depth + 5} on __Type { name }`,
    },
    {
      name: 'fields of fields',
      query: FIELDS.replaceAll('fields { name }', nested(8, 'fields { type').replaceAll(' }', ' } }')),
    },
    { name: 'aliases of one field', query: `{ ${many(aliases + 1, i => `a${i}: me { kind }`)} }` },
    { name: 'three hundred aliases', query: `{ ${many(300, i => `a${i}: me { kind }`)} }` },
    { name: 'aliases below', query: `{ me { ${many(aliases + 1, i => `a${i}: kind`)} } }` },
    {
      name: 'aliases in fragments',
      query: `{ me { ...a ...b } } ${['a', 'b'].map(name => `fragment ${name} on Me { ${many(aliases / 2 + 1, i => `${name}${i}: kind`)} }`).join(' ')}`,
    },
    {
      name: 'the same root field again and again',
      query: `{ ${many(rootFields + 1, () => 'me { kind }')} }`,
    },
    {
      name: 'root fields in inline fragments',
      query: `{ ${many(rootFields + 1, () => '... on Query { me { kind } }')} }`,
    },
    {
      name: 'root fields in fragments',
      query: `{ ${many(5, () => '...a')} } fragment a on Query { ${many(5, () => 'me { kind }')} }`,
    },
    {
      name: 'mutations in a row',
      query: `mutation { ${many(rootFields + 1, i => `a${i}: endSignIn(id: "x")`)} }`,
    },
    {
      name: 'directives on one field',
      query: `{ me { kind ${many(directives + 1, () => '@include(if: true)')} } }`,
    },
    {
      name: 'directives on many',
      query: `{ me { ${many(directives + 1, () => 'kind @skip(if: false)')} } }`,
    },
    { name: 'directives that there are not', query: `{ me { kind ${many(500, i => `@d${i}`)} } }` },
    {
      name: 'directives on fragments',
      query: `{ ${many(rootFields - 1, () => '...a @include(if: true) @skip(if: false) @include(if: true)')} } fragment a on Query { me { kind } }`,
    },
    { name: 'more tokens than are read', query: `{ me { ${many(tokens, () => 'kind')} } }` },
    { name: 'a hundred thousand tokens', query: `{ me { ${many(100_000, () => 'kind')} } }` },
    { name: 'a megabyte of commas', query: `{ me { kind ${','.repeat(1_000_000)} } ` },
    { name: 'a megabyte of brackets', query: '{'.repeat(1_000_000) },
    { name: 'a megabyte of one name', query: `{ ${'a'.repeat(1_000_000)} }` },
    { name: 'a megabyte of one text', query: `{ __type(name: "${'a'.repeat(1_000_000)} }` },
    { name: 'a text that never ends', query: `{ __type(name: """${'\\"""'.repeat(100_000)}` },
    {
      name: 'fragments in a circle',
      query: 'query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
    },
    { name: 'a fragment in itself', query: 'query { ...a } fragment a on Query { ...a me { kind } }' },
    {
      name: 'a hundred fragments in a circle',
      query: `query { ...f0 } ${many(100, i => `fragment f${i} on Query { ...f${(i + 1) % 100} }`)}`,
    },
    { name: 'twice the next fragment', query: explosion(25, 2, 'me { kind }') },
    { name: 'ten times the next fragment', query: explosion(12, 10, 'me { kind }') },
    { name: 'forty times the next fragment', query: explosion(8, 40, '__typename') },
    {
      name: 'the next fragment twice, with lists',
      query: explosion(12, 2, 'facilities(first: 100) { items { id } }'),
    },
    {
      name: 'fragments that nobody asks for',
      query: `{ me { kind } } ${many(200, i => `fragment f${i} on Me { kind }`)}`,
    },
    { name: 'a hundred operations in a document', query: many(100, i => `query q${i} { me { kind } }`) },
    { name: 'an operation that there is not', query: `query a { me { kind } } query b { me { kind } }` },
    { name: 'variables that nobody uses', query: `query (${many(300, i => `$v${i}: Int`)}) { me { kind } }` },
    { name: 'lists in lists', query: `{ facilities(filter: ${DEEP}) { items { id } } }` },
    {
      name: 'objects in objects',
      query: `{ facilities(filter: ${'{areaId: '.repeat(300)}1${'}'.repeat(300)}) { items { id } } }`,
    },
    { name: 'fields that quarrel', query: `{ ${many(15, i => `me { kind: ${i % 2 ? 'id' : 'kind'} }`)} }` },
    { name: 'a subscription', query: 'subscription { me { kind } }' },
    {
      name: 'a variable nested a thousand levels deep',
      query: 'query ($x: Int) { me { kind } }',
      variables: { x: nestedList(1_000) },
    },
    {
      name: 'a list of two hundred thousand ids',
      query: 'query ($ids: [ID!]!) { forecasts(personIds: $ids) { personId } }',
      variables: { ids: Array.from({ length: 200_000 }, () => 'x') },
    },
    {
      name: 'a list that no variable takes',
      query: 'query ($x: Int) { me { kind } }',
      variables: { y: Array.from({ length: 200_000 }, () => 1) },
    },
    { name: 'no selection', query: `{ ${many(20, () => 'facilities(first: 100)')} }` },
  ];
  return [
    ...shapes,
    ...operations.filter(({ args }) => args.some(({ name }) => name === 'first')).map(dearest),
  ];
}

/** Every field of a list, as long a page as is given, under as many names as may be had. */
function dearest({ name, kind, args, document }: Operation): Bomb {
  const call = document.slice(document.indexOf(` ${name}`, document.indexOf(') {')));
  const body = call.slice(0, call.lastIndexOf('}'));
  const head = document.slice(0, document.indexOf('{'));
  const variables = Object.fromEntries(args.map(arg => [arg.name, arg.name === 'first' ? 100 : null]));
  return {
    name: `the longest pages of ${name}`,
    query: `${head || kind} { ${many(18, i => `a${i}: ${body.trim()}`)} }`,
    variables,
  };
}
