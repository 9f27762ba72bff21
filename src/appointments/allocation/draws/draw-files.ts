import {
  type AllotmentRules,
  allot,
  CAPPED,
  type DrawEntry,
  inDrawnOrder,
  lotKey,
  type Policy,
  sha256,
} from './draw-rules';

/**
 * What is published of a draw, in three texts whose bytes never change: the announcement before anybody enters, the
 * entries when entering is over, the result when the seed is revealed. `npx tikasetu replay-draw` recomputes the third
 * from the first two and the seed; docs/fair-allocation.md describes each for whoever writes a tool of their own.
 */
export interface Announcement extends AllotmentRules {
  draw: string;
  facility: string;
  session: string;
  policy: Policy;
  /** Instants, ISO 8601 in UTC. */
  entriesFrom: string;
  entriesUntil: string;
  drawnFrom: string;
  /** How long a place is kept for who won it. */
  confirmWithinSeconds: number;
  /** Which public value will be mixed into the lots, in words; null for none. */
  publicValue: string | null;
  /** SHA-256 of the 32 bytes of the seed, in hex. */
  seedCommitment: string;
}

export interface DrawResult {
  draw: string;
  announcementHash: string;
  entriesHash: string;
  /** 32 bytes in hex. */
  seed: string;
  publicValue: string | null;
  drawnAt: string;
  /** Ids of all entries, in the order in which they are served. */
  order: string[];
  /** Ids of those who get a place at once, in that order. Places not confirmed go on down the order. */
  winners: string[];
}

const COLUMNS = ['entry', 'stream', 'rank', 'enteredAt', ...CAPPED];

const jsonText = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;

export const announcementText = (announcement: Announcement): string =>
  jsonText({ format: 'tikasetu.draw-announcement/1', ...announcement });

export const announcementOf = (text: string): Announcement => JSON.parse(text) as Announcement;

/** CSV with LF, a header and one line an entry, sorted by id. No field holds a comma. */
export function entriesText(entries: readonly DrawEntry[]): string {
  const lines = entries.map(({ id, stream, rank, enteredAt, ...tags }) =>
    [id, stream, rank ?? '', enteredAt, ...CAPPED.map(on => tags[on])].join(),
  );
  return [COLUMNS.join(), ...lines.sort(), ''].join('\n');
}

export function entriesOf(text: string): DrawEntry[] {
  return text
    .split('\n')
    .slice(1, -1)
    .map(line => {
      const [id, stream, rank, enteredAt, account, device, network] = line.split(',') as [
        string,
        ...string[],
      ];
      return {
        id,
        stream: stream as DrawEntry['stream'],
        rank: rank === '' ? null : Number(rank),
        enteredAt: enteredAt!,
        account: account!,
        device: device!,
        network: network!,
      };
    });
}

/** Draws: the text of the result. Nothing but the arguments has a say in it. */
export function resultText(
  announcement: string,
  entries: string,
  reveal: { seed: Uint8Array; publicValue: string | null; drawnAt: Date },
): string {
  const rules = announcementOf(announcement);
  const order = inDrawnOrder(entriesOf(entries), rules.policy, lotKey(reveal.seed, reveal.publicValue));
  const result: DrawResult = {
    draw: rules.draw,
    announcementHash: sha256(announcement),
    entriesHash: sha256(entries),
    seed: Buffer.from(reveal.seed).toString('hex'),
    publicValue: reveal.publicValue,
    drawnAt: reveal.drawnAt.toISOString(),
    order: order.map(({ id }) => id),
    winners: allot(order, rules).map(({ id }) => id),
  };
  return jsonText({ format: 'tikasetu.draw-result/1', ...result });
}

export const resultOf = (text: string): DrawResult => JSON.parse(text) as DrawResult;
