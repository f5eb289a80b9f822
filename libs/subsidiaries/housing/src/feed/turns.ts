import { setImmediate } from 'node:timers/promises';

/** Long work in short turns: each `yield` is a place where others may go first. */
export type Turns<T> = Generator<void, T>;

/** Does the work in one go, for tools that serve nobody meanwhile. */
export function atOnce<T>(work: Turns<T>): T {
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}

/**
 * Does the work turn by turn, so that the process goes on answering.
 * @throws the signal's reason once it is aborted; the rest of the work is dropped
 */
export async function inTurns<T>(work: Turns<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const turn = work.next();
    if (turn.done) return turn.value;
    await setImmediate();
  }
}
