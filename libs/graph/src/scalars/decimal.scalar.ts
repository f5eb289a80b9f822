import { GraphQLScalarType, Kind } from 'graphql';
import { AppError, parseDecimal, type DecimalText } from '#lib/kernel';

/** Digits kept from input; more are refused rather than rounded. */
const LARGEST_SCALE = 4;

function parse(value: unknown): DecimalText {
  const text = typeof value === 'string' ? value : '';
  const scale = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  const decimal = scale > LARGEST_SCALE ? undefined : parseDecimal(text, scale);
  if (decimal === undefined) {
    throw new AppError('INVALID_INPUT', 'a Decimal is a JSON string such as "49.00"', {
      reason: `must be a string of digits with at most ${LARGEST_SCALE} decimals`,
    });
  }
  return decimal;
}

export const DecimalScalar = new GraphQLScalarType<DecimalText, string>({
  name: 'Decimal',
  description: 'Dezimalzahl als Zeichenkette mit fester Stellenzahl, z. B. "49.00". Eine JSON-Zahl wird abgelehnt.',
  serialize: (value) => String(value),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});
