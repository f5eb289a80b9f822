import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, type Loaded } from '#lib/kernel';
import { Upstream, type Connection, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import type { FareSubscription } from '../model/fare-subscription.js';
import { TransitSettings } from '../transit.settings.js';
import { parseJson } from './parse-json.js';
import { readSubscriptions } from './read-subscriptions.js';
import { shopError } from './shop-error.js';
import { ShopToken } from './shop-token.js';

/** A customer has a handful of subscriptions with a few kilobytes of barcodes each. */
const MAX_BODY_BYTES = 1_000_000;

/** The fare-subscription shop: one method per operation. */
@Injectable()
export class ShopBackend {
  private readonly connection: Connection;
  private readonly token: ShopToken;

  constructor(upstream: Upstream, settings: TransitSettings, @Inject(CLOCK) clock: Clock) {
    this.connection = upstream.connect({ name: 'fare-shop', baseUrl: settings.shopUrl, maxBodyBytes: MAX_BODY_BYTES });
    this.token = new ShopToken(this.connection, clock, settings.shopClientId, settings.shopClientSecret);
  }

  /**
   * Subscriptions of a customer with their tickets.
   * @throws AppError UPSTREAM_REJECTED with `CUSTOMER_NOT_FOUND` when the shop does not know the number
   */
  async listSubscriptions(customerNumber: string, call: UpstreamCall): Promise<Loaded<readonly FareSubscription[]>> {
    const response = await this.getAuthorised(
      `/api/v2/customers/${encodeURIComponent(customerNumber)}/subscriptions`,
      call,
    );
    if (response.status !== 200) throw shopError(response);
    return readSubscriptions(parseJson(response.body));
  }

  /** A refused token is renewed once; a second refusal is an answer. */
  private async getAuthorised(path: string, call: UpstreamCall): Promise<HttpResponse> {
    const token = await this.token.get(call);
    const response = await this.get(path, token, call);
    if (response.status !== 401) return response;
    this.token.forget(token);
    return this.get(path, await this.token.get(call), call);
  }

  private get(path: string, token: string, call: UpstreamCall): Promise<HttpResponse> {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    return this.connection.send({ method: 'GET', path, headers }, call);
  }
}
