/** How many bits one status has. */
export type StatusSize = 1 | 2 | 4 | 8;

/**
 * Which end of a byte comes first: the W3C Bitstring counts from the most significant bit, the IETF list from the
 * least.
 */
export type BitOrder = 'most-significant-first' | 'least-significant-first';

/** The statuses of many certificates, each at its own index; 0 means nothing is wrong with it. */
export class StatusList {
  private readonly perByte: number;

  constructor(
    readonly bytes: Uint8Array,
    readonly size: StatusSize,
    private readonly order: BitOrder,
  ) {
    this.perByte = 8 / size;
  }

  /** How many statuses it holds. */
  get length(): number {
    return this.bytes.length * this.perByte;
  }

  /** The status at an index; undefined beyond the end, and for what is no index. */
  at(index: number): number | undefined {
    if (!this.holds(index)) return undefined;
    return (this.bytes[Math.floor(index / this.perByte)]! >> this.shift(index)) & this.mask;
  }

  /** Throws a RangeError for an index beyond the end and a status that has no room. */
  set(index: number, status: number): void {
    if (!this.holds(index) || !Number.isInteger(status) || status < 0 || status > this.mask) {
      throw new RangeError('no such place, or no such status');
    }
    const byte = Math.floor(index / this.perByte);
    const others = this.bytes[byte]! & ~(this.mask << this.shift(index));
    this.bytes[byte] = others | (status << this.shift(index));
  }

  private get mask(): number {
    return 2 ** this.size - 1;
  }

  private holds(index: number): boolean {
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  private shift(index: number): number {
    const place = (index % this.perByte) * this.size;
    return this.order === 'most-significant-first' ? 8 - this.size - place : place;
  }
}
