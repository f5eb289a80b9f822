import { AUTHORIZATION_CHECKS } from './authorization.checks.js';
import { CALLBACK_CHECKS } from './callback.checks.js';
import type { Check } from './check.js';
import { COOKIE_CHECKS } from './cookies.checks.js';
import { FORGERY_CHECKS } from './forgery.checks.js';
import { HEADER_CHECKS } from './headers.checks.js';
import { OUTBOUND_CHECKS } from './outbound.checks.js';
import { SIGN_OUT_CHECKS } from './sign-out.checks.js';
import { TOKEN_CHECKS } from './tokens.checks.js';

/** Everything that is looked at, in this order. */
export const ALL_CHECKS: readonly Check[] = [
  ...HEADER_CHECKS,
  ...AUTHORIZATION_CHECKS,
  ...CALLBACK_CHECKS,
  ...COOKIE_CHECKS,
  ...FORGERY_CHECKS,
  ...TOKEN_CHECKS,
  ...SIGN_OUT_CHECKS,
  ...OUTBOUND_CHECKS,
];
