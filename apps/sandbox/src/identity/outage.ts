import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../systems/http.js';

export const OUTAGE_KINDS = ['503', 'hang', 'refuse'] as const;

/** Answers 503, never answers, or closes every connection at once. */
export type OutageKind = (typeof OUTAGE_KINDS)[number];

/** The identity provider out of order; the control endpoint still issues tokens meanwhile. */
export class Outage {
  private kind: OutageKind | null = null;
  private until = 0;

  /** @param seconds of real time; without end unless given */
  begin(kind: OutageKind, seconds = Infinity): void {
    this.kind = kind;
    this.until = Date.now() + seconds * 1_000;
  }

  end(): void {
    this.kind = null;
  }

  /** The present outage, null when there is none. */
  get present(): OutageKind | null {
    return Date.now() < this.until ? this.kind : null;
  }

  /** @returns whether the request was struck, so that nobody else may answer it */
  strikes(request: IncomingMessage, response: ServerResponse): boolean {
    const { present } = this;
    if (present === '503') send(response, 503, 'text/plain; charset=utf-8', 'Service Unavailable\n');
    if (present === 'refuse') request.socket.destroy();
    return present !== null;
  }
}
