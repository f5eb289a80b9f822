import type { EventEmitter } from 'node:events';
import { Inject, Injectable, Logger, Optional, type OnModuleInit } from '@nestjs/common';
import type { ClientMetadata, default as Provider } from 'oidc-provider';
import { CustomerDirectory } from '#lib/customer';
import { CLOCK, type Clock } from '#lib/kernel';
import { SessionCallers, type IncomingRequest } from '../../callers.js';
import { ConsentDesk } from '../consent/consent-desk.js';
import { PartnerContracts } from '../contracts/partner-contracts.js';
import { PartnerGrants } from '../grants/partner-grants.js';
import { clientOf } from './client-of.js';
import { loadProvider } from './load-provider.js';
import { PartnerServer } from './partner-server.js';
import { providerSettings } from './provider-settings.js';
import { ANSWER_HEADERS, send, type RawRequest, type RawResponse } from './raw-http.js';
import { ServerKeys } from './server-keys.js';
import { StateRows } from './state-rows.js';
import { storeAdapters } from './store-adapter.js';

/** Where the authorization server is. */
export const OAUTH_PATH = '/partner/oauth';
/** Where its description is found from its name alone (RFC 8414 §3.1). */
export const OAUTH_METADATA_PATH = `/.well-known/oauth-authorization-server${OAUTH_PATH}`;
const DESK_PATH = `${OAUTH_PATH}/interaction/`;

interface Server {
  readonly desk: ConsentDesk;
  readonly speakOAuth: (request: RawRequest, response: RawResponse) => Promise<void>;
}

/** The partners' authorization server: tokens for partners themselves, and for what customers grant them. */
@Injectable()
export class PartnerAuthorization implements OnModuleInit {
  private readonly logger = new Logger('partners');
  private server: Server | undefined;

  constructor(
    private readonly place: PartnerServer,
    private readonly contracts: PartnerContracts,
    private readonly grants: PartnerGrants,
    private readonly rows: StateRows,
    private readonly customers: CustomerDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(SessionCallers) private readonly sessions?: SessionCallers,
  ) {}

  /** Without a contract there is no server. */
  async onModuleInit(): Promise<void> {
    const { origin } = this.place;
    const key = this.place.revealKey();
    if (this.contracts.list.length === 0 || origin === undefined || key === undefined) return;
    const { default: OidcProvider, errors } = await loadProvider();
    const keys = new ServerKeys(key);
    const { contracts, customers, grants, rows } = this;
    const usedUp = (): Error => new errors.InvalidGrant('already used');
    const findClient = (id: string): ClientMetadata | undefined => {
      const contract = contracts.find(id);
      return contract && clientOf(contract, contracts);
    };
    const adapter = storeAdapters({ rows, grants, findClient, usedUp });
    const settings = await providerSettings({ contracts, customers, keys, adapter, deskPath: DESK_PATH });
    const provider = new OidcProvider(origin + OAUTH_PATH, settings);
    this.watch(provider);
    // The library checks clients when it first meets them; a contract that it refuses is to be known now.
    for (const { clientId } of contracts.list) await provider.Client.find(clientId);
    const { clock, sessions } = this;
    const report = (error: unknown): void => this.report(error);
    const people = { customers, sessions, contracts };
    const desk = new ConsentDesk({ provider, ...people, keys, clock, origin, path: DESK_PATH, report });
    this.server = { desk, speakOAuth: provider.callback() };
  }

  /**
   * Answers every request below {@link OAUTH_PATH}, and at {@link OAUTH_METADATA_PATH}.
   * @param incoming the request as the server understands it, for the browser's session
   */
  async handle(incoming: IncomingRequest, request: RawRequest, response: RawResponse): Promise<void> {
    for (const [name, value] of Object.entries(ANSWER_HEADERS)) response.setHeader(name, value);
    if (this.server === undefined) return send(response, 404, { 'content-type': 'application/json' }, '{}');
    const { desk, speakOAuth } = this.server;
    if (request.url?.startsWith(DESK_PATH)) return desk.answer(incoming, request, response);
    this.present(request);
    await speakOAuth(request, response);
  }

  /** The library makes its addresses of the request's; they are to be the server's own, whoever sends what. */
  private present(request: RawRequest): void {
    const { protocol, host } = new URL(this.place.origin!);
    const { headers } = request;
    headers.host = host;
    headers['x-forwarded-host'] = host;
    headers['x-forwarded-proto'] = protocol.slice(0, -1);
    const url = request.url ?? '/';
    const inner = url.startsWith(OAUTH_METADATA_PATH)
      ? '/.well-known/oauth-authorization-server'
      : url.slice(OAUTH_PATH.length);
    Object.assign(request, { originalUrl: OAUTH_PATH + inner, url: inner });
  }

  private watch(provider: Provider): void {
    // Set for the addresses that `present` writes; nothing of the client's own is believed.
    provider.proxy = true;
    provider.on('server_error', (_context, error: unknown) => this.report(error));
    const errors: EventEmitter = provider;
    errors.on('error', (error: unknown) => this.report(error));
  }

  /** Names and codes only: texts may quote what somebody sent. */
  private report(error: unknown): void {
    const { name = 'Error', code } = (error ?? {}) as { name?: string; code?: unknown };
    this.logger.error(`the authorization server failed: ${name} ${typeof code === 'string' ? code : ''}`.trim());
  }
}
