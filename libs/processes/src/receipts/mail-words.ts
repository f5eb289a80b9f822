import { formatBerlin, type Instant, type Language } from '#lib/kernel';
import type { MailOccasion } from '../tables/process-tables.js';

/** What a mail is about. Nothing in it was typed by anyone, except for the statement of a public declaration. */
export interface MailFacts {
  readonly occasion: MailOccasion;
  readonly language: Language;
  /** Of the command or flow, in that language. */
  readonly title: string;
  readonly receiptNumber: string;
  readonly acceptedAt: Instant;
  /** What a public declaration says, line by line: it is confirmed with its content (§§ 312k (4), 356a BGB). */
  readonly statement?: readonly string[];
}

interface Words {
  readonly subject: string;
  readonly lines: readonly string[];
}

const WORDS: Readonly<Record<MailOccasion, Readonly<Record<Language, Words>>>> = {
  receipt: {
    de: {
      subject: 'Eingangsbestätigung',
      lines: [
        'Ihr Auftrag ist bei uns eingegangen.',
        'Die angehängte Datei ist unsere signierte Bestätigung. Wir schreiben Ihnen, sobald es etwas Neues gibt.',
      ],
    },
    'de-simple': {
      subject: 'Ihr Auftrag ist da',
      lines: ['Wir haben Ihren Auftrag bekommen.', 'Die Datei in dieser E-Mail ist der Beweis. Heben Sie sie auf.'],
    },
    en: {
      subject: 'We have received your request',
      lines: [
        'Your request has arrived.',
        'The attached file is our signed confirmation. We will write as soon as there is news.',
      ],
    },
  },
  declaration: {
    de: {
      subject: 'Eingangsbestätigung',
      lines: [
        'Ihre Erklärung ist bei uns eingegangen.',
        'Was daraus wird, teilen wir an der Anschrift mit, die zum Vertrag gehört. Bewahren Sie diese Bestätigung auf.',
      ],
    },
    'de-simple': {
      subject: 'Ihre Erklärung ist da',
      lines: [
        'Wir haben Ihre Erklärung bekommen.',
        'Wir schreiben an die Adresse, die im Vertrag steht. Heben Sie diese Nachricht auf.',
      ],
    },
    en: {
      subject: 'We have received your declaration',
      lines: [
        'Your declaration has arrived.',
        'We will write to the address of the contract about what follows. Please keep this confirmation.',
      ],
    },
  },
  question: {
    de: {
      subject: 'Wir haben eine Frage',
      lines: [
        'Zu Ihrem Auftrag gibt es eine Frage, die nur Sie beantworten können.',
        'Bitte melden Sie sich an und sehen Sie unter "Vorgänge" nach, oder rufen Sie das Kundencenter an.',
      ],
    },
    'de-simple': {
      subject: 'Wir haben eine Frage',
      lines: ['Wir haben eine Frage zu Ihrem Auftrag.', 'Bitte melden Sie sich an. Oder rufen Sie uns an.'],
    },
    en: {
      subject: 'We have a question',
      lines: [
        'There is a question about your request that only you can answer.',
        'Please sign in and look under "processes", or call the customer centre.',
      ],
    },
  },
  done: {
    de: { subject: 'Erledigt', lines: ['Ihr Auftrag ist erledigt.'] },
    'de-simple': { subject: 'Ihr Auftrag ist fertig', lines: ['Ihr Auftrag ist fertig.'] },
    en: { subject: 'Done', lines: ['Your request has been carried out.'] },
  },
  refused: {
    de: {
      subject: 'Nicht ausgeführt',
      lines: [
        'Ihr Auftrag konnte nicht ausgeführt werden.',
        'Den Grund lesen Sie unter "Vorgänge", wenn Sie sich anmelden. Das Kundencenter hilft Ihnen gern.',
      ],
    },
    'de-simple': {
      subject: 'Ihr Auftrag geht nicht',
      lines: ['Ihr Auftrag hat nicht geklappt.', 'Im Kundencenter sagen wir Ihnen den Grund und helfen Ihnen.'],
    },
    en: {
      subject: 'Not carried out',
      lines: [
        'Your request could not be carried out.',
        'You find the reason under "processes" when you sign in. The customer centre will gladly help.',
      ],
    },
  },
  cancelled: {
    de: { subject: 'Zurückgezogen', lines: ['Ihr Auftrag wurde zurückgezogen. Es ist nichts geschehen.'] },
    'de-simple': { subject: 'Ihr Auftrag ist gestoppt', lines: ['Ihr Auftrag ist gestoppt. Es ist nichts passiert.'] },
    en: { subject: 'Cancelled', lines: ['Your request was cancelled. Nothing has been done.'] },
  },
};

const FRAME: Readonly<Record<Language, { number: string; accepted: string; greeting: string; end: string }>> = {
  de: { number: 'Vorgangsnummer', accepted: 'Eingang', greeting: 'Guten Tag,', end: 'Ihr Kundencenter' },
  'de-simple': { number: 'Nummer', accepted: 'Tag und Uhrzeit', greeting: 'Guten Tag,', end: 'Ihr Kundencenter' },
  en: { number: 'Reference', accepted: 'Received', greeting: 'Hello,', end: 'Your customer centre' },
};

/** Subject and text of a mail. They name what it is about, and no contract, amount or value beside a statement. */
export function wordsOf({ occasion, language, title, receiptNumber, acceptedAt, statement = [] }: MailFacts): {
  readonly subject: string;
  readonly text: string;
} {
  const { subject, lines } = WORDS[occasion][language];
  const { number, accepted, greeting, end } = FRAME[language];
  const facts = [title, `${number}: ${receiptNumber}`, `${accepted}: ${berlinTime(acceptedAt)}`];
  return {
    subject: `${subject}: ${title} (${receiptNumber})`,
    text: [greeting, ...lines, ...(statement.length > 0 ? [statement.join('\n')] : []), facts.join('\n'), end].join(
      '\n\n',
    ),
  };
}

/** `22.11.2026, 14:05` on Berlin's clocks. */
function berlinTime(at: Instant): string {
  const text = formatBerlin(at);
  const [year, month, day] = text.slice(0, 10).split('-');
  return `${day}.${month}.${year}, ${text.slice(11, 16)}`;
}
