import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CalendarDate } from '#lib/kernel';
import type { OpenImmoFeedback } from './feedback-model.js';
import { readOpenImmoFile } from './read-openimmo-file.js';
import { writeEnquiry, type OpenImmoEnquiry } from './write-enquiry.js';

const ENQUIRY: OpenImmoEnquiry = {
  sender: { name: 'Kundenportal', date: '2026-11-22' as CalendarDate, brokerId: '0017' },
  object: { objectId: '4711 / 2 / 5', marketing: 'MIETE_PACHT', city: 'Jena', url: 'https://example.org/?a=1&b=2' },
  prospect: {
    salutation: 'Frau',
    firstName: 'Zoë',
    lastName: 'O<Neill> & "Co"',
    email: 'zoe@example.org',
    preferredWays: ['EMAIL', 'TEL'],
    wishes: ['BESICHTIGUNG'],
    message: 'Guten Tag,\r\ngeht es am Freitag? ]]>',
  },
};

function feedbackOf(xml: string): OpenImmoFeedback {
  const file = readOpenImmoFile(Buffer.from(xml));
  if (file.kind !== 'feedback') throw new Error('a feedback was expected');
  return file.feedback;
}

describe('an enquiry', () => {
  it('is written as openimmo_feedback 1.2.5, element by element', () => {
    expect(writeEnquiry(ENQUIRY)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><openimmo_feedback><version>1.2.5</version>' +
        '<sender><name>Kundenportal</name><datum>2026-11-22</datum><makler_id>0017</makler_id></sender>' +
        '<objekt><oobj_id>4711 / 2 / 5</oobj_id><expose_url>https://example.org/?a=1&amp;b=2</expose_url>' +
        '<vermarktungsart>MIETE_PACHT</vermarktungsart><ort>Jena</ort>' +
        '<interessent><anrede>Frau</anrede><vorname>Zoë</vorname><nachname>O&lt;Neill&gt; &amp; &quot;Co&quot;</nachname>' +
        '<email>zoe@example.org</email><bevorzugt>EMAIL</bevorzugt><bevorzugt>TEL</bevorzugt>' +
        '<wunsch>BESICHTIGUNG</wunsch><anfrage>Guten Tag,&#10;geht es am Freitag? ]]&gt;</anfrage></interessent>' +
        '</objekt></openimmo_feedback>',
    );
  });

  it.each([undefined, null, ''])('has a makler_id even where the sender has none (%p)', (brokerId) => {
    const sender = { name: 'Kundenportal', anid: 'A-1', date: ENQUIRY.sender.date, brokerId, registrationId: 'R-1' };
    const xml = writeEnquiry({ ...ENQUIRY, sender });
    expect(xml).toContain(
      '<sender><name>Kundenportal</name><openimmo_anid>A-1</openimmo_anid><datum>2026-11-22</datum><makler_id/>' +
        '<regi_id>R-1</regi_id></sender>',
    );
    expect(feedbackOf(xml).sender).toMatchObject({ brokerId: null, registrationId: 'R-1' });
  });

  it('does not take a number of the provider that would break its line', () => {
    const sender = { ...ENQUIRY.sender, brokerId: '1\n2' };
    expect(() => writeEnquiry({ ...ENQUIRY, sender })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path: 'makler_id' }) }),
    );
  });

  it.each(['\r\nBcc: x@example.org', '\n', '\u0085', '\u2028', '\u202e', '\u0000'])(
    'with %j in a name or an address is refused',
    (end) => {
      for (const field of ['lastName', 'email', 'company'] as const) {
        const prospect = { ...ENQUIRY.prospect, [field]: `a${end}` };
        expect(() => writeEnquiry({ ...ENQUIRY, prospect })).toThrow(
          expect.objectContaining({ code: 'INVALID_INPUT' }),
        );
      }
    },
  );

  it('with text beyond its bounds is refused at that element', () => {
    const long = { ...ENQUIRY.prospect, message: 'x'.repeat(10_001) };
    expect(() => writeEnquiry({ ...ENQUIRY, prospect: long })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path: 'anfrage' }) }),
    );
  });

  it('says to its reader what its writer was told, whatever the text', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .map((text) => text.replace(/[\p{C}\p{Z}]/gu, '') || 'x');
    fc.assert(
      fc.property(word, word, word, (lastName, objectId, message) => {
        const xml = writeEnquiry({ ...ENQUIRY, object: { objectId }, prospect: { lastName, message } });
        expect(feedbackOf(xml)).toMatchObject({
          version: '1.2.5',
          sender: { name: 'Kundenportal', date: '2026-11-22' },
          objects: [{ objectId, prospects: [{ lastName, message, wishes: [] }] }],
        });
      }),
    );
  });
});

describe('a feedback', () => {
  it('is read with German dates, repeated words and words of later versions', () => {
    const xml = `<openimmo_feedback><sender><datum>05.01.2026</datum></sender><objekt><oobj_id>7</oobj_id>
      <interessent><nachname>Beispiel</nachname><bevorzugt>TEL</bevorzugt><bevorzugt>TEL</bevorzugt>
      <wunsch>Besichtigung</wunsch><wunsch>UMARMUNG</wunsch></interessent><interessent/></objekt></openimmo_feedback>`;
    expect(feedbackOf(xml)).toMatchObject({
      version: null,
      sender: { date: '2026-01-05', name: null },
      objects: [
        {
          prospects: [
            { lastName: 'Beispiel', preferredWays: ['TEL'], wishes: ['BESICHTIGUNG', 'OTHER'] },
            { lastName: null },
          ],
        },
      ],
    });
  });

  it('may tell what an import refused', () => {
    const xml = `<openimmo_feedback><fehlerliste><fehler><objekt_id>9</objekt_id><fehlernr>3</fehlernr><text>fehlt</text>
      </fehler></fehlerliste><status><statusnr>1</statusnr></status></openimmo_feedback>`;
    expect(feedbackOf(xml)).toMatchObject({
      objects: [],
      errors: [{ objectId: '9', number: '3', text: 'fehlt' }],
      status: { number: '1', text: null },
    });
  });
});
