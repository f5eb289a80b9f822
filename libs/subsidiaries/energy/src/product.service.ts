import { Injectable } from '@nestjs/common';
import { CustomerAccess, type Customer } from '#lib/customer';
import type { Reading, RequestScope } from '#lib/kernel';
import { ProductBackend } from './backend/tariffs/product.backend.js';
import { productSliceLabels, type ProductSlice } from './model/tariffs/product-slice.js';
import { PRODUCT_SLICES } from './product.operations.js';

/** Which products a customer's contracts have over time. */
@Injectable()
export class ProductService {
  constructor(
    private readonly backend: ProductBackend,
    private readonly access: CustomerAccess,
  ) {}

  /**
   * Those of all contracts, past and future.
   * @throws AppError NOT_FOUND when the caller sees no such part; UPSTREAM_* when SAP cannot be read
   */
  slices(scope: RequestScope, customer: Customer): Promise<Reading<readonly ProductSlice[]>> {
    return this.access.read(
      {
        operation: PRODUCT_SLICES,
        labels: productSliceLabels,
        load: (account, call) => this.backend.listSlices(account, call),
      },
      scope,
      customer,
    );
  }
}
