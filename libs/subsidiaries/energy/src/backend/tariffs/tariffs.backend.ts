import { Injectable } from '@nestjs/common';
import { AppError, type Loaded } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import { divisionOf, type Commodity } from '../../model/commodity.js';
import type { Tariff } from '../../model/tariffs/tariff.js';
import { odataFilter } from '../sap/odata-filter.js';
import { readTariff } from './read-tariff.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { PRODUCTS } from './tariff.wire.js';
import { CRM, NOT_IN_THIS_SERVICE } from '../umc.wire.js';

/** Products for sale, in CRM. Public: no customer is named. */
@Injectable()
export class TariffsBackend {
  constructor(private readonly sap: SapGateway) {}

  /** All products of a commodity, those not for sale at the moment included; none where SAP does not keep their prices. */
  async listTariffs(commodity: Commodity, call: UpstreamCall): Promise<Loaded<readonly Tariff[]>> {
    const division = divisionOf(commodity);
    if (division === undefined) return { value: [], omissions: [] };
    const filter = odataFilter({ property: 'DivisionID', is: 'eq', value: { text: division } });
    try {
      return await this.sap.readSet(`${CRM}/${PRODUCTS}&${filter}`, call, readTariff);
    } catch (error) {
      if (!(error instanceof AppError) || !error.details.upstreamCode?.startsWith(NOT_IN_THIS_SERVICE)) throw error;
      return { value: [], omissions: [] };
    }
  }
}
