import {
  readCalendarFile,
  readHolidays,
  readTicosFile,
  readTillAnswer,
  readTillClients,
  tillReturnCode,
} from '#lib/formats';
import type { FormatReader } from '#lib/subsidiary-kit';

const ticos: FormatReader = {
  format: 'ticos',
  describe: 'Zählerstände der Drehkreuze und Listen der Organisationseinheiten von TICOS (JSON)',
  covers: (path) => /^pools-occupancy\/.*\.json$/i.test(path),
  read: (bytes) => readTicosFile(bytes),
};

/** Requests hold credentials and are no answers, so files named as such are not read. */
const till: FormatReader = {
  format: 'till',
  describe: 'Antworten der Kasse unTill TPAPI-POS (SOAP 1.1, RPC/encoded, XML)',
  covers: (path) => /^pools-pos-soap\/.*\.xml$/i.test(path) && !/request/i.test(path),
  read: (bytes) => {
    const answer = readTillAnswer(bytes);
    if (answer.kind === 'fault') return answer;
    const { operation, returnCode, result } = answer;
    const { meaning, verdict } = tillReturnCode(returnCode);
    const asksForClients = operation === 'GetClients' || operation === 'GetClientsEx';
    const content = asksForClients && verdict === 'done' ? { clients: readTillClients(result) } : { result };
    return { operation, returnCode, meaning, ...content };
  },
};

const ical: FormatReader = {
  format: 'ical',
  describe: 'Kalender mit Öffnungszeiten und Kursen (iCalendar, RFC 5545) samt ihren Terminen',
  covers: (path) => /\.(?:ics|ical|icalendar)$/i.test(path),
  read: (bytes) => readCalendarFile(bytes),
};

const holidays: FormatReader = {
  format: 'holidays',
  describe: 'Feiertage und Schulferien von ics.tools (JSON)',
  covers: (path) => /(?:^|\/)pools-ical\/.*\.json$/i.test(path),
  read: (bytes) => readHolidays(bytes),
};

/** Readers of the pools' file formats for the command line. */
export const poolsReaders: readonly FormatReader[] = [ticos, till, ical, holidays];
