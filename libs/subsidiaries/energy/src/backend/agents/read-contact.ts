import { expandedEntity, flagField, instantField, malformed, WireObject } from '#lib/formats';
import type { ContactRecord } from '../../model/agents/contact-record.js';
import type { ContactChoices, NamedCode } from '../../model/agents/contact-wish.js';
import { expectAccount, numberField } from '../sap/umc-fields.js';

/** The last line of a note that our own command wrote. */
const REFERENCE = /(?:^|\n)\[Vorgang ([\w-]{1,80})\]$/;

/** A note with what finds it again. */
export function withReference(note: string | null, reference: string): string {
  return `${note === null ? '' : `${note}\n`}[Vorgang ${reference}]`;
}

/** Reads an `InteractionRecord` of CRM. @throws AppError UPSTREAM_MALFORMED, also for another account's */
export function readContact(row: unknown, path: string, account: string): ContactRecord {
  const record = new WireObject(row, path);
  expectAccount(record, account);
  const text = (record.optionalText('Note', 10_000) ?? '').replace(/\r\n?/g, '\n').trim();
  const reference = REFERENCE.exec(text)?.[1] ?? null;
  const note = text.replace(REFERENCE, '').trim();
  return {
    number: numberField(record, 'InteractionRecordID', 10),
    at: instantField(record, 'DateFrom'),
    direction: flagField(record, 'IncomingFlag') ? 'INBOUND' : 'OUTBOUND',
    channel: wordOf(record, 'Channel', 20),
    reason: wordOf(record, 'InteractionRecordReason', 40),
    category: record.optionalText('InteractionRecordCategory1', 50),
    subject: record.textOrEmpty('Description', 40),
    note: note === '' ? null : note,
    reference,
  };
}

/** @throws AppError UPSTREAM_MALFORMED */
export function readReason(row: unknown, path: string): NamedCode {
  return readNamed(row, path, 'InteractionRecordReasonID', 20, 40);
}

/** @throws AppError UPSTREAM_MALFORMED */
export function readChannel(row: unknown, path: string): NamedCode {
  return readNamed(row, path, 'ChannelID', 3, 20);
}

/** @throws AppError UPSTREAM_MALFORMED */
export function readCategory(row: unknown, path: string): ContactChoices['categories'][number] {
  const parent = new WireObject(row, path).optionalText('InteractionRecordCategoryParentGUID', 22);
  return { ...readNamed(row, path, 'InteractionRecordCategoryGUID', 22, 50), parent };
}

function readNamed(row: unknown, path: string, key: string, longest: number, longestName: number): NamedCode {
  const entry = new WireObject(row, path);
  return { code: numberField(entry, key, longest), name: entry.text('Description', longestName) };
}

/** Some systems do not expand what is empty, or at all: then there is no word. */
function wordOf(record: WireObject, navigation: string, longest: number): string | null {
  if (!record.has(navigation)) throw malformed(record.at(navigation), 'is missing');
  return expandedEntity(record, navigation)?.optionalText('Description', longest) ?? null;
}
