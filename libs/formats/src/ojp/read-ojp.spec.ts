import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import type { OjpDelivery, OjpQuestion, OjpResponse } from './ojp-model.js';
import { readOjp } from './read-ojp.js';
import { ojpText } from './read-text.js';
import * as messages from './testing/messages.js';

function responseOf(bytes: Uint8Array): OjpResponse {
  const message = readOjp(bytes);
  if (message.kind !== 'RESPONSE') throw new Error('a response was expected');
  return message;
}

function deliveryOf<K extends OjpDelivery['kind']>(bytes: Uint8Array, kind: K): Extract<OjpDelivery, { kind: K }> {
  const found = responseOf(bytes).deliveries.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`${kind} was expected`);
  return found as Extract<OjpDelivery, { kind: K }>;
}

function questionOf(question: string): OjpQuestion {
  const message = readOjp(messages.ojpRequest(question));
  const [only] = message.kind === 'REQUEST' ? message.questions : [];
  if (only === undefined) throw new Error('a question was expected');
  return only;
}

function endOfTrip(name: string, ref: string, time = ''): string {
  return `<${name}><PlaceRef><StopPlaceRef>${ref}</StopPlaceRef><Name><Text>x</Text></Name></PlaceRef>${time}</${name}>`;
}

function refusalOf(text: string): string {
  try {
    readOjp(Buffer.from(text));
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_MALFORMED') return error.message;
    throw error;
  }
  return 'was read';
}

describe('places', () => {
  const { locations, omissions } = deliveryOf(messages.ojpAnswer(messages.LOCATIONS), 'LOCATIONS');

  it('reads a stop with its DHID, names, position and modes', () => {
    expect(locations[0]).toMatchObject({
      kind: 'STOP_PLACE',
      ref: 'de:16053:400',
      dhid: 'de:16053:400',
      localityRef: '16053000:1',
      position: { latitude: 50.9284, longitude: 11.5861 },
      modes: [{ mode: 'tram', submode: 'cityTram' }],
      complete: true,
      probability: 0.875,
    });
    expect(ojpText(locations[0]!.name, 'de')).toBe('Jena, Zentrum');
    expect(ojpText(locations[0]!.name, 'en')).toBe('Jena, Centre');
  });

  it('reads an address that must be refined', () => {
    expect(locations[1]).toMatchObject({ kind: 'ADDRESS', ref: 'a1', complete: false, position: null });
  });

  it('leaves out a place that nothing leads to, with its path', () => {
    expect(omissions).toEqual([
      {
        path: 'OJP.OJPResponse.ServiceDelivery.OJPLocationInformationDelivery.PlaceResult[1].Place',
        reason: 'has neither a reference nor a position',
      },
    ]);
  });

  it('reads the shape of TRIAS and OJP 1.0', () => {
    const location =
      '<t:LocationResult><t:Location><t:StopPoint><t:StopPointRef>7</t:StopPointRef><t:StopPointName><t:Text>Markt</t:Text></t:StopPointName><t:PrivateCode><t:System>DELFI</t:System><t:Value>de:16053:7:1</t:Value></t:PrivateCode></t:StopPoint><t:LocationName><t:Text>Markt</t:Text></t:LocationName><t:GeoPosition><t:Longitude>11.5</t:Longitude><t:Latitude>50.9</t:Latitude></t:GeoPosition></t:Location><t:Complete>1</t:Complete><t:Mode><t:PtMode>bus</t:PtMode></t:Mode></t:LocationResult>';
    const answer = messages.triasAnswer(`<t:LocationInformationResponse>${location}</t:LocationInformationResponse>`);
    expect(deliveryOf(answer, 'LOCATIONS').locations).toMatchObject([
      { kind: 'STOP_POINT', ref: '7', dhid: 'de:16053:7:1', modes: [{ mode: 'bus' }], probability: null },
    ]);
    const early = `<siri:OJP xmlns:siri="http://www.siri.org.uk/siri" xmlns:o="http://www.vdv.de/ojp" version="1.0"><siri:OJPResponse><siri:ServiceDelivery><o:OJPLocationInformationDelivery><o:Location>${location
      .replaceAll('t:', 'o:')
      .replaceAll(
        /<\/?o:LocationResult>/g,
        '',
      )}</o:Location></o:OJPLocationInformationDelivery></siri:ServiceDelivery></siri:OJPResponse></siri:OJP>`;
    expect(deliveryOf(Buffer.from(early), 'LOCATIONS').locations).toMatchObject([{ ref: '7', complete: true }]);
  });
});

describe('stop events', () => {
  const { events, places, omissions } = deliveryOf(messages.ojpAnswer(messages.STOP_EVENTS), 'STOP_EVENTS');

  it('reads planned and expected time, platform, line and destination', () => {
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      id: 'e1',
      cancelled: false,
      call: {
        stop: { ref: 'de:16053:400:1:1', dhid: 'de:16053:400:1:1' },
        plannedPlatform: [{ text: 'A' }],
        estimatedPlatform: [{ text: 'B' }],
        departure: { planned: '2026-05-04T08:05:00.000Z', estimated: '2026-05-04T08:07:30.000Z' },
        arrival: null,
        order: 9,
      },
      service: {
        operatingDay: '2026-05-04',
        lineRef: 'vmt:34',
        lineName: [{ text: '34' }],
        mode: { mode: 'tram' },
        operatorRefs: ['jnv'],
        origin: [{ text: 'Lobeda-Ost' }],
        destination: [{ text: 'Zwätzen' }],
        notes: [{ code: 'A_NF', text: [{ text: 'Niederflur' }] }],
      },
    });
    expect(places).toHaveLength(1);
  });

  it('reads stops further on, one of them left out', () => {
    expect(events[0]?.onwardCalls).toMatchObject([{ cancelled: true, departure: null, boarding: true }]);
  });

  it('leaves out an event without a time, and never quotes it', () => {
    expect(omissions).toMatchObject([{ reason: 'is not a date and time' }]);
    expect(omissions[0]?.path).toMatch(/StopEventResult\[1\]\..*TimetabledTime$/);
  });

  it('reads TRIAS: sections, bays, languages, local time and cancelled trips', () => {
    const [event] = deliveryOf(messages.triasAnswer(messages.TRIAS_STOP_EVENTS), 'STOP_EVENTS').events;
    expect(event).toMatchObject({
      cancelled: true,
      call: { departure: { planned: '2026-05-04T08:05:00.000Z' }, plannedPlatform: [{ text: '2' }], order: 3 },
      service: { lineRef: 'vmt:35', lineName: [{ text: '35' }], operatorRefs: ['jnv'], mode: { mode: 'tram' } },
    });
    expect(ojpText(event!.call.stop.name, 'en')).toBe('Centre');
    expect(ojpText(event!.call.stop.name, 'fr')).toBe('Zentrum');
  });
});

describe('habits of systems in use', () => {
  it('reads TRIAS in its early namespace and a day with a T behind it', () => {
    const early = messages
      .triasAnswer(messages.TRIAS_STOP_EVENTS)
      .toString()
      .replace('http://www.vdv.de/trias', 'trias')
      .replace('2026-05-04</t:OperatingDayRef>', '2026-05-04T</t:OperatingDayRef>');
    expect(deliveryOf(Buffer.from(early), 'STOP_EVENTS').events).toMatchObject([
      { service: { operatingDay: '2026-05-04' } },
    ]);
  });

  it('reads stops on the way without times, but no boarding without one', () => {
    const board = '<LegBoard><siri:StopPointRef>de:16053:400:1:1</siri:StopPointRef>';
    const passing = messages.TRIPS.replace(
      '<LegAlight>',
      '<LegIntermediate><siri:StopPointRef>5</siri:StopPointRef></LegIntermediate><LegAlight>',
    );
    expect(deliveryOf(messages.ojpAnswer(passing), 'TRIPS').trips[0]?.legs[1]).toMatchObject({
      intermediates: [{ stop: { ref: '5' }, arrival: null, departure: null }],
    });
    const untimed = messages.TRIPS.replace(board, `${board}</LegBoard><Ignored>`).replace(
      '</LegBoard>\n    <LegAlight>',
      '</Ignored><LegAlight>',
    );
    expect(deliveryOf(messages.ojpAnswer(untimed), 'TRIPS').omissions).toMatchObject([
      { reason: 'has neither arrival nor departure' },
    ]);
  });

  it('reads problems as OJP 1.0 names them', () => {
    const problem = '<Problem><Type>STOPEVENT_NOREALTIME</Type></Problem>';
    const event = messages.STOP_EVENTS.replace('<Id>e1</Id>', `<Id>e1</Id>${problem}`);
    expect(deliveryOf(messages.ojpAnswer(event), 'STOP_EVENTS').events[0]?.problems).toEqual([
      { code: 'STOPEVENT_NOREALTIME', text: null },
    ]);
  });
});

describe('trips', () => {
  it('reads legs by foot, by vehicle and between stops', () => {
    const [trip] = deliveryOf(messages.ojpAnswer(messages.TRIPS), 'TRIPS').trips;
    expect(trip).toMatchObject({ id: 't1', durationSeconds: 1_500, transfers: 0, distanceMetres: 4_100 });
    expect(trip?.legs).toMatchObject([
      {
        kind: 'CONTINUOUS',
        mode: 'foot',
        from: { kind: 'POSITION', ref: null },
        durationSeconds: 240,
        lengthMetres: 210,
      },
      {
        kind: 'TIMED',
        board: { departure: { planned: '2026-05-04T08:05:00.000Z' } },
        service: { lineName: [{ text: '34' }] },
      },
      { kind: 'TRANSFER', mode: 'walk', to: { ref: 'de:16053:411:1:1' }, durationSeconds: 240, start: null },
    ]);
  });

  it('loses a whole trip to one broken leg', () => {
    const broken = messages.TRIPS.replace('<LegAlight>', '<LegAlight><Order>vier</Order>');
    const { trips, omissions } = deliveryOf(messages.ojpAnswer(broken), 'TRIPS');
    expect(trips).toEqual([]);
    expect(omissions).toMatchObject([
      { path: expect.stringMatching(/Leg\[1\].*LegAlight\.Order$/), reason: 'is not a whole number' },
    ]);
  });

  it('refuses durations of months, which have no length', () => {
    const { omissions } = deliveryOf(messages.ojpAnswer(messages.TRIPS.replace('PT25M', 'P1M')), 'TRIPS');
    expect(omissions).toMatchObject([{ path: expect.stringMatching(/Duration$/) }]);
  });
});

describe('fares', () => {
  it('reads products with and without a price', () => {
    const [fare] = deliveryOf(messages.ojpAnswer(messages.FARES), 'FARES').fares;
    expect(fare?.products).toMatchObject([
      {
        id: 'ez',
        name: 'Einzelfahrt',
        authorityRef: 'vmt',
        price: { amount: '2.70', currency: 'EUR' },
        travelClass: 'secondClass',
      },
      { id: 'gruppe', name: null, price: null },
    ]);
  });
});

describe('errors', () => {
  it('reads a SIRI error with the code of OJP as its text', () => {
    const error =
      '<siri:Status>false</siri:Status><siri:ErrorCondition><siri:OtherError><siri:ErrorText>STOPEVENT_NOEVENTFOUND</siri:ErrorText></siri:OtherError></siri:ErrorCondition>';
    const delivery = deliveryOf(
      messages.ojpAnswer(`<OJPStopEventDelivery>${error}</OJPStopEventDelivery>`),
      'STOP_EVENTS',
    );
    expect(delivery).toMatchObject({ failed: true, events: [], problems: [{ code: 'STOPEVENT_NOEVENTFOUND' }] });
  });

  it('reads OJPError, with its details', () => {
    const error =
      '<siri:ErrorCondition><OJPError><siri:ErrorText>nicht gefunden</siri:ErrorText><TripProblemType>TRIP_NOTRIPFOUND</TripProblemType></OJPError></siri:ErrorCondition>';
    expect(deliveryOf(messages.ojpAnswer(`<OJPTripDelivery>${error}</OJPTripDelivery>`), 'TRIPS').problems).toEqual([
      { code: 'TRIP_NOTRIPFOUND', text: 'nicht gefunden' },
    ]);
  });

  it('reads ErrorMessage of TRIAS and a refusal of the whole service', () => {
    const error =
      '<t:ErrorMessage><t:Code>-4030</t:Code><t:Text><t:Text>kein Treffer</t:Text><t:Language>de</t:Language></t:Text></t:ErrorMessage>';
    const answer = messages.triasAnswer(`<t:LocationInformationResponse>${error}</t:LocationInformationResponse>`);
    expect(deliveryOf(answer, 'LOCATIONS').problems).toEqual([{ code: '-4030', text: 'kein Treffer' }]);
    const status =
      '<siri:Status>false</siri:Status><siri:ErrorCondition><siri:AccessNotAllowedError/></siri:ErrorCondition>';
    expect(responseOf(messages.triasAnswer('', status))).toMatchObject({
      failed: true,
      problems: [{ code: 'AccessNotAllowedError', text: null }],
      deliveries: [],
    });
  });

  it('lets no free text into a code', () => {
    const error =
      '<siri:ErrorCondition><OJPError><TripProblemType>Frau Muster wohnt nicht</TripProblemType></OJPError></siri:ErrorCondition>';
    expect(
      deliveryOf(messages.ojpAnswer(`<OJPTripDelivery>${error}</OJPTripDelivery>`), 'TRIPS').problems[0]?.code,
    ).toBe('unknown');
  });

  it('names answers it has no reader for', () => {
    expect(responseOf(messages.ojpAnswer('<OJPLineInformationDelivery/>')).deliveries).toMatchObject([
      { kind: 'OTHER', name: 'OJPLineInformationDelivery', failed: false },
    ]);
  });
});

describe('requests', () => {
  it('reads what is searched', () => {
    const question =
      '<OJPLocationInformationRequest><InitialInput><Name>Zentr</Name></InitialInput><Restrictions><Type>stop</Type><NumberOfResults>5</NumberOfResults></Restrictions></OJPLocationInformationRequest>';
    expect(questionOf(question)).toEqual({
      name: 'OJPLocationInformationRequest',
      kind: 'LOCATIONS',
      text: 'Zentr',
      places: [],
      time: null,
      timeIs: null,
      limit: 5,
    });
  });

  it('reads stop, time and kind of a board', () => {
    const question =
      '<OJPStopEventRequest><Location><PlaceRef><siri:StopPointRef>de:16053:400</siri:StopPointRef><Name><Text/></Name></PlaceRef><DepArrTime>2026-05-04T10:00:00+02:00</DepArrTime></Location><Params><StopEventType>arrival</StopEventType></Params></OJPStopEventRequest>';
    expect(questionOf(question)).toMatchObject({
      kind: 'STOP_EVENTS',
      places: [{ role: 'AT', place: { ref: 'de:16053:400', dhid: 'de:16053:400', name: [] } }],
      time: '2026-05-04T08:00:00.000Z',
      timeIs: 'ARRIVAL',
      limit: null,
    });
  });

  it('reads both ends of a trip and when it shall arrive', () => {
    const time = '<DepArrTime>2026-05-04T10:00:00Z</DepArrTime>';
    const question = `<OJPTripRequest>${endOfTrip('Origin', '1')}${endOfTrip('Destination', '2', time)}<Params><NumberOfResults>3</NumberOfResults></Params></OJPTripRequest>`;
    const read = questionOf(question);
    expect(read.places.map(({ role, place }) => [role, place.ref])).toEqual([
      ['FROM', '1'],
      ['TO', '2'],
    ]);
    expect(read).toMatchObject({ timeIs: 'ARRIVAL', limit: 3 });
  });
});

describe('what is refused', () => {
  it.each([
    ['another document', '<html/>', '$: is neither an OJP nor a TRIAS message'],
    ['the right name in a foreign namespace', '<Trias xmlns="urn:x"/>', '$: is neither an OJP nor a TRIAS message'],
    ['an empty message', '<OJP xmlns="http://www.vdv.de/ojp"><OJPResponse/></OJP>', 'OJP.OJPResponse: is empty'],
    [
      'a document type',
      '<!DOCTYPE OJP [<!ENTITY a "b">]><OJP xmlns="http://www.vdv.de/ojp"/>',
      '$: has a document type declaration',
    ],
    ['nothing', '', '$: is not well-formed XML'],
  ])('refuses %s', (_case, text, reason) => {
    expect(refusalOf(text)).toBe(reason);
  });

  it('ignores elements of foreign namespaces', () => {
    const own = messages.STOP_EVENTS.replace('<Order>9</Order>', '<Order xmlns="urn:operator">alpha</Order>');
    expect(deliveryOf(messages.ojpAnswer(own), 'STOP_EVENTS').events[0]?.call.order).toBeNull();
  });
});
