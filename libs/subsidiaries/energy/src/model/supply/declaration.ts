import type { CalendarDate, Language } from '#lib/kernel';
import type { NoticeKind } from './notice.js';

/** Who declares, and about which contract, as typed into a form that anyone may send. */
export type Declarant = {
  readonly name: string;
  /** Number of the contract, or whatever else names it. */
  readonly contract: string;
};

/** A cancellation without signing in (§ 312k (2) BGB names what the form asks for). */
export type Cancellation = Declarant & {
  readonly kind: NoticeKind;
  readonly reason: string | null;
  /** Null: as soon as possible, which is what counts in doubt (§ 312k (5) BGB). */
  readonly until: CalendarDate | null;
};

/** SAP's contract numbers have ten digits and are written without their leading zeros, too. */
const NUMBER = /^\d{1,10}$/;
const LONGEST_NUMBER = 10;

/** The contract number that was typed, as SAP writes it; undefined where it is something else: then a person looks. */
export function typedContractNumber({ contract }: Declarant): string | undefined {
  const digits = contract.replace(/[\s./-]/g, '');
  return NUMBER.test(digits) ? digits.padStart(LONGEST_NUMBER, '0') : undefined;
}

/**
 * Whether the declarant bears the name of the contract: every part of it stands in what was typed, in any order and
 * spelling of umlauts; titles and further given names beside it do not matter.
 */
export function bearsName({ name }: Declarant, names: readonly string[]): boolean {
  const typed = new Set(partsOf(name));
  const parts = names.flatMap(partsOf);
  return parts.length > 0 && parts.every((part) => typed.has(part));
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

function partsOf(name: string): readonly string[] {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter]!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  return plain.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
}

type Words = Readonly<Record<Language, string>>;

const KINDS: Readonly<Record<NoticeKind, Words>> = {
  ORDINARY: { de: 'ordentliche Kündigung', 'de-simple': 'Kündigung', en: 'ordinary notice' },
  RELOCATION: {
    de: 'außerordentliche Kündigung wegen Umzugs',
    'de-simple': 'Kündigung wegen Umzug',
    en: 'extraordinary notice because of moving',
  },
  PRICE_CHANGE: {
    de: 'außerordentliche Kündigung wegen Preisänderung',
    'de-simple': 'Kündigung, weil der Preis anders wird',
    en: 'extraordinary notice because of a change of price',
  },
  GOOD_CAUSE: {
    de: 'außerordentliche Kündigung aus wichtigem Grund',
    'de-simple': 'Kündigung aus wichtigem Grund',
    en: 'extraordinary notice for good cause',
  },
};

const LABELS = {
  kind: { de: 'Erklärung', 'de-simple': 'Was', en: 'Declaration' },
  name: { de: 'Name', 'de-simple': 'Name', en: 'Name' },
  contract: { de: 'Vertrag', 'de-simple': 'Vertrag', en: 'Contract' },
  until: { de: 'Ende', 'de-simple': 'Ende', en: 'End' },
  reason: { de: 'Grund', 'de-simple': 'Grund', en: 'Reason' },
} as const satisfies Readonly<Record<string, Words>>;

const SOON: Words = {
  de: 'zum nächstmöglichen Zeitpunkt',
  'de-simple': 'so früh wie möglich',
  en: 'as soon as possible',
};
const WITHDRAWAL: Words = { de: 'Widerruf', 'de-simple': 'Widerruf', en: 'withdrawal' };

/** What a cancellation says, line by line (§ 312k (4) BGB: content, and the end that is declared). */
export function cancellationStatement(form: Cancellation, language: Language): readonly string[] {
  const { kind, until, reason } = form;
  return [
    line(LABELS.kind, KINDS[kind][language], language),
    ...declarantLines(form, language),
    line(LABELS.until, until === null ? SOON[language] : germanDay(until), language),
    ...(reason === null ? [] : [line(LABELS.reason, reason, language)]),
  ];
}

/** What a withdrawal says, line by line (§ 356a BGB). */
export function withdrawalStatement(form: Declarant, language: Language): readonly string[] {
  return [line(LABELS.kind, WITHDRAWAL[language], language), ...declarantLines(form, language)];
}

function declarantLines({ name, contract }: Declarant, language: Language): readonly string[] {
  return [line(LABELS.name, name, language), line(LABELS.contract, contract, language)];
}

function line(label: Words, value: string, language: Language): string {
  return `${label[language]}: ${value}`;
}

function germanDay(day: CalendarDate): string {
  const [year, month, number] = day.split('-');
  return `${number}.${month}.${year}`;
}
