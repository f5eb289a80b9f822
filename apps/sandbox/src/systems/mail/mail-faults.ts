import type { Socket } from 'node:net';
import type { Fault, World } from '../../world/world.js';
import { type Reply, reply, writeReply } from './mail-commands.js';

const GARBAGE = Buffer.from('00ff01fe02fd8081c0c1f5f6fffe0b1b7f00', 'hex');
const UNAVAILABLE = reply(421, 'Service not available, closing transmission channel');
const LOCAL_ERROR = reply(451, 'Requested action aborted: error in processing');

/**
 * The fault that strikes now and is counted. Mail has no household: it is never known whose it is before it is read.
 * @param moment `before`: the client has just come; `after`: its mail is kept and not answered
 */
export function strikingFault(world: World, systemName: string, moment: 'before' | 'after'): Fault | undefined {
  const fault = world.faults.find(systemName, null, true);
  if (fault === undefined) return undefined;
  const isLate = fault.after === 'effect' || fault.after === 'half-answer';
  if (isLate !== (moment === 'after')) return undefined;
  world.faults.spend?.(fault);
  return fault;
}

/** Says `answer` as the fault would have it. @returns how many milliseconds late it is to be said; null: not at all */
export function strike(fault: Fault, answer: Reply, socket: Socket): number | null {
  switch (fault.kind) {
    case 'latency':
      return fault.milliseconds ?? 0;
    case 'hang':
      return null;
    case 'reset':
      socket.resetAndDestroy();
      return null;
    case 'cut':
      if (fault.after === 'half-answer') socket.write(writeReply(answer).slice(0, 2), () => socket.destroy());
      else socket.destroy();
      return null;
    case 'garbage':
      socket.write(GARBAGE);
      return null;
    case '500':
      socket.write(writeReply(fault.after === 'effect' ? LOCAL_ERROR : UNAVAILABLE));
      if (fault.after !== 'effect') socket.destroySoon();
      return null;
  }
}
