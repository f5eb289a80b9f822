/** Where a command writes; a test reads it back. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
}

/** The process's own streams. A reader that leaves early, such as `head`, is no error. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
  };
}

const LONGEST_PART = 1_000;

/** One line of parts that may come from file names and foreign texts: without line ends and escape sequences. */
export function lineOf(...parts: readonly string[]): string {
  return parts.map((part) => part.slice(0, LONGEST_PART).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')).join(': ');
}
