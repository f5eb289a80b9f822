import { formatBerlin } from '#lib/kernel';
import type { DeskDetail, DeskEntry, Pause, PersonalDetail } from '#lib/processes';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One line per process, the nearest deadline first, and below which subsidiaries are paused. */
export function showList(entries: readonly DeskEntry[], pauses: readonly Pause[]): string {
  const lines = entries.map((entry) => {
    const { receiptNumber, state, reason, secondsToDeadline, attempts, kind, id } = entry;
    const stands = reason === null ? state : `${state} (${reason})`;
    return [
      deadlineText(secondsToDeadline).padStart(16),
      stands.padEnd(26),
      receiptNumber,
      `${attempts}x`.padStart(4),
      kind.padEnd(26),
      id,
    ].join('  ');
  });
  const paused = pauses.map(
    ({ subsidiary, since, reason }) => `paused: ${subsidiary} since ${formatBerlin(since)}: ${plain(reason)}`,
  );
  return [...lines, `${entries.length} shown`, ...paused].join('\n');
}

/** One process with its journal. */
export function showDetail(detail: DeskDetail | PersonalDetail): string {
  const { id, receiptNumber, kind, subsidiary, state, reason, inDoubtSince, createdAt, deadline, steps, journal } =
    detail;
  const facts: [string, string][] = [
    ['process', id],
    ['receipt', receiptNumber],
    ['kind', `${kind} (${subsidiary})`],
    ['state', reason === null ? state : `${state} (${reason})`],
    ['accepted', formatBerlin(createdAt)],
    ['deadline', formatBerlin(deadline)],
    ...(inDoubtSince === null ? [] : [['in doubt since', formatBerlin(inDoubtSince)] as [string, string]]),
    ...('customerId' in detail ? [['customer', detail.customerId] as [string, string]] : []),
  ];
  return [
    ...facts.map(([name, text]) => `${name.padEnd(15)}${text}`),
    '',
    ...steps.map((step) => `step ${step.key}  ${step.state}`),
    ...('inputs' in detail
      ? detail.inputs.map(
          ({ key, account, input }) => `input of ${key} for ${account}: ${plain(JSON.stringify(input))}`,
        )
      : []),
    '',
    ...journal.map(({ seq, at, event, fence, data }) =>
      [String(seq).padStart(4), formatBerlin(at), event.padEnd(12), `owner ${fence}`, plain(JSON.stringify(data))].join(
        '  ',
      ),
    ),
  ].join('\n');
}

function deadlineText(seconds: number): string {
  const text = spanText(Math.abs(seconds));
  return seconds < 0 ? `${text} too late` : `in ${text}`;
}

/** In its two largest units, e.g. `2 h 5 min`. */
function spanText(seconds: number): string {
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ${Math.floor((seconds % HOUR) / MINUTE)} min`;
  return `${Math.floor(seconds / DAY)} d ${Math.floor((seconds % DAY) / HOUR)} h`;
}

/** What people typed must not steer the terminal. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '·');
}
