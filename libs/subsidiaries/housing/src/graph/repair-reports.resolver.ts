import type { OnModuleInit } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { Outcome, Pending, ProcessType, ResultNodes, Scope, Submissions, type RefusalType } from '#lib/graph';
import { toGlobalId, type RequestScope } from '#lib/kernel';
import { ReportRepair } from '../commands/report-repair.js';
import { HOUSING_KEY } from '../operations.js';
import { LeaseType } from './lease.type.js';
import { ReportRepairArgs, type RepairReportType } from './repair-report.types.js';

/** Repair reports: how tenants make them, and those under way beside the lease. */
@Resolver(() => LeaseType)
export class RepairReportsResolver implements OnModuleInit {
  constructor(
    private readonly submissions: Submissions,
    private readonly pending: Pending,
    private readonly results: ResultNodes,
    private readonly command: ReportRepair,
  ) {}

  onModuleInit(): void {
    this.results.add(this.command.kind, ({ reportId, number }) => {
      const id = toGlobalId('RepairReport', String(reportId));
      const report: RepairReportType = { id, number: typeof number === 'string' ? number : null };
      return Promise.resolve({ __typename: 'RepairReport', ...report });
    });
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, { description: 'Meldet einen Mangel in einer gemieteten Wohnung.' })
  reportRepair(
    @Args() { key, customerId, receiptTo, ...input }: ReportRepairArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }

  @ResolveField('pendingRepairReports', () => [ProcessType], {
    description: 'Mängelmeldungen zu dieser Wohnung, die noch nicht angekommen sind.',
  })
  async pendingRepairReports(
    @Parent() { id, flat, customer }: LeaseType,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType[]> {
    const reports = { subsidiary: HOUSING_KEY, command: this.command };
    const own = await this.pending.list(scope, customer, reports, (report) =>
      report.leaseId === id || report.flat === flat.number ? [{}] : [],
    );
    return Promise.all(own.map(({ process }) => process()));
  }
}
