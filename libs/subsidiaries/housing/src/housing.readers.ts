import { readDamageNotification, readOpenImmoFile, wodisObjectsCsv } from '#lib/formats';
import type { FormatReader } from '#lib/subsidiary-kit';
import { readListings } from './backend/read-listings.js';
import { atOnce } from './feed/turns.js';

const wodis: FormatReader = {
  format: 'wodis',
  describe: 'Wohnungsangebote aus Wodis Sigma (objects.csv oder der ganze Export als ZIP)',
  covers: (path) => /^housing-wodis-csv\/.*\.(?:csv|zip)$/i.test(path),
  read: (bytes) => {
    const { value, omissions } = atOnce(readListings(wodisObjectsCsv(bytes)));
    return { flats: value, omissions };
  },
};

const openImmo: FormatReader = {
  format: 'openimmo',
  describe: 'Wohnungsangebote und Anfragen in OpenImmo (XML, ZIP mit Bildern, Bruchstücke auch als JSON)',
  covers: (path) => /^housing-openimmo\/.*\.(?:xml|zip|json)$/i.test(path),
  read: (bytes) => readOpenImmoFile(bytes),
};

const dtaRa: FormatReader = {
  format: 'dta-ra',
  describe: 'Schadensmeldungen im Austauschformat DTA-RA (JSON)',
  covers: (path) => /^housing-repair\/.*\.json$/i.test(path),
  read: (bytes) => {
    const { value, omissions } = readDamageNotification(bytes);
    return { damageNotification: value, omissions };
  },
};

/** Readers of jenawohnen's file formats for the command line. */
export const housingReaders: readonly FormatReader[] = [wodis, openImmo, dtaRa];
