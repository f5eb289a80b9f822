export { AccessModule } from './access.module.js';
export { AccessSettings } from './access.settings.js';
export { Capabilities, type ServedFile } from './capabilities/capabilities.js';
export { type Channel, ClientSecret } from './channels/channel.js';
export { ChannelSettings } from './channels/channel.settings.js';
export { DevelopmentChannels } from './channels/development-channels.js';
export { Counter } from './mandates/counter.js';
export { type MandateProof } from './mandates/mandate-proofs.js';
export { Mandates } from './mandates/mandates.js';
export {
  OAUTH_METADATA_PATH,
  OAUTH_PATH,
  PartnerAuthorization,
} from './partners/authorization/partner-authorization.js';
export { PartnerContracts } from './partners/contracts/partner-contracts.js';
export { PartnerGrants, type PartnerGrant } from './partners/grants/partner-grants.js';
export { openPartnerHouse, type PartnerHouse, type SandboxPartners } from './partners/partner-house.js';
export { PartnerSettings } from './partners/partner.settings.js';
export { PartnersModule } from './partners/partners.module.js';
export { quotaHeaders } from './partners/quotas/quota-headers.js';
export { Delegates } from './partners/tokens/delegates.js';
export { accessMigrations } from './persistence/migrations.js';
export { PartnerCallers, SessionCallers } from './callers.js';
export { ACCESS_RULE, Allow, ruleSentence, type AccessRule } from './rules/access-rule.js';
export { AccessGuard, findScope, scopeOf } from './rules/access.guard.js';
export { ScopeFactory } from './scope-factory.js';
