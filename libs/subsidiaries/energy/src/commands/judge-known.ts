import { AppError, type Refusal } from '#lib/kernel';

/** Whose data are read, and since which change of them: what was read before it is not asked for again. */
export interface Asked {
  readonly account: string;
  readonly epoch?: number;
}

/** A judgement, and whether it rests on what the system said just now. */
export interface Judgement {
  readonly refusal: Refusal | null;
  readonly isCurrent: boolean;
}

/**
 * Judges by what is known, perhaps from the cache; before it refuses it asks the system anew, since the caller may have
 * seen something newer. A system that does not answer is no reason to refuse: then what is known decides, or nothing.
 */
export async function judgeKnown<T>(
  known: () => Promise<T>,
  current: () => Promise<T>,
  judge: (value: T) => Refusal | null,
): Promise<Judgement> {
  const first = await answerOf(known);
  const refusal = first === null ? null : judge(first);
  if (refusal === null) return { refusal, isCurrent: false };
  const second = await answerOf(current);
  return second === null ? { refusal, isCurrent: false } : { refusal: judge(second), isCurrent: true };
}

async function answerOf<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('UPSTREAM_')) return null;
    throw error;
  }
}
