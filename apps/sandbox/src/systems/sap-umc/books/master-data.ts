import { INTERACTION_CATEGORIES } from './interaction-rows.js';
import type { Row } from './row.js';

const ACCOUNT_TITLES: readonly Row[] = [
  { AccountTypeID: '1', TitleID: '0001', Description: 'Frau' },
  { AccountTypeID: '1', TitleID: '0002', Description: 'Herr' },
];

/** Customising of the system, the same for everybody, by entity type. Division 07 is the customer's own. */
export const MASTER_DATA: Readonly<Record<string, readonly Row[]>> = {
  AccountTitle: ACCOUNT_TITLES,
  Division: described('DivisionID', {
    '00': 'Sonstige',
    '01': 'Strom',
    '02': 'Gas',
    '03': 'Wasser',
    '04': 'Abwasser',
    '06': 'Abfall',
    '07': 'Fernwärme',
  }),
  BudgetBillingCycle: described('BudgetBillingCycleID', {
    '01': 'Monatlich',
    '02': 'Zweimonatlich',
    '03': 'Vierteljährlich',
  }),
  PaymentStatus: described('PaymentStatusID', { '2': 'Zur Abbuchung freigegeben', '9': 'Ausgeglichen' }),
  ConsumptionPeriodType: described('ConsumptionPeriodTypeID', { BC: 'Abrechnungszeitraum' }),
  PaymentMethod: [
    { CountryID: 'DE', PaymentMethodID: 'E', Description: 'SEPA-Lastschrift' },
    { CountryID: 'DE', PaymentMethodID: 'U', Description: 'Überweisung' },
  ],
  PremiseType: described('PremiseTypeID', { '0001': 'Einfamilienhaus', '0002': 'Wohnung', '0003': 'Gewerbeeinheit' }),
  RegisterType: described('RegisterTypeID', { '01': 'Hochtarif', '02': 'Niedertarif' }),
  MeterReadingReason: described('MeterReadingReasonID', {
    '01': 'Turnusablesung',
    '02': 'Zwischenablesung mit Abrechnung',
    '03': 'Schlussablesung bei Auszug',
    '06': 'Ablesung bei Einzug',
    '09': 'Zwischenablesung ohne Abrechnung',
    '10': 'Kontrollablesung',
    '12': 'Ablesung bei Ausbau',
    '13': 'Ablesung bei Sperrung',
    '18': 'Ablesung bei Wiederinbetriebnahme',
    '21': 'Ablesung bei Einbau, abrechnungstechnisch',
    '22': 'Ablesung bei Ausbau, abrechnungstechnisch',
  }),
  MeterReadingCategory: described('MeterReadingCategoryID', {
    '01': 'Ablesung durch das Versorgungsunternehmen',
    '02': 'Ablesung durch den Kunden',
    '03': 'Maschinelle Schätzung',
  }),
  MeterReadingStatus: described('MeterReadingStatusID', {
    '0': 'Ableseauftrag',
    '1': 'Abrechenbar',
    '2': 'Maschinell gesperrt (unplausibel)',
    '3': 'Vom Sachbearbeiter gesperrt',
    '4': 'Vom Sachbearbeiter freigegeben',
    '5': 'Geprüft',
    '7': 'Abgerechnet',
  }),
  InteractionRecordCategory: INTERACTION_CATEGORIES,
  InteractionRecordReason: described('InteractionRecordReasonID', {
    'A1-ABRECHN0-AB01': 'Frage zur Rechnung',
    'A1-ABRECHN0-AB02': 'Frage zum Abschlag',
    'A1-METERR01-ME01': 'Zählerstand',
    'A1-VERTRAG0-VT01': 'Frage zum Vertrag',
    'A1-BESCHWE0-BE01': 'Beschwerde',
  }),
  Channel: described('ChannelID', { EMA: 'E-Mail', ISA: 'Web', LET: 'Brief', PER: 'Persönlich', TEL: 'Telefon' }),
  DocumentStatus: described('DocumentStatusID', { E0001: 'Offen', E0003: 'Abgeschlossen' }),
  MeterReadingNote: described('MeterReadingNoteID', {
    '01': 'Zählerstand richtig abgelesen',
    '02': 'Höherer Verbrauch als sonst',
    '03': 'Geringerer Verbrauch als sonst',
    '04': 'Zähler getauscht',
  }),
};

function described(key: string, descriptions: Readonly<Record<string, string>>): Row[] {
  return Object.entries(descriptions)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, description]) => ({ [key]: id, Description: description }));
}
