import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { LIMITS } from '../limits';

/**
 * A validation rule that bounds the shape of a document: depth, aliases, directives and root fields, fragments
 * followed. Runs before anything is executed; a document that passes is cached with its verdict.
 */
export function shapeRule(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  let directives = 0;
  const refuse = (limit: keyof typeof LIMITS): void =>
    context.reportError(
      new GraphQLError(`The operation is over the limit of ${LIMITS[limit]} for ${limit}.`, {
        extensions: { code: 'OPERATION_TOO_COMPLEX' },
      }),
    );
  return {
    Field(node) {
      if (node.alias && ++aliases === LIMITS.aliases + 1) refuse('aliases');
    },
    Directive() {
      if (++directives === LIMITS.directives + 1) refuse('directives');
    },
    OperationDefinition(node) {
      // The specification leaves a kind of operation that the schema has not to the executor, which calls it our fault.
      if (!context.getSchema().getRootType(node.operation))
        context.reportError(new GraphQLError(`There is no ${node.operation} here.`, { nodes: node }));
      const measure = new Measure(name => context.getFragment(name));
      if (measure.width(node.selectionSet, new Set()) > LIMITS.rootFields) refuse('rootFields');
      if (measure.depth(node.selectionSet, new Set()) > LIMITS.depth) refuse('depth');
    },
  };
}

/** Measures selections; a fragment is measured once, and one inside itself (reported by another rule) counts nothing. */
class Measure {
  private readonly depths = new Map<string, number>();
  private readonly widths = new Map<string, number>();

  constructor(private readonly fragment: (name: string) => FragmentDefinitionNode | null | undefined) {}

  depth(selections: SelectionSetNode, inside: ReadonlySet<string>): number {
    return Math.max(
      0,
      ...selections.selections.map(selection => {
        if (selection.kind === Kind.FRAGMENT_SPREAD)
          return this.depthOfFragment(selection.name.value, inside);
        if (selection.kind === Kind.INLINE_FRAGMENT) return this.depth(selection.selectionSet, inside);
        return 1 + (selection.selectionSet ? this.depth(selection.selectionSet, inside) : 0);
      }),
    );
  }

  width(selections: SelectionSetNode, inside: ReadonlySet<string>): number {
    return selections.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + 1;
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + this.width(selection.selectionSet, inside);
      return sum + this.widthOfFragment(selection.name.value, inside);
    }, 0);
  }

  private depthOfFragment(name: string, inside: ReadonlySet<string>): number {
    const known = this.depths.get(name);
    const fragment = inside.has(name) ? null : this.fragment(name);
    if (known !== undefined || !fragment) return known ?? 0;
    const depth = this.depth(fragment.selectionSet, new Set([...inside, name]));
    this.depths.set(name, depth);
    return depth;
  }

  private widthOfFragment(name: string, inside: ReadonlySet<string>): number {
    const known = this.widths.get(name);
    const fragment = inside.has(name) ? null : this.fragment(name);
    if (known !== undefined || !fragment) return known ?? 0;
    const width = this.width(fragment.selectionSet, new Set([...inside, name]));
    this.widths.set(name, width);
    return width;
  }
}
