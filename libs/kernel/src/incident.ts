/** What is kept of a failure that is our own fault. */
export interface Incident {
  /** Eight hexadecimal digits that stand in the answer and in the log, so that one leads to the other. */
  readonly number: string;
  /** For the log: kinds of errors and places in the code. No messages, since they may quote what a person sent. */
  readonly line: string;
}

const MOST_FRAMES = 6;
/** A chain of causes that is longer goes in circles. */
const MOST_CAUSES = 5;
const FRAME = /^\s+at (?:async )?(?:(?<name>[\w.<>$ ]{1,80}) \()?(?<place>[^()\s]{1,500}:\d+:\d+)\)?$/;

/** Numbers a failure and says where it came from, as far as that can be told without personal data. */
export function incidentOf(error: unknown): Incident {
  const number = Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString('hex');
  const causes = causesOf(error).map((cause) => [nameOf(cause), ...framesOf(cause)].join(' < '));
  return { number, line: `incident ${number}: ${causes.join(', caused by ')}` };
}

function causesOf(error: unknown): readonly unknown[] {
  const causes = [error];
  while (causes.length < MOST_CAUSES) {
    const last = causes.at(-1);
    const next =
      last instanceof Error ? (last.cause ?? (last as { originalError?: unknown }).originalError) : undefined;
    if (next === undefined || next === null) break;
    causes.push(next);
  }
  return causes;
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`;
  return /^\w{1,60}$/.test(error.name) ? error.name : 'Error';
}

/** Places below the program's own folders; what lies around them belongs to the machine. */
function framesOf(error: unknown): readonly string[] {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : '';
  return stack
    .split('\n')
    .flatMap((line) => {
      const { name, place } = FRAME.exec(line)?.groups ?? {};
      return place === undefined ? [] : [`${name ?? 'anonymous'} ${shortOf(place)}`];
    })
    .slice(0, MOST_FRAMES);
}

function shortOf(place: string): string {
  const own = /(?:^|\/)((?:apps|libs|node_modules|test)\/[^\s]*)$/.exec(place)?.[1];
  return own ?? place.split('/').at(-1) ?? place;
}
