const WIDTH = 30;

/** A bar on a terminal; elsewhere one line for each tenth of a label, so that a log stays short. */
export function progressLine(out: NodeJS.WriteStream): (label: string, part: number) => void {
  let last = '';
  return (label, part) => {
    const done = Math.max(0, Math.min(1, part));
    const percent = `${Math.floor(done * 100)} %`.padStart(5);
    const line = out.isTTY ? `${percent} ${label}` : `${Math.floor(done * 10)}`;
    if (line === last) return;
    last = line;
    if (!out.isTTY) out.write(`${percent}  ${label}\n`);
    else {
      const filled = Math.floor(done * WIDTH);
      out.write(`\r\u001b[K${'█'.repeat(filled).padEnd(WIDTH, '░')} ${percent}  ${label}`);
    }
  };
}
