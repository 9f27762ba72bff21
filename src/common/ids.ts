import { randomFillSync } from 'node:crypto';
import { v7, validate } from 'uuid';

/** Random bytes are had from the system by the page: a call for sixteen costs more than the rest of an id. */
const page = Buffer.alloc(4096);
/** Those of the next id. */
const random = Buffer.alloc(16);
let used = page.length;
/** The last id's time in ms, and its number within it. */
const last = { msecs: 0, seq: 0 };

/**
 * A new UUIDv7 (RFC 9562 §5.7, counter of §6.2 method 1): ordered by the time it was made, so that indexes grow at
 * one end.
 */
export function newId(): string {
  if (used === page.length) {
    randomFillSync(page);
    used = 0;
  }
  used += page.copy(random, 0, used);
  const msecs = Date.now(); // oxlint-disable-line no-restricted-properties -- an id is of the machine's own time
  if (msecs > last.msecs) {
    last.msecs = msecs;
    last.seq = random.readUInt32BE(6) >>> 1;
  } else if (++last.seq > 0xffffffff) {
    last.msecs++;
    last.seq = 0;
  }
  return v7({ random, msecs: last.msecs, seq: last.seq });
}

/** Whether a text is a UUID at all; ids from callers are tested before they reach SQL. */
export const isId = (text: string): boolean => validate(text);

/** The smallest UUIDv7 of an instant: every id made before it is smaller. To the millisecond, as its clock had it. */
export const firstIdAt = (at: Date): string => {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
};

/** When a UUIDv7 was made, to the millisecond; the inverse of {@link firstIdAt}. */
export const timeOfId = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
