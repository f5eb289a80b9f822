import { Headers, Param, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiParam } from '@nestjs/swagger';
import { Delegates } from '#lib/access';
import type { Customer } from '#lib/customer';
import { AppError, parseGlobalId, type Reading, type RequestScope } from '#lib/kernel';
import { PartnerController, PartnerRoute, PartnerScope, type PartnerReply } from '#lib/partner';
import { EnergyService } from '../energy.service.js';
import { billedPeriods, consumedByDay, parseMonths, parseSingleDays } from '../model/meters/consumption.js';
import type { EnergyContract } from '../model/contracts/energy-contract.js';
import { sameNumber } from '../model/sap-number.js';
import { BO4E_MEDIA_TYPE, prefersBo4e } from './bo4e-media-type.js';
import { bo4eOf, type Bo4eJson } from './bo4e-contract.js';
import { daysOf, EnergyConsumptionQuery } from './consumption.query.js';
import {
  EnergyConsumptionDto,
  EnergyContractDetailDto,
  EnergyContractsDto,
  EnergyInstalmentsDto,
  toContractDto,
  toContractsDto,
  toInstalmentDto,
} from './contracts.dto.js';
import { toSourceDto } from './energy.dto.js';
import {
  CONSUMPTION_EXAMPLE,
  CONTRACT_EXAMPLE,
  CONTRACT_ID,
  CONTRACTS_EXAMPLE,
  INSTALMENT_EXAMPLE,
} from './examples.js';
import { CONTRACTS_SCOPE, INSTALMENTS_SCOPE } from './partner-scopes.js';
import { CONSUMPTION_SCOPE } from '../model/labels.js';
import { shownTerms } from './shown-terms.js';

const ID = ApiParam({ name: 'id', example: CONTRACT_ID, description: 'Kennung des Vertrags.' });
const UNKNOWN = ApiNotFoundResponse({
  description: 'Diesen Vertrag gibt es nicht, oder die Freigabe umfasst ihn nicht.',
});
const AS_BO4E = `mit "Accept: ${BO4E_MEDIA_TYPE}" als Geschäftsobjekte nach BO4E (VERTRAG, MARKTLOKATION, MESSLOKATION)`;

/** A customer's contracts for a partner whom the customer let in: the same data and refusals as in the graph. */
@PartnerController('energy')
export class EnergyContractsController {
  constructor(
    private readonly service: EnergyService,
    private readonly delegates: Delegates,
  ) {}

  @PartnerRoute({
    method: 'GET',
    path: 'contracts',
    rule: { callers: ['delegate'], scope: CONTRACTS_SCOPE },
    summary: `Verträge des Kunden, der die Freigabe erteilt hat; ${AS_BO4E}`,
    answer: EnergyContractsDto,
    example: CONTRACTS_EXAMPLE,
  })
  async contracts(
    @PartnerScope() scope: RequestScope,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: PartnerReply,
  ): Promise<EnergyContractsDto | readonly Bo4eJson[]> {
    const customer = await this.delegates.getCustomer(scope);
    if (!prefersBo4e(accept)) return toContractsDto(await this.service.contracts(scope, customer));
    const { value } = await this.service.contracts(scope, customer);
    return this.asBo4e(value, scope, customer, reply);
  }

  @PartnerRoute({
    method: 'GET',
    path: 'contracts/:id',
    rule: { callers: ['delegate'], scope: CONTRACTS_SCOPE },
    summary: `Ein Vertrag mit Laufzeit und Kündigungsfrist; ${AS_BO4E}`,
    answer: EnergyContractDetailDto,
    example: CONTRACT_EXAMPLE,
  })
  @ID
  @UNKNOWN
  async contract(
    @Param('id') id: string,
    @PartnerScope() scope: RequestScope,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: PartnerReply,
  ): Promise<EnergyContractDetailDto | readonly Bo4eJson[]> {
    const customer = await this.delegates.getCustomer(scope);
    const { value: contract, source } = await this.getContract(scope, customer, id);
    if (prefersBo4e(accept)) return this.asBo4e([contract], scope, customer, reply);
    const { value: terms } = await this.service.terms(scope, customer);
    return {
      contract: toContractDto(contract),
      terms: shownTerms(terms, contract, this.service.today()),
      source: toSourceDto(source),
    };
  }

  @PartnerRoute({
    method: 'GET',
    path: 'contracts/:id/instalment',
    rule: { callers: ['delegate'], scope: INSTALMENTS_SCOPE },
    summary: 'Der laufende Abschlag eines Vertrags',
    answer: EnergyInstalmentsDto,
    example: INSTALMENT_EXAMPLE,
  })
  @ID
  @UNKNOWN
  async instalment(@Param('id') id: string, @PartnerScope() scope: RequestScope): Promise<EnergyInstalmentsDto> {
    const customer = await this.delegates.getCustomer(scope);
    const { value: contract } = await this.getContract(scope, customer, id);
    const { value, source } = await this.service.instalments(scope, customer);
    const own = value.find(({ contractNumber }) => sameNumber(contractNumber, contract.number));
    return { instalment: own === undefined ? null : toInstalmentDto(own), source: toSourceDto(source) };
  }

  @PartnerRoute({
    method: 'GET',
    path: 'contracts/:id/consumption',
    rule: { callers: ['delegate'], scope: CONSUMPTION_SCOPE },
    summary: 'Verbrauch eines Vertrags nach Monaten oder Tagen; leer für Partner, die Energie verkaufen',
    answer: EnergyConsumptionDto,
    example: CONSUMPTION_EXAMPLE,
  })
  @ID
  @UNKNOWN
  async consumption(
    @Param('id') id: string,
    @Query() query: EnergyConsumptionQuery,
    @PartnerScope() scope: RequestScope,
  ): Promise<EnergyConsumptionDto> {
    const customer = await this.delegates.getCustomer(scope);
    const { value: contract } = await this.getContract(scope, customer, id);
    const today = this.service.today();
    if (query.step === 'DAY') {
      const days = parseSingleDays(daysOf(query), today);
      const { value, source } = await this.service.profileDays(scope, customer, contract, days);
      const items = consumedByDay(value).map(({ date, ...rest }) => ({
        from: date,
        until: date,
        ...rest,
        ...UNBILLED,
      }));
      return { items, source: toSourceDto(source) };
    }
    const days = parseMonths(daysOf(query), today);
    const { value, source } = await this.service.consumption(scope, customer);
    const items = billedPeriods(value, contract.number, days).map(
      ({ contractNumber: _number, periodType: _type, ...period }) => period,
    );
    return { items, source: toSourceDto(source) };
  }

  /** @throws AppError NOT_FOUND when it is none of the customer's */
  private async getContract(scope: RequestScope, customer: Customer, id: string): Promise<Reading<EnergyContract>> {
    const parsed = parseGlobalId(id);
    const reading = await this.service.contracts(scope, customer);
    const contract = reading.value.find(
      ({ number }) => parsed?.type === 'EnergyContract' && sameNumber(number, parsed.key),
    );
    if (contract === undefined) throw new AppError('NOT_FOUND', 'no such contract', { path: 'id' });
    return { ...reading, value: contract };
  }

  private async asBo4e(
    contracts: readonly EnergyContract[],
    scope: RequestScope,
    customer: Customer,
    reply: PartnerReply,
  ): Promise<readonly Bo4eJson[]> {
    const { value: terms } = await this.service.terms(scope, customer);
    const today = this.service.today();
    reply.header('content-type', `${BO4E_MEDIA_TYPE}; charset=utf-8`);
    return contracts.flatMap((contract) => bo4eOf(contract, shownTerms(terms, contract, today), today));
  }
}

const UNBILLED = { billedIn: null, cost: null, category: null } as const;
