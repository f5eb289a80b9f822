import { Inject, Injectable } from '@nestjs/common';
import type { WireObject } from '#lib/formats';
import { AppError, CLOCK, type Clock, type Loaded } from '#lib/kernel';
import { Upstream, type Connection, type HttpRequest, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import type { FareSubscription } from '../model/fare-subscription.js';
import type { PausableSubscription, Pause } from '../model/pause.js';
import { TransitSettings } from '../transit.settings.js';
import { parseJson } from './parse-json.js';
import { readPausables } from './read-pausable.js';
import { readPauseAnswer, type PauseOutcome } from './read-pause-answer.js';
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
    return readSubscriptions(await this.getSubscriptions(customerNumber, call));
  }

  /** As {@link listSubscriptions}: what matters to a pause. */
  async listPausable(customerNumber: string, call: UpstreamCall): Promise<Loaded<readonly PausableSubscription[]>> {
    return readPausables(await this.getSubscriptions(customerNumber, call));
  }

  /**
   * Pauses a subscription. The shop keeps `key` for a day: the same request again gets the first one's answer.
   * @throws AppError as {@link readPauseAnswer}; `unsent` also where there was no token to send it with
   */
  async pauseSubscription({ number, pause, key }: PauseRequest, call: UpstreamCall): Promise<PauseOutcome> {
    // The shop's own numbers and our own keys: anything else would be another address or another header.
    if (!/^[\w-]{1,60}$/.test(number) || !/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new AppError('INTERNAL', 'not a number of the shop or not a key', { unsent: true });
    }
    const request: HttpRequest = {
      method: 'PUT',
      path: `/subscriptions/${number}/pause`,
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ from: pause.from, until: pause.until }),
    };
    return readPauseAnswer(await this.sendAuthorised(request, call), number, pause);
  }

  private async getSubscriptions(customerNumber: string, call: UpstreamCall): Promise<WireObject> {
    const path = `/api/v2/customers/${encodeURIComponent(customerNumber)}/subscriptions`;
    const response = await this.sendAuthorised({ method: 'GET', path }, call);
    if (response.status !== 200) throw shopError(response);
    return parseJson(response.body);
  }

  /** A refused token is renewed once, since nothing was done with it; a second refusal is an answer. */
  private async sendAuthorised(request: HttpRequest, call: UpstreamCall): Promise<HttpResponse> {
    const token = await this.getToken(call);
    const response = await this.send(request, token, call);
    if (response.status !== 401) return response;
    this.token.forget(token);
    return this.send(request, await this.getToken(call), call);
  }

  private async getToken(call: UpstreamCall): Promise<string> {
    try {
      return await this.token.get(call);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, error.message, { ...error.details, unsent: true }, error.cause);
    }
  }

  private send(request: HttpRequest, token: string, call: UpstreamCall): Promise<HttpResponse> {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...request.headers };
    return this.connection.send({ ...request, headers }, call);
  }
}

interface PauseRequest {
  readonly number: string;
  readonly pause: Pause;
  readonly key: string;
}
