import type { Socket } from 'node:net';
import type { Fault, World } from '../../world/world.js';
import type { ControlHook, HookedSystem } from '../control-hooks.js';
import { sendBare500 } from '../http.js';
import type { SocketSystem } from '../socket-system.js';
import { LineReader, LineTooLong } from './line-reader.js';
import { type Reply, reply, writeReply } from './mail-commands.js';
import { strike, strikingFault } from './mail-faults.js';
import { MailTray } from './mail-tray.js';
import { GREETING, SmtpSession, type Turn } from './smtp-session.js';

const NAME = 'mail';
const MOST_CLIENTS = 50;
/** A client that says nothing for so long is sent away (RFC 5321, section 4.5.3.2.7). */
const IDLE_MS = 300_000;
/** Far more than the 998 characters of RFC 5322: what is caught is not to be judged. */
const LONGEST_LINE = 65_536;

const TOO_MANY_CLIENTS = reply(421, 'Too many connections, try again later');
const IDLE = reply(421, 'Idle for too long, closing transmission channel');
const LINE_TOO_LONG = reply(500, 'Line too long');

/** A mail server that delivers nothing: SMTP without TLS and without a sign-in. */
export function createMail(world: World): SocketSystem & HookedSystem {
  const tray = new MailTray(world);
  const clients = new Set<Socket>();
  const hooks: readonly ControlHook[] = [{ method: 'GET', path: '/mails', answer: () => tray.list() }];

  function accept(socket: Socket): void {
    if (clients.size >= MOST_CLIENTS) return dismiss(socket, TOO_MANY_CLIENTS);
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
    socket.setTimeout(IDLE_MS, () => dismiss(socket, IDLE));
    converse(world, tray, socket);
  }

  return {
    name: NAME,
    scheme: 'smtp',
    environment: (baseUrl) => ({ SMTP_URL: baseUrl }),
    accept,
    handle: async (_, response) => sendBare500(response),
    reset: () => tray.clear(),
    resetHousehold: (household) => tray.clearHousehold(household),
    books: () => tray.books(),
    hooks,
  };
}

function dismiss(socket: Socket, answer: Reply): void {
  socket.write(writeReply(answer));
  socket.destroySoon();
}

/** Reads line by line; while an answer is late, nothing more is read. */
function converse(world: World, tray: MailTray, socket: Socket): void {
  const session = new SmtpSession();
  const lines = new LineReader(LONGEST_LINE);
  let waiting: Buffer[] = [];
  let state: 'talking' | 'late' | 'done' = 'talking';

  function say(answer: Reply, fault: Fault | undefined, closes = false): void {
    const late = fault === undefined ? 0 : strike(fault, answer, socket);
    if (late === 0) return speak(answer, closes);
    if (late === null) {
      state = 'done';
      return;
    }
    state = 'late';
    socket.pause();
    const timer = setTimeout(() => {
      state = 'talking';
      speak(answer, closes);
      goOn();
      socket.resume();
    }, late);
    socket.once('close', () => clearTimeout(timer));
  }

  function speak(answer: Reply, closes: boolean): void {
    if (socket.writable) socket.write(writeReply(answer));
    if (!closes) return;
    state = 'done';
    socket.destroySoon();
  }

  function follow({ reply: answer, mail, closes }: Turn): void {
    if (mail !== undefined) tray.put(mail);
    const fault = mail === undefined ? undefined : strikingFault(world, NAME, 'after');
    if (answer !== undefined) say(answer, fault, closes);
  }

  /** Follows what is complete; what comes after the end of the talk is for nobody. */
  function goOn(): void {
    const complete = waiting;
    waiting = [];
    for (const [index, line] of complete.entries()) {
      if (state === 'late') waiting = complete.slice(index);
      if (state !== 'talking') return;
      follow(session.take(line));
    }
  }

  socket.on('data', (chunk: Buffer) => {
    if (state === 'done') return;
    try {
      waiting.push(...lines.read(chunk));
    } catch (error) {
      if (!(error instanceof LineTooLong)) throw error;
      return speak(LINE_TOO_LONG, true);
    }
    goOn();
  });
  say(GREETING, strikingFault(world, NAME, 'before'));
}
