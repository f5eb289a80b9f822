import { randomBytes } from 'node:crypto';
import type { Approval, FakeProvider } from './fake-provider.js';
import type { Faults } from './fault.js';

interface Session {
  readonly subject: string;
  strong: boolean;
  refreshToken: string;
}

/** Token lives of that many seconds and less are renewed with each use. */
const SHORT_LIFE = 1;

/** The sessions of the gateway of the tests. */
export class FakeSessions {
  /** Of access tokens, in seconds. */
  life = 3_600;
  private readonly open = new Map<string, Session>();

  constructor(
    private readonly provider: FakeProvider,
    private readonly faults: Faults,
  ) {}

  find(id: string | undefined): Session | undefined {
    return id === undefined ? undefined : this.open.get(id);
  }

  begin({ subject, refreshToken, strong }: Approval, planted: string | undefined): string {
    if (planted !== undefined && !this.faults.has('keeps-former-id')) this.open.delete(planted);
    const adopted = this.faults.has('adopts-planted-id') ? planted : undefined;
    const telling = this.faults.has('telling-cookie') ? 'eyJhbGciOiJub25lIn0' : '';
    const id = adopted ?? telling + randomBytes(32).toString('base64url');
    this.open.set(id, { subject, refreshToken, strong: strong || this.faults.has('step-up-counts-always') });
    return id;
  }

  stepUp(former: string, approval: Approval): string {
    if (!this.faults.has('step-up-keeps-id')) return this.begin(approval, former);
    this.open.get(former)!.strong = true;
    return former;
  }

  /** Renews the tokens when their time has come. */
  use(id: string): void {
    const session = this.open.get(id);
    if (session === undefined || this.life > SHORT_LIFE || this.faults.has('never-renews')) return;
    const next = this.provider.renew(session.refreshToken);
    if (next === undefined) this.open.delete(id);
    else if (!this.faults.has('reuses-refresh-token')) session.refreshToken = next;
  }

  end(id: string | undefined): void {
    if (id !== undefined) this.open.delete(id);
  }

  endAll(subject: string): void {
    for (const [id, session] of this.open) if (session.subject === subject) this.open.delete(id);
  }
}
