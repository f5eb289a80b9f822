export { createOpenApi, serveOpenApi } from './open-api.js';
export { PartnerController } from './partner-controller.decorator.js';
export { PartnerScope } from './partner-scope.decorator.js';
export { ProblemFilter } from './problem.filter.js';
export { toAppError } from './to-app-error.js';
