import { ConnectionLost, Unavailable } from '../errors';
import { Patience, PATIENCE_MS } from './patience';

/** What became of one call of a batch: its answer, its own error, or nothing yet (`again`: what it stood on moved). */
export type Outcome<Answer> = { answer: Answer } | { error: unknown } | { again: true };

export interface CoalescerOptions<Call, Answer> {
  /** Runs a batch in one transaction, and says for each call, in order, what became of it. */
  run: (calls: readonly Call[]) => Promise<readonly Outcome<Answer>[]>;
  /** What two calls must not both hold at one moment: a person, an idempotency key. The later one waits. */
  keysOf: (call: Call) => readonly string[];
  /** What a call is answered with that was never decided, because what it stood on moved each time. */
  neverStill: () => Error;
}

/** Calls in one transaction, at most. */
const BATCH = 64;
/** Batches of one group under way at a time. */
const IN_FLIGHT = 2;
/** How often a call is decided anew while what it stands on moves. */
const TRIES = 5;

interface Waiting<Call, Answer> {
  call: Call;
  keys: readonly string[];
  tries: number;
  /** It failed with others, or lost a race: it is to be run by itself. */
  alone: boolean;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

interface Group<Call, Answer> {
  waiting: Waiting<Call, Answer>[];
  held: Set<string>;
  /** How many calls are in each batch under way. */
  underWay: number[];
  patience: Patience;
}

/**
 * Runs calls that come at the same moment together, in one transaction with one commit, each with its own answer
 * (ARCHITECTURE, The hot paths). There is no timer: calls are sent at once when no batch of their group is under way, and
 * beside one when they are as many as it, so that a lone one waits for nothing and a crowd travels in few large batches
 * (a batch costs more than the calls in it). A batch that fails as a whole is run again call by call, so that a call that
 * cannot be stored fails by itself; not when no connection was to be had, which is true for all. Who would wait in vain, by
 * how long batches have taken lately, is turned away at once: when a database hangs, nobody is held longer than anybody waits.
 */
export class Coalescer<Call, Answer> {
  private readonly groups = new Map<string, Group<Call, Answer>>();

  constructor(private readonly options: CoalescerOptions<Call, Answer>) {}

  /**
   * The answer of `call`, once its batch is committed. Calls of different groups never meet. Throws {@link Unavailable} when
   * too many wait.
   */
  submit(name: string, call: Call): Promise<Answer> {
    const group = this.group(name);
    if (group.patience.isVain(group.waiting.length / (BATCH * IN_FLIGHT)))
      return Promise.reject(new Unavailable(new Error('too many wait')));
    return new Promise((resolve, reject) => {
      const keys = this.options.keysOf(call);
      group.waiting.push({ call, keys, tries: 0, alone: false, resolve, reject });
      this.send(name, group);
    });
  }

  private group(name: string): Group<Call, Answer> {
    const known = this.groups.get(name);
    if (known) return known;
    const made = { waiting: [], held: new Set<string>(), underWay: [], patience: new Patience(PATIENCE_MS) };
    this.groups.set(name, made);
    return made;
  }

  private send(name: string, group: Group<Call, Answer>): void {
    while (maySend(group)) {
      const batch = take(group);
      if (batch.length === 0) break;
      group.underWay.push(batch.length);
      void this.runBatch(group, batch).finally(() => {
        group.underWay.splice(group.underWay.indexOf(batch.length), 1);
        for (const { keys } of batch) for (const key of keys) group.held.delete(key);
        this.send(name, group);
      });
    }
    if (group.underWay.length === 0 && group.waiting.length === 0) this.groups.delete(name);
  }

  private async runBatch(group: Group<Call, Answer>, batch: readonly Waiting<Call, Answer>[]): Promise<void> {
    let outcomes: readonly Outcome<Answer>[];
    try {
      outcomes = await group.patience.noting(() => this.options.run(batch.map(({ call }) => call)));
    } catch (error) {
      const all = batch.length === 1 || isAway(error);
      outcomes = batch.map(() => (all ? { error } : { again: true }));
    }
    const again = batch.filter((waiting, index) => !this.settle(waiting, outcomes[index]!));
    group.waiting.unshift(...again);
  }

  /** Whether the call is done with; one that is not waits for another turn. */
  private settle(waiting: Waiting<Call, Answer>, outcome: Outcome<Answer>): boolean {
    if ('answer' in outcome) waiting.resolve(outcome.answer);
    else if ('error' in outcome) waiting.reject(outcome.error);
    else if (++waiting.tries >= TRIES) waiting.reject(this.options.neverStill());
    else {
      waiting.alone = true;
      return false;
    }
    return true;
  }
}

/** Whether no connection was to be had: tried call by call, each would wait as long in vain. */
export const isAway = (error: unknown): boolean =>
  error instanceof Unavailable && !(error instanceof ConnectionLost);

const maySend = <Call, Answer>({ waiting, underWay }: Group<Call, Answer>): boolean =>
  underWay.length < IN_FLIGHT && waiting.length >= Math.min(BATCH, Math.max(0, ...underWay));

/** The next batch: in the order in which the calls came, passing over those whose keys are held. */
function take<Call, Answer>(group: Group<Call, Answer>): Waiting<Call, Answer>[] {
  const batch: Waiting<Call, Answer>[] = [];
  const passedOver = new Set<string>();
  const left: Waiting<Call, Answer>[] = [];
  for (const waiting of group.waiting) {
    const { keys, alone } = waiting;
    const fits = batch.length < BATCH && (batch.length === 0 || !(alone || batch[0]!.alone));
    if (fits && !keys.some(key => group.held.has(key) || passedOver.has(key))) {
      for (const key of keys) group.held.add(key);
      batch.push(waiting);
    } else {
      for (const key of keys) passedOver.add(key);
      left.push(waiting);
    }
  }
  group.waiting = left;
  return batch;
}
