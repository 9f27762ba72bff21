import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { compileTimetable, type Timetable } from '../../../src/delivery/timetable-rules';
import { logisticsFolder } from './data';

/** A given table's rows by column name, from `name.csv` or `name.csv.gz`; none where both are absent. */
export function tableOf(...path: string[]): Record<string, string>[] {
  const file = join(logisticsFolder, ...path);
  const text = existsSync(`${file}.csv`)
    ? readFileSync(`${file}.csv`)
    : existsSync(`${file}.csv.gz`)
      ? gunzipSync(readFileSync(`${file}.csv.gz`))
      : '';
  return parse(text, { columns: true });
}

/** A given network, compiled: `small` or `full`; null where it is absent. Hubs go by the ids of the file. */
export function networkOf(size: string): Timetable | null {
  const hubs = tableOf('hub-network', `hubs-${size}`);
  if (hubs.length === 0) return null;
  return compileTimetable(
    hubs.map(hub => ({ id: hub.id!, handlingMinutes: Number(hub.min_handling) })),
    tableOf('hub-network', `legs-${size}`).map(leg => ({
      from: leg.from!,
      to: leg.to!,
      departs: Number(leg.depart_minute_of_week),
      minutes: Number(leg.travel_minutes),
    })),
  );
}
