import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { AppError, type Principal, type PrincipalKind } from '#lib/kernel';

/** Who may call an operation. Each one declares its rule; one without a rule keeps the program from starting. */
export interface AccessRule {
  /** Kinds of callers; `anyone` includes those who did not sign in. */
  readonly callers: 'anyone' | readonly Exclude<PrincipalKind, 'anonymous' | 'subsidiary'>[];
  /** What a partner's contract and token, or a customer's grant, must name. */
  readonly scope?: string;
  /** Whether the second factor must be fresh (at most five minutes old). */
  readonly stepUp?: boolean;
  /** Set for routes of the browser's own (sign-in and session); every other route is the partners'. */
  readonly edge?: 'browser';
}

/** Where the rule lies on a resolver's or controller's method. */
export const ACCESS_RULE = 'saaltor:access-rule';

/** Declares who may call this query, mutation or route. */
export function Allow(rule: AccessRule): MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS_RULE, rule), ApiExtension('x-access', toExtension(rule)));
}

/**
 * Whether the rule lets the caller in.
 * @param now clock time in milliseconds
 * @throws AppError UNAUTHENTICATED for nobody, FORBIDDEN for the wrong caller, STEP_UP_REQUIRED without a fresh factor
 */
export function enforce(rule: AccessRule, principal: Principal, now: number): void {
  if (rule.callers !== 'anyone') {
    if (principal.kind === 'anonymous') throw unauthenticated();
    if (!rule.callers.some((kind) => kind === principal.kind))
      throw forbidden('this kind of caller is not allowed here');
  }
  if (rule.scope !== undefined && 'scopes' in principal && !principal.scopes.includes(rule.scope)) {
    throw forbidden(`the scope ${rule.scope} is missing`);
  }
  if (rule.stepUp === true && !('stepUpUntil' in principal && now < (principal.stepUpUntil ?? 0))) {
    const reason = 'sign in again with the second factor';
    throw new AppError('STEP_UP_REQUIRED', reason, { reason });
  }
}

const CALLER_NAMES: Readonly<Record<Exclude<PrincipalKind, 'anonymous' | 'subsidiary'>, string>> = {
  customer: 'Kunden',
  agent: 'Mitarbeitende',
  partner: 'Partner',
  delegate: 'Partner mit Freigabe des Kunden',
};

/** The rule as people read it in the schema and in the OpenAPI document. */
export function ruleSentence({ callers, scope, stepUp }: AccessRule): string {
  if (callers === 'anyone') return 'Zugang: alle.';
  const names = callers.map((caller) => CALLER_NAMES[caller]).join(', ');
  const conditions = [
    ...(scope === undefined ? [] : [`Berechtigung ${scope}`]),
    ...(stepUp === true ? ['frischer zweiter Faktor'] : []),
  ];
  return `Zugang: ${[names, ...conditions].join('; ')}.`;
}

/** The rule in the OpenAPI document. */
function toExtension(rule: AccessRule): object {
  const { callers, scope, stepUp } = rule;
  return {
    sentence: ruleSentence(rule),
    callers,
    ...(scope === undefined ? {} : { scope }),
    ...(stepUp === true ? { stepUp } : {}),
  };
}

function unauthenticated(): AppError {
  return new AppError('UNAUTHENTICATED', 'sign-in needed', { reason: 'no valid credentials were sent' });
}

function forbidden(reason: string): AppError {
  return new AppError('FORBIDDEN', reason, { reason });
}
