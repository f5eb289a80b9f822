import { Body } from '@nestjs/common';
import { EntitlementChecks } from '#lib/customer';
import { AppError, type RequestScope } from '#lib/kernel';
import { PartnerController } from '../partner-controller.decorator.js';
import { PartnerRoute } from '../partner-route.decorator.js';
import { PartnerScope } from '../partner-scope.decorator.js';
import { EntitlementCheckDto, EntitlementCheckInput } from './entitlement-check.dto.js';

/** Entitlements for the systems of the subsidiaries, e.g. a till: yes or no, and no contract. */
@PartnerController('entitlements')
export class EntitlementChecksController {
  constructor(private readonly checks: EntitlementChecks) {}

  @PartnerRoute({
    method: 'POST',
    path: 'checks',
    rule: { callers: ['partner'], scope: 'entitlements:check' },
    summary: 'Fragt, ob einem Kunden der eigenen Gesellschaft eine Vergünstigung zusteht',
    answer: EntitlementCheckDto,
  })
  async check(
    @Body() { entitlement, number }: EntitlementCheckInput,
    @PartnerScope() scope: RequestScope,
  ): Promise<EntitlementCheckDto> {
    const { principal } = scope;
    if (principal.kind !== 'partner' || principal.subsidiary === null) {
      const reason = 'the contract names no subsidiary';
      throw new AppError('FORBIDDEN', reason, { reason });
    }
    const question = { asking: principal.subsidiary, entitlement, number, scope };
    return { entitlement, answer: await this.checks.check({ ...question, reason: `asked by ${principal.clientId}` }) };
  }
}
