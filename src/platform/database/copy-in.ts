import { type Connection, Query, type QueryResult } from 'pg';

/** What COPY can be given: a text as it is, a day or an instant, a number, what is kept as JSON, or nothing. */
export type Copied = string | number | Date | object | null | undefined;

/** What means something to COPY (PostgreSQL, "COPY, Text Format"), `\.` with it, and what is half a character. */
const MEANT = /[\\\t\n\r]|\p{Surrogate}/gu;
/** What has neither that nor a character of two halves goes as it is: nearly every text. */
const OUT_OF_LINE = /[\\\t\n\r\ud800-\udfff]/;
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The last instant that was written: rows of one transaction have few, and each takes longer than an id. */
const lately = { at: Number.NaN, text: '' };

function instant(date: Date): string {
  const at = date.getTime();
  if (at === lately.at) return lately.text;
  const text = date.toISOString();
  lately.at = at;
  return (lately.text = text);
}

function written(value: Copied): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return instant(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return OUT_OF_LINE.test(text) ? text.replace(MEANT, one => ESCAPED[one] ?? REFUSED) : text;
}

/**
 * U+0000, which the server refuses, as it refuses half a pair in JSON: sent as it is, another character would be
 * stored.
 */
const REFUSED = '\0';

/** Rows in the text format of COPY: one text that grows, with no lists of lines and values to throw away. */
export function copyText(rows: readonly (readonly Copied[])[]): string {
  let text = '';
  for (const row of rows) {
    text += written(row[0]);
    for (let at = 1; at < row.length; at++) text += `\t${written(row[at])}`;
    text += '\n';
  }
  return text;
}

/** What pg's connection has for COPY and its types do not name. */
type CopyConnection = Connection & {
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
};

/**
 * COPY … FROM STDIN with its rows behind it, as one of the statements that travel together. The rows do not wait until the
 * server asks for them: those that come to one that has refused the statement, or is not copying, are thrown away by it
 * (PostgreSQL, "Message Flow", COPY operations).
 */
export class CopyIn extends Query {
  constructor(
    private readonly statement: string,
    private readonly lines: string,
    callback: (error: Error | null, result: QueryResult) => void,
  ) {
    super({ text: statement });
    Object.assign(this, { callback });
  }

  override submit = (connection: Connection): void => {
    const into = connection as CopyConnection;
    into.query(this.statement);
    into.sendCopyFromChunk(Buffer.from(this.lines));
    into.endCopyFrom();
  };

  /** The server is ready for rows: they are on their way. */
  handleCopyInResponse(): void {}
}
