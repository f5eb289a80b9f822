export { createOpenApi, serveOpenApi } from './open-api.js';
export { PartnerModule } from './partner.module.js';
export { PartnerRoute } from './partner-route.decorator.js';
export { PartnerController } from './partner-controller.decorator.js';
export { PartnerScope } from './partner-scope.decorator.js';
export { ProblemFilter } from './problem.filter.js';
export { toAppError } from './to-app-error.js';
