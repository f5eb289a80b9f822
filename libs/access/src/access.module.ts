import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Authenticator } from './authenticator.js';
import { Callers, SessionCallers } from './callers.js';
import { Capabilities } from './capabilities/capabilities.js';
import { FilesController } from './capabilities/files.controller.js';
import { Channels } from './channels/channels.js';
import { IssuerKeys } from './issuer-keys.js';
import { Counter } from './mandates/counter.js';
import { MandateProofs } from './mandates/mandate-proofs.js';
import { Mandates } from './mandates/mandates.js';
import { AccessGuard } from './rules/access.guard.js';
import { RequireRules } from './rules/require-rules.js';
import { ScopeFactory } from './scope-factory.js';
import { SessionSecrets } from './secrets/session-secrets.js';
import { BrowserCallers } from './sessions/browser-callers.js';
import { SessionRefresh } from './sessions/session-refresh.js';
import { SessionRows } from './sessions/session-rows.js';
import { Sessions } from './sessions/sessions.js';
import { BackChannelController } from './sign-in/back-channel.controller.js';
import { IdentityProvider } from './sign-in/identity-provider.js';
import { LogoutTokens } from './sign-in/logout-token.js';
import { SessionController } from './sign-in/session.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignIn } from './sign-in/sign-in.js';

/** Browser channels: sign-in, sessions and what they rest on. */
const channels = [
  Channels,
  SessionSecrets,
  SessionRows,
  SessionRefresh,
  Sessions,
  IdentityProvider,
  SignIn,
  LogoutTokens,
  BrowserCallers,
  { provide: SessionCallers, useExisting: BrowserCallers },
];

/** Who calls, and may they; needs CLOCK, AccessSettings, ChannelSettings, Upstream, Coherence and the store. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SignInController, SessionController, BackChannelController, FilesController],
  providers: [
    IssuerKeys,
    Authenticator,
    Callers,
    ScopeFactory,
    ...channels,
    Mandates,
    MandateProofs,
    Counter,
    Capabilities,
    RequireRules,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [ScopeFactory, SessionCallers, Mandates, Counter, Capabilities],
})
export class AccessModule {}
