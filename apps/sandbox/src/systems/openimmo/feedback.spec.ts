import { describe, expect, it } from '@jest/globals';
import { flatsToLet } from '../../world/listings.js';
import { imagineWorld, withSystem } from '../tenancy/testing/bench.js';
import { createOpenimmo } from './openimmo.js';
import { BadFeedback, readFeedback } from './read-feedback.js';

const FLATS = flatsToLet('2026-11-24');
const AUTHORIZATION = `Basic ${Buffer.from('portal-saaltor:sandbox-openimmo').toString('base64')}`;
const SENDER = '<sender><name>Saaltor</name><datum>2026-11-24</datum><makler_id/></sender>';
const PROSPECT =
  '<interessent><vorname>Jörn</vorname><nachname>Süß</nachname><email>joern@example.org</email>' +
  '<bevorzugt>EMAIL</bevorzugt><wunsch>BESICHTIGUNG</wunsch><wunsch>ANRUF</wunsch><anfrage>Noch frei?</anfrage></interessent>';

function feedback({ sender = SENDER, number = FLATS[0]?.number, prospect = PROSPECT } = {}): string {
  const object = `<objekt><oobj_id>${number}</oobj_id>${prospect}</objekt>`;
  return `<openimmo_feedback><version>1.2.5</version>${sender}${object}</openimmo_feedback>`;
}

/** Posts these bodies to one system; gives the statuses and what lies in its letter box in the end. */
async function post(...bodies: readonly (string | Uint8Array<ArrayBuffer>)[]) {
  const statuses: number[] = [];
  let box: unknown;
  const world = imagineWorld({ listings: () => FLATS });
  await withSystem(createOpenimmo, world, async (url) => {
    const headers = { Authorization: AUTHORIZATION };
    for (const body of bodies) {
      const response = await fetch(`${url}/feedback`, { method: 'POST', headers, body });
      statuses.push(response.status);
    }
    box = await (await fetch(`${url}/feedback`, { headers })).json();
  });
  return { statuses, box };
}

describe('the letter box for enquiries', () => {
  it('keeps what it accepted', async () => {
    expect(await post(feedback())).toEqual({
      statuses: [202],
      box: [
        {
          receivedAt: '2026-11-24T13:30:00.000Z',
          enquiries: [
            {
              flatNumber: FLATS[0]?.number,
              prospects: [
                {
                  vorname: ['Jörn'],
                  nachname: ['Süß'],
                  email: ['joern@example.org'],
                  bevorzugt: ['EMAIL'],
                  wunsch: ['BESICHTIGUNG', 'ANRUF'],
                  anfrage: ['Noch frei?'],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('takes flats for portals, and ISO-8859-1 where it is declared', async () => {
    const latin1 = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>\n${feedback()}`, 'latin1');
    const { statuses, box } = await post(feedback({ number: '9001 / 1 / 4' }), latin1);
    expect(statuses).toEqual([202, 202]);
    expect(JSON.stringify(box)).toContain('"nachname":["Süß"]');
  });

  it('keeps nothing of what it refuses', async () => {
    const endless = ' '.repeat(1_048_577);
    const { statuses, box } = await post(feedback({ number: '1 / 2 / 3' }), '<openimmo/>', 'hello', endless);
    expect(statuses).toEqual([422, 400, 400, 413]);
    expect(box).toEqual([]);
  });
});

describe('the check of an enquiry', () => {
  it.each([
    ['a DOCTYPE', `<!DOCTYPE x>${feedback()}`, 'DOCTYPE'],
    ['a namespace', feedback().replace('<openimmo_feedback>', '<openimmo_feedback xmlns="urn:x">'), 'root'],
    ['no version', feedback().replace('<version>1.2.5</version>', ''), 'openimmo_feedback/version'],
    ['no sender', feedback({ sender: '' }), 'sender'],
    ['a sender without date', feedback({ sender: '<sender><name>x</name><makler_id/></sender>' }), 'sender/datum'],
    ['a date in German', feedback().replace('2026-11-24', '24.11.2026'), 'sender/datum'],
    ['no broker', feedback().replace('<makler_id/>', ''), 'sender/makler_id'],
    ['no object', `<openimmo_feedback><version>1</version>${SENDER}</openimmo_feedback>`, 'objekt'],
    ['an empty number', feedback({ number: '' }), 'objekt/oobj_id'],
    ['nobody who asks', feedback({ prospect: '' }), 'objekt/interessent'],
    ['no name', feedback().replace('<nachname>Süß</nachname>', ''), 'interessent/nachname'],
    ['no way to answer', feedback().replace('<email>joern@example.org</email>', ''), 'interessent'],
    ['a misplaced element', feedback().replace('<wunsch>ANRUF</wunsch>', '<tel>1</tel>'), 'interessent'],
    ['an unknown element', feedback().replace('<vorname>', '<beruf/><vorname>'), 'interessent'],
    ['an element of another place', feedback().replace('<vorname>', '<status/><vorname>'), 'interessent'],
    ['an element twice', feedback().replace('<vorname>', '<vorname/><vorname>'), 'interessent'],
  ])('names what is wrong with %s, but no value', (_, document, place) => {
    const read = () => readFeedback(Buffer.from(document));
    expect(read).toThrow(BadFeedback);
    expect(read).toThrow(place);
    expect(read).not.toThrow(/Jörn|Süß|joern/);
  });
});
