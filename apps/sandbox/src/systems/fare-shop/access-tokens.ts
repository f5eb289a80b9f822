import { randomBytes } from 'node:crypto';

/** Seconds that a token is good for. */
export const TOKEN_LIFETIME = 300;

const MOST_TOKENS = 1_000;

/** The bearer tokens in use; past a thousand the oldest is forgotten. */
export class AccessTokens {
  private readonly expiries = new Map<string, number>();

  /** @param now epoch milliseconds */
  issue(now: number): string {
    const token = randomBytes(24).toString('base64url');
    this.expiries.set(token, now + TOKEN_LIFETIME * 1_000);
    const [oldest] = this.expiries.keys();
    if (this.expiries.size > MOST_TOKENS && oldest !== undefined) this.expiries.delete(oldest);
    return token;
  }

  isValid(token: string, now: number): boolean {
    const expiry = this.expiries.get(token);
    return expiry !== undefined && now < expiry;
  }

  forgetAll(): void {
    this.expiries.clear();
  }
}
