import { GraphQLScalarType, Kind } from 'graphql';
import { AppError, formatBerlin, parseCalendarDate, parseInstant, type CalendarDate, type Instant } from '#lib/kernel';

function parseDate(value: unknown): CalendarDate {
  const date = typeof value === 'string' ? parseCalendarDate(value) : undefined;
  if (date === undefined)
    throw new AppError('INVALID_INPUT', 'no such date', { reason: 'must be an existing day YYYY-MM-DD' });
  return date;
}

function parseDateTime(value: unknown): Instant {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  if (instant === undefined) {
    throw new AppError('INVALID_INPUT', 'no such instant', {
      reason: 'must be RFC 3339 with offset, e.g. 2026-11-22T18:00:00+01:00',
    });
  }
  return instant;
}

export const DateScalar = new GraphQLScalarType<CalendarDate, string>({
  name: 'Date',
  description: 'Kalendertag JJJJ-MM-TT. Zeiträume schließen "until" ein; ein offenes Ende ist null.',
  serialize: (value) => String(value),
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : undefined),
});

export const DateTimeScalar = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'Zeitpunkt nach RFC 3339 mit der Abweichung, die in Berlin zu diesem Zeitpunkt gilt.',
  serialize: (value) => formatBerlin(value as Instant),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});
