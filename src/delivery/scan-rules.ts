/** Where a handling unit stands on its way. */
export type UnitStatus =
  | 'ACCEPTED'
  | 'IN_TRANSIT'
  | 'AT_HUB'
  | 'READY_FOR_PICKUP'
  | 'OUT_FOR_DELIVERY'
  | 'DELIVERY_FAILED'
  | 'DELIVERED'
  | 'RETURNED';

/** One scan, as an EPCIS object event (`seen`) or aggregation event (`packed`, `unpacked`) tells it. */
export interface Scan {
  /** The event's own id: the same scan sent twice has the same. */
  id: string;
  /** When it was made: whole microseconds since 1970, see {@link microseconds}. */
  at: number;
  act: 'seen' | 'packed' | 'unpacked';
  /** The business step, see {@link bareStep}. A step that is not of the delivery network leaves the status as it is. */
  step: string;
  /** Where the units are then; null on the way. */
  place: string | null;
  /** What was scanned; for an unpacking, none means all that is inside. */
  units: readonly string[];
  /** What they were packed into or taken out of; null when they were only seen. */
  container: string | null;
}

/** What is known of one unit. */
export interface UnitState {
  status: UnitStatus | null;
  place: string | null;
  /** The unit it is in, which it moves with. */
  container: string | null;
  /** The scan that made it so. */
  lastScan: string | null;
  /** The latest scan that had to do with it, also by taking something out of it: an earlier one is late. */
  settledBy: Pick<Scan, 'id' | 'at'> | null;
}

/** What a scan shows to have gone wrong. `scan_after_delivery`: it came after the hand-over and changed nothing. */
export type AnomalyKind = 'implicit_unpack' | 'seen_outside_container' | 'scan_after_delivery';

export interface Anomaly {
  kind: AnomalyKind;
  unit: string;
  scan: string;
}

/** Units by id, and what is directly in each. Filled by {@link applyScan}; whoever stores it loads what a scan touches. */
export interface Yard {
  units: Map<string, UnitState>;
  contents: Map<string, Set<string>>;
  /** Units that the scan applied last had to do with, and what each came out of by it. */
  touched: Map<string, string | null>;
}

const statusAfter: Readonly<Record<string, UnitStatus>> = {
  commissioning: 'ACCEPTED',
  departing: 'IN_TRANSIT',
  arriving: 'AT_HUB',
  storing: 'AT_HUB',
  packing: 'AT_HUB',
  unpacking: 'AT_HUB',
  holding: 'READY_FOR_PICKUP',
  transporting: 'OUT_FOR_DELIVERY',
  delivery_attempt_failed: 'DELIVERY_FAILED',
  accepting: 'DELIVERED',
  returned_to_sender: 'RETURNED',
};

/** Whether a unit is handed over, to the receiver or back to the sender: no scan changes that. */
export const isHandedOver = (status: string | null): boolean =>
  status === 'DELIVERED' || status === 'RETURNED';

/** A business step's own word, from any of its forms (CBV 2.0 §7.1: bare, URN, web URI) or a vocabulary of one's own. */
export const bareStep = (step: string) => step.split(/[:/#-]/).at(-1)!;

/**
 * An EPCIS event time as whole microseconds since 1970, which is what PostgreSQL keeps. `Date` alone stops at the
 * millisecond, and two scans of one millisecond would change places.
 * @throws RangeError for a text that is no ISO 8601 instant with its offset
 */
export function microseconds(instant: string): number {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)$/.exec(instant);
  const seconds = parts ? Date.parse(`${parts[1]}${parts[3]}`) : NaN;
  if (Number.isNaN(seconds)) throw new RangeError('not an instant');
  return seconds * 1000 + Number((parts![2] ?? '').padEnd(6, '0').slice(0, 6));
}

/** The one order of scans, whatever order they came in: by instant, then by id. */
export const inOrder = (a: Pick<Scan, 'id' | 'at'>, b: Pick<Scan, 'id' | 'at'>) =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const emptyYard = (): Yard => ({ units: new Map(), contents: new Map(), touched: new Map() });

/** The state and the anomalies that these scans lead to: the same for any order of them and any repeats. */
export function foldScans(scans: Iterable<Scan>): { yard: Yard; anomalies: Anomaly[] } {
  const once = new Map(Array.from(scans, scan => [scan.id, scan]));
  const yard = emptyYard();
  const anomalies = [...once.values()].sort(inOrder).flatMap(scan => applyScan(yard, scan));
  return { yard, anomalies };
}

/**
 * Whether a later scan has already settled something that this one has to do with. If not, {@link applyScan} may take
 * it as it comes; if so, the units touched, and those that they touched since, must be folded anew from their scans.
 */
export function isLate(yard: Yard, scan: Scan): boolean {
  const named = scan.container === null ? scan.units : [scan.container, ...scan.units];
  return named.some(unit =>
    [unit, ...within(yard, unit)].some(one => {
      const settledBy = yard.units.get(one)?.settledBy;
      return settledBy && inOrder(scan, settledBy) < 0;
    }),
  );
}

/**
 * Takes one scan into the yard, which must hold no later scan of the same units ({@link isLate}).
 * A container carries along what is in it. What was delivered or returned stays so.
 */
export function applyScan(yard: Yard, scan: Scan): Anomaly[] {
  yard.touched.clear();
  const anomalies: Anomaly[] = [];
  const tell = (kind: AnomalyKind, unit: string) => anomalies.push({ kind, unit, scan: scan.id });
  const mayChange = (unit: string) => {
    const state = settle(yard, unit, scan);
    if (!isHandedOver(state.status)) return true;
    tell('scan_after_delivery', unit);
    return false;
  };

  const { container } = scan;
  const units =
    scan.act === 'unpacked' && scan.units.length === 0
      ? [...(yard.contents.get(container!) ?? [])]
      : [...new Set(scan.units)].filter(unit => unit !== container);
  const intoOpen = container !== null && mayChange(container);
  const moving = units.filter(mayChange);
  for (const unit of moving) {
    const holder = yard.units.get(unit)!.container;
    if (holder !== null && holder !== container)
      tell(scan.act === 'packed' ? 'implicit_unpack' : 'seen_outside_container', unit);
    if (scan.act !== 'packed') leave(yard, unit, scan);
    else if (intoOpen) putInto(yard, unit, scan, tell);
  }
  if (intoOpen) move(yard, container, scan);
  for (const unit of moving) move(yard, unit, scan);
  return anomalies;
}

/** Puts a unit into the scan's container. If it held that very container, that one was out of it. */
function putInto(
  yard: Yard,
  unit: string,
  scan: Scan,
  tell: (kind: AnomalyKind, unit: string) => void,
): void {
  const container = scan.container!;
  if (within(yard, unit).includes(container)) {
    tell('implicit_unpack', container);
    leave(yard, container, scan);
  }
  leave(yard, unit, scan);
  yard.units.get(unit)!.container = container;
  yard.contents.set(container, (yard.contents.get(container) ?? new Set()).add(unit));
}

/** Takes a unit out of what it is in, and settles that too: an earlier scan of it would have moved this unit. */
function leave(yard: Yard, unit: string, scan: Scan): void {
  const state = yard.units.get(unit)!;
  if (state.container === null) return;
  settle(yard, state.container, scan);
  yard.contents.get(state.container)?.delete(unit);
  yard.touched.set(unit, state.container);
  state.container = null;
}

/** Gives the scan's status and place to a unit and to all in it that is not handed over. */
function move(yard: Yard, unit: string, scan: Scan): void {
  for (const one of [unit, ...within(yard, unit)]) {
    const state = settle(yard, one, scan);
    if (isHandedOver(state.status)) continue;
    state.status = statusAfter[scan.step] ?? state.status;
    state.place = scan.place;
    state.lastScan = scan.id;
  }
}

function settle(yard: Yard, unit: string, { id, at }: Scan): UnitState {
  const known = yard.units.get(unit);
  const state = known ?? { status: null, place: null, container: null, lastScan: null, settledBy: null };
  // What a unit came out of may have been settled by a later scan of something else in it.
  if (!state.settledBy || inOrder(state.settledBy, { id, at }) < 0) state.settledBy = { id, at };
  if (!yard.touched.has(unit)) yard.touched.set(unit, null);
  if (!known) yard.units.set(unit, state);
  return state;
}

/** All units in a unit, however deep. */
function within(yard: Yard, unit: string): string[] {
  return [...(yard.contents.get(unit) ?? [])].flatMap(inside => [inside, ...within(yard, inside)]);
}
