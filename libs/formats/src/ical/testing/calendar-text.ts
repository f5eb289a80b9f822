/** A calendar of these lines, between BEGIN and END. */
export function calendarOf(...lines: readonly string[]): Buffer {
  return Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
}

/** An event with a UID and a title, unless the lines have their own. */
export function eventOf(...lines: readonly string[]): string {
  const defaults = ['UID:kurs-1@bad.example', 'SUMMARY:Kurs'].filter(
    (line) => !lines.some((own) => own.startsWith(line.slice(0, line.indexOf(':')))),
  );
  return ['BEGIN:VEVENT', ...defaults, ...lines, 'END:VEVENT'].join('\r\n');
}
