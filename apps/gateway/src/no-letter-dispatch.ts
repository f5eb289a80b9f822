import { LetterDispatch } from '#lib/customer';
import { AppError } from '#lib/kernel';

/** Where no print shop is connected, customers link by a second fact or at the counter. */
export class NoLetterDispatch extends LetterDispatch {
  send(): Promise<void> {
    return Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'no print shop is connected', { system: 'letters' }));
  }
}
