import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isCivilDate } from '../../common';

function asDay(value: unknown): string {
  if (isCivilDate(value) && value >= EARLIEST_DAY) return value;
  throw new GraphQLError('A Date is a day that exists, as YYYY-MM-DD.', {
    extensions: { code: 'INVALID_INPUT' },
  });
}
/** There is no year 0. */
const EARLIEST_DAY = '0001';

/** A civil day in the country's own calendar day, never an instant (ISO 8601 §5.2.2.1, extended format). */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: "A day of the country's own calendar, YYYY-MM-DD (ISO 8601). It has no time zone.",
  serialize: asDay,
  parseValue: asDay,
  parseLiteral: node => asDay(node.kind === Kind.STRING ? node.value : null),
});

function asInstant(value: unknown): Date {
  const date =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && /(Z|[+-]\d{2}:\d{2})$/.test(value)
      ? new Date(value)
      : null;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new GraphQLError('A DateTime is an instant with its offset, e.g. 2026-01-31T08:00:00Z.', {
    extensions: { code: 'INVALID_INPUT' },
  });
}

/** From callers: with room before and after it, so that what is reckoned from it still has a year of four digits. */
function asCallersInstant(value: unknown): Date {
  const instant = asInstant(value);
  if (instant >= EARLIEST && instant < LATEST) return instant;
  throw new GraphQLError('A DateTime is between the years 1000 and 9000.', {
    extensions: { code: 'INVALID_INPUT' },
  });
}
const EARLIEST = new Date('1000-01-01T00:00:00Z');
const LATEST = new Date('9000-01-01T00:00:00Z');

/** An instant (RFC 3339). */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'An instant with its offset from UTC (RFC 3339), e.g. 2026-01-31T08:00:00Z; of the years 1000 to 8999.',
  serialize: value => (value instanceof Date ? value : asInstant(value)).toISOString(),
  parseValue: asCallersInstant,
  parseLiteral: node => asCallersInstant(node.kind === Kind.STRING ? node.value : null),
});
