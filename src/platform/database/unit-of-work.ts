import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { type EntityManager, QueryFailedError } from 'typeorm';
import { type Copied, CopyIn, copyText } from './copy-in';
import { forgetPrepared, preparedName } from './prepared';
import { isAborted, isStalePlan } from './sql-state';
import { asParameter } from './text-array';
import { type RowClass, TextRows } from './text-rows';

/** Something to be done when a unit of work closes. */
export type ClosingEffect = (work: UnitOfWork) => Promise<void>;

/** Writes everything of one kind that a unit of work gathered, in one statement that it asks for at once. */
export type GatheredWrite<Entry> = (work: UnitOfWork, entries: readonly Entry[]) => Promise<void>;

/** Entries by the write that is to store them. */
export type Gathered = Map<GatheredWrite<unknown>, unknown[]>;

/** From so many rows on COPY is worth it. */
export const MANY = 100;

const OVER = 'The unit of work is over: its connection may be somebody else’s by now.';

/**
 * One transaction on one tenant's connection; where nothing is written, its statements without one. Opened and closed by
 * {@link Database} alone; verbs hand it down to stores and never keep it. Its statements run one after another, in
 * the order in which they are asked for; those that do not wait for each other (`Promise.all`) travel together, and
 * in a transaction a broken one breaks all after it.
 */
export class UnitOfWork {
  private readonly closing: ClosingEffect[] = [];
  private over = false;
  private broken: { sql: string; params: readonly unknown[]; error: Error } | null = null;
  /** What {@link gather} added and {@link close} has not written. For {@link Database} alone. */
  readonly gathered: Gathered = new Map();

  constructor(
    /** For `*.store.ts` files only. */
    readonly manager: EntityManager,
    private readonly connection: PoolClient,
  ) {}

  /**
   * Runs one parameterised statement; the rows it gives, of `RETURNING` too. It is kept prepared by its connection,
   * which TypeORM cannot ask for: everything else about connections stays with it. Throws QueryFailedError.
   */
  async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    if (this.over) throw new Error(OVER);
    sendTogether(this.connection);
    const { rows } = await this.sent<QueryResult>(sql, params, done =>
      this.connection.query(configOf(sql, params), done),
    );
    return rows as Row[];
  }

  /** As {@link query}, for many rows of which not all is asked: they read their columns when those are asked for. */
  async rows<Row>(Kind: RowClass<Row>, sql: string, params: readonly unknown[]): Promise<Row[]> {
    if (this.over) throw new Error(OVER);
    sendTogether(this.connection);
    return this.sent<Row[]>(sql, params, done =>
      this.connection.query(new TextRows(configOf(sql, params), Kind, done)),
    );
  }

  /**
   * Adds rows to a table by COPY, which spares the server from making records of JSON: for many of them (`MANY`), since it
   * is parsed anew each time. Table and columns are the store's own words, never a caller's. Throws QueryFailedError.
   */
  async copy(into: string, rows: readonly (readonly Copied[])[]): Promise<void> {
    if (this.over) throw new Error(OVER);
    sendTogether(this.connection);
    const sql = `COPY ${into} FROM STDIN`;
    const told = copyText(rows);
    await this.sent<QueryResult>(sql, [], done => this.connection.query(new CopyIn(sql, told, done)));
  }

  /**
   * What the server answers. When one statement breaks the transaction, those after it that fail by it throw the
   * same: which of them the work hears of first is chance, and the order in which the server answered is not.
   */
  private async sent<Answer>(
    sql: string,
    params: readonly unknown[],
    ask: (done: (error: Error | null, answer: Answer) => void) => void,
  ): Promise<Answer> {
    try {
      return await new Promise((resolve, reject) =>
        ask((error, answer) => {
          if (!error) return resolve(answer);
          this.broken ??= { sql, params, error };
          reject(error);
        }),
      );
    } catch (error) {
      if (isStalePlan(error)) forgetPrepared(sql);
      const failed = isAborted(error) && this.broken ? this.broken : { sql, params, error: error as Error };
      throw new QueryFailedError(failed.sql, failed.params as unknown[], failed.error);
    }
  }

  /** Adds something to be done at the end of a unit that writes, in its transaction. */
  atClose(effect: ClosingEffect): void {
    this.closing.push(effect);
  }

  /**
   * Adds an entry to what `write` stores all together at the end, in the order in which they came: in the same
   * transaction when this unit writes; when it only reads, in one of its own before the caller has the answer.
   */
  gather<Entry>(write: GatheredWrite<Entry>, entry: Entry): void {
    const key = write as GatheredWrite<unknown>;
    const entries = this.gathered.get(key);
    if (entries) entries.push(entry);
    else this.gathered.set(key, [entry]);
  }

  /** Adds what another unit gathered. For {@link Database} alone. */
  take(gathered: Gathered): void {
    for (const [write, entries] of gathered) for (const entry of entries) this.gather(write, entry);
  }

  /** A part of this one that only gathers, for {@link take}: what is asked of it throws. For {@link Database} alone. */
  beside(): UnitOfWork {
    const part = new UnitOfWork(this.manager, this.connection);
    part.end();
    return part;
  }

  /** Runs the effects added with {@link atClose}, in order. For {@link Database} alone. */
  async close(): Promise<void> {
    for (const effect of this.closing.splice(0)) await effect(this);
  }

  /** Asks for the writes of what was gathered; what is asked after it goes out with them. For {@link Database} alone. */
  writeGathered(): Promise<unknown> {
    const written = Promise.all([...this.gathered].map(([write, entries]) => write(this, entries)));
    this.gathered.clear();
    return written;
  }

  /** Nothing is asked of it any more: what is asked nevertheless throws. For {@link Database} alone. */
  end(): void {
    this.over = true;
  }
}

const configOf = (sql: string, params: readonly unknown[]): QueryConfig => ({
  name: params.length > 0 ? preparedName(sql) : undefined,
  text: sql,
  values: params.map(asParameter),
});

/**
 * What is asked of a connection before anything else happens goes out in one packet: a write to a socket costs more
 * than a statement.
 */
export function sendTogether(connection: PoolClient): void {
  const { stream } = (connection as unknown as { connection: { stream: Socket } }).connection;
  stream._writev = writeAsOne;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** A statement is five messages, each a buffer: joining them costs less than handing the system a list of them. */
function writeAsOne(
  this: Writable,
  parts: { chunk: Buffer }[],
  written: (error?: Error | null) => void,
): void {
  this._write(Buffer.concat(parts.map(({ chunk }) => chunk)), 'buffer' as BufferEncoding, written);
}
