import type { Instant } from '#lib/kernel';
import type { Transaction } from '#lib/store';
import type { ProcessTables } from '../tables/process-tables.js';
import type { JournalData, JournalEvent } from './journal-event.js';

/** Longest text of one fact; longer ones are cut, so that no legacy system can fill the journal. */
const LONGEST_TEXT = 500;

export interface JournalEntry {
  readonly processId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly fence: bigint;
  readonly event: JournalEvent;
  readonly data: JournalData;
}

/** Writes entries in the transaction of what they tell; the process's row is locked there, so `seq` has no rival. */
export async function append(transaction: Transaction<ProcessTables>, entries: readonly JournalEntry[]): Promise<void> {
  const rows = entries.map(({ processId, seq, at, fence, event, data }) => ({
    process_id: processId,
    seq,
    at,
    fence,
    event,
    data_json: JSON.stringify(shorten(data)),
  }));
  await transaction.insertInto('process_journal').values(rows).execute();
}

function shorten(data: JournalData): JournalData {
  const facts = Object.entries(data).map(([name, fact]) => [
    name,
    typeof fact === 'string' ? fact.slice(0, LONGEST_TEXT) : fact,
  ]);
  return Object.fromEntries(facts) as JournalData;
}
