import { Body, Res } from '@nestjs/common';
import { Delegates } from '#lib/access';
import type { RequestScope } from '#lib/kernel';
import {
  answerOutcome,
  IdempotencyKey,
  PartnerController,
  PartnerRoute,
  PartnerScope,
  ProcessDto,
  type PartnerReply,
} from '#lib/partner';
import { CommandService } from '#lib/processes';
import { ReportRepair } from '../commands/report-repair.js';
import { REPAIRS } from './partner-scopes.js';
import { RepairReportInputDto } from './repair-report.dto.js';

/** Repair reports by a partner whom the tenant let do this: the same command and refusals as in the graph. */
@PartnerController('housing')
export class RepairReportsController {
  constructor(
    private readonly commands: CommandService,
    private readonly command: ReportRepair,
    private readonly delegates: Delegates,
  ) {}

  @PartnerRoute({
    method: 'POST',
    path: 'repair-reports',
    rule: { callers: ['delegate'], scope: `${REPAIRS}:write` },
    summary: 'Meldet einen Mangel in der Wohnung des Kunden, der die Freigabe erteilt hat',
    answer: ProcessDto,
    durable: true,
  })
  async report(
    @IdempotencyKey() key: string,
    @Body() input: RepairReportInputDto,
    @PartnerScope() scope: RequestScope,
    @Res({ passthrough: true }) reply: PartnerReply,
  ): Promise<object> {
    const customer = await this.delegates.getCustomer(scope);
    const { kind } = this.command;
    const outcome = await this.commands.submit({ kind, key, input, customer, scope });
    return answerOutcome(outcome, reply, scope.language);
  }
}
