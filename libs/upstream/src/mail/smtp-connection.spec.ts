import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { AppError } from '#lib/kernel';
import type { Mail } from './mail-connection.js';
import { SmtpConnection } from './smtp-connection.js';

/** What the server says to a command that begins so; `250 ok` to all others, and to the end of a mail. */
type Script = Readonly<Record<string, string>>;

const MAIL: Mail = {
  from: 'kundencenter@example.org',
  to: 'kim@example.org',
  subject: 'Eingangsbestätigung: Zählerstand melden',
  text: 'Guten Tag,\n\n.ein Punkt am Anfang',
  messageId: '2026-7K3M-9QXT.receipt.1@example.org',
};

/** A mail server on this machine that follows a script and keeps what it hears. */
class ScriptedServer {
  readonly heard: string[] = [];
  readonly sockets = new Set<Socket>();
  private server: Server;

  static async open(script: Script, greeting: string | null = '220 here'): Promise<ScriptedServer> {
    const scripted = new ScriptedServer();
    scripted.server = createServer((socket) => {
      scripted.sockets.add(socket);
      socket.on('error', () => undefined);
      if (greeting !== null) socket.write(`${greeting}\r\n`);
      let inData = false;
      let rest = '';
      socket.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString('utf8')).split('\r\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          scripted.heard.push(line);
          if (inData && line !== '.') continue;
          const name = Object.keys(script).find((each) => line.toUpperCase().startsWith(each));
          const isData = line.toUpperCase() === 'DATA' && name === undefined;
          inData = isData;
          socket.write(`${name === undefined ? (isData ? '354 go on' : '250 ok') : script[name]}\r\n`);
        }
      });
    });
    await new Promise<void>((resolve) => scripted.server.listen(0, '127.0.0.1', resolve));
    return scripted;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe('a mail server', () => {
  let server: ScriptedServer | undefined;
  afterEach(() => server?.close());

  const send = async (
    { script = {}, greeting = '220 here' as string | null, signal = new AbortController().signal } = {},
    mail: Partial<Mail> = {},
  ): Promise<AppError | undefined> => {
    server = await ScriptedServer.open(script as Script, greeting);
    return sendTo(server.url, { ...MAIL, ...mail }, signal);
  };
  const sendTo = async (url: string, mail: Mail, signal: AbortSignal): Promise<AppError | undefined> => {
    const connection = new SmtpConnection({ url });
    try {
      await connection.send(mail, { signal });
      return undefined;
    } catch (error) {
      return error as AppError;
    } finally {
      connection.close();
    }
  };

  it('is given one mail to one recipient, with its id and its attachment', async () => {
    const attachments = [{ name: '2026-7K3M-9QXT.jws', mediaType: 'application/jose', content: 'a.b.c' }];
    expect(await send({}, { attachments })).toBeUndefined();
    const { heard } = server!;
    expect(heard.filter((line) => /^(?:MAIL|RCPT)/.test(line))).toEqual([
      'MAIL FROM:<kundencenter@example.org>',
      'RCPT TO:<kim@example.org>',
    ]);
    const text = heard.join('\n');
    expect(text).toContain('Message-ID: <2026-7K3M-9QXT.receipt.1@example.org>');
    expect(text).toContain('Auto-Submitted: auto-generated');
    expect(text).toContain('filename=2026-7K3M-9QXT.jws');
    expect(text).toContain(Buffer.from('a.b.c').toString('base64'));
    expect(heard).toContain('..ein Punkt am Anfang');
  });

  it.each([
    ['to', 'kim@example.org\r\nRCPT TO:<all@example.org>'],
    ['to', ''],
    ['from', 'kundencenter@example.org\nBcc: all@example.org'],
    ['subject', 'Hallo\r\nBcc: all@example.org'],
    ['subject', 'Hallo\u2028Welt'],
    ['messageId', 'x>\r\nBcc: all@example.org'],
  ])('is given nothing when %s is %j', async (name, value) => {
    expect(await send({}, { [name]: value })).toMatchObject({ code: 'INVALID_INPUT', details: { path: name } });
    expect(server!.sockets.size).toBe(0);
  });

  it.each([
    ['refuses for good', { 'RCPT TO': '550 no such person kim@example.org' }, 'UPSTREAM_REJECTED', '550'],
    ['refuses for now', { 'RCPT TO': '450 kim@example.org is busy' }, 'UPSTREAM_UNAVAILABLE', '450'],
    ['has no room', { '.': '452 full' }, 'UPSTREAM_UNAVAILABLE', '452'],
  ])('that %s is quoted by its number alone', async (_, script, code, upstreamCode) => {
    const error = await send({ script: script as unknown as Record<string, never> });
    expect(error).toMatchObject({ code, details: { upstreamCode } });
    expect(JSON.stringify([error, error?.message, error?.cause])).not.toContain('@');
  });

  it('that is not there, or hangs up, is unavailable', async () => {
    expect(await send({ greeting: '554 go away' })).toMatchObject({ code: 'UPSTREAM_REJECTED' });
    const { url } = server!;
    await server!.close();
    server = undefined;
    expect(await sendTo(url, MAIL, new AbortController().signal)).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
  });

  it('that never answers is left at the deadline of the call', async () => {
    const deadline = new AbortController();
    const sending = send({ greeting: null, signal: deadline.signal });
    while ((server?.sockets.size ?? 0) === 0) await new Promise((resolve) => setImmediate(resolve));
    deadline.abort();
    expect(await sending).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  it('elsewhere gets no mail without TLS, nor a name and password', async () => {
    server = await ScriptedServer.open({ EHLO: '250-here\r\n250 AUTH PLAIN', STARTTLS: '502 no' });
    const port = new URL(server.url).port;
    // Another name of this machine stands for another machine.
    const error = await sendTo(`smtp://user:secret@0.0.0.0:${port}`, MAIL, new AbortController().signal);
    expect(error).toMatchObject({ code: expect.stringMatching(/^UPSTREAM_/) });
    expect(server.heard.filter((line) => /^(?:MAIL|AUTH|DATA)/.test(line))).toEqual([]);
    expect(server.heard.join('\n')).not.toContain(Buffer.from('\0user\0secret').toString('base64'));
  });
});
