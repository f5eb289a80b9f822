import { Injectable } from '@nestjs/common';
import { AppError, type Loaded } from '#lib/kernel';
import { writeGetClientsEx } from '#lib/formats';
import { Upstream, type Connection, type UpstreamCall } from '#lib/upstream';
import type { Occupancy } from '../model/occupancy.js';
import type { ValueCard } from '../model/value-card.js';
import { PoolsSettings } from '../pools.settings.js';
import { bodyOf } from './http-answer.js';
import { readCards, readCardUids } from './read-cards.js';
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

  private async getClient(clientId: string, call: UpstreamCall): Promise<Buffer> {
    if (!/^\d{1,19}$/.test(clientId)) throw new AppError('INTERNAL', 'the link to the till is no ClientId');
    const { tillUser, tillPassword } = this.settings;
    const request = writeGetClientsEx({ userName: tillUser, password: tillPassword }, { id: clientId });
    const response = await this.till.send(
      {
        method: 'POST',
        path: '/soap/ITPAPIPOS',
        headers: { 'content-type': request.contentType, soapaction: request.soapAction },
        body: request.body,
      },
      call,
    );
    return bodyOf(response);
  }
}
