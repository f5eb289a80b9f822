import { AppError, type Refusal } from '#lib/kernel';

/** Judges by what the system says now. A system that does not answer is no reason to refuse: then nothing stands against it. */
export async function judgeCurrent<T>(
  read: () => Promise<T>,
  judge: (value: T) => Refusal | null,
): Promise<Refusal | null> {
  try {
    return judge(await read());
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('UPSTREAM_')) return null;
    throw error;
  }
}
