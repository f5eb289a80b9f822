import { AppError } from '#lib/kernel';
import { parseXml, type XmlElement } from '../xml/xml-element.js';
import { WireObject } from '../wire/wire-object.js';
import type { AnswerKind } from './answer-kind.js';
import { parseODataJson } from './odata-json.js';

/** The error body of an SAP Gateway. Its texts may name people: show them to the customer concerned, never log them. */
export interface GatewayError {
  /** Message class and number, e.g. `EL/424`. */
  readonly code: string;
  readonly message: string;
  /** The single messages behind it; SAP repeats the summary as the last one. */
  readonly details: readonly GatewayErrorDetail[];
}

interface GatewayErrorDetail {
  readonly code: string;
  readonly message: string;
  /** `error`, `warning`, `info` or `success`. */
  readonly severity: string;
}

const MOST_DETAILS = 100;

/** @returns undefined when the body is no such error: then the status alone speaks */
export function readGatewayError(kind: AnswerKind, body: Buffer): GatewayError | undefined {
  if (kind !== 'json' && kind !== 'xml') return undefined;
  try {
    return kind === 'json' ? readJsonError(parseODataJson(body)) : readXmlError(parseXml(body));
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** @throws AppError UPSTREAM_MALFORMED when `document` is no such error */
export function readJsonError(document: unknown): GatewayError {
  const error = new WireObject(document, '').object('error');
  const rows = error.optionalObject('innererror')?.value('errordetails');
  return {
    code: error.textOrEmpty('code'),
    // Version 2 sends {"lang","value"}, some proxies the text itself.
    message: typeof error.value('message') === 'string' ? error.textOrEmpty('message') : messageOf(error),
    details: (Array.isArray(rows) ? rows : []).slice(0, MOST_DETAILS).map((row: unknown, index) => {
      const detail = new WireObject(row, `error.innererror.errordetails[${index}]`);
      return {
        code: detail.optionalText('code') ?? '',
        message: detail.optionalText('message') ?? '',
        severity: detail.optionalText('severity') ?? '',
      };
    }),
  };
}

function messageOf(error: WireObject): string {
  return error.optionalObject('message')?.optionalText('value') ?? '';
}

function readXmlError(root: XmlElement): GatewayError | undefined {
  if (root.name !== 'error') return undefined;
  const rows = childOf(childOf(root, 'innererror'), 'errordetails')?.children ?? [];
  return {
    code: textOf(root, 'code'),
    message: textOf(root, 'message'),
    details: rows.slice(0, MOST_DETAILS).map((row) => ({
      code: textOf(row, 'code'),
      message: textOf(row, 'message'),
      severity: textOf(row, 'severity'),
    })),
  };
}

function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

function textOf(element: XmlElement, name: string): string {
  return childOf(element, name)?.text.trim() ?? '';
}
