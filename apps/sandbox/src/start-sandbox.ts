import { createControl } from './control/control-server.js';
import { ChannelClients } from './identity/channel-clients.js';
import { IdentityProvider } from './identity/identity-provider.js';
import { AUDIENCE } from './identity/provider-settings.js';
import { listen, type Listener } from './listen.js';
import { listenSockets } from './listen-sockets.js';
import { ALL_SYSTEMS } from './systems/all-systems.js';
import { withHooks } from './systems/control-hooks.js';
import type { LegacySystem } from './systems/legacy-system.js';
import { isSocketSystem } from './systems/socket-system.js';
import { City } from './world/city.js';
import type { Household } from './world/household.js';

export interface SandboxOptions {
  /** Address to listen on; 127.0.0.1 unless given. */
  readonly host?: string;
  /** First port: control, then identity, then the systems in their order. 0: free ports for all. */
  readonly ports: number;
  /** Where the gateway is expected until somebody tells better; 4000 unless given. */
  readonly gatewayPort?: number;
  /** Origins under which browsers see channels, beside the gateway's own, e.g. `https://portal.example.test`. */
  readonly redirectOrigins?: readonly string[];
}

const GATEWAY_PORT = 4000;

/** The running sandbox. */
export interface Sandbox {
  readonly controlUrl: string;
  readonly issuer: string;
  /** Everything that listens, by name. */
  readonly addresses: readonly { readonly name: string; readonly url: string }[];
  /** What the gateway needs in its environment to reach all systems. */
  readonly environment: Readonly<Record<string, string>>;
  readonly personas: readonly Household[];
  readonly world: City;
  /** Destroys all connections and frees all ports. */
  close(): Promise<void>;
}

/**
 * Starts all imitations, the identity provider and the control endpoint in this process.
 * @throws Error that names the port and the system when a port is taken; nothing is left running then
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { host = '127.0.0.1', ports } = options;
  const world = new City();
  const systems = ALL_SYSTEMS.map((create) => create(world));
  const addresses = await openAll(
    [
      (port) => listen('control', host, port),
      (port) => listen('identity', host, port),
      ...systems.map((system) => (port: number) => openSystem(system, host, port)),
    ],
    ports,
  );
  const [control, identity, ...doors] = addresses as [Listener, Listener, ...Door[]];
  try {
    const provider = await IdentityProvider.open(identity.url, world, clientsFor(options));
    identity.serve((request, response) => provider.handle(request, response));
    const environment: Record<string, string> = {
      SANDBOX_URL: control.url,
      OIDC_ISSUER: identity.url,
      OIDC_AUDIENCE: AUDIENCE,
    };
    systems.forEach((system, index) => Object.assign(environment, system.environment(doors[index]!.url)));
    const controlled = { world, systems, addresses, environment, identity: provider };
    control.serve(withHooks(systems, createControl(controlled)));
    return {
      controlUrl: control.url,
      issuer: identity.url,
      addresses,
      environment,
      personas: world.personas(),
      world,
      close: () => closeAll(addresses),
    };
  } catch (error) {
    await closeAll(addresses);
    throw error;
  }
}

/** Channels are at the gateway's own port, by both its names, and wherever else they may be. */
function clientsFor({ gatewayPort = GATEWAY_PORT, redirectOrigins = [] }: SandboxOptions): ChannelClients {
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  return new ChannelClients([gatewayUrl, `http://localhost:${gatewayPort}`, ...redirectOrigins], gatewayUrl);
}

/** A port that is open, whatever is spoken there. */
type Door = Pick<Listener, 'name' | 'url' | 'close'>;

/** Opens the port of a system, which answers there from now on. */
async function openSystem(system: LegacySystem, host: string, port: number): Promise<Door> {
  if (isSocketSystem(system)) return await listenSockets(system, host, port);
  const listener = await listen(system.name, host, port);
  listener.serve((request, response) => system.handle(request, response));
  return listener;
}

/** One port for each, consecutive from the first, or none at all. */
async function openAll(
  openings: readonly ((port: number) => Promise<Door>)[],
  firstPort: number,
): Promise<readonly Door[]> {
  const attempts = await Promise.allSettled(
    openings.map((open, index) => open(firstPort === 0 ? 0 : firstPort + index)),
  );
  const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  if (failed === undefined) return opened;
  await closeAll(opened);
  throw failed.reason;
}

async function closeAll(doors: readonly Door[]): Promise<void> {
  await Promise.all(doors.map((door) => door.close()));
}
