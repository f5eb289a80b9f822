import { malformed, readImage, readInput, type WireObject } from '#lib/formats';
import { MOST_IMAGES, type RepairContact, type RepairReport } from '../model/repair-report.js';

/** Far above what may be sent: what is longer is no text of a person and not worth an answer that names its bounds. */
const LONGEST_TEXT = 20_000;
const LONGEST_LINE = 1_000;
// Line ends of every kind, other control characters, halves of characters, and what turns the direction of writing.
const NOT_ON_A_LINE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const NOT_IN_A_TEXT = /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Reads a report from a client or a journal. @throws AppError INVALID_INPUT with path and reason */
export function readReportInput(input: unknown): RepairReport {
  return readInput(input, (wire) => {
    const leaseId = line(wire, 'leaseId');
    const flat = line(wire, 'flat');
    if (leaseId === null && flat === null) throw malformed(wire.at('leaseId'), 'is missing');
    if (leaseId !== null && flat !== null) throw malformed(wire.at('flat'), 'cannot be combined with leaseId');
    const contact = wire.optionalObject('contact');
    return {
      leaseId,
      flat,
      room: line(wire, 'room'),
      roomType: line(wire, 'roomType'),
      appliance: line(wire, 'appliance'),
      applianceType: line(wire, 'applianceType'),
      description: description(wire),
      contact: contact === null ? null : readContact(contact),
      images: images(wire),
    };
  });
}

function readContact(wire: WireObject): RepairContact {
  return { name: line(wire, 'name') ?? '', email: line(wire, 'email'), phone: line(wire, 'phone') };
}

function line(wire: WireObject, name: string): string | null {
  const text = wire.optionalText(name, LONGEST_LINE);
  if (text !== null && NOT_ON_A_LINE.test(text)) throw malformed(wire.at(name), 'has a line end or control character');
  return text;
}

function description(wire: WireObject): string {
  const text = (wire.optionalText('description', LONGEST_TEXT) ?? '').replace(/\r\n?/g, '\n').trim();
  if (NOT_IN_A_TEXT.test(text)) throw malformed(wire.at('description'), 'has a control character');
  return text;
}

/** The prefix of a data URL is dropped: the ERP takes bare base64. */
function images(wire: WireObject): readonly string[] {
  if ((wire.value('images') ?? null) === null) return [];
  const list = wire.list('images');
  if (list.length > MOST_IMAGES) throw malformed(wire.at('images'), `has more than ${MOST_IMAGES} pictures`);
  return list.map((image, index) => {
    const path = `${wire.at('images')}.${index}`;
    if (typeof image !== 'string') throw malformed(path, 'is not text');
    return readImage(image, path).base64;
  });
}
