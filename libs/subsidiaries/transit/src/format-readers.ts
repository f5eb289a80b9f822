import { isZip, readGtfsFile, readHafasFile, readOjp, readRealtime, readTicket } from '#lib/formats';
import type { FormatReader } from '#lib/subsidiary-kit';
import { describeTimetable } from './timetable/describe-timetable.js';
import { importTimetable } from './timetable/import-timetable.js';

const hafas: FormatReader = {
  format: 'hafas',
  describe: 'Antworten der Fahrplanauskunft HAFAS mgate (JSON), ganz oder nur ihr Teil res',
  covers: (path) => /^transit-hafas\/.*\.json$/i.test(path),
  read: (bytes) => readHafasFile(bytes),
};

const gtfs: FormatReader = {
  format: 'gtfs',
  describe: 'Sollfahrplan im Format GTFS: der ganze Datensatz (ZIP) oder eine einzelne seiner Dateien (.txt)',
  covers: (path) => /^transit-gtfs\/.*\.(?:zip|txt)$/i.test(path),
  read: (bytes, path) =>
    isZip(bytes) ? describeTimetable(importTimetable(bytes)) : readGtfsFile(bytes, path.split('/').at(-1) ?? path),
};

const ojp: FormatReader = {
  format: 'ojp',
  describe: 'Fragen und Antworten der Fahrplanauskunft nach OJP 1.0 bis 2.0 und TRIAS 1.0 bis 1.2 (XML)',
  covers: (path) => /^transit-ojp\/.*\.xml$/i.test(path),
  read: (bytes) => readOjp(bytes),
};

const ticket: FormatReader = {
  format: 'ticket',
  describe: 'Inhalt des Barcodes eines Fahrausweises nach UIC 918.3, UIC 918.9 oder VDV-KA, ohne Namen der Reisenden',
  covers: (path) => /^transit-tickets\/.*\.bin$/i.test(path),
  read: (bytes) => readTicket(bytes),
};

const gtfsRealtime: FormatReader = {
  format: 'gtfsrt',
  describe: 'Echtzeitdaten im Format GTFS Realtime, binär (.pb) oder als Text (.asciipb)',
  covers: (path) => /^transit-gtfsrt\/.*\.(?:pb|pbf|asciipb|pbtxt|textproto|txtpb)$/i.test(path),
  read: (bytes) => readRealtime(bytes),
};

/** Readers of the transit formats for the command line. */
export const transitReaders: readonly FormatReader[] = [hafas, gtfs, ojp, ticket, gtfsRealtime];
