import { Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DateScalar, Pending, ProcessField, Scope, type PendingWish } from '#lib/graph';
import type { CalendarDate, RequestScope } from '#lib/kernel';
import { GiveNotice } from '../../commands/give-notice.js';
import { WithdrawContract } from '../../commands/withdraw-contract.js';
import { sameNumber } from '../../model/sap-number.js';
import type { NoticeKind } from '../../model/supply/notice.js';
import { contractNumberIn } from '../../model/supply/supply-contract.js';
import { ENERGY_KEY } from '../../operations.js';
import { EnergyContractType } from '../contracts/energy-contract.type.js';
import { NoticeKindEnum } from './supply.resolver.js';

@ObjectType('PendingEnd', { description: 'Kündigung oder Widerruf, noch nicht bestätigt.' })
export class PendingEndType {
  @Field(() => NoticeKindEnum, { nullable: true, description: 'Art der Kündigung; null: ein Widerruf.' })
  notice: NoticeKind | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Gewünschter letzter Tag der Lieferung; null: der nächstmögliche.',
  })
  until: CalendarDate | null;

  @ProcessField()
  process: PendingWish['process'];
}

/** The end that a customer has declared, beside the one that is confirmed. */
@Resolver(() => EnergyContractType)
export class PendingEndResolver {
  constructor(
    private readonly pending: Pending,
    private readonly notice: GiveNotice,
    private readonly withdrawal: WithdrawContract,
  ) {}

  @ResolveField(() => PendingEndType, {
    nullable: true,
    description:
      'Kündigung oder Widerruf, solange "until" das Ende noch nicht nennt; sonst null. Ein Widerruf geht vor.',
  })
  async pendingEnd(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<PendingEndType | null> {
    const isOfContract = (contractId: string): boolean =>
      sameNumber(contractNumberIn(contractId) ?? '', contract.number);
    const withdrawals = { subsidiary: ENERGY_KEY, command: this.withdrawal };
    const withdrawn = await this.pending.last(scope, customer, withdrawals, ({ contractId }) =>
      isOfContract(contractId) ? [{ notice: null, until: null }] : [],
    );
    if (withdrawn !== null) return withdrawn;
    const notices = { subsidiary: ENERGY_KEY, command: this.notice };
    return this.pending.last(scope, customer, notices, ({ contractId, kind, until }) =>
      isOfContract(contractId) ? [{ notice: kind, until }] : [],
    );
  }
}
