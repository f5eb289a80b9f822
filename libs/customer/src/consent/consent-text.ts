import type { Language } from '#lib/kernel';
import type { Purpose } from './purpose.js';

/**
 * A text under which consents are declared: who may use what for which purpose, that it is voluntary, and how it is
 * withdrawn (Art. 7 GDPR). A version that was shown once is never changed nor removed: declarations point to it.
 */
export interface ConsentText {
  /** Year, month and number of the version within it, e.g. `2026-11-1`. */
  readonly version: string;
  readonly texts: Readonly<Record<Language, string>>;
}

/** All versions of a purpose, the latest first. */
type Versions = readonly [ConsentText, ...ConsentText[]];

const TEXTS: Readonly<Record<Purpose, Versions>> = {
  JOINT_PORTAL: [
    {
      version: '2026-11-1',
      texts: {
        de:
          'Ich willige ein, dass die ausgewählten Gesellschaften meine Verträge, Rechnungen, Tickets und Karten in ' +
          'meinem Kundenkonto gemeinsam anzeigen. Dazu werden diese Angaben bei jeder Gesellschaft abgerufen und mir ' +
          'zusammen gezeigt; keine Gesellschaft erhält dadurch Angaben einer anderen. Die Einwilligung ist ' +
          'freiwillig und keine Bedingung für einen Vertrag. Ich kann sie jederzeit in meinem Kundenkonto oder im ' +
          'Kundencenter widerrufen; was bis dahin geschehen ist, bleibt rechtmäßig.',
        'de-simple':
          'Ich bin einverstanden: Die ausgewählten Firmen zeigen meine Daten zusammen in meinem Kunden-Konto. Das ' +
          'sind zum Beispiel meine Verträge, Rechnungen und Karten. Nur ich sehe alles zusammen. Keine Firma bekommt ' +
          'dadurch Daten von einer anderen Firma. Ich muss das nicht erlauben. Meine Verträge gelten auch ohne diese ' +
          'Erlaubnis. Ich kann die Erlaubnis jederzeit zurücknehmen: im Kunden-Konto oder im Kunden-Center.',
        en:
          'I agree that the companies I have chosen show my contracts, invoices, tickets and cards together in my ' +
          'customer account. For this they are read from each company and shown to me side by side; no company ' +
          'receives data of another one by it. My consent is voluntary and no condition of any contract. I may ' +
          'withdraw it at any time in my customer account or at the customer centre; what was done until then ' +
          'remains lawful.',
      },
    },
  ],
  COUNTER_ADVICE: [
    {
      version: '2026-11-1',
      texts: {
        de:
          'Ich willige ein, dass Mitarbeitende einer der ausgewählten Gesellschaften auch meine Angaben bei den ' +
          'anderen sehen, während sie mich im Kundencenter oder am Telefon beraten. Sie sehen nur, was für mein ' +
          'Anliegen nötig ist, und jeder Zugriff wird protokolliert; ich kann das Protokoll einsehen. Die ' +
          'Einwilligung ist freiwillig; ohne sie berät mich jede Gesellschaft nur zu ihren eigenen Leistungen. Ich ' +
          'kann sie jederzeit in meinem Kundenkonto oder im Kundencenter widerrufen; was bis dahin geschehen ist, ' +
          'bleibt rechtmäßig.',
        'de-simple':
          'Ich bin einverstanden: Wer mich im Kunden-Center oder am Telefon berät, darf meine Daten bei allen ' +
          'ausgewählten Firmen sehen. Aber nur das, was für meine Frage wichtig ist. Wir schreiben jedes Mal auf, ' +
          'wer etwas angesehen hat. Ich darf das lesen. Ich muss das nicht erlauben. Dann berät mich jede Firma nur ' +
          'zu ihren eigenen Verträgen. Ich kann die Erlaubnis jederzeit zurücknehmen: im Kunden-Konto oder im ' +
          'Kunden-Center.',
        en:
          'I agree that staff of each company I have chosen also see my data at the others while they advise me at ' +
          'the customer centre or by telephone. They see only what my request needs, and each access is recorded; I ' +
          'may read that record. My consent is voluntary; without it each company advises me on its own services ' +
          'only. I may withdraw it at any time in my customer account or at the customer centre; what was done until ' +
          'then remains lawful.',
      },
    },
  ],
  ENTITLEMENT_CHECK: [
    {
      version: '2026-11-1',
      texts: {
        de:
          'Ich willige ein, dass die ausgewählten Gesellschaften einander fragen, ob mir eine Vergünstigung zusteht, ' +
          'zum Beispiel ein Preis nur für Kundinnen und Kunden einer anderen Gesellschaft. Übermittelt wird allein ' +
          'die Antwort Ja oder Nein, nie ein Vertrag, ein Verbrauch oder ein Betrag; jede Anfrage wird ' +
          'protokolliert. Die Einwilligung ist freiwillig; ohne sie kann ich die Vergünstigung mit Unterlagen ' +
          'nachweisen. Ich kann sie jederzeit in meinem Kundenkonto oder im Kundencenter widerrufen; was bis dahin ' +
          'geschehen ist, bleibt rechtmäßig.',
        'de-simple':
          'Ich bin einverstanden: Die ausgewählten Firmen dürfen einander fragen, ob ich einen günstigeren Preis ' +
          'bekomme. Die Antwort ist nur Ja oder Nein. Niemand gibt dabei meinen Vertrag oder meine Rechnungen ' +
          'weiter. Wir schreiben jede Frage auf. Ich muss das nicht erlauben. Ich kann auch Papiere zeigen. Ich kann ' +
          'die Erlaubnis jederzeit zurücknehmen: im Kunden-Konto oder im Kunden-Center.',
        en:
          'I agree that the companies I have chosen ask each other whether I am entitled to a reduction, for ' +
          'example a price only for customers of another company. Nothing but the answer yes or no is passed on, ' +
          'never a contract, consumption or amount; each question is recorded. My consent is voluntary; without it ' +
          'I can prove the reduction by papers. I may withdraw it at any time in my customer account or at the ' +
          'customer centre; what was done until then remains lawful.',
      },
    },
  ],
  MARKETING: [
    {
      version: '2026-11-1',
      texts: {
        de:
          'Ich willige ein, dass die ausgewählten Gesellschaften einander meinen Namen, meine Anschrift und die Art ' +
          'meiner Verträge mitteilen, um mir passende Angebote zu machen. Verbrauchs- und Netzdaten gehören nicht ' +
          'dazu, und an andere Unternehmen wird nichts weitergegeben. Die Einwilligung ist freiwillig und keine ' +
          'Bedingung für einen Vertrag. Ich kann sie jederzeit in meinem Kundenkonto oder im Kundencenter ' +
          'widerrufen; was bis dahin geschehen ist, bleibt rechtmäßig.',
        'de-simple':
          'Ich bin einverstanden: Die ausgewählten Firmen dürfen einander meinen Namen und meine Adresse sagen, und ' +
          'welche Art von Verträgen ich habe. Dann können sie mir passende Angebote machen. Sie sagen einander ' +
          'nicht, wie viel ich verbrauche. Andere Firmen bekommen nichts. Ich muss das nicht erlauben. Ich kann die ' +
          'Erlaubnis jederzeit zurücknehmen: im Kunden-Konto oder im Kunden-Center.',
        en:
          'I agree that the companies I have chosen tell each other my name, my address and the kind of contracts I ' +
          'have, in order to make me suitable offers. Data on consumption and of the grid are not part of this, and ' +
          'nothing is passed on to other businesses. My consent is voluntary and no condition of any contract. I ' +
          'may withdraw it at any time in my customer account or at the customer centre; what was done until then ' +
          'remains lawful.',
      },
    },
  ],
};

/** The text under which a consent for the purpose is declared now. */
export function currentText(purpose: Purpose): ConsentText {
  return TEXTS[purpose][0];
}

/** Every text of the purpose there has been, the latest first. */
export function listTexts(purpose: Purpose): readonly ConsentText[] {
  return TEXTS[purpose];
}
