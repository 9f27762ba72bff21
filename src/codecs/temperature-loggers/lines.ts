/** Why a logger's export is not believed, and the line (from 1) that says so. Never thrown past the door of this codec. */
export class LoggerFault extends Error {
  constructor(
    readonly line: number,
    readonly why: string,
  ) {
    super(`line ${line}: ${why}`);
  }
}

/** A line `Key: value` with the lines indented below it. */
export class Entry {
  readonly inside: Entry[] = [];
  /** The last line of this entry and all below it. */
  last: number;

  constructor(
    readonly key: string,
    readonly value: string,
    readonly line: number,
  ) {
    this.last = line;
  }

  find(key: string): Entry | undefined {
    return this.inside.find(entry => entry.key === key);
  }

  has(key: string): boolean {
    return this.inside.some(entry => entry.key === key);
  }

  /** @throws LoggerFault at the line where it should have stood */
  need(key: string): Entry {
    const found = this.find(key);
    if (!found) throw new LoggerFault(this.last + 1, `${key} is missing`);
    return found;
  }

  /** The value of a needed entry. */
  text(key: string): string {
    const { value, line } = this.need(key);
    if (value === '') throw new LoggerFault(line, `${key} is empty`);
    return value;
  }

  number(key: string): number {
    const entry = this.need(key);
    if (!/^[+-]?\d+(\.\d+)?$/.test(entry.value)) throw new LoggerFault(entry.line, `${key} is not a number`);
    return Number(entry.value);
  }

  whole(key: string): number {
    const value = this.number(key);
    if (!Number.isInteger(value)) throw new LoggerFault(this.need(key).line, `${key} is not a whole number`);
    return value;
  }

  /** A temperature in °C; null for the dashes of a device that has none. */
  celsius(key: string): number | null {
    if (dashes.test(this.text(key))) return null;
    const value = this.number(key);
    if (!isTemperature(value)) throw new LoggerFault(this.need(key).line, `${key} is no temperature`);
    return value;
  }

  /**
   * A device's own clock time, `YYYY-MM-DD HH:mm`, with the day first or without; null for dashes or where it is
   * absent.
   */
  time(key: string): string | null {
    const entry = this.find(key);
    if (!entry || entry.value === '' || dashes.test(entry.value)) return null;
    const [clock = '', day] = entry.value.split(' ').reverse();
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(clock) || (day !== undefined && !isDay(day)))
      throw new LoggerFault(entry.line, `${key} is not a time`);
    return entry.value;
  }

  /** The same, where it must be there with its day. */
  moment(key: string): string {
    const value = this.time(key);
    if (value === null || value.length !== 16)
      throw new LoggerFault(this.need(key).line, `${key} is not a moment`);
    return value;
  }

  day(key: string): string {
    if (!isDay(this.text(key))) throw new LoggerFault(this.need(key).line, `${key} is not a day`);
    return this.text(key);
  }
}

/** How the devices write that there is no value. */
export const dashes = /^-+(\.-+)?$/;

/** No sensor of a cold chain sees more: nothing is colder, and no store is as warm. °C. */
export const isTemperature = (celsius: number): boolean => celsius >= -273.15 && celsius <= 200;

export const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;

/** A line of a table: the cells between its tabs. */
export interface Row {
  cells: string[];
  line: number;
}

/**
 * Reads the devices' text: `Key: value` or `Key: value, Key: value` a line, one blank of indentation for each level;
 * tables of tabbed rows stand apart, under the key above them. A comma followed by `Key:` begins another
 * entry.
 * @throws LoggerFault for a line of another shape, or indented under nothing
 */
export function readLines(text: string): { root: Entry; rows: Map<string, Row[]> } {
  const root = new Entry('', '', 0);
  const rows = new Map<string, Row[]>();
  const open = [root];
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = at + 1;
    if (raw.trim() === '') continue;
    if (raw.startsWith('\t')) {
      const table = open[1]?.key ?? '';
      if (!rows.has(table)) rows.set(table, []);
      rows.get(table)!.push({ cells: raw.slice(1).split('\t'), line });
      continue;
    }
    const depth = raw.length - raw.trimStart().length;
    const parent = open[depth];
    if (!parent) throw new LoggerFault(line, 'indented under nothing');
    open.length = depth + 1;
    const entries = raw
      .trim()
      .split(/, (?=[A-Za-z][A-Za-z ]{0,30}:)/)
      .map(part => entryOf(part, line));
    parent.inside.push(...entries);
    open.push(entries[0]!);
    for (const one of open) one.last = line;
  }
  return { root, rows };
}

function entryOf(part: string, line: number): Entry {
  const found = /^([^:]{1,40}):(?: (.*))?$/.exec(part);
  if (!found) throw new LoggerFault(line, 'not a line of "Key: value"');
  return new Entry(found[1]!, (found[2] ?? '').trim(), line);
}
