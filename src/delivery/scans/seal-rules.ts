/** What a scan says of the seal of the container, or of the one unit, that it is of. */
export interface SealReading {
  scanId: string;
  /** Microseconds since 1970. */
  at: number;
  /** To pack or unpack is to open. */
  act: 'seen' | 'packed' | 'unpacked';
  /** Null when nobody looked. */
  seal: string | null;
  hubId: string | null;
}

/** A seal as it was found. `broken`: nobody had said that it was opened, and it bears another or none. */
export interface SealFound {
  scanId: string;
  at: number;
  seal: string;
  hubId: string | null;
  broken: boolean;
}

/** How a seal is written: in capitals, 3 to 30 letters, digits and dashes. */
const SEAL = /^[A-Z0-9][A-Z0-9-]{2,29}$/;
/** What is read where a seal should be and none is. */
export const NO_SEAL = 'NONE';

/** A seal as it is kept, from how it was read; null for a text that is none. */
export function readSeal(text: string): string | null {
  const seal = text.trim().toUpperCase();
  return SEAL.test(seal) ? seal : null;
}

/**
 * The seals of one unit, in the one order of scans. Whoever packs into it or unpacks has opened it and may close it with
 * another; any other change is a broken seal.
 */
export function sealsFound(readings: readonly SealReading[]): SealFound[] {
  const found: SealFound[] = [];
  let closed: string = NO_SEAL;
  for (const { scanId, at, act, seal, hubId } of readings) {
    const opened = act !== 'seen';
    if (opened) closed = NO_SEAL;
    if (seal === null) continue;
    found.push({ scanId, at, seal, hubId, broken: closed !== NO_SEAL && closed !== seal });
    closed = seal;
  }
  return found;
}
