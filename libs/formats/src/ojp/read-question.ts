import { malformed } from '../wire/wire-object.js';
import type { OjpElement } from './ojp-element.js';
import type { OjpQuestion } from './ojp-model.js';
import { readPlaceRef } from './read-place.js';
import { kindOfService } from './read-deliveries.js';

type Places = OjpQuestion['places'];
type Time = Pick<OjpQuestion, 'time' | 'timeIs'>;

const ROLES = { Location: 'AT', Place: 'AT', Origin: 'FROM', Via: 'VIA', Destination: 'TO' } as const;
const EVENTS: Readonly<Record<string, OjpQuestion['timeIs']>> = {
  departure: 'DEPARTURE',
  arrival: 'ARRIVAL',
  both: 'BOTH',
};

/** What a request asks for, in short. */
export function readQuestion(request: OjpElement): OjpQuestion {
  const options = request.find('Params', 'Restrictions');
  return {
    name: request.name,
    kind: kindOfService(request.name),
    text: request.find('InitialInput')?.optionalText('Name', 'LocationName') ?? null,
    places: [...searchedPlaces(request), ...namedPlaces(request)],
    ...readTime(request),
    limit: options?.optionalWhole('NumberOfResults') ?? null,
  };
}

/** A search by reference or around a position. */
function searchedPlaces(request: OjpElement): Places {
  const initial = request.find('InitialInput');
  const holders = [request.find('PlaceRef', 'LocationRef'), initial?.find('GeoPosition') ? initial : null];
  return holders.filter((holder) => holder !== null).map((place) => ({ role: 'AT', place: readPlaceRef(place) }));
}

function namedPlaces(request: OjpElement): Places {
  return Object.entries(ROLES).flatMap(([name, role]) =>
    request.list(name).flatMap((context) => {
      // Going on from a running trip names a trip instead of a place.
      const place = context.find('PlaceRef', 'LocationRef', 'ViaPoint');
      return place === null ? [] : [{ role, place: readPlaceRef(place) }];
    }),
  );
}

function readTime(request: OjpElement): Time {
  const at = request.find('Location', 'Place')?.optionalInstant('DepArrTime') ?? null;
  if (kindOfService(request.name) === 'STOP_EVENTS') return { time: at, timeIs: readEventType(request) };
  const departure = request.find('Origin')?.optionalInstant('DepArrTime') ?? null;
  if (departure !== null) return { time: departure, timeIs: 'DEPARTURE' };
  const arrival = request.find('Destination')?.optionalInstant('DepArrTime') ?? null;
  return { time: arrival, timeIs: arrival === null ? null : 'ARRIVAL' };
}

function readEventType(request: OjpElement): OjpQuestion['timeIs'] {
  const params = request.find('Params');
  const type = EVENTS[params?.optionalText('StopEventType') ?? 'departure'];
  if (type === undefined)
    throw malformed(params?.at('StopEventType') ?? request.path, 'is neither departure, arrival nor both');
  return type;
}
