/** Seconds of real time; an ID token lives as long as the access token. */
export interface Lifetimes {
  readonly accessToken: number;
  /** Counted anew for every rotation. */
  readonly refreshToken: number;
  /** Of the sign-in at the identity provider itself. */
  readonly session: number;
}

export const LIFETIMES: Lifetimes = { accessToken: 3_600, refreshToken: 86_400, session: 86_400 };
