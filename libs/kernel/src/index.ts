export { AppError, ERROR_CODES, type ErrorCode, type ErrorDetails } from './app-error.js';
export { messageOf } from './error-messages.js';
export { CLOCK, systemClock, type Cancel, type Clock } from './clock.js';
export { DATA_STATE, type DataState } from './data-state.js';
export {
  compareDecimals,
  divideDecimal,
  money,
  multiplyDecimals,
  parseDecimal,
  sumDecimals,
  type DecimalText,
  type Money,
} from './decimal.js';
export { type Loaded, type Omission, type Reading, type ReadState, type Source } from './reading.js';
export {
  addDays,
  berlinDate,
  berlinInstant,
  calendarDate,
  epochOf,
  formatBerlin,
  instantOf,
  parseCalendarDate,
  parseInstant,
  type CalendarDate,
  type Instant,
} from './time.js';
export { keyOfGlobalId, parseGlobalId, toGlobalId } from './global-id.js';
export { incidentOf } from './incident.js';
export { LANGUAGES, parseAcceptLanguage, type Language } from './language.js';
export {
  AGENT_ROLES,
  ANONYMOUS,
  type AgentPrincipal,
  type AgentRole,
  type DelegatePrincipal,
  type Mandate,
  type PartnerPrincipal,
  type Principal,
  type PrincipalKind,
} from './principal.js';
export { RequestScope, type ReadUse } from './request-scope.js';
export { Refusal, type Choice, type Problem } from './refusal.js';
export { refusalMessage } from './refusal-messages.js';
