import type { Language } from './language.js';
import type { RefusalCode } from './refusal.js';

/** What people read for each refusal: what happened and what they can do. The type makes a missing sentence an error. */
const MESSAGES: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  LINK_NOT_PROVEN: {
    de: 'Die Angaben konnten nicht bestätigt werden. Bitte prüfen Sie alle Nummern, oder fordern Sie einen Brief mit einem Code an.',
    'de-simple':
      'Die Angaben passen nicht zusammen. Bitte prüfen Sie die Nummern. Oder lassen Sie sich einen Brief mit einem Code schicken.',
    en: 'What you entered could not be confirmed. Please check all numbers, or ask for a letter with a code.',
  },
  TOO_MANY_ATTEMPTS: {
    de: 'Das waren zu viele Versuche. Bitte versuchen Sie es später noch einmal.',
    'de-simple': 'Sie haben es zu oft versucht. Bitte warten Sie und versuchen Sie es dann noch einmal.',
    en: 'There were too many attempts. Please try again later.',
  },
  TEXT_OUTDATED: {
    de: 'Der Text der Einwilligung hat sich geändert. Bitte lesen Sie die aktuelle Fassung und entscheiden Sie neu.',
    'de-simple': 'Es gibt einen neuen Text. Bitte lesen Sie den neuen Text. Entscheiden Sie dann noch einmal.',
    en: 'The text of this consent has changed. Please read the current version and decide again.',
  },
  READING_IMPLAUSIBLE: {
    de: 'Der Zählerstand weicht stark vom erwarteten ab. Bitte prüfen Sie ihn, oder sagen Sie uns, warum er stimmt.',
    'de-simple': 'Der Zählerstand ist ungewöhnlich. Bitte lesen Sie noch einmal ab. Oder sagen Sie uns den Grund.',
    en: 'The reading differs much from what is expected. Please check it, or tell us why it is right.',
  },
  READING_BELOW_LAST: {
    de: 'Der Zählerstand ist niedriger als der letzte. Bitte lesen Sie noch einmal ab.',
    'de-simple': 'Die Zahl ist kleiner als beim letzten Mal. Bitte lesen Sie noch einmal ab.',
    en: 'The reading is lower than the last one. Please read the meter again.',
  },
  REGISTER_MISSING: {
    de: 'Es fehlt der Stand eines Zählwerks. Bitte geben Sie alle Zählwerke dieses Zählers an.',
    'de-simple': 'Es fehlt eine Zahl. Bitte geben Sie alle Zahlen von diesem Zähler an.',
    en: 'The value of a register is missing. Please give all registers of this meter.',
  },
  NOT_A_NUMBER: {
    de: 'Das ist keine gültige Zahl. Bitte geben Sie nur Ziffern und höchstens ein Komma ein.',
    'de-simple': 'Das ist keine Zahl. Bitte geben Sie nur Ziffern ein.',
    en: 'This is not a valid number. Please enter digits and at most one decimal separator.',
  },
  TOO_MANY_DIGITS: {
    de: 'Die Zahl hat mehr Stellen vor dem Komma, als der Zähler anzeigt.',
    'de-simple': 'Die Zahl ist zu lang. Bitte prüfen Sie die Zahl.',
    en: 'The number has more digits before the decimal separator than the meter shows.',
  },
  TOO_MANY_DECIMALS: {
    de: 'Die Zahl hat zu viele Stellen nach dem Komma.',
    'de-simple': 'Nach dem Komma stehen zu viele Ziffern.',
    en: 'The number has too many decimal places.',
  },
  DATE_IN_FUTURE: {
    de: 'Das Datum liegt in der Zukunft.',
    'de-simple': 'Dieser Tag kommt erst noch. Bitte nehmen Sie heute oder einen Tag davor.',
    en: 'The date lies in the future.',
  },
  DATE_TOO_EARLY: {
    de: 'Das Datum ist zu früh. Bitte wählen Sie ein späteres.',
    'de-simple': 'Der Tag ist zu früh. Bitte nehmen Sie einen späteren Tag.',
    en: 'The date is too early. Please choose a later one.',
  },
  DATE_TOO_LATE: {
    de: 'Das Datum ist zu spät. Bitte wählen Sie ein früheres.',
    'de-simple': 'Der Tag ist zu spät. Bitte nehmen Sie einen früheren Tag.',
    en: 'The date is too late. Please choose an earlier one.',
  },
  AMOUNT_OUT_OF_BOUNDS: {
    de: 'Der Betrag liegt außerhalb der möglichen Grenzen.',
    'de-simple': 'Der Betrag ist zu klein oder zu groß. Bitte nehmen Sie einen anderen Betrag.',
    en: 'The amount is outside the possible bounds.',
  },
  CHANGED_MEANWHILE: {
    de: 'Der Stand hat sich inzwischen geändert. Bitte sehen Sie den neuen Stand an und entscheiden Sie noch einmal.',
    'de-simple':
      'In der Zwischenzeit hat sich etwas geändert. Bitte sehen Sie es an. Entscheiden Sie dann noch einmal.',
    en: 'Things have changed meanwhile. Please look at the new state and decide again.',
  },
  TEXT_MISSING: {
    de: 'Hier fehlt eine Angabe.',
    'de-simple': 'Hier fehlt etwas. Bitte schreiben Sie etwas hinein.',
    en: 'Something is missing here.',
  },
  TEXT_TOO_LONG: {
    de: 'Der Text ist zu lang. Bitte kürzen Sie ihn.',
    'de-simple': 'Der Text ist zu lang. Bitte schreiben Sie weniger.',
    en: 'The text is too long. Please shorten it.',
  },
  NOT_YOURS: {
    de: 'Das finden wir nicht unter Ihren Verträgen. Bitte prüfen Sie Ihre Auswahl.',
    'de-simple': 'Das gehört nicht zu Ihren Verträgen. Bitte prüfen Sie, was Sie ausgewählt haben.',
    en: 'We cannot find this among your contracts. Please check your choice.',
  },
  NOT_POSSIBLE: {
    de: 'Das ist derzeit nicht möglich. Wir helfen Ihnen gern im Kundencenter weiter.',
    'de-simple': 'Das geht im Moment nicht. Im Kundencenter helfen wir Ihnen gern.',
    en: 'This is not possible at present. The customer centre will gladly help you.',
  },
  MANDATE_NOT_PROVEN: {
    de: 'Der Kunde konnte so nicht bestätigt werden. Bitte prüfen Sie die Angaben oder wählen Sie einen anderen Nachweis.',
    'de-simple': 'Die Angaben passen nicht zusammen. Bitte prüfen Sie die Angaben.',
    en: 'The customer could not be confirmed this way. Please check the facts or choose another proof.',
  },
  SEARCH_TOO_WIDE: {
    de: 'Die Suche trifft auf zu viele Personen zu. Bitte geben Sie mehr an, etwa Straße, Postleitzahl oder Geburtsdatum.',
    'de-simple': 'Das passt auf zu viele Personen. Bitte geben Sie mehr an.',
    en: 'Too many people match. Please give more, such as street, postcode or date of birth.',
  },
  ALREADY_ENDING: {
    de: 'Dieser Vertrag endet bereits vorher oder am selben Tag.',
    'de-simple': 'Dieser Vertrag ist schon gekündigt. Er endet früher.',
    en: 'This contract already ends before that day or on it.',
  },
  WITHDRAWAL_OVER: {
    de: 'Die Frist für den Widerruf ist abgelaufen. Sie können den Vertrag stattdessen kündigen.',
    'de-simple': 'Die Zeit für den Widerruf ist vorbei. Sie können den Vertrag kündigen.',
    en: 'The period for withdrawal is over. You can give notice instead.',
  },
  ORDER_NOT_CONFIRMED: {
    de: 'Bitte bestätigen Sie mit „zahlungspflichtig bestellen“, dass Sie kostenpflichtig bestellen.',
    'de-simple': 'Die Bestellung kostet Geld. Bitte bestätigen Sie, dass Sie bestellen wollen.',
    en: 'Please confirm that you place an order with an obligation to pay.',
  },
  SUPPLY_POINT_UNKNOWN: {
    de: 'Diese Lieferstelle finden wir nicht. Bitte prüfen Sie die Nummer der Marktlokation.',
    'de-simple': 'Diese Nummer kennen wir nicht. Bitte prüfen Sie die Nummer. Sie steht auf der Rechnung.',
    en: 'We cannot find this supply point. Please check the number of the market location.',
  },
  PRODUCT_UNKNOWN: {
    de: 'Diesen Tarif gibt es nicht oder nicht für diese Lieferstelle.',
    'de-simple': 'Diesen Tarif gibt es hier nicht. Bitte nehmen Sie einen anderen Tarif.',
    en: 'This tariff does not exist, or not for this supply point.',
  },
  IBAN_INVALID: {
    de: 'Diese IBAN gibt es nicht. Bitte prüfen Sie sie Zeichen für Zeichen.',
    'de-simple': 'Die IBAN ist falsch. Bitte prüfen Sie die IBAN. Sie steht auf Ihrer Bankkarte.',
    en: 'This IBAN does not exist. Please check it character by character.',
  },
  IBAN_NOT_SEPA: {
    de: 'Von diesem Land aus ist keine SEPA-Lastschrift möglich. Bitte nennen Sie ein anderes Konto, oder überweisen Sie.',
    'de-simple': 'Aus diesem Land können wir kein Geld abbuchen. Bitte nehmen Sie ein anderes Konto.',
    en: 'SEPA direct debit is not possible from this country. Please name another account, or transfer the money.',
  },
  ALREADY_PAID: {
    de: 'Diese Rechnung ist schon bezahlt, oder die Zahlung ist unterwegs.',
    'de-simple': 'Diese Rechnung ist schon bezahlt. Sie müssen nichts mehr bezahlen.',
    en: 'This invoice has been paid already, or the payment is on its way.',
  },
  FORM_EXPIRED: {
    de: 'Zu lange gewartet: Bitte füllen Sie das Formular noch einmal aus.',
    'de-simple': 'Das hat zu lange gedauert. Bitte füllen Sie alles noch einmal aus.',
    en: 'That took too long. Please fill in the form again.',
  },
};

/** The sentence of a refusal in a language. */
export function refusalMessage(code: RefusalCode, language: Language): string {
  return MESSAGES[code][language];
}
