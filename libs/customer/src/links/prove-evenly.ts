import { AppError, RequestScope, type Clock } from '#lib/kernel';
import type { LinkProof } from '#lib/subsidiary-kit';

/** An attempt that proves nothing is answered after this time, whatever happened meanwhile. */
export const FLOOR_MS = 2_000;
/** How long the systems are waited for; the rest is for what an attempt does besides. */
const PATIENCE_MS = 1_800;

type Verdict = boolean | AppError;

/** Waits until the floor of time for answers that must not differ. */
export function floorOfTime(clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    clock.after(FLOOR_MS, resolve);
  });
}

/**
 * Asks the proof. Unless it proves, the answer depends on the system's control number alone and comes after a fixed
 * time, so neither the answer nor its time says anything about the number in question. The reads belong to a scope of
 * their own: the caller's answer lists none of them.
 * @param account a normalised number; undefined for one that cannot be any
 * @throws AppError UPSTREAM_* when the system cannot be asked about any number
 */
export async function proveEvenly(
  proof: LinkProof,
  account: string | undefined,
  fact: string,
  { principal, language, signal }: RequestScope,
  clock: Clock,
): Promise<boolean> {
  const ask = (number: string): Promise<Verdict> =>
    verdictOf(proof.prove(number, fact, new RequestScope(principal, language, clock.now() + PATIENCE_MS, signal)));
  const tooLate = floorOfTime(clock).then(() => new AppError('UPSTREAM_TIMEOUT', 'the proof took too long'));
  const own = account === undefined ? Promise.resolve(false) : ask(account);
  const control = ask(proof.controlNumber);
  if ((await Promise.race([own, tooLate])) === true) return true;
  await tooLate;
  const state = await Promise.race([control, tooLate]);
  if (state instanceof AppError) throw state;
  return false;
}

/** A system that refuses a number works: it knows no such number. */
async function verdictOf(answer: Promise<boolean>): Promise<Verdict> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AppError)) return new AppError('INTERNAL', 'proving failed unexpectedly', {}, error);
    return error.code === 'UPSTREAM_REJECTED' ? false : error;
  }
}
