import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { loadProvider } from './load-provider.js';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

const MOST_ENTRIES = 10_000;

/** Sign-in sessions, codes and grants in memory; gone when the sandbox stops. The oldest entries make room. */
export class SignInStore {
  private readonly entries = new Map<string, Entry>();

  /** For the provider's models, except clients, which `findClient` knows. */
  adapters(findClient: (id: string) => AdapterPayload | undefined): AdapterFactory {
    return (model) => (model === 'Client' ? new ClientAdapter(model, this, findClient) : new StoreAdapter(model, this));
  }

  put(key: string, payload: AdapterPayload, expiresIn?: number): void {
    this.entries.delete(key);
    this.entries.set(key, { payload, expiresAt: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000 });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= MOST_ENTRIES) break;
      this.entries.delete(oldest);
    }
  }

  get(key: string): AdapterPayload | undefined {
    const entry = this.entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  /** Everything of a model that has not expired. */
  list(model: string): readonly AdapterPayload[] {
    const now = Date.now();
    return [...this.entries].flatMap(([key, { payload, expiresAt }]) =>
      key.startsWith(`${model}:`) && expiresAt > now ? [payload] : [],
    );
  }

  /** The grant and all codes and tokens of its family; a sign-in under way goes on. */
  revokeGrant(grantId: string): void {
    this.delete(`Grant:${grantId}`);
    for (const [key, { payload }] of this.entries) {
      if (payload.grantId === grantId && !key.startsWith('Interaction:')) this.entries.delete(key);
    }
  }
}

class StoreAdapter implements Adapter {
  constructor(
    private readonly model: string,
    protected readonly store: SignInStore,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.store.put(this.key(id), payload, expiresIn);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.store.get(this.key(id));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.store.list(this.model).find((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.store.list(this.model).find((payload) => payload.userCode === userCode);
  }

  /**
   * The library looks before it consumes, so that of two at the same moment both would get through.
   * @throws InvalidGrant for the second, whose whole family is revoked
   */
  async consume(id: string): Promise<void> {
    const payload = this.store.get(this.key(id));
    if (payload?.consumed !== undefined) {
      if (typeof payload.grantId === 'string') this.store.revokeGrant(payload.grantId);
      const { errors } = await loadProvider();
      throw new errors.InvalidGrant(`${this.model} already used`);
    }
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.store.delete(this.key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.store.revokeGrant(grantId);
  }

  private key(id: string): string {
    return `${this.model}:${id}`;
  }
}

class ClientAdapter extends StoreAdapter {
  constructor(
    model: string,
    store: SignInStore,
    private readonly findClient: (id: string) => AdapterPayload | undefined,
  ) {
    super(model, store);
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    return this.findClient(id);
  }
}
