export { AccessModule } from './access.module.js';
export { AccessSettings } from './access.settings.js';
export { ACCESS_RULE, Allow, ruleSentence, type AccessRule } from './rules/access-rule.js';
export { scopeOf } from './rules/access.guard.js';
export { ScopeFactory } from './scope-factory.js';
