import { Inject, Injectable } from '@nestjs/common';
import { berlinDate, CLOCK, instantOf, type Clock, type Reading, type RequestScope } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { TariffsBackend } from './backend/tariffs/tariffs.backend.js';
import type { Commodity } from './model/commodity.js';
import { hasGaps } from './model/gaps.js';
import type { Tariff } from './model/tariffs/tariff.js';
import {
  parseTariffSearch,
  searchTariffs,
  type TariffPage,
  type TariffSearchInput,
} from './model/tariffs/tariff-search.js';
import { TARIFFS } from './tariff.operations.js';

/** What is for sale: public, the same for everyone. */
@Injectable()
export class TariffService {
  constructor(
    private readonly backend: TariffsBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One page of the offers for a consumption at a place.
   * @throws AppError INVALID_INPUT with the path of what is wrong; UPSTREAM_* when SAP cannot be read
   */
  async search(scope: RequestScope, input: TariffSearchInput): Promise<Reading<TariffPage>> {
    // Berlin's day decides prices and bonuses; it is no part of the key, since the list holds those of every day.
    const today = berlinDate(instantOf(this.clock.now()));
    const search = parseTariffSearch(input, today);
    const reading = await this.list(scope, search.wish.commodity);
    const page = searchTariffs(reading.value, search, today);
    const isDoubtful = page.reason !== null && hasGaps(reading);
    return { ...reading, value: isDoubtful ? { ...page, reason: 'UNREADABLE' } : page };
  }

  /** All products of a commodity, those not for sale at the moment included. @throws AppError UPSTREAM_* */
  list(scope: RequestScope, commodity: Commodity): Promise<Reading<readonly Tariff[]>> {
    return this.upstream.read(
      {
        operation: TARIFFS,
        account: null,
        args: [commodity],
        load: (call) => this.backend.listTariffs(commodity, call),
      },
      scope,
    );
  }
}
