import type { ReferenceFaultCode } from '../../forecasting';

/** Every reason for which a pack can be turned down. The key of its text in `locales/<language>/country-packs.json`. */
export const PACK_FAULTS = {
  'file-missing': 'this file must be in the pack',
  'file-unknown': 'no file of this name belongs in a pack',
  'file-repeated': 'two files have this name',
  'file-too-big': 'the file is too big',
  'too-many-files': 'the pack has too many files',
  'not-text': 'the file is not UTF-8 text',
  'control-character': 'a control character stands here',
  'json-syntax': 'this is not JSON',
  'json-too-deep': 'nested too deep',
  'property-repeated': 'this property stands twice in one object',
  'property-unknown': 'no property of this name belongs here',
  'property-missing': 'this property must be here',
  'wrong-type': 'a value of another type must stand here',
  'wrong-form': 'the value does not have the form it must have',
  'wrong-value': 'the value is not one of those allowed',
  'wrong-size': 'too short, too long, too small or too large',
  'wrong-shape': 'none of the shapes allowed here fits',
  'csv-syntax': 'this is not CSV (RFC 4180)',
  'column-missing': 'this column must be in the table',
  'column-unknown': 'no column of this name belongs in the table',
  'column-repeated': 'two columns have this name',
  'cell-count': 'the row has more or fewer cells than the table has columns',
  'cell-empty': 'this cell must not be empty',
  'too-many-rows': 'the table has too many rows',
  duplicate: 'this stands twice',
  'parent-unknown': 'no area has this code',
  'parent-cycle': 'the area lies within itself',
  'level-unknown': 'no area level has this code',
  'level-order': 'an area must be of a later level than the area it lies in',
  'coordinates-incomplete': 'latitude and longitude must both stand here, or neither',
  'translation-missing': 'the text is missing in a language of the pack',
  'language-undeclared': 'the pack does not have this language',
  'language-unknown': 'not a language tag (BCP 47)',
  'default-language': 'the default must be one of the languages',
  'country-unknown': 'not a country code (ISO 3166-1)',
  'country-mismatch': 'the two codes are of different countries',
  'time-zone-unknown': 'not a time zone (IANA)',
  'calendar-unknown': 'not a calendar or numbering system (Unicode CLDR)',
  'phone-region-unknown': 'no phone number plan for this country code',
  'pattern-unsafe': 'the pattern uses more than a pack may',
  'example-fails': 'the example does not pass the rule it stands for',
  'mask-reveals': 'masked, the example would show more than half of itself',
  'open-vial': 'hours after opening belong to vials of several doses, and must stand there',
  'text-unknown': 'the service uses no text of this name',
  'text-missing': 'the service needs this text',
  'message-syntax': 'this is not an ICU message',
  'argument-unknown': 'the service does not fill in this argument',
  'argument-missing': 'the text must show this argument',
  'group-unknown': 'no vaccine group has this code',
  'source-unknown': 'no source has this id',
  'age-range': 'the lower age is above the upper age',
  'date-does-not-exist': 'no such day in the calendar',
  'unknown-antigen': 'no antigen of the schedule has this code',
  'unknown-group': 'no vaccine group of the schedule has this code',
  'unknown-observation': 'no observation of the schedule has this code',
  'unknown-source': 'no source of the schedule has this id',
  'unknown-target-dose': 'not an earlier dose of this series',
  'unknown-vaccine': 'no vaccine of the schedule has this code',
  'unknown-option': 'no option of the schedule has this code',
  'unknown-product': 'no product has this code',
  'unknown-series': 'no series of the schedule has this name',
  'unknown-dose': 'the series has no dose of this number',
  'unknown-interval': 'the dose has no interval from this event',
  'unknown-golden-case': 'no golden case has this name',
  'dose-counted-from': 'an interval of another dose is counted from this dose',
} as const satisfies Record<string, string> & Record<ReferenceFaultCode, string>;

export type PackFaultCode = keyof typeof PACK_FAULTS;

/** One thing wrong with a pack, and where. */
export interface PackFault {
  /** Name of the file within the pack, e.g. `texts/en.json`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** JSON: the character in the line, from 1. CSV: the cell in the row, from 1. */
  readonly column: number;
  /** JSON pointer; in a table the row's code and the column, e.g. `A-1.parent`; empty for the file as a whole. */
  readonly path: string;
  readonly code: PackFaultCode;
  /** Facts for the text, e.g. the property that is missing. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The reason in English, for logs and developers. */
  readonly reason: string;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Faults kept of one reading; the rest is only counted, so that a hostile pack can't fill the memory. */
const MAX_FAULTS = 1000;
const MAX_PARAM = 200;

/** Gathers the faults of a whole pack while it is read. */
export class Faults {
  private readonly kept: PackFault[] = [];
  private count = 0;

  add(file: string, place: Place, path: string, code: PackFaultCode, params: PackFault['params'] = {}): void {
    this.count++;
    if (this.kept.length >= MAX_FAULTS) return;
    const short = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' && value.length > MAX_PARAM ? `${value.slice(0, MAX_PARAM)}…` : value,
      ]),
    );
    const facts = Object.values(short).join(', ');
    const reason = facts === '' ? PACK_FAULTS[code] : `${PACK_FAULTS[code]}: ${facts}`;
    this.kept.push({ file, ...place, path: path.slice(0, 1000), code, params: short, reason });
  }

  /** In the order of the files and lines. */
  all(): PackFault[] {
    return this.kept.sort(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
    );
  }

  /** How many were found beyond those kept. */
  more(): number {
    return this.count - this.kept.length;
  }

  none(): boolean {
    return this.count === 0;
  }
}
