import { Inject, Injectable } from '@nestjs/common';
import { odataKey } from '#lib/formats';
import { AppError, berlinDate, CLOCK, instantOf, type Clock, type Loaded } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { CustomerSearchBy, NameCriteria } from '../../model/agents/customer-search.js';
import type { FoundCustomer } from '../../model/agents/found-customer.js';
import { sameNumber } from '../../model/sap-number.js';
import {
  ACCOUNT_ID,
  BUSINESS_AGREEMENT_ID,
  CONTRACT_ITEMS,
  DEVICES,
  FIRST_NAME,
  GET_ACCOUNTS,
  LAST_NAME,
  NOT_FOUND,
  POSTAL_CODE,
  SERIAL_NUMBER,
  STREET,
  WITH_ADDRESS,
} from './customer-search.wire.js';
import { odataFilter } from '../sap/odata-filter.js';
import { readContractOfDevice, readHit, readHolder, type Hit } from './read-found-customer.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { CRM, ERP } from '../umc.wire.js';

/** Contracts of one meter that are followed; it has one at a time. */
const MOST_CONTRACTS = 5;

/** People who were found, as many as there are. */
export interface Found {
  readonly customers: readonly FoundCustomer[];
  /** How many SAP gave before a day of birth narrowed them: where it cuts off, the rest was never looked at. */
  readonly given: number;
}

const NOBODY: Loaded<Found> = { value: { customers: [], given: 0 }, omissions: [] };

/** The search for business partners, in CRM; only a meter's number leads by way of ERP. */
@Injectable()
export class CustomerSearchBackend {
  constructor(
    private readonly sap: SapGateway,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  find(by: CustomerSearchBy, call: UpstreamCall): Promise<Loaded<Found>> {
    switch (by.kind) {
      case 'customer-number':
        return this.findAccount(by.number, call);
      case 'contract-account-number':
        return this.search([[BUSINESS_AGREEMENT_ID, by.number]], call, () => true);
      case 'contract-number':
        return this.findByContract(by.number, call);
      case 'meter-serial-number':
        return this.findByMeter(by.serialNumber, call);
      case 'name':
        return this.findByName(by, call);
    }
  }

  private findAccount(number: string, call: UpstreamCall): Promise<Loaded<Found>> {
    return this.search([[ACCOUNT_ID, number]], call, ({ customer }) => sameNumber(customer.number, number));
  }

  private findByName(
    { lastName, firstName, street, postcode, birthDate }: NameCriteria,
    call: UpstreamCall,
  ): Promise<Loaded<Found>> {
    const given: [string, string | null][] = [
      [LAST_NAME, lastName],
      [FIRST_NAME, firstName],
      [STREET, street],
      [POSTAL_CODE, postcode],
    ];
    const parameters = given.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
    return this.search(parameters, call, (hit) => birthDate === null || hit.birthDate === birthDate);
  }

  private async findByContract(contract: string, call: UpstreamCall): Promise<Loaded<Found>> {
    const holder = await this.findHolder(contract, call);
    return holder === null ? NOBODY : this.findAccount(holder.account, call);
  }

  /** Devices of ended contracts are still listed: whoever had the meter before is not meant. */
  private async findByMeter(serialNumber: string, call: UpstreamCall): Promise<Loaded<Found>> {
    const filter = odataFilter({ property: SERIAL_NUMBER, is: 'eq', value: { text: serialNumber } });
    const devices = await this.sap.readSet(`${ERP}/${DEVICES}?${filter}`, call, (row, path) =>
      readContractOfDevice(row, path, serialNumber),
    );
    const contracts = [...new Set(devices.value)].slice(0, MOST_CONTRACTS);
    const holders = await Promise.all(contracts.map((contract) => this.findHolder(contract, call)));
    const today = berlinDate(instantOf(this.clock.now()));
    const running = holders.flatMap((holder) =>
      holder !== null && (holder.until ?? today) >= today ? [holder.account] : [],
    );
    const found = await Promise.all([...new Set(running)].map((account) => this.findAccount(account, call)));
    const customers = found.flatMap(({ value }) => value.customers);
    const omissions = [devices, ...found].flatMap((part) => part.omissions);
    return { value: { customers, given: customers.length }, omissions };
  }

  /** Null for a number that no contract has. */
  private async findHolder(contract: string, call: UpstreamCall): Promise<ReturnType<typeof readHolder> | null> {
    try {
      const document = await this.sap.readDocument(`${CRM}/${CONTRACT_ITEMS}(${odataKey(contract)})`, call);
      return readHolder(document, contract);
    } catch (error) {
      if (error instanceof AppError && error.details.upstreamCode === NOT_FOUND) return null;
      throw error;
    }
  }

  private async search(
    parameters: readonly (readonly [name: string, value: string])[],
    call: UpstreamCall,
    isMeant: (hit: Hit) => boolean,
  ): Promise<Loaded<Found>> {
    const query = parameters.map(([name, value]) => `${name}=${odataKey(value)}`).join('&');
    const { value, omissions } = await this.sap.readSet(
      `${CRM}/${GET_ACCOUNTS}?${query}&${WITH_ADDRESS}`,
      call,
      readHit,
    );
    const customers = value.filter(isMeant).map(({ customer }) => customer);
    const distinct = customers.filter(
      ({ number }, index) => customers.findIndex((other) => other.number === number) === index,
    );
    return { value: { customers: distinct, given: value.length }, omissions };
  }
}
