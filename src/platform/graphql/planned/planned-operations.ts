import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { AnswerPlan } from './answer-plan';

/** An operation whose document was parsed, validated and may be asked by anybody, and how its answer is made. */
export interface PlannedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  plan: AnswerPlan;
}

/** A document's planned operations by the name that they are asked by; null where none is said. */
type ByName = Map<string | null, PlannedOperation>;

/**
 * Fields of all plans together that are kept, and what takes as much memory, a few hundred bytes each: enough for every
 * operation of many clients.
 */
const MOST_KEPT = 100_000;
/** A parsed text takes as much memory as a planned field for every so many characters. */
const CHARACTERS = 4;

/**
 * The plans of operations that came lately, found by the text of their document. Bounded by their size: a document of one
 * line may ask every refusal there is for its message, one of many lines may ask for nothing, and whoever is signed in may
 * send as many documents as she likes.
 */
export class PlannedOperations {
  private readonly kept = new Map<string, ByName>();
  private size = 0;

  of(text: string, name: string | null): PlannedOperation | undefined {
    const operations = this.kept.get(text);
    if (!operations) return undefined;
    this.kept.delete(text); // and again, as the latest
    this.kept.set(text, operations);
    return operations.get(name);
  }

  keep(text: string, name: string | null, planned: PlannedOperation): void {
    const operations: ByName = this.kept.get(text) ?? new Map();
    if (operations.size === 0) this.size += sizeOf(text);
    this.kept.set(text, operations.set(name, planned));
    this.size += planned.plan.size;
    for (const oldest of this.kept.keys()) {
      if (this.size <= MOST_KEPT) return;
      this.drop(oldest);
    }
  }

  private drop(text: string): void {
    for (const { plan } of this.kept.get(text)!.values()) this.size -= plan.size;
    this.size -= sizeOf(text);
    this.kept.delete(text);
  }
}

const sizeOf = (text: string): number => 10 + text.length / CHARACTERS;
