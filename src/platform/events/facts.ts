import type { Context } from '../context';

/** What a module announces: something that has happened, in the past tense, with ids and never personal data. */
export interface Fact<Payload extends object = Record<string, unknown>> {
  /** Stable id: listeners see the same fact at least once and use this to act once. */
  id: string;
  /** `<module>.<what happened>`, e.g. `vaccinations.dose-recorded`. */
  type: string;
  /** What the fact is about; facts of one aggregate arrive in order. */
  aggregateId: string;
  payload: Payload;
  occurredAt: Date;
}

/** A kind of fact, owned and exported by the module that announces it. */
export interface FactType<Payload extends object> {
  readonly type: string;
  /** Only carries the payload's type to listeners; never read. */
  readonly payload?: Payload;
}

/** Declares a kind of fact: `const doseRecorded = factType<DoseRecorded>('vaccinations.dose-recorded')`. */
export const factType = <Payload extends object>(type: string): FactType<Payload> => ({ type });

/** Acts on a fact, in a context of the fact's own tenant with the service as actor. May run more than once. */
export type FactListener<Payload extends object> = (ctx: Context, fact: Fact<Payload>) => Promise<void>;
