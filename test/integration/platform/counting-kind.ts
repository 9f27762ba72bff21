import type { JobKind } from '../../../src/platform/jobs';

/** A table that any tenant has and may add rows to. */
export const WORD_TABLE = 'sandbox_message';

interface Counting {
  parts: number;
  upTo: number;
}

interface At {
  part: number;
  at: number;
}

/** A job that counts: each slice writes one row saying which job, part and number it was. */
export const countingKind = (name: string): JobKind<Counting, At> => ({
  plan: async (_ctx, _work, { parameters: { parts, upTo } }) =>
    Array.from({ length: parts }, (_, part) => ({ cursor: { part, at: 0 }, total: upTo })),
  slice: async (ctx, work, { id, parameters: { upTo }, cursor: { part, at } }) => {
    await work.query(
      `INSERT INTO ${WORD_TABLE} (id, at, channel, receiver, language, text) VALUES ($1, now(), $2, '', '', $3)`,
      [ctx.newId(), name, `${id} ${part} ${at}`],
    );
    return { cursor: at + 1 < upTo ? { part, at: at + 1 } : null, done: 1 };
  },
});
