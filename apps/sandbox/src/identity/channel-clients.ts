import type { ClientMetadata } from 'oidc-provider';

/** Grant by which tools exchange a persona's key and password for a token; only the sandbox has it. */
export const PERSONA_GRANT = 'urn:saaltor:sandbox:persona';

export const CLI_CLIENT = 'saaltor-cli';

/** The client of the agents' counter; all others are for customers. */
export const COUNTER_CLIENT = 'saaltor-counter';

/** The confidential clients, one a channel. Their secrets protect nothing but imitations. */
export const CHANNEL_CLIENTS = ['saaltor-portal', COUNTER_CLIENT] as const;
export type ChannelClient = (typeof CHANNEL_CLIENTS)[number];

/** Origins of one client that were added at run time; the oldest make room. */
const MOST_ADDED = 50;

/** A change of what a client may do. */
export interface ClientOrder {
  /** Both unless given. */
  readonly client?: ChannelClient;
  /** May be redirected to from now on. */
  readonly origin?: string;
  /** Base URL by which the gateway itself is reached: logout tokens are posted there. */
  readonly gatewayUrl?: string;
}

/** What the provider knows of its clients, in OAuth's spelling; may change at any time. */
export class ChannelClients {
  private readonly origins = new Map<ChannelClient, readonly string[]>();
  private readonly gatewayUrls = new Map<ChannelClient, string>();

  /**
   * @param origins where a channel may always be
   * @param gatewayUrl until somebody knows better
   */
  constructor(
    private readonly firstOrigins: readonly string[],
    private readonly firstGatewayUrl: string,
  ) {}

  follow({ client, origin, gatewayUrl }: ClientOrder): void {
    for (const id of client === undefined ? CHANNEL_CLIENTS : [client]) {
      if (origin !== undefined) this.add(id, origin);
      if (gatewayUrl !== undefined) this.gatewayUrls.set(id, gatewayUrl);
    }
  }

  list(): readonly ClientMetadata[] {
    return CHANNEL_CLIENTS.map((id) => this.channel(id));
  }

  find(id: string): ClientMetadata | undefined {
    if (id === CLI_CLIENT) return CLI;
    const channel = CHANNEL_CLIENTS.find((known) => known === id);
    return channel && this.channel(channel);
  }

  private add(id: ChannelClient, origin: string): void {
    const others = (this.origins.get(id) ?? []).filter((known) => known !== origin);
    this.origins.set(id, [...others, origin].slice(-MOST_ADDED));
  }

  private channel(id: ChannelClient): ClientMetadata {
    const origins = [...new Set([...this.firstOrigins, ...(this.origins.get(id) ?? [])])];
    return {
      client_id: id,
      client_secret: `${id}-sandbox-secret`,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: origins.map((origin) => `${origin}/auth/callback`),
      post_logout_redirect_uris: origins.map((origin) => `${origin}/`),
      backchannel_logout_uri: `${this.gatewayUrls.get(id) ?? this.firstGatewayUrl}/auth/backchannel-logout`,
      backchannel_logout_session_required: true,
    };
  }
}

const CLI: ClientMetadata = {
  client_id: CLI_CLIENT,
  token_endpoint_auth_method: 'none',
  grant_types: [PERSONA_GRANT],
  response_types: [],
  redirect_uris: [],
};
