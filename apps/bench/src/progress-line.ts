const WIDTH = 30;

/** A bar on a terminal; elsewhere one line for each tenth, so that a log stays short. */
export function progressLine(out: NodeJS.WriteStream): (label: string, part: number) => void {
  let last = '';
  return (label, part) => {
    const done = Math.min(1, part);
    const step = Math.floor(done * (out.isTTY ? WIDTH : 10));
    const key = `${label} ${step}`;
    if (key === last) return;
    last = key;
    const percent = `${Math.floor(done * 100)} %`.padStart(5);
    if (!out.isTTY) out.write(`${label}: ${percent}\n`);
    else out.write(`\r\u001b[K${'█'.repeat(step).padEnd(WIDTH, '░')} ${percent}  ${label}${done === 1 ? '\n' : ''}`);
  };
}
