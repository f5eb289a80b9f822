import { Injectable } from '@nestjs/common';
import { odataKey } from '#lib/formats';
import { AppError, type Loaded, type Omission } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { SupplyContract } from '../../model/supply/supply-contract.js';
import type { OrderableProduct, PlaceOfSupply } from '../../model/supply/supply-order.js';
import { odataFilter } from '../sap/odata-filter.js';
import { readAccountOf, readCheck, readNames, readOrderable, readPlace, readSupplyContract } from './read-supply.js';
import { SapGateway } from '../sap/sap-gateway.js';
import {
  ACCOUNTS,
  CHECK_MOVE_OUT,
  CONTRACTS_WITH_TERMS,
  NO_SUCH_ENTITY,
  POINTS_OF_DELIVERY,
  PRODUCTS,
  WITH_TERMS,
  WITHOUT_TERMS,
} from './supply.wire.js';
import { CONTRACT_ITEMS, CRM, NOT_IN_THIS_SERVICE } from '../umc.wire.js';
import type { Written } from '../sap/write-answer.js';
import { endRequest, saleRequest, type EndOrder, type SaleOrder } from './write-supply.js';

/** A contract and whose it is. */
export interface FoundContract {
  readonly contract: SupplyContract;
  /** First and last name, or the name of a firm. */
  readonly names: readonly string[];
}

/** Beginnings and ends of contracts in CRM_UTILITIES_UMC. One method per legacy operation. */
@Injectable()
export class SupplyBackend {
  constructor(private readonly sap: SapGateway) {}

  /** Contracts with terms and dates, where the service pack knows them. */
  async listSupplyContracts(account: string, call: UpstreamCall): Promise<Loaded<readonly SupplyContract[]>> {
    const below = `${CRM}/${ACCOUNTS}(${odataKey(account)})`;
    const read = (set: string): Promise<Loaded<SupplyContract[]>> =>
      this.sap.readSet(`${below}/${set}`, call, (row, path, omit) => readSupplyContract(row, path, account, omit));
    try {
      return await read(CONTRACTS_WITH_TERMS);
    } catch (error) {
      if (!hasCode(error, NOT_IN_THIS_SERVICE)) throw error;
      return read(CONTRACT_ITEMS);
    }
  }

  /** The contract with that number, whoever has it; null when nobody has. For comparing names, never for showing. */
  async findContract(number: string, call: UpstreamCall): Promise<Loaded<FoundContract | null>> {
    const omissions: Omission[] = [];
    try {
      const document = await this.readContract(number, call);
      const account = readAccountOf(document);
      const names = readNames(await this.sap.readDocument(`${CRM}/${ACCOUNTS}(${odataKey(account)})`, call));
      const row = (document as { readonly d: unknown }).d;
      const contract = readSupplyContract(row, 'd', account, (omission) => void omissions.push(omission));
      return { value: { contract, names }, omissions };
    } catch (error) {
      if (!hasCode(error, NO_SUCH_ENTITY)) throw error;
      return { value: null, omissions };
    }
  }

  private async readContract(number: string, call: UpstreamCall): Promise<unknown> {
    const path = `${CRM}/ContractItems(${odataKey(number)})`;
    try {
      return await this.sap.readDocument(`${path}?${WITH_TERMS}`, call);
    } catch (error) {
      if (!hasCode(error, NOT_IN_THIS_SERVICE)) throw error;
      return this.sap.readDocument(`${path}?${WITHOUT_TERMS}`, call);
    }
  }

  /** The place with that number of the market; null when SAP keeps none, or more than one. */
  async findPlace(marketLocation: string, call: UpstreamCall): Promise<Loaded<PlaceOfSupply | null>> {
    const filter = odataFilter({ property: 'ExternalID', is: 'eq', value: { text: marketLocation } });
    const { value, omissions } = await this.sap.readSet(`${CRM}/${POINTS_OF_DELIVERY}?${filter}`, call, readPlace);
    return { value: value.length === 1 ? value[0]! : null, omissions };
  }

  /** Null when there is no such product. */
  async findProduct(product: string, call: UpstreamCall): Promise<Loaded<OrderableProduct | null>> {
    try {
      const document = await this.sap.readDocument(`${CRM}/${PRODUCTS}(${odataKey(product)})`, call);
      return { value: readOrderable(document), omissions: [] };
    } catch (error) {
      if (!hasCode(error, NO_SUCH_ENTITY)) throw error;
      return { value: null, omissions: [] };
    }
  }

  /** Whether the contract can be ended at all. */
  async canEnd(contract: string, call: UpstreamCall): Promise<Loaded<boolean>> {
    const path = `${CRM}/${CHECK_MOVE_OUT}?ContractID=${odataKey(contract)}`;
    return { value: readCheck(await this.sap.readDocument(path, call)), omissions: [] };
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as {@link readWritten} */
  end(order: EndOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(endRequest(order), call);
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as {@link readWritten} */
  sell(order: SaleOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(saleRequest(order), call);
  }
}

function hasCode(error: unknown, beginning: string): boolean {
  return error instanceof AppError && (error.details.upstreamCode?.startsWith(beginning) ?? false);
}
