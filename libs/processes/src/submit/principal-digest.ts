import type { Principal } from '#lib/kernel';
import { canonicalJson, digestOf } from './canonical-json.js';

/** Who asked, as digest: the same caller has the same one, and nobody reads a name out of it. */
export function principalDigest(principal: Principal): string {
  return digestOf(canonicalJson([principal.kind, subjectOf(principal)]));
}

function subjectOf(principal: Principal): string {
  switch (principal.kind) {
    case 'anonymous':
      return '';
    case 'customer':
    case 'agent':
      return principal.subject;
    case 'partner':
    case 'delegate':
      return principal.clientId;
    case 'subsidiary':
      return principal.subsidiary;
  }
}
