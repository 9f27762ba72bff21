import { type Anomaly, bareStep, microseconds, type Scan, type Yard } from '../../../src/delivery/scan-rules';
import { tableOf } from './hub-network';
import { cases } from './data';

interface EpcisEvent {
  type: 'ObjectEvent' | 'AggregationEvent';
  eventID: string;
  eventTime: string;
  action: 'ADD' | 'OBSERVE' | 'DELETE';
  bizStep: string;
  bizLocation?: { id: string };
  epcList?: string[];
  parentID?: string;
  childEPCs?: string[];
}

interface CaptureBatch {
  epcisBody: { eventList: EpcisEvent[] };
}

/** The given batches in the order of their delivery, each scan as often as it was sent. */
export const givenBatches = (): Scan[][] =>
  cases<CaptureBatch>('scan-simulation', 'capture-batches').map(batch =>
    batch.epcisBody.eventList.map(scanOf),
  );

function scanOf(event: EpcisEvent): Scan {
  const packing = event.action === 'DELETE' ? 'unpacked' : 'packed';
  const changesContainer = event.type === 'AggregationEvent' && event.action !== 'OBSERVE';
  return {
    id: event.eventID,
    at: microseconds(event.eventTime),
    act: changesContainer ? packing : 'seen',
    step: bareStep(event.bizStep),
    place: event.bizLocation?.id ?? null,
    units: event.epcList ?? event.childEPCs ?? [],
    container: changesContainer ? (event.parentID ?? null) : null,
  };
}

/** The expected and our final table, one line a unit, in order of the unit. */
export const expectedFinal = () =>
  tableOf('scan-simulation', 'expected-final')
    .map(row => [row.epc, row.status, row.bizLocation, row.lastEventID, row.container].join())
    .sort();

export const finalOf = ({ units }: Yard) =>
  Array.from(units, ([unit, state]) =>
    [unit, state.status, state.place ?? '', state.lastScan, state.container ?? ''].join(),
  ).sort();

/** The expected and our anomalies, one line each, in order. */
export const expectedAnomalies = () =>
  tableOf('scan-simulation', 'expected-anomalies')
    .map(row => [row.kind, row.epc, row.eventID].join())
    .sort();

export const anomaliesOf = (anomalies: readonly Anomaly[]) =>
  anomalies.map(({ kind, unit, scan }) => [kind, unit, scan].join()).sort();
