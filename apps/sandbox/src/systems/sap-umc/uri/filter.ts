import { cellOf, type Cell, type Row } from '../books/row.js';
import { compareDecimals } from '../books/decimal-text.js';
import { type EntityType, type ServiceModel, typeNamed } from '../model/service-model.js';
import { badRequest, unknownProperty, wrongOperand } from '../sap-error.js';
import { type Literal, literalOf, literalTypeFor } from './literal.js';
import { type Token, TokenReader } from './tokens.js';

type Condition = (row: Row) => boolean;

/** A `$filter` that was read against a type. */
export interface Filter {
  readonly matches: Condition;
  /** Properties that the whole filter demands to equal a text, by name: they tell whose rows are wanted. */
  readonly demanded: ReadonlyMap<string, string>;
}

interface Operand {
  readonly type: Literal['type'];
  readonly read: (row: Row) => Cell;
  readonly property?: string;
  readonly constant?: string;
}

const DEEPEST = 30;
const COMPARISONS: Readonly<Record<string, (difference: number) => boolean>> = {
  eq: (difference) => difference === 0,
  ne: (difference) => difference !== 0,
  gt: (difference) => difference > 0,
  ge: (difference) => difference >= 0,
  lt: (difference) => difference < 0,
  le: (difference) => difference <= 0,
};
const TEXT_TESTS: Readonly<Record<string, (first: string, second: string) => boolean>> = {
  substringof: (part, text) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};
const TEXT_CHANGES: Readonly<Record<string, (text: string) => string>> = {
  tolower: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
};

/** @throws SapError 400 for a syntax error, an unknown property or an operand of the wrong type */
export function filterOf(text: string, type: EntityType, service: ServiceModel): Filter {
  return new FilterReader(text, type, service).whole();
}

/** Recursive descent over `or`, `and`, `not`, parentheses, comparisons and functions. */
class FilterReader {
  private readonly reader: TokenReader;
  private readonly demanded = new Map<string, string>();
  /** How many `or` and `not` surround the present place: below them nothing is demanded. */
  private optional = 0;
  private depth = 0;

  constructor(
    text: string,
    private readonly type: EntityType,
    private readonly service: ServiceModel,
  ) {
    this.reader = new TokenReader(text);
  }

  whole(): Filter {
    const matches = this.either();
    if (!this.reader.atEnd) throw syntaxError(this.reader.peek);
    return { matches, demanded: this.demanded };
  }

  private either(): Condition {
    const before = new Map(this.demanded);
    let condition = this.both();
    while (this.reader.takeIf('or')) {
      this.demanded.clear();
      before.forEach((value, name) => this.demanded.set(name, value));
      const [left, right] = [condition, this.optionally(() => this.both())];
      condition = (row) => left(row) || right(row);
    }
    return condition;
  }

  private both(): Condition {
    let condition = this.single();
    while (this.reader.takeIf('and')) {
      const [left, right] = [condition, this.single()];
      condition = (row) => left(row) && right(row);
    }
    return condition;
  }

  private single(): Condition {
    this.depth += 1;
    if (this.depth > DEEPEST) throw badRequest('Der Filter ist zu tief verschachtelt');
    const condition = this.negatedOrGrouped() ?? this.textTest() ?? this.comparison();
    this.depth -= 1;
    return condition;
  }

  private negatedOrGrouped(): Condition | undefined {
    if (this.reader.takeIf('not')) {
      const condition = this.optionally(() => this.single());
      return (row) => !condition(row);
    }
    if (!this.reader.takeIf('(')) return undefined;
    const condition = this.either();
    this.reader.expect(')');
    return condition;
  }

  /** A function that is true or false, alone or compared with a flag as in `startswith(…) eq true`. */
  private textTest(): Condition | undefined {
    const name = this.reader.peek;
    const test = name.kind === 'name' ? own(TEXT_TESTS, name.text) : undefined;
    if (test === undefined) return undefined;
    this.reader.take();
    const [first, second] = this.texts(name, 2) as [Operand, Operand];
    const condition: Condition = (row) => test(String(first.read(row)), String(second.read(row)));
    if (!this.reader.takeIf('eq')) return condition;
    const wanted = literalOf(this.reader.take());
    if (wanted?.type !== 'boolean') throw wrongOperand('eq', name.position);
    return (row) => condition(row) === wanted.value;
  }

  private comparison(): Condition {
    const left = this.operand();
    const operator = this.reader.take();
    const compare = operator.kind === 'name' ? own(COMPARISONS, operator.text) : undefined;
    if (compare === undefined) throw syntaxError(operator);
    const right = this.operand();
    if (left.type !== right.type && left.type !== 'null' && right.type !== 'null') {
      throw wrongOperand(operator.text, operator.position);
    }
    if (operator.text === 'eq') this.demand(left, right);
    return (row) => holds(left.type, left.read(row), right.read(row), operator.text, compare);
  }

  private demand(left: Operand, right: Operand): void {
    const [property, constant] = [left.property ?? right.property, left.constant ?? right.constant];
    if (this.optional === 0 && property !== undefined && constant !== undefined) this.demanded.set(property, constant);
  }

  private operand(): Operand {
    const token = this.reader.take();
    const literal = literalOf(token);
    if (literal !== undefined) {
      const constant = literal.type === 'string' ? { constant: String(literal.value) } : {};
      return { type: literal.type, read: () => literal.value, ...constant };
    }
    if (token.kind !== 'name') throw syntaxError(token);
    const change = own(TEXT_CHANGES, token.text);
    if (change === undefined) return this.property(token.text);
    const [text] = this.texts(token, 1) as [Operand];
    return { type: 'string', read: (row) => change(String(text.read(row))) };
  }

  /** A property, also inside a complex one: `AddressInfo/City`. */
  private property(name: string): Operand {
    const property = this.type.properties.get(name);
    if (property === undefined) throw unknownProperty(name, this.type.name);
    if (typeof property.type !== 'string') return this.propertyInside(name, property.type.complex);
    return { type: literalTypeFor(property) ?? 'null', read: (row) => cellOf(property, row), property: name };
  }

  private propertyInside(outer: string, complex: string): Operand {
    this.reader.expect('/');
    const name = this.reader.name();
    const property = typeNamed(this.service, complex).properties.get(name);
    if (property === undefined) throw unknownProperty(name, complex);
    return { type: literalTypeFor(property) ?? 'null', read: (row) => cellOf(property, row[outer] as Row) };
  }

  private texts(name: Token, count: number): Operand[] {
    this.reader.expect('(');
    const operands = [this.operand()];
    while (operands.length < count) {
      this.reader.expect(',');
      operands.push(this.operand());
    }
    this.reader.expect(')');
    if (operands.some(({ type }) => type !== 'string')) throw wrongOperand(name.text, name.position);
    return operands;
  }

  private optionally<T>(read: () => T): T {
    this.optional += 1;
    const result = read();
    this.optional -= 1;
    return result;
  }
}

function holds(
  type: Literal['type'],
  left: Cell,
  right: Cell,
  operator: string,
  compare: (difference: number) => boolean,
): boolean {
  if (left === null || right === null) return operator === 'ne' ? left !== right : operator === 'eq' && left === right;
  if (type === 'number') return compare(compareDecimals(String(left), String(right)));
  const [a, b] = [String(left), String(right)];
  return compare(a < b ? -1 : a > b ? 1 : 0);
}

function syntaxError(token: Token): Error {
  return badRequest(`Syntaxfehler an Position ${token.position}`);
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
