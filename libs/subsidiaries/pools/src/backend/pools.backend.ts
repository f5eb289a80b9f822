import { Injectable } from '@nestjs/common';
import { AppError, type DecimalText, type Loaded } from '#lib/kernel';
import { writeClientDeposit, writeGetClientsEx } from '#lib/formats';
import { Upstream, type Connection, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import type { Occupancy } from '../model/occupancy.js';
import type { ValueCard } from '../model/value-card.js';
import { PoolsSettings } from '../pools.settings.js';
import { bodyOf } from './http-answer.js';
import { readCardHolders, readCards, readCardUids } from './read-cards.js';
import { readDeposit, type DepositOutcome } from './read-deposit.js';
import { readOccupancy } from './read-occupancy.js';

/** The till answers one client at a time; anything large is no answer to our question. */
const TILL_MAX_BODY_BYTES = 2_000_000;
const TICOS_MAX_BODY_BYTES = 500_000;

/** One method per operation of the legacy systems. */
@Injectable()
export class PoolsBackend {
  private readonly till: Connection;
  private readonly ticos: Connection;

  constructor(
    upstream: Upstream,
    private readonly settings: PoolsSettings,
  ) {
    this.till = upstream.connect({ name: 'till', baseUrl: settings.tillUrl, maxBodyBytes: TILL_MAX_BODY_BYTES });
    this.ticos = upstream.connect({ name: 'ticos', baseUrl: settings.ticosUrl, maxBodyBytes: TICOS_MAX_BODY_BYTES });
  }

  /** unTill `GetClientsEx` by id. @throws AppError INTERNAL when the link holds no ClientId */
  async listCards(clientId: string, call: UpstreamCall): Promise<Loaded<readonly ValueCard[]>> {
    return readCards(await this.getClient(clientId, call), clientId);
  }

  /** As {@link listCards}: the whole UIDs of the cards, which are for comparing only. */
  async listCardUids(clientId: string, call: UpstreamCall): Promise<Loaded<readonly string[]>> {
    return readCardUids(await this.getClient(clientId, call), clientId);
  }

  /** unTill `GetClientsEx` by card: ClientIds of those who hold it. @param uid hexadecimal digits in capitals */
  async listCardHolders(uid: string, call: UpstreamCall): Promise<Loaded<readonly string[]>> {
    const request = writeGetClientsEx(this.credentials, { smartcardUid: uid });
    return readCardHolders(bodyOf(await this.askTill(request, call)), uid);
  }

  /** TICOS gate counters of several organisation units in one call. */
  async listOccupancy(
    organizationUnitIds: readonly number[],
    call: UpstreamCall,
  ): Promise<Loaded<readonly Occupancy[]>> {
    const query = organizationUnitIds.map((id) => `organizationUnitIds=${id}`).join('&');
    const tenant = this.settings.ticosTenant;
    // Installations differ in which of the two spellings of ABP they read.
    const headers = { accept: 'application/json', 'abp-tenantid': tenant, 'abp.tenantid': tenant };
    const response = await this.ticos.send({ method: 'GET', path: `/api/gates/counter?${query}`, headers }, call);
    return readOccupancy(bodyOf(response));
  }

  /** Whether it is set up under which payment mode deposits are booked. */
  get takesDeposits(): boolean {
    return this.settings.tillPaymentId !== undefined;
  }

  /**
   * unTill `ClientDeposit`: puts euros on the client's account. Sent twice, it is booked twice.
   * @throws AppError INTERNAL when the link holds no ClientId or no payment mode is set up, and as {@link readDeposit}
   */
  async deposit(clientId: string, amount: DecimalText, call: UpstreamCall): Promise<DepositOutcome> {
    const paymentId = this.settings.tillPaymentId;
    if (paymentId === undefined) throw new AppError('INTERNAL', 'no payment mode is set up', { unsent: true });
    const deposit = { clientId: checkedClientId(clientId), paymentId, amount };
    return readDeposit(await this.askTill(writeClientDeposit(this.credentials, deposit), call));
  }

  private async getClient(clientId: string, call: UpstreamCall): Promise<Buffer> {
    const request = writeGetClientsEx(this.credentials, { id: checkedClientId(clientId) });
    return bodyOf(await this.askTill(request, call));
  }

  private get credentials(): { userName: string; password: string } {
    return { userName: this.settings.tillUser, password: this.settings.tillPassword };
  }

  private askTill({ contentType, soapAction, body }: TillRequest, call: UpstreamCall): Promise<HttpResponse> {
    const headers = { 'content-type': contentType, soapaction: soapAction };
    return this.till.send({ method: 'POST', path: '/soap/ITPAPIPOS', headers, body }, call);
  }
}

type TillRequest = ReturnType<typeof writeGetClientsEx>;

/** Nothing was sent yet when this fails. */
function checkedClientId(clientId: string): string {
  if (/^\d{1,19}$/.test(clientId)) return clientId;
  throw new AppError('INTERNAL', 'the link to the till is no ClientId', { unsent: true });
}
