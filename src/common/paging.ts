/** The most rows any list gives at once. */
export const MAX_PAGE = 100;

/** A page asked for: how many rows, and the opaque cursor of the row to start after. */
export interface PageRequest {
  first: number;
  after?: string | null;
}

/** A page given: `endCursor` is null when there is nothing more. */
export interface Page<T> {
  items: T[];
  endCursor: string | null;
}

/**
 * Cuts a page out of rows read with `LIMIT first + 1`, so that "is there more" costs one row and no count.
 * Cursors are the sort key in base64url: opaque to the caller, and worthless in another tenant.
 */
export function pageOf<T>(rows: T[], first: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, first);
  const last = items.at(-1);
  return { items, endCursor: rows.length > first && last ? encodeCursor(keyOf(last)) : null };
}

export const encodeCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');

/** The sort key inside a cursor. Any text decodes to some key; a forged one only starts the page elsewhere. */
export const decodeCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');
