/** What became of a lot of a shipment, as counted where it arrived. Whole doses. */
export interface ReceivedLine {
  lotId: string;
  /** Taken onto the shelf, what came too many among them. */
  accepted: number;
  /** The worst stage of the vial monitors of those accepted, 1 or 2; null: nobody looked. */
  vvmStage?: number | null;
  /** Came and are unfit; with a reason. */
  rejected: number;
  rejectReason?: string | null;
  /** Were sent and did not come; with a reason. */
  short: number;
  shortReason?: string | null;
  /** Came and were not sent; with a reason. A lot of which nothing was sent is over altogether. */
  over: number;
  overReason?: string | null;
}

/** Whether something is rejected, short or over, and nobody says why. */
export const isUnexplained = (line: ReceivedLine): boolean =>
  (line.rejected > 0 && !line.rejectReason) ||
  (line.short > 0 && !line.shortReason) ||
  (line.over > 0 && !line.overReason);

/** Whether something else came than was sent, or something unfit. */
export const isAmiss = ({ rejected, short, over }: ReceivedLine): boolean =>
  rejected > 0 || short > 0 || over > 0;

/** A line that cannot be so. */
export interface ReceiptFault {
  lotId: string;
  shipped: number;
  /** accepted + rejected + short − over − shipped. */
  difference: number;
}

/** The lines for which accepted + rejected + short − over is not what was shipped, or that were left out. */
export function receiptFaults(
  shipped: readonly { lotId: string; doses: number }[],
  received: readonly ReceivedLine[],
): ReceiptFault[] {
  const lines = new Map(received.map(line => [line.lotId, line]));
  const sent = new Map(shipped.map(({ lotId, doses }) => [lotId, doses]));
  return [...new Set([...sent.keys(), ...lines.keys()])].flatMap(lotId => {
    const { accepted = 0, rejected = 0, short = 0, over = 0 } = lines.get(lotId) ?? {};
    const difference = accepted + rejected + short - over - (sent.get(lotId) ?? 0);
    const impossible = short > (sent.get(lotId) ?? 0) || over > accepted + rejected;
    // Nothing sent and nothing come is a line about nothing.
    const empty = !sent.has(lotId) && over === 0;
    return difference !== 0 || impossible || empty
      ? [{ lotId, shipped: sent.get(lotId) ?? 0, difference }]
      : [];
  });
}

/**
 * The moves that a received line makes: the sender's transit ends, in what came and what is lost; the receiver takes in
 * what came and what nobody had sent, and throws away what is unfit. What leaves the one from transit enters the other.
 */
export function movesOf(
  line: ReceivedLine,
  shipped: number,
): {
  sender: { to: 'outside' | 'lost'; doses: number }[];
  receiver: { from: 'outside' | 'unknown'; doses: number }[];
  wasted: number;
} {
  const sender = [
    { to: 'outside' as const, doses: shipped - line.short },
    { to: 'lost' as const, doses: line.short },
  ];
  const receiver = [
    { from: 'outside' as const, doses: shipped - line.short },
    { from: 'unknown' as const, doses: line.over },
  ];
  const some = ({ doses }: { doses: number }): boolean => doses > 0;
  return { sender: sender.filter(some), receiver: receiver.filter(some), wasted: line.rejected };
}
