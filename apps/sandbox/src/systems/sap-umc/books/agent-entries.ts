import type { Booking } from '../../legacy-system.js';

/** What an agent decided about a reading that the system has locked. */
export interface BookedReadingStatus {
  readonly kind: 'reading-status';
  readonly household: number;
  readonly accountId: string;
  readonly resultId: string;
  /** 3 locked by an agent, 4 released by one. */
  readonly statusId: '3' | '4';
  readonly at: number;
}

/** A contact with a customer, as an agent noted it. */
export interface BookedInteraction {
  readonly kind: 'interaction-record';
  readonly household: number;
  readonly accountId: string;
  readonly recordId: string;
  readonly description: string;
  readonly note: string;
  readonly reasonId: string;
  /** Empty without a category. */
  readonly categoryGuid: string;
  readonly channelId: string;
  readonly incoming: boolean;
  /** `YYYY-MM-DDTHH:MM:SS` in UTC, as it was sent. */
  readonly dateFrom: string;
  readonly at: number;
}

export type AgentEntry = BookedReadingStatus | BookedInteraction;

export function isAgentEntry(entry: { readonly kind: string }): entry is AgentEntry {
  return entry.kind === 'reading-status' || entry.kind === 'interaction-record';
}

/** What makes two entries the same effect. */
export function agentFacts(entry: AgentEntry): string {
  return entry.kind === 'reading-status'
    ? [entry.kind, entry.resultId, entry.statusId].join(' ')
    : [entry.kind, entry.accountId, entry.dateFrom, entry.reasonId, entry.description, entry.note].join(' ');
}

export function agentBooking(entry: AgentEntry): Booking {
  const common = { kind: entry.kind, at: new Date(entry.at).toISOString(), account: entry.accountId };
  if (entry.kind === 'reading-status') return { ...common, id: entry.resultId, status: entry.statusId };
  const { recordId: id, description, note, reasonId: reason, categoryGuid: category, channelId: channel } = entry;
  const { incoming, dateFrom: from } = entry;
  return { ...common, id, description, note, reason, category, channel, incoming, from };
}
