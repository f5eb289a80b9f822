export { AccessModule } from './access.module.js';
export { AccessSettings } from './access.settings.js';
export { ScopeFactory } from './scope-factory.js';
