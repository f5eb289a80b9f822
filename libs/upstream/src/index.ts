export { type Connection, type ConnectionOptions } from './http-connection.js';
export {
  type HttpRequest,
  type HttpResponse,
  type ReadOperation,
  type ReadRequest,
  type UpstreamCall,
} from './read-operation.js';
export { Upstream } from './upstream.js';
export { UpstreamModule } from './upstream.module.js';
export { UpstreamSettings } from './upstream.settings.js';
export { type WriteTarget } from './write-target.js';
