export { FromEnv } from './from-env.js';
export { loadSettings, placeholderSettings, SettingsError, type Settings } from './load-settings.js';
export { SecretVariables } from './secret-variables.js';
export { SettingsModule } from './settings.module.js';
