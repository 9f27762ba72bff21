import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  separateOperations,
  typeFromAST,
} from 'graphql';

/** One operation of `examples/`, ready for an editor: it needs only its variables filled in. */
export interface Example {
  /** What the file is about, as its name says. */
  group: string;
  name: string;
  kind: string;
  query: string;
  /** JSON: every variable that must be given, in the right shape, its values still empty. */
  variables: string;
}

/**
 * The operations of one file `NN-some-topic.graphql`, in its order. Throws a GraphQLError for a file that is not
 * GraphQL.
 */
export function examplesOf(file: string, text: string, schema: GraphQLSchema): Example[] {
  const document = parse(text);
  const separated = separateOperations(document);
  return document.definitions
    .filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
    .map(operation => ({
      group: file.replace(/^\d+-|\.graphql$/g, '').replaceAll('-', ' '),
      name: operation.name?.value ?? '',
      kind: operation.operation,
      query: print(separated[operation.name?.value ?? '']!),
      variables: variablesFor(operation, schema),
    }));
}

function variablesFor({ variableDefinitions = [] }: OperationDefinitionNode, schema: GraphQLSchema): string {
  const needed = variableDefinitions.filter(
    ({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue,
  );
  const entries = needed.map(({ variable, type }) => [
    variable.name.value,
    emptyValue(typeFromAST(schema, type as never) as GraphQLInputType | undefined),
  ]);
  return entries.length > 0 ? JSON.stringify(Object.fromEntries(entries), null, 2) : '';
}

/**
 * A value of the right shape with nothing in it. Only what must be given, so it ends also for types that hold
 * themselves.
 */
function emptyValue(type: GraphQLInputType | undefined): unknown {
  if (isNonNullType(type)) return emptyValue(type.ofType);
  if (isListType(type)) return [emptyValue(type.ofType as GraphQLInputType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map(field => [field.name, emptyValue(field.type)]));
  }
  const empty: Record<string, unknown> = { Int: 0, Float: 0, Boolean: false };
  return empty[type?.name ?? ''] ?? '';
}
