import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Customer } from '#lib/customer';
import { ResultNodes, type LoadResult, type NamedNode } from '#lib/graph';
import { parseGlobalId, type RequestScope } from '#lib/kernel';
import { ChangeInstalment } from '../commands/change-instalment.js';
import { ChangeProduct } from '../commands/change-product.js';
import { GiveNotice } from '../commands/give-notice.js';
import { OrderSupply } from '../commands/order-supply.js';
import { WithdrawContract } from '../commands/withdraw-contract.js';
import { SubmitReadings, type ReadingsResult } from '../commands/submit-readings.js';
import { EnergyService } from '../energy.service.js';
import { parseMeterId } from '../model/meters/meter-id.js';
import { sameNumber } from '../model/sap-number.js';
import { toContract } from './contracts/to-contract.js';
import { toMeter } from './meters/to-meter.js';

type ContractResult = { readonly contractId: string };

/** What the commands have changed, read anew: the meter with its last reading, the contract. */
@Injectable()
export class EnergyResults implements OnModuleInit {
  constructor(
    private readonly results: ResultNodes,
    private readonly service: EnergyService,
    private readonly readings: SubmitReadings,
    private readonly instalment: ChangeInstalment,
    private readonly order: OrderSupply,
    private readonly notice: GiveNotice,
    private readonly withdrawal: WithdrawContract,
    private readonly product: ChangeProduct,
  ) {}

  onModuleInit(): void {
    const { order, notice, withdrawal, instalment, product } = this;
    this.addContracts(...[order, notice, withdrawal, instalment, product].map(({ kind }) => kind));
    this.results.add(this.readings.kind, ((result: ReadingsResult, customer, scope) =>
      this.meterOf(result, customer, scope)) as LoadResult);
  }

  /** New, changed and ended contracts alike. */
  private addContracts(...kinds: readonly string[]): void {
    const load = ((result: ContractResult, customer, scope) => this.contractOf(result, customer, scope)) as LoadResult;
    for (const kind of kinds) this.results.add(kind, load);
  }

  private async meterOf(
    { meterId }: ReadingsResult,
    customer: Customer,
    scope: RequestScope,
  ): Promise<NamedNode | null> {
    const key = parseMeterId(meterId);
    const account = this.service.findAccount(scope, customer);
    if (key === undefined || account === null) return null;
    const { value, source } = await this.service.meters(scope, customer);
    const meter = value.find(({ number }) => sameNumber(number, key.device));
    return meter === undefined ? null : { __typename: 'Meter', ...toMeter(meter, account, customer, source) };
  }

  private async contractOf(
    { contractId }: ContractResult,
    customer: Customer,
    scope: RequestScope,
  ): Promise<NamedNode | null> {
    const number = parseGlobalId(contractId)?.key ?? '';
    const { value, source } = await this.service.contracts(scope, customer);
    const contract = value.find((each) => sameNumber(each.number, number));
    return contract === undefined ? null : { __typename: 'EnergyContract', ...toContract(contract, customer, source) };
  }
}
