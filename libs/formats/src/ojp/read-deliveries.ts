import { money } from '#lib/kernel';
import { readRows } from '../wire/wire-object.js';
import type { OjpElement } from './ojp-element.js';
import type {
  OjpContent,
  OjpDelivery,
  OjpFare,
  OjpFareProduct,
  OjpFoundPlace,
  OjpPlace,
  OjpStopEvent,
} from './ojp-model.js';
import { readCall, readTimedCall } from './read-call.js';
import { readMode, readPlace } from './read-place.js';
import { readProblems } from './read-problems.js';
import { readService } from './read-service.js';
import { readTrip } from './read-trip.js';

type Omissions = OjpDelivery['omissions'];
type Read = { readonly content: OjpContent; readonly omissions: Omissions };

/** What kind of answer or question an element's name means, e.g. `OJPTripDelivery`, `TripResponse`, `TripRequest`. */
export function kindOfService(name: string): OjpContent['kind'] {
  const service = name.replace(/^OJP/, '').replace(/(?:Delivery|Response|Request)$/, '');
  if (service === 'LocationInformation') return 'LOCATIONS';
  if (service === 'StopEvent') return 'STOP_EVENTS';
  if (service === 'Trip') return 'TRIPS';
  return service === 'Fare' || service === 'Fares' ? 'FARES' : 'OTHER';
}

/** Reads one answer; a malformed result costs itself only. */
export function readDelivery(delivery: OjpElement): OjpDelivery {
  const { content, omissions } = readContent(delivery);
  return {
    ...content,
    name: delivery.name,
    failed: !delivery.flag('Status', true),
    problems: readProblems(delivery),
    omissions,
  };
}

function readContent(delivery: OjpElement): Read {
  switch (kindOfService(delivery.name)) {
    case 'LOCATIONS': {
      const { value, omissions } = rowsOf(delivery.list('PlaceResult', 'LocationResult', 'Location'), readFound);
      return { content: { kind: 'LOCATIONS', locations: value }, omissions };
    }
    case 'STOP_EVENTS': {
      const places = readContext(delivery, 'StopEventResponseContext');
      const { value, omissions } = rowsOf(delivery.list('StopEventResult'), readStopEvent);
      const content = { kind: 'STOP_EVENTS', places: places.value, events: value } as const;
      return { content, omissions: [...places.omissions, ...omissions] };
    }
    case 'TRIPS': {
      const places = readContext(delivery, 'TripResponseContext');
      const { value, omissions } = rowsOf(delivery.list('TripResult'), readTrip);
      const content = { kind: 'TRIPS', places: places.value, trips: value } as const;
      return { content, omissions: [...places.omissions, ...omissions] };
    }
    case 'FARES': {
      const { value, omissions } = rowsOf(delivery.list('FareResult', 'FaresResult'), readFare);
      return { content: { kind: 'FARES', fares: value }, omissions };
    }
    case 'OTHER':
      return { content: { kind: 'OTHER' }, omissions: [] };
  }
}

function rowsOf<T>(
  elements: readonly OjpElement[],
  read: (element: OjpElement) => T,
): { value: T[]; omissions: Omissions } {
  return readRows(elements, '', (element) => read(element as OjpElement));
}

/** Places that results refer to, each sent once. */
function readContext(delivery: OjpElement, name: string): { value: OjpPlace[]; omissions: Omissions } {
  const places = delivery.find(name)?.find('Places', 'Locations')?.list('Place', 'Location') ?? [];
  return rowsOf(places, readPlace);
}

function readFound(result: OjpElement): OjpFoundPlace {
  const place = result.get('Place', 'Location');
  const found = readPlace(place);
  const probability = result.optionalText('Probability');
  return {
    ...found,
    // OJP 2.0 tells the modes of a stop inside the place, the others beside it.
    modes: found.modes.length > 0 ? found.modes : result.list('Mode').map(readMode),
    complete: result.flag('Complete', true),
    probability: probability !== null && /^(?:0|1|[01]?\.\d{1,20})$/.test(probability) ? Number(probability) : null,
  };
}

function readStopEvent(result: OjpElement): OjpStopEvent {
  const event = result.get('StopEvent');
  const near = (name: string): readonly OjpElement[] => event.list(name).map((call) => call.get('CallAtStop'));
  const call = readTimedCall(event.get('ThisCall').get('CallAtStop'));
  const service = readService(event.get('Service'));
  return {
    id: result.text('Id', 'ResultId'),
    call,
    previousCalls: near('PreviousCall').map(readCall),
    onwardCalls: near('OnwardCall').map(readCall),
    service,
    cancelled: call.cancelled || service.cancelled,
    problems: readProblems(result),
  };
}

function readFare(result: OjpElement): OjpFare {
  const parts = result.children.filter(({ name }) => /Fares?Result$/.test(name));
  return {
    id: result.text('Id', 'ResultId'),
    products: parts.flatMap((part) => part.list('FareProduct', 'Ticket')).map(readFareProduct),
    problems: [result, ...parts].flatMap(readProblems),
  };
}

function readFareProduct(product: OjpElement): OjpFareProduct {
  const amount = product.optionalDecimal('Price', 'NetPrice');
  return {
    id: product.text('FareProductId', 'TicketId'),
    name: product.optionalText('FareProductName', 'TicketName'),
    authorityRef: product.optionalText('FareAuthorityRef', 'FaresAuthorityRef'),
    price: amount === null ? null : money(amount, product.text('Currency')),
    travelClass: product.optionalText('FareClass', 'TravelClass'),
  };
}
