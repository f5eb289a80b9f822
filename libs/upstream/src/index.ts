export { type Download, type DownloadedFile, type FileConnection } from './file-connection.js';
export { type Connection, type ConnectionOptions } from './http-connection.js';
export { NOBODY_WAITS } from './flights.js';
export { type MailConnection } from './mail/mail-connection.js';
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
