import { berlinInstant, calendarDate, parseDecimal, parseInstant, type DecimalText, type Instant } from '#lib/kernel';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import { malformed } from '../wire/wire-object.js';
import { isOjpNamespace } from './ojp-names.js';

const LONGEST_TEXT = 10_000;
const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d{1,9})?$/;
const DURATION =
  /^P(?:0{1,4}Y)?(?:0{1,4}M)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d{1,9})?S)?)?$/;

/**
 * Reads the children of one element strictly. Where versions name a child differently, all its names are given and the
 * first child with any of them counts. Paths are those of local names.
 */
export class OjpElement {
  constructor(
    private readonly element: XmlElement,
    readonly path: string,
  ) {}

  /** Local name. */
  get name(): string {
    return this.element.name;
  }

  /** Own text, trimmed. */
  get content(): string {
    return this.element.text.trim();
  }

  get children(): readonly OjpElement[] {
    return this.element.children
      .filter(({ namespace }) => isOjpNamespace(namespace))
      .map((child) => new OjpElement(child, this.at(child.name)));
  }

  attribute(namespace: string | null, name: string): string | null {
    return attributeOf(this.element, namespace, name) ?? null;
  }

  find(...names: readonly string[]): OjpElement | null {
    return this.list(...names)[0] ?? null;
  }

  /** @throws AppError UPSTREAM_MALFORMED when it is missing */
  get(...names: readonly string[]): OjpElement {
    const child = this.find(...names);
    if (child === null) throw malformed(this.at(names[0] ?? ''), 'is missing');
    return child;
  }

  list(...names: readonly string[]): readonly OjpElement[] {
    const found = this.element.children.filter(
      ({ name, namespace }) => names.includes(name) && isOjpNamespace(namespace),
    );
    const path = (name: string, index: number): string => (found.length > 1 ? `${name}[${index}]` : name);
    return found.map((child, index) => new OjpElement(child, this.at(path(child.name, index))));
  }

  /** Trimmed text of at least one character. */
  text(...names: readonly string[]): string {
    const child = this.get(...names);
    if (child.content === '') throw malformed(child.path, 'is empty');
    if (child.content.length > LONGEST_TEXT) throw malformed(child.path, `is longer than ${LONGEST_TEXT} characters`);
    return child.content;
  }

  /** Missing and empty are null. */
  optionalText(...names: readonly string[]): string | null {
    const child = this.find(...names);
    return child === null || child.content === '' ? null : this.text(...names);
  }

  /** `xs:dateTime`; without an offset it is the time in Berlin. */
  instant(...names: readonly string[]): Instant {
    const text = this.text(...names);
    const instant = parseInstant(text) ?? localInstant(text);
    if (instant === undefined) throw malformed(this.get(...names).path, 'is not a date and time');
    return instant;
  }

  optionalInstant(...names: readonly string[]): Instant | null {
    return this.optionalText(...names) === null ? null : this.instant(...names);
  }

  /** `xs:boolean`; `absent` when it is missing. */
  flag(name: string, absent = false): boolean {
    const text = this.optionalText(name);
    if (text === null) return absent;
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw malformed(this.at(name), 'is not true or false');
  }

  optionalWhole(...names: readonly string[]): number | null {
    const text = this.optionalText(...names);
    if (text === null) return null;
    if (!/^\d{1,9}$/.test(text)) throw malformed(this.get(...names).path, 'is not a whole number');
    return Number(text);
  }

  /** `xs:decimal` with two decimals. */
  optionalDecimal(...names: readonly string[]): DecimalText | null {
    const text = this.optionalText(...names);
    if (text === null) return null;
    const decimal = parseDecimal(text);
    if (decimal === undefined) throw malformed(this.get(...names).path, 'is not a decimal number');
    return decimal;
  }

  /** `xs:duration` in seconds. Years and months have no fixed length and must be zero. */
  optionalSeconds(...names: readonly string[]): number | null {
    const text = this.optionalText(...names);
    if (text === null) return null;
    const parts = DURATION.exec(text);
    if (parts === null)
      throw malformed(this.get(...names).path, 'is not a duration in days, hours, minutes and seconds');
    const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
      number,
      number,
      number,
      number,
    ];
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  }

  at(name: string): string {
    return `${this.path}.${name}`;
  }
}

function localInstant(text: string): Instant | undefined {
  const [year, month, day, hour, minute, second] = (LOCAL_TIME.exec(text) ?? []).slice(1).map(Number);
  const date = calendarDate(year ?? 0, month ?? 0, day ?? 0);
  return date === undefined ? undefined : berlinInstant(date, hour ?? 0, minute ?? 0, second ?? 0);
}
