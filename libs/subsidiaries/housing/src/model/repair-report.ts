import { parseDecimal, type Language, type Problem } from '#lib/kernel';
import { applianceChoices, isAppliance, isRoom, roomChoices } from './repair-words.js';

/** A damage as a tenant reports it. Either `leaseId` or `flat` says where; null is not stated. */
export type RepairReport = {
  /** Id of a `Lease`. */
  readonly leaseId: string | null;
  /** Number of the rented flat. */
  readonly flat: string | null;
  /** The room in the tenant's own words, beside its kind. */
  readonly room: string | null;
  /** A word of the rooms that can be named, e.g. `BATHROOM`. */
  readonly roomType: string | null;
  readonly appliance: string | null;
  /** A word of the appliances; null is none. */
  readonly applianceType: string | null;
  /** May have several lines. */
  readonly description: string;
  readonly contact: RepairContact | null;
  /** At most {@link MOST_IMAGES} pictures, JPEG or PNG, as bare base64. */
  readonly images: readonly string[];
};

/** Who opens the door, if not the tenant. */
export type RepairContact = {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
};

/** The exchange format has places for two pictures. */
export const MOST_IMAGES = 2;
/** What the ERP's fields hold: characters of the description, of other texts, and bytes of a picture. */
const LONGEST_DESCRIPTION = 2_000;
const LONGEST_LINE = 255;
const LARGEST_IMAGE = 2_000_000;

/** What stands against a report before anyone knows whose flat it is about; none when it may be sent. */
export function findReportProblems(report: RepairReport, language: Language): readonly Problem[] {
  const { description, contact, images, roomType, applianceType } = report;
  return [
    ...textProblems('description', description, { longest: LONGEST_DESCRIPTION, isNeeded: true }),
    ...(isRoom(roomType) ? [] : [missingWord('roomType', roomChoices(language))]),
    ...(applianceType === null || isAppliance(applianceType)
      ? []
      : [missingWord('applianceType', applianceChoices(language))]),
    ...lineProblems('room', report.room),
    ...lineProblems('appliance', report.appliance),
    ...(contact === null ? [] : contactProblems(contact)),
    ...images.flatMap((base64, index) => (sizeOf(base64) > LARGEST_IMAGE ? [tooLong(`images.${index}`)] : [])),
  ];
}

function contactProblems({ name, email, phone }: RepairContact): readonly Problem[] {
  return [
    ...textProblems('contact.name', name, { longest: LONGEST_LINE, isNeeded: true }),
    ...lineProblems('contact.email', email),
    ...lineProblems('contact.phone', phone),
  ];
}

function lineProblems(path: string, text: string | null): readonly Problem[] {
  return textProblems(path, text ?? '', { longest: LONGEST_LINE, isNeeded: false });
}

function textProblems(
  path: string,
  text: string,
  { longest, isNeeded }: { longest: number; isNeeded: boolean },
): readonly Problem[] {
  if (isNeeded && text.trim() === '') return [{ path, code: 'TEXT_MISSING' }];
  return text.length > longest ? [tooLong(path, longest)] : [];
}

function tooLong(path: string, characters?: number): Problem {
  const maximum = characters === undefined ? undefined : parseDecimal(String(characters), 0);
  return { path, code: 'TEXT_TOO_LONG', ...(maximum !== undefined && { maximum }) };
}

function missingWord(path: string, choices: Problem['choices']): Problem {
  return { path, code: 'TEXT_MISSING', choices };
}

/** Decoded bytes of base64 with padding. */
function sizeOf(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : Number(base64.endsWith('=')));
}
