import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { listenSockets } from '../../listen-sockets.js';
import { StillCity } from '../hafas/testing/still-city.js';
import { createMail } from './mail.js';
import type { CaughtMail } from './mail-tray.js';
import { SmtpClient } from './testing/smtp-client.js';

const NOON = '2026-11-22T12:00:00+01:00';

describe('the mail catcher', () => {
  const city = new StillCity(NOON);
  const mail = createMail(city);
  const clients: SmtpClient[] = [];
  let door: Awaited<ReturnType<typeof listenSockets>>;

  beforeAll(async () => {
    door = await listenSockets(mail, '127.0.0.1', 0);
  });
  afterAll(() => door.close());
  beforeEach(() => {
    city.faults.end();
    mail.reset();
  });
  afterEach(() => clients.splice(0).forEach((client) => client.leave()));

  const mails = () => mail.hooks[0]?.answer(Buffer.alloc(0)) as readonly CaughtMail[];

  function open(): SmtpClient {
    const client = SmtpClient.open(door.url);
    clients.push(client);
    return client;
  }

  async function greeted(): Promise<SmtpClient> {
    const client = open();
    await client.hear();
    await client.say('EHLO gateway.example');
    return client;
  }

  /** Up to where the mail itself may be said. */
  async function writing(...recipients: readonly string[]): Promise<SmtpClient> {
    const client = await greeted();
    await client.say('MAIL FROM:<noreply@saaltor.example>');
    for (const recipient of recipients) await client.say(`RCPT TO:<${recipient}>`);
    expect(await client.say('DATA')).toMatch(/^354 /);
    return client;
  }

  it('takes a mail from first to last word', async () => {
    const client = open();
    const replies = [await client.hear()];
    for (const line of [
      'EHLO gateway.example',
      'MAIL FROM:<noreply@saaltor.example> SIZE=100 BODY=8BITMIME',
      'RCPT TO:<lena.vogt@example.org>',
      'rcpt to:<"a b"@example.org>',
      'RCPT TO:<Postmaster>',
      'DATA',
      'Subject: Ihr Code\r\n\r\n..Punkt\r\n.\t\r\n...\r\n.',
      'QUIT',
    ]) {
      replies.push(await client.say(line));
    }
    replies.push(await client.hear());
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual([
      '220',
      '250',
      '250',
      '250',
      '501',
      '250',
      '354',
      '250',
      '221',
      'clo',
    ]);
    expect(replies[1]?.split('\r\n')).toContain('250-SIZE 10485760');
    expect(mails()).toEqual([
      {
        at: '2026-11-22T11:00:00.000Z',
        from: 'noreply@saaltor.example',
        recipients: ['lena.vogt@example.org', 'Postmaster'],
        subject: 'Ihr Code',
        text: '.Punkt\n\t\n..',
      },
    ]);
    expect(mail.books?.()).toMatchObject([{ kind: 'mail', account: 'lena.vogt@example.org, Postmaster' }]);
  });

  it('understands a mailer that is in use', async () => {
    const { hostname, port } = new URL(door.url);
    const transport = createTransport({ host: hostname, port: Number(port), ignoreTLS: true });
    const text = `Grüße aus Jena\n.\n..\n${'ä'.repeat(3000)}\nEnde`;
    await transport.sendMail({
      from: 'Saaltor <noreply@saaltor.example>',
      to: ['"Kaya-Größel, Aylin" <aylin.kaya@example.org>', 'kim.roessner@example.org'],
      subject: 'Ihre Mängelmeldung – Eingang bestätigt, und noch viel mehr, als in eine Zeile paßt',
      text,
      html: '<p>Grüße</p>',
      attachments: [{ filename: 'x.bin', content: Buffer.alloc(100_000) }],
    });
    transport.close();
    expect(mails()).toEqual([
      expect.objectContaining({
        from: 'noreply@saaltor.example',
        recipients: ['aylin.kaya@example.org', 'kim.roessner@example.org'],
        subject: 'Ihre Mängelmeldung – Eingang bestätigt, und noch viel mehr, als in eine Zeile paßt',
        text,
      }),
    ]);
  });

  it('takes lines in pieces, all at once and several mails in one talk', async () => {
    const client = await greeted();
    for (const piece of ['MA', 'IL FROM:<', '>\r', '\nRC']) client.write(Buffer.from(piece));
    client.write(
      Buffer.from(
        'PT TO:<a@example.org>\r\nDATA\r\nSubject: 1\r\n\r\neins\r\n.\r\n' +
          'MAIL FROM:<b@example.org>\r\nRCPT TO:<a@example.org>\r\nDATA\r\nSubject: 2\r\n\r\nzwei\r\n.\r\nQUIT\r\n',
      ),
    );
    const codes = [];
    for (let count = 0; count < 9; count += 1) codes.push((await client.hear()).slice(0, 3));
    expect(codes).toEqual(['250', '250', '354', '250', '250', '250', '354', '250', '221']);
    expect(mails().map(({ from, subject, text }) => [from, subject, text])).toEqual([
      ['', '1', 'eins'],
      ['b@example.org', '2', 'zwei'],
    ]);
  });

  it('ends a mail only at a dot between two whole line ends', async () => {
    const client = await writing('a@example.org');
    client.write(Buffer.from('Subject: x\r\n\r\none\n.\nMAIL FROM:<evil@example.org>\r.\r\n.\n\r\n'));
    expect(await client.say('.')).toMatch(/^250 /);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]?.text).toContain('evil');
  });

  it.each([
    ['MAIL FROM:<a@example.org>', '503'],
    ['RCPT TO:<a@example.org>', '503'],
    ['DATA', '503'],
    ['EHLO', '501'],
    ['HELO x', '250'],
    ['NOOP', '250'],
    ['RSET', '250'],
    ['VRFY lena', '252'],
    ['HELP', '214'],
    ['AUTH PLAIN AAAA', '502'],
    ['STARTTLS', '502'],
    ['EXPN all', '502'],
    ['GET / HTTP/1.1', '500'],
    ['', '500'],
    ['MÄIL', '500'],
  ])('answers %j at the beginning with %s', async (line, code) => {
    const client = open();
    await client.hear();
    expect((await client.say(line)).slice(0, 3)).toBe(code);
  });

  it.each([
    ['MAIL FROM:<>', '250'],
    ['MAIL FROM: <a@example.org>', '250'],
    ['MAIL FROM:<müller@example.org> SMTPUTF8', '250'],
    ['MAIL FROM:<a@example.org> SIZE=10485760', '250'],
    ['MAIL FROM:<a@example.org> SIZE=10485761', '552'],
    ['MAIL FROM:<a@example.org> RET=HDRS', '555'],
    ['MAIL FROM:a@example.org', '501'],
    ['MAIL FROM:<a>', '501'],
    ['MAIL FROM:<a@>', '501'],
    ['MAIL TO:<a@example.org>', '501'],
    ['MAIL', '501'],
  ])('answers %j after the greeting with %s', async (line, code) => {
    const client = await greeted();
    expect((await client.say(line)).slice(0, 3)).toBe(code);
  });

  it('keeps to the order of a talk', async () => {
    const client = await greeted();
    const codes = [];
    for (const line of [
      'MAIL FROM:<a@example.org>',
      'MAIL FROM:<a@example.org>',
      'DATA',
      'RCPT TO:<>',
      'RCPT TO:<b@example.org> NOTIFY=NEVER',
      'RCPT TO:<b@example.org>',
      'DATA now',
      'RSET',
      'DATA',
    ]) {
      codes.push((await client.say(line)).slice(0, 3));
    }
    expect(codes).toEqual(['250', '503', '554', '501', '555', '250', '501', '250', '503']);
  });

  it('takes a hundred recipients', async () => {
    const client = await greeted();
    await client.say('MAIL FROM:<>');
    const codes = [];
    for (let number = 0; number <= 100; number += 1)
      codes.push((await client.say(`RCPT TO:<r${number}@example.org>`)).slice(0, 3));
    expect(codes).toEqual([...Array.from({ length: 100 }, () => '250'), '452']);
  });

  it('refuses a mail of more than ten megabytes, and one of too many lines, and talks on', async () => {
    for (const line of [`${'x'.repeat(998)}\r\n`, '\r\n']) {
      const client = await writing('a@example.org');
      client.write(Buffer.from(line.repeat(line.length > 2 ? 10_500 : 200_001)));
      expect((await client.say('.')).slice(0, 3)).toBe('552');
      expect((await client.say('NOOP')).slice(0, 3)).toBe('250');
    }
    expect(mails()).toEqual([]);
  });

  it('takes a mail just below the limit and shows the beginning of its text', async () => {
    const client = await writing('a@example.org');
    client.write(Buffer.from(`\r\n${`${'x'.repeat(998)}\r\n`.repeat(10_000)}`));
    expect((await client.say('.')).slice(0, 3)).toBe('250');
    expect(mails()[0]?.text).toHaveLength(100_000);
  });

  it('sends away who never ends a line or makes mistake after mistake', async () => {
    const endless = await writing('a@example.org');
    expect((await endless.say(Buffer.alloc(70_000, 'x'))).slice(0, 3)).toBe('500');
    expect(await endless.hear()).toBe('closed');
    const confused = await greeted();
    const codes = [];
    for (let count = 0; count < 21; count += 1) codes.push((await confused.say('HUH')).slice(0, 3));
    expect(codes.slice(-2)).toEqual(['500', '421']);
    expect(await confused.hear()).toBe('closed');
  });

  it('keeps the last five hundred', async () => {
    const client = await greeted();
    for (let number = 0; number <= 500; number += 1) {
      for (const line of ['MAIL FROM:<>', 'RCPT TO:<a@example.org>', 'DATA']) await client.say(line);
      await client.say(`Subject: ${number}\r\n\r\n.`);
    }
    expect([mails().length, mails()[0]?.subject, mails().at(-1)?.subject]).toEqual([500, '1', '500']);
  });

  it('turns the fifty-first client away until another has left', async () => {
    const crowded = await listenSockets(createMail(city), '127.0.0.1', 0);
    const crowd = Array.from({ length: 50 }, () => SmtpClient.open(crowded.url));
    for (const client of crowd) expect(await client.hear()).toMatch(/^220 /);
    const last = SmtpClient.open(crowded.url);
    expect([await last.hear(), await last.hear()]).toEqual([expect.stringMatching(/^421 /), 'closed']);
    await crowd[0]?.say('QUIT');
    let greeting = '';
    while (!greeting.startsWith('220')) greeting = await SmtpClient.open(crowded.url).hear();
    await crowded.close();
    expect(await crowd[1]?.hear()).toBe('closed');
  });

  it('forgets all mails at a reset, and those of one household at its own', async () => {
    for (const recipient of ['lena.vogt@example.org', 'Aylin.Kaya@example.org']) {
      const client = await writing(recipient);
      await client.say('Subject: x\r\n\r\n.');
    }
    mail.resetHousehold?.(city.byKey('aylin')?.number ?? 0);
    expect(mails().map(({ recipients }) => recipients)).toEqual([['lena.vogt@example.org']]);
    mail.resetHousehold?.(city.byKey('erika')?.number ?? 0);
    expect(mails()).toHaveLength(1);
    mail.reset();
    expect([mails(), mail.books?.()]).toEqual([[], []]);
  });

  it.each([
    ['reset', /^closed$/],
    ['cut', /^closed$/],
    ['500', /^421 /],
  ] as const)('greets nobody properly under the fault %s', async (kind, expected) => {
    city.faults.order({ kind, after: 'nothing', count: 1, system: 'mail', household: null });
    expect(await open().hear()).toMatch(expected);
    expect(await open().hear()).toMatch(/^220 /);
  });

  it('greets late, and follows what was said meanwhile', async () => {
    city.faults.order({ kind: 'latency', milliseconds: 20, system: 'mail', household: null });
    const client = open();
    client.write('EHLO gateway.example');
    expect([(await client.hear()).slice(0, 3), (await client.hear()).slice(0, 3)]).toEqual(['220', '250']);
  });

  it.each([
    ['cut', 'effect', 'closed'],
    ['cut', 'half-answer', '25closed'],
    ['500', 'effect', '451'],
  ] as const)('keeps a mail though the fault %s after %s takes the answer away', async (kind, after, expected) => {
    city.faults.order({ kind, after, count: 1, system: 'mail', household: null });
    const client = await writing('a@example.org');
    expect(await client.say('Subject: x\r\n\r\n.')).toMatch(new RegExp(`^${expected}`));
    expect(mails()).toHaveLength(1);
  });

  it('says nothing at all while it hangs', async () => {
    city.faults.order({ kind: 'hang', count: 1, system: 'mail', household: null });
    const hung = open();
    hung.write('NOOP');
    expect(await open().hear()).toMatch(/^220 /);
    expect(hung.unheard()).toBe('');
  });
});
