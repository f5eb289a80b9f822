import { ClientSecret, DevelopmentChannels, type Channel } from '#lib/access';
import type { SandboxControl } from './sandbox-control.js';

/**
 * Channels on this machine, at the gateway's own address: the portal under both names that people type, and the
 * counter under one of its own, since browsers share cookies between ports. The secrets protect nothing but imitations.
 */
export class SandboxChannels extends DevelopmentChannels {
  /** @param port the one that the gateway listens on, as of now */
  constructor(
    private readonly control: SandboxControl,
    private readonly port: () => number,
  ) {
    super();
  }

  list(): readonly Channel[] {
    const port = this.port();
    return [
      portal('portal', `http://127.0.0.1:${port}`),
      portal('portal-localhost', `http://localhost:${port}`),
      {
        name: 'counter',
        origin: `http://counter.localhost:${port}`,
        audience: 'agent',
        clientId: 'saaltor-counter',
        clientSecret: new ClientSecret('saaltor-counter-sandbox-secret'),
      },
    ];
  }

  /** The sandbox knows the clients of these channels only; any other client is somebody else's. */
  async register({ clientId, origin }: Channel): Promise<void> {
    if (!this.list().some((channel) => channel.clientId === clientId)) return;
    const gatewayUrl = `http://127.0.0.1:${this.port()}`;
    await this.control.ask('PUT', '/identity/clients', { client: clientId, origin, gatewayUrl });
  }
}

function portal(name: string, origin: string): Channel {
  const clientSecret = new ClientSecret('saaltor-portal-sandbox-secret');
  return { name, origin, audience: 'customer', clientId: 'saaltor-portal', clientSecret };
}
