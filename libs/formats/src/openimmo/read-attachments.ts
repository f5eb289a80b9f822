import { checkedBase64 } from '../base64/base64.js';
import type { OpenImmoElement } from './openimmo-element.js';
import type { AttachmentFormat, EstateAttachment } from './openimmo-model.js';
import { ATTACHMENT_GROUPS, LOCATIONS } from './openimmo-words.js';

const MOST_ATTACHMENTS = 200;
const LARGEST_CONTENT = 5 * 1024 * 1024;
const LONGEST_CONTENT = 2 * LARGEST_CONTENT;
const LONGEST_PATH = 2_000;

/** File extension or media type → format; senders write either. */
const FORMATS: ReadonlyMap<string, AttachmentFormat> = new Map([
  ['jpg', 'JPEG'],
  ['jpeg', 'JPEG'],
  ['pjpeg', 'JPEG'],
  ['png', 'PNG'],
  ['gif', 'GIF'],
  ['pdf', 'PDF'],
]);

/** Reads `anhaenge`; attachments beyond the two hundredth are left out. */
export function readAttachments(group: OpenImmoElement | null): readonly EstateAttachment[] {
  return (group?.children('anhang') ?? []).slice(0, MOST_ATTACHMENTS).map(readAttachment);
}

/**
 * Reads `anhang`.
 * @throws AppError UPSTREAM_MALFORMED for embedded content that is no base64 or decodes to more than 5 MiB
 */
export function readAttachment(attachment: OpenImmoElement): EstateAttachment {
  const data = attachment.child('daten');
  const embedded = data?.child('anhanginhalt') ?? null;
  const content = embedded?.ownText(LONGEST_CONTENT) ?? null;
  return {
    location: attachment.attributeWord('location', LOCATIONS),
    group: attachment.attributeWord('gruppe', ATTACHMENT_GROUPS),
    title: attachment.line('anhangtitel'),
    format: formatOf(attachment.line('format')),
    path: data?.line('pfad', LONGEST_PATH) ?? null,
    content: embedded && content !== null ? checkedBase64(content, embedded.path, LARGEST_CONTENT) : null,
  };
}

function formatOf(text: string | null): AttachmentFormat | null {
  if (text === null) return null;
  const last = text.toLowerCase().split(/[/.]/).at(-1) ?? '';
  return FORMATS.get(last) ?? 'OTHER';
}
