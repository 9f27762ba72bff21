import { microsecondsOf } from './instants';
import { type DoorFault, doorOf, type EnteredDoor } from '../doors/door-rules';
import type { DoorFacts, StoredScan } from './scans.store';
import { readSeal } from './seal-rules';
import { unitCode } from '../../codecs/unit-codes';

/** What is done to units when they are scanned. */
export const SCAN_STEPS = [
  'ACCEPTED',
  'ARRIVED',
  'STORED',
  'PACKED',
  'UNPACKED',
  'DEPARTED',
  'HELD_FOR_PICKUP',
  'OUT_FOR_DELIVERY',
  'DELIVERY_FAILED',
  'DELIVERED',
  'RETURNED',
] as const;
export type ScanStep = (typeof SCAN_STEPS)[number];

/**
 * The business step of EPCIS (CBV 2.0 §7.1) that says it; what is not handed over, or handed back, has none there and
 * one of our own.
 */
export const STEP_WORDS: Readonly<Record<ScanStep, string>> = {
  ACCEPTED: 'commissioning',
  ARRIVED: 'arriving',
  STORED: 'storing',
  PACKED: 'packing',
  UNPACKED: 'unpacking',
  DEPARTED: 'departing',
  HELD_FOR_PICKUP: 'holding',
  OUT_FOR_DELIVERY: 'transporting',
  DELIVERY_FAILED: 'delivery_attempt_failed',
  DELIVERED: 'accepting',
  RETURNED: 'returned_to_sender',
};

/** After these a unit is on its way and at no hub. */
const UNDER_WAY: readonly ScanStep[] = ['DEPARTED', 'OUT_FOR_DELIVERY', 'DELIVERY_FAILED'];

/** What a device says of one scan. `at` is by the device's own clock. */
export interface EnteredScan extends EnteredDoor {
  clientId: string;
  at: Date;
  step: ScanStep;
  hubId: string;
  units: readonly string[];
  container?: string | null;
  /** As it was read on the container, or on the one unit. */
  seal?: string | null;
}

/** Why a scan cannot be taken; each is a text of `delivery.scanFault`. */
export type ScanFault =
  | 'CLIENT_ID'
  | 'CLOCK'
  | 'CODE'
  | 'S10'
  | 'SSCC'
  | 'UNITS'
  | 'CONTAINER'
  | 'HUB'
  | 'NOT_YOUR_HUB'
  | 'NOT_STORED'
  | 'SEAL'
  | DoorFault;

const ID = /^[\x21-\x7e]{8,100}$/;
const MOST_UNITS = 500;
/** A clock that differs by less is right: the rest is the way here. */
const CLOCK_IS_RIGHT_MS = 120_000;
/** Nothing that a device could tell of was scanned before. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** By how much a device's clock is behind ours, in milliseconds; none when it is right. */
export function clockOffset(deviceTime: Date, receivedAt: Date): number {
  const offset = receivedAt.getTime() - deviceTime.getTime();
  return Math.abs(offset) < CLOCK_IS_RIGHT_MS ? 0 : offset;
}

/** The scan that a device tells of, by our clock and with the units' one names; or what is wrong with it. */
export function scanOf(
  entered: EnteredScan,
  device: { id: string; offset: number; receivedAt: Date },
): { scan: StoredScan; door: DoorFacts | null; seal: string | null } | { fault: ScanFault } {
  const { step, clientId } = entered;
  if (!ID.test(clientId)) return { fault: 'CLIENT_ID' };
  const at = entered.at.getTime() + device.offset;
  if (!(at >= EARLIEST) || at > device.receivedAt.getTime() + CLOCK_IS_RIGHT_MS) return { fault: 'CLOCK' };
  const packs = step === 'PACKED' || step === 'UNPACKED';
  if (packs !== !!entered.container) return { fault: 'CONTAINER' };
  if (entered.units.length > MOST_UNITS || (entered.units.length === 0 && step !== 'UNPACKED'))
    return { fault: 'UNITS' };
  const door = doorOf(entered);
  if ('fault' in door) return door;
  const codes = [...entered.units, ...(entered.container ? [entered.container] : [])].map(unitCode);
  const wrong = codes.find(code => 'fault' in code);
  if (wrong && 'fault' in wrong) return { fault: wrong.fault };
  const names = codes.map(code => ('code' in code ? code.code : ''));
  const container = packs ? names.pop()! : null;
  const units = [...new Set(names)];
  const seal = entered.seal ? readSeal(entered.seal) : null;
  if (entered.seal && (seal === null || (container === null && units.length !== 1))) return { fault: 'SEAL' };
  return {
    scan: {
      id: `${device.id}/${clientId}`,
      unitId: container ?? units.toSorted()[0]!,
      at: microsecondsOf(new Date(at)),
      act: step === 'PACKED' ? 'packed' : step === 'UNPACKED' ? 'unpacked' : 'seen',
      step: STEP_WORDS[step],
      place: UNDER_WAY.includes(step) ? null : entered.hubId,
      units,
      container,
    },
    door: door.facts,
    seal,
  };
}
