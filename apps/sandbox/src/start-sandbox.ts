import { createControl } from './control/control-server.js';
import { createIdentityProvider } from './identity/identity-provider.js';
import { AUDIENCE } from './identity/provider-settings.js';
import { listen, type Listener } from './listen.js';
import { ALL_SYSTEMS } from './systems/all-systems.js';
import { City } from './world/city.js';
import type { Household } from './world/household.js';

export interface SandboxOptions {
  /** Address to listen on; 127.0.0.1 unless given. */
  readonly host?: string;
  /** First port: control, then identity, then the systems in their order. 0: free ports for all. */
  readonly ports: number;
}

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
export async function startSandbox({ host = '127.0.0.1', ports }: SandboxOptions): Promise<Sandbox> {
  const world = new City();
  const systems = ALL_SYSTEMS.map((create) => create(world));
  const addresses = await openAll(['control', 'identity', ...systems.map(({ name }) => name)], host, ports);
  const [control, identity, ...doors] = addresses as [Listener, Listener, ...Listener[]];
  try {
    const provider = await createIdentityProvider(identity.url, world);
    identity.serve(provider.handle);
    const environment: Record<string, string> = {
      SANDBOX_URL: control.url,
      OIDC_ISSUER: identity.url,
      OIDC_AUDIENCE: AUDIENCE,
    };
    systems.forEach((system, index) => {
      const door = doors[index]!;
      door.serve((request, response) => system.handle(request, response));
      Object.assign(environment, system.environment(door.url));
    });
    control.serve(createControl({ world, systems, addresses, environment, issueToken: provider.issueToken }));
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

/** One port for each name, or none at all. */
async function openAll(names: readonly string[], host: string, firstPort: number): Promise<readonly Listener[]> {
  const attempts = await Promise.allSettled(
    names.map((name, index) => listen(name, host, firstPort === 0 ? 0 : firstPort + index)),
  );
  const opened = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  if (failed === undefined) return opened;
  await closeAll(opened);
  throw failed.reason;
}

async function closeAll(listeners: readonly Listener[]): Promise<void> {
  await Promise.all(listeners.map((listener) => listener.close()));
}
