import {
  isIban,
  isMarketLocation,
  isMarketPartnerCode,
  isMeteringLocation,
  malformed,
  parseODataJson,
  readBatchFile,
  readBo4e,
  readEdmx,
  readODataDocument,
  WireObject,
} from '#lib/formats';
import type { FormatReader } from '#lib/subsidiary-kit';

/** Answers of SAP Gateway services. Extracts of their models are no answers. */
export const odataReader: FormatReader = {
  format: 'odata',
  describe: 'Antwort eines SAP-Gateway-Dienstes (OData v2, JSON)',
  covers: (path) => /(?:^|\/)energy-sap-(?:umc|gateway)\/(?!model-)[^/]+\.json$/.test(path),
  read: (bytes) => readODataDocument(bytes),
};

/** Models of SAP Gateway and other OData services of version 2. */
export const edmxReader: FormatReader = {
  format: 'edmx',
  describe: 'Modell eines OData-Dienstes ($metadata, EDMX, OData v2)',
  covers: (path) => /(?:^|\/)energy-sap-(?:umc|gateway)\/[^/]+\.(?:edmx|xml)$/i.test(path),
  read: (bytes) => readEdmx(bytes),
};

export const odataBatchReader: FormatReader = {
  format: 'odata-batch',
  describe: 'Antwort auf einen $batch-Aufruf (multipart/mixed, OData v2)',
  covers: (path) => /(?:^|\/)energy-sap-(?:umc|gateway)\/[^/]+\.(?:batch|multipart|mime)$/i.test(path),
  read: (bytes) => readBatchFile(bytes),
};

/** Business objects of the German energy market; their JSON schemas are no objects. */
export const bo4eReader: FormatReader = {
  format: 'bo4e',
  describe: 'Geschäftsobjekte der Energiewirtschaft (BO4E, JSON)',
  covers: (path) => /(?:^|\/)energy-bo4e\/(?!schema\/).+\.json$/i.test(path),
  read: (bytes) => readBo4e(bytes),
};

const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  malo: isMarketLocation,
  melo: isMeteringLocation,
  bdew: isMarketPartnerCode,
  iban: isIban,
};

/** Lists of identifiers, `{"vectors": {"malo…": ["…"], "iban…": ["…"]}}`: a list's name begins with their kind. */
export const identifiersReader: FormatReader = {
  format: 'identifiers',
  describe: 'Listen von Kennungen (MaLo, MeLo, BDEW-Codenummer, IBAN), geprüft',
  covers: (path) => /(?:^|\/)identifiers\/[^/]+\.json$/.test(path),
  read: (bytes) => {
    const document = new WireObject(parseODataJson(bytes), '');
    const lists = document.object('vectors');
    return Object.keys(document.value('vectors') as object).flatMap((name) => {
      const kind = Object.keys(CHECKS).find((each) => name.startsWith(each));
      return kind === undefined
        ? []
        : lists.list(name).map((text, index) => check(kind, text, `${lists.at(name)}[${index}]`));
    });
  },
};

function check(kind: string, text: unknown, path: string): { kind: string; text: string; valid: boolean } {
  if (typeof text !== 'string') throw malformed(path, 'is not text');
  return { kind, text, valid: CHECKS[kind]?.(text) ?? false };
}
