import { describe, expect, it } from '@jest/globals';
import type { Instant } from '#lib/kernel';
import { readOjp } from './read-ojp.js';
import { writeLocationRequest, writeStopEventRequest } from './write-request.js';

const SENDER = { requestor: 'saaltor', now: '2026-05-04T08:00:00.000Z' as Instant, messageId: 'm-1' };
const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><OJP xmlns="http://www.vdv.de/ojp" xmlns:siri="http://www.siri.org.uk/siri" version="2.0"><OJPRequest><siri:ServiceRequest><siri:RequestTimestamp>2026-05-04T08:00:00.000Z</siri:RequestTimestamp><siri:RequestorRef>saaltor</siri:RequestorRef>';
const TAIL = '</siri:ServiceRequest></OJPRequest></OJP>';
const QUESTION_HEAD =
  '<siri:RequestTimestamp>2026-05-04T08:00:00.000Z</siri:RequestTimestamp><siri:MessageIdentifier>m-1</siri:MessageIdentifier>';

describe('writeStopEventRequest', () => {
  it('writes the elements in the order of the schema', () => {
    const time = '2026-05-04T09:30:00.000Z' as Instant;
    expect(writeStopEventRequest(SENDER, { stopRef: 'de:16053:400', time, type: 'departure', limit: 20 })).toBe(
      `${HEAD}<OJPStopEventRequest>${QUESTION_HEAD}<Location><PlaceRef><siri:StopPointRef>de:16053:400</siri:StopPointRef><Name><Text/></Name></PlaceRef><DepArrTime>2026-05-04T09:30:00.000Z</DepArrTime></Location><Params><NumberOfResults>20</NumberOfResults><StopEventType>departure</StopEventType><UseRealtimeData>explanatory</UseRealtimeData></Params></OJPStopEventRequest>${TAIL}`,
    );
  });

  it('asks for now when there is no time', () => {
    expect(writeStopEventRequest(SENDER, { stopRef: '1', type: 'arrival', limit: 1 })).not.toContain('DepArrTime');
  });
});

describe('writeLocationRequest', () => {
  it('writes the elements in the order of the schema', () => {
    expect(writeLocationRequest(SENDER, { text: 'Zentrum', limit: 10 })).toBe(
      `${HEAD}<OJPLocationInformationRequest>${QUESTION_HEAD}<InitialInput><Name>Zentrum</Name></InitialInput><Restrictions><Type>stop</Type><NumberOfResults>10</NumberOfResults></Restrictions></OJPLocationInformationRequest>${TAIL}`,
    );
  });

  it('keeps text from becoming markup', () => {
    const text = 'Am Markt </Name><Name> & "mehr"';
    const message = readOjp(Buffer.from(writeLocationRequest(SENDER, { text, limit: 1 })));
    expect(message).toMatchObject({ kind: 'REQUEST', sender: 'saaltor', questions: [{ text }] });
  });
});
