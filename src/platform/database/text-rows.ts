import { Query, type QueryConfig, types } from 'pg';

/** A row as the server wrote it: a text for each column, in the order of the statement, or nothing. */
export type TextRow = readonly (string | null)[];

/** A class of rows that are made of what the server wrote. */
export type RowClass<Row> = new (texts: TextRow) => Row;

/** An instant (`timestamptz`) as the server wrote it. */
export const asInstant = types.getTypeParser(types.builtins.TIMESTAMPTZ) as (text: string) => Date;

/** For each property that is no text, how it is read from one. */
type Readers<Row> = {
  [Property in keyof Row as Row[Property] extends string | null ? never : Property]: (
    text: string,
  ) => Row[Property];
};

/**
 * A class of rows that read a column each time it is asked for, and nothing of one that is not: where rows are many, to
 * read all of all of them is most of the work. `properties` are the statement's columns, in their order. Its rows have
 * nothing of their own to copy: `{ ...row }` has no columns.
 */
export function rowOf<Row extends object>(
  properties: readonly (keyof Row & string)[],
  readers: Readers<Row>,
): RowClass<Readonly<Row>> {
  class ReadRow {
    constructor(readonly texts: TextRow) {}
  }
  for (const [at, property] of properties.entries()) {
    const read = (readers as Record<string, ((text: string) => unknown) | undefined>)[property];
    Object.defineProperty(ReadRow.prototype, property, {
      get: read
        ? function (this: ReadRow) {
            const text = this.texts[at] ?? null;
            return text === null ? null : read(text);
          }
        : function (this: ReadRow) {
            return this.texts[at];
          },
    });
  }
  return ReadRow as unknown as RowClass<Readonly<Row>>;
}

/** A statement whose rows stay what the server wrote; pg would make a value of each column, and an object of each row. */
export class TextRows<Row> extends Query {
  private readonly found: Row[] = [];

  constructor(
    config: QueryConfig,
    private readonly Kind: RowClass<Row>,
    done: (error: Error | null, rows: Row[]) => void,
  ) {
    super(config);
    Object.assign(this, { callback: (error: Error | null) => done(error, this.found) });
  }

  /** The columns are known: they are the store's own. */
  handleRowDescription(): void {}

  handleDataRow({ fields }: { fields: TextRow }): void {
    this.found.push(new this.Kind(fields));
  }
}
