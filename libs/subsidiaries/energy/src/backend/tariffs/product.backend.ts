import { Injectable } from '@nestjs/common';
import { odataKey } from '#lib/formats';
import type { CalendarDate, Loaded } from '#lib/kernel';
import type { HttpRequest, UpstreamCall } from '#lib/upstream';
import type { ChangeableContract } from '../../model/tariffs/product-change.js';
import type { ProductSlice } from '../../model/tariffs/product-slice.js';
import { CHANGE_PRODUCT, CHANGEABLE_CONTRACTS, PRODUCT_SLICES } from './product.wire.js';
import { readChangeable } from './read-changeable.js';
import { readSlices } from './read-slices.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { CRM } from '../umc.wire.js';
import type { Written } from '../sap/write-answer.js';

/** Another product of a contract. */
export interface ProductOrder {
  readonly contract: string;
  readonly product: string;
  readonly from: CalendarDate;
}

const HEADERS = { accept: 'application/json', 'accept-language': 'de', 'content-type': 'application/json' };

/** Contracts and their products, in CRM. */
@Injectable()
export class ProductBackend {
  constructor(private readonly sap: SapGateway) {}

  listChangeable(account: string, call: UpstreamCall): Promise<Loaded<readonly ChangeableContract[]>> {
    return this.sap.readSet(`${CRM}/Accounts(${odataKey(account)})/${CHANGEABLE_CONTRACTS}`, call, (row, path) =>
      readChangeable(row, path, account),
    );
  }

  /** Which products all contracts have over time. */
  async listSlices(account: string, call: UpstreamCall): Promise<Loaded<readonly ProductSlice[]>> {
    const path = `${CRM}/Accounts(${odataKey(account)})/${PRODUCT_SLICES}`;
    const read = await this.sap.readSet(path, call, (row, rowPath) => readSlices(row, rowPath, account));
    return { ...read, value: read.value.flat() };
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as `readWritten` */
  changeProduct(order: ProductOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(productRequest(order), call);
  }
}

function productRequest({ contract, product, from }: ProductOrder): HttpRequest {
  const day = `datetime'${encodeURIComponent(`${from}T00:00:00`)}'`;
  const parameters = `ContractID=${odataKey(contract)}&ChangeProductDate=${day}&NewProductID=${odataKey(product)}`;
  return { method: 'POST', path: `${CRM}/${CHANGE_PRODUCT}?${parameters}`, headers: HEADERS, body: '' };
}
