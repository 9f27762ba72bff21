import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';

/** Something that only graphql-js may tell of: an error, a null that must not be, a value that is waited for. */
class Irregular extends Error {}
const IRREGULAR = new Irregular();

/** Makes of what a resolver gave what the caller is told. Throws, whatever it is, when graphql-js is to tell of it. */
type Complete = (value: unknown, ctx: unknown, info: GraphQLResolveInfo) => unknown;

/** A field directly under Query or Mutation, and how its answer is made. */
export interface RootField {
  key: string;
  nodes: readonly FieldNode[];
  field: GraphQLField<unknown, unknown>;
  complete: Complete;
}

/** How the answer of an operation is made of what its root fields give. */
export interface AnswerPlan {
  parentType: GraphQLObjectType;
  fragments: Record<string, FragmentDefinitionNode>;
  fields: readonly RootField[];
  /** Fields planned in all, those of each possible type: what the plan costs to keep. */
  size: number;
}

/**
 * Plans the answer of a validated operation whose fields below the root are plain properties: which of them, under which
 * names, made into which types, is the same each time it is asked. Null when there is more to it, which is left to
 * graphql-js: directives, fields that something is asked for, several mutations.
 */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): AnswerPlan | null {
  const parentType = schema.getRootType(operation.operation);
  if (!parentType) return null;
  try {
    const planner = new Planner(schema, document);
    const fields = planner.rootFields(parentType, operation.selectionSet);
    if (operation.operation !== OperationTypeNode.QUERY && fields.length !== 1) return null;
    return { parentType, fragments: planner.fragments, fields, size: planner.planned };
  } catch (error) {
    if (error instanceof Irregular) return null;
    throw error;
  }
}

/** What a field's property is read by: @nestjs/graphql makes one of that name for each field without a resolver of ours. */
const READS_PROPERTY = 'rootFieldResolver';
type ReadProperty = (source: unknown) => unknown;

/** Fields of a plan at the most: a field of an interface is planned for each type that may stand there. */
const MOST_FIELDS = 1_000;

class Planner {
  readonly fragments: Record<string, FragmentDefinitionNode>;
  planned = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
  ) {
    const found = document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = Object.fromEntries(found.map(node => [node.name.value, node]));
  }

  rootFields(type: GraphQLObjectType, selections: SelectionSetNode): RootField[] {
    return [...this.collect(type, [selections])].map(([key, nodes]) => {
      const { value: name } = nodes[0]!.name;
      const field = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : type.getFields()[name];
      if (!field?.resolve) throw IRREGULAR; // of introspection
      return { key, nodes, field, complete: this.complete(field.type, nodes) };
    });
  }

  private complete(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (isNonNullType(type)) {
      const complete = this.complete(type.ofType, nodes);
      return (value, ctx, info) => {
        if (value === null || value === undefined) throw IRREGULAR;
        return complete(value, ctx, info);
      };
    }
    const complete = this.completePresent(type, nodes);
    return (value, ctx, info) => (value === null || value === undefined ? null : complete(value, ctx, info));
  }

  private completePresent(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (isListType(type)) return this.list(this.complete(type.ofType, nodes));
    const named = getNamedType(type);
    if (isLeafType(named)) return leaf(value => named.serialize(value));
    if (isObjectType(named)) return this.object(named, nodes);
    if (!isAbstractType(named) || !named.resolveType) throw IRREGULAR;
    const { resolveType } = named;
    const plans = new Map<string, Complete>();
    for (const possible of this.schema.getPossibleTypes(named))
      plans.set(possible.name, this.object(possible, nodes));
    return (value, ctx, info) => {
      const plan = plans.get(resolveType(value, ctx, info, named) as string);
      if (!plan) throw IRREGULAR;
      return plan(value, ctx, info);
    };
  }

  private list(complete: Complete): Complete {
    return (value, ctx, info) => {
      if (!Array.isArray(value)) throw IRREGULAR;
      const items: unknown[] = [];
      for (const item of value) items.push(complete(item, ctx, info));
      return items;
    };
  }

  private object(type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
    if (type.isTypeOf) throw IRREGULAR;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const fields = [...this.collect(type, sets)].map(([key, own]) => ({
      key,
      tell: this.property(type, own),
    }));
    return (value, ctx, info) => {
      mustBePlain(value);
      const told: Record<string, unknown> = {};
      for (const { key, tell } of fields) told[key] = tell(value, ctx, info);
      return told;
    };
  }

  private property(type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
    if (++this.planned > MOST_FIELDS) throw IRREGULAR;
    const { value: name } = nodes[0]!.name;
    if (name === '__typename') return () => type.name;
    const field = type.getFields()[name];
    if (field?.resolve?.name !== READS_PROPERTY || field.args.length > 0) throw IRREGULAR;
    const read = field.resolve as unknown as ReadProperty;
    const complete = this.complete(field.type, nodes);
    return (source, ctx, info) => complete(read(source), ctx, info);
  }

  /** The fields of a selection by the names they have in the answer, in order (GraphQL §6.3.2), fragments followed. */
  private collect(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    into = new Map<string, FieldNode[]>(),
    seen = new Set<string>(),
  ): Map<string, FieldNode[]> {
    for (const selection of sets.flatMap(({ selections }) => selections)) {
      if (selection.directives?.length) throw IRREGULAR;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        if (key === '__proto__') throw IRREGULAR;
        into.set(key, [...(into.get(key) ?? []), selection]);
        continue;
      }
      const spread = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : null;
      if (spread !== null && seen.has(spread)) continue;
      if (spread !== null) seen.add(spread);
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments[spread!]! : selection;
      if (fragment.directives?.length) throw IRREGULAR;
      if (this.applies(fragment.typeCondition?.name.value, type))
        this.collect(type, [fragment.selectionSet], into, seen);
    }
    return into;
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, type);
  }
}

function leaf(serialize: (value: unknown) => unknown): Complete {
  return value => {
    if (typeof value === 'object') mustBePlain(value);
    const told = serialize(value);
    if (told === null || told === undefined) throw IRREGULAR;
    return told;
  };
}

/** Not an error, and nothing to wait for. */
function mustBePlain(value: unknown): asserts value is object {
  if (typeof value !== 'object' || value instanceof Error) throw IRREGULAR;
  if (typeof (value as { then?: unknown }).then === 'function') throw IRREGULAR;
}
