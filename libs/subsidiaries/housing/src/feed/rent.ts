import { malformed, type OpenImmoEstate } from '#lib/formats';
import { compareDecimals, parseDecimal, sumDecimals, type DecimalText } from '#lib/kernel';
import type { FeedListing } from '../model/listing.js';

type Prices = OpenImmoEstate['prices'];
type Rent = Pick<FeedListing, 'netRent' | 'serviceCharges' | 'heatingCharges' | 'heatingIncluded' | 'grossRent'>;

/**
 * The rent as the house states it: heating is part of the service charges, and net rent plus service charges is the
 * gross rent. OpenImmo leaves open whether heating comes on top; the gross rent decides where it is given, else
 * `heizkosten_enthalten`.
 * @param path place of `preise`
 * @throws AppError UPSTREAM_MALFORMED when a part is missing, the parts do not add up, or it is not euros per month
 */
export function rentOf(prices: Prices, path: string): Rent {
  if (prices.currency !== 'EUR') throw malformed(`${path}.waehrung`, 'is not EUR');
  if (prices.period !== null && prices.period !== 'MONAT') throw malformed(`${path}.preis_zeiteinheit`, 'is not MONAT');
  const netRent = prices.netRent ?? prices.coldRent;
  if (netRent === null || compareDecimals(netRent, ZERO) <= 0) throw malformed(`${path}.nettokaltmiete`, 'is missing');
  const serviceCharges = chargesOf(prices, netRent, path);
  const heatingCharges = prices.heatingCharges;
  if (compareDecimals(serviceCharges, ZERO) < 0) throw malformed(`${path}.nebenkosten`, 'is negative');
  if (heatingCharges !== null && compareDecimals(heatingCharges, serviceCharges) > 0) {
    throw malformed(`${path}.heizkosten`, 'is more than all service charges');
  }
  return {
    netRent,
    serviceCharges,
    heatingCharges,
    heatingIncluded: heatingCharges === null ? prices.heatingIncluded : true,
    grossRent: sumDecimals([netRent, serviceCharges]),
  };
}

const ZERO = '0' as DecimalText;

function chargesOf(prices: Prices, netRent: DecimalText, path: string): DecimalText {
  const { serviceCharges, heatingCharges, heatingIncluded, grossRent } = prices;
  if (serviceCharges === null) {
    if (grossRent === null) throw malformed(`${path}.nebenkosten`, 'is missing');
    return difference(grossRent, netRent);
  }
  const onTop = heatingCharges === null ? serviceCharges : sumDecimals([serviceCharges, heatingCharges]);
  const [likely, other] = heatingIncluded === true ? [serviceCharges, onTop] : [onTop, serviceCharges];
  if (grossRent === null) return likely;
  const charges = difference(grossRent, netRent);
  if (charges !== likely && charges !== other) throw malformed(`${path}.warmmiete`, 'is not the sum of its parts');
  return charges;
}

function difference(whole: DecimalText, part: DecimalText): DecimalText {
  return sumDecimals([whole, parseDecimal(part.startsWith('-') ? part.slice(1) : `-${part}`)!]);
}
