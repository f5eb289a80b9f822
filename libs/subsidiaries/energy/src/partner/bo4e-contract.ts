import { addDays, berlinInstant, formatBerlin, type CalendarDate } from '#lib/kernel';
import type { Commodity } from '../model/commodity.js';
import type { EnergyContract, SupplyAddress, SupplyPoint } from '../model/contracts/energy-contract.js';
import type { Period, PeriodUnit } from '../model/contracts/terms.js';
import { bo4e, type Bo4eJson } from './bo4e.wire.js';
import type { ShownTerms } from './shown-terms.js';

export type { Bo4eJson } from './bo4e.wire.js';

const SPARTEN: Readonly<Partial<Record<Commodity, string>>> = {
  POWER: 'STROM',
  GAS: 'GAS',
  WATER: 'WASSER',
  DISTRICT_HEATING: 'FERNWAERME',
};
const EINHEITEN: Readonly<Record<PeriodUnit, string>> = { DAY: 'TAG', WEEK: 'WOCHE', MONTH: 'MONAT', YEAR: 'JAHR' };

/**
 * A contract as business objects of BO4E: a VERTRAG, and MARKTLOKATION and MESSLOKATION where the caller sees them.
 * What a caller does not see is null as in our own model; the customer (vertragspartner2) always is, for no grant tells
 * who they are. A contract of a division for which BO4E has no word gives no object.
 */
export function bo4eOf(contract: EnergyContract, terms: ShownTerms | null, today: CalendarDate): readonly Bo4eJson[] {
  const sparte = SPARTEN[contract.commodity];
  if (sparte === undefined) return [];
  const point = contract.supplyPoint;
  return [
    vertrag(contract, sparte, terms, today),
    ...(point?.marketLocation == null ? [] : [marktlokation(point, sparte)]),
    ...(point?.meteringLocation == null ? [] : [messlokation(point, sparte)]),
  ];
}

function vertrag(
  { number, product, from, until, supplyPoint }: EnergyContract,
  sparte: string,
  terms: ShownTerms | null,
  today: CalendarDate,
): Bo4eJson {
  const lokation = supplyPoint?.marketLocation ?? supplyPoint?.meteringLocation ?? null;
  const [vertragsbeginn, vertragsende] = [beginOf(from), until === null ? null : endOf(until)];
  return bo4e('VERTRAG', {
    vertragsnummer: number,
    beschreibung: product,
    vertragsart: 'ENERGIELIEFERVERTRAG',
    vertragstatus: until !== null && until < today ? 'BEENDET' : from > today ? 'ANGENOMMEN' : 'AKTIV',
    sparte,
    vertragsbeginn,
    vertragsende,
    vertragspartner1: bo4e('GESCHAEFTSPARTNER', {
      anrede: 'FIRMA',
      name1: 'Stadtwerke Energie',
      gewerbekennzeichnung: true,
      geschaeftspartnerrolle: ['LIEFERANT'],
    }),
    vertragskonditionen:
      terms &&
      bo4e('VERTRAGSKONDITIONEN', {
        vertragslaufzeit: zeitraum(terms.minimumTerm),
        kuendigungsfrist: zeitraum(terms.noticePeriod),
      }),
    vertragsteile:
      lokation === null
        ? null
        : [bo4e('VERTRAGSTEIL', { vertragsteilbeginn: vertragsbeginn, vertragsteilende: vertragsende, lokation })],
  });
}

function marktlokation({ marketLocation, address }: SupplyPoint, sparte: string): Bo4eJson {
  return bo4e('MARKTLOKATION', {
    marktlokationsId: marketLocation,
    sparte,
    energierichtung: 'AUSSP',
    lokationsadresse: adresse(address),
  });
}

function messlokation({ meteringLocation, address }: SupplyPoint, sparte: string): Bo4eJson {
  return bo4e('MESSLOKATION', { messlokationsId: meteringLocation, sparte, messadresse: adresse(address) });
}

function adresse({ street, houseNumber, postcode, city }: SupplyAddress): Bo4eJson {
  return bo4e('ADRESSE', {
    postleitzahl: postcode,
    ort: city,
    strasse: street,
    hausnummer: houseNumber,
    landescode: 'DE',
  });
}

function zeitraum(period: Period | null): Bo4eJson | null {
  return period && bo4e('ZEITRAUM', { einheit: EINHEITEN[period.unit], dauer: period.count });
}

/** Midnight in Berlin, with which a day of the German market begins. */
function beginOf(day: CalendarDate): string {
  return formatBerlin(berlinInstant(day, 0, 0));
}

/** Ends are exclusive: the first moment after the last day. */
function endOf(day: CalendarDate): string {
  return beginOf(addDays(day, 1));
}
