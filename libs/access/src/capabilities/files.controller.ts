import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppError } from '#lib/kernel';
import { scopeOf } from '../rules/access.guard.js';
import { Allow } from '../rules/access-rule.js';
import { queryOf, type BrowserReply, type BrowserRequest } from '../sign-in/browser-reply.js';
import { Capabilities, FILES_PATH } from './capabilities.js';

/** Media types that browsers show without running anything; all else is saved. */
const SHOWN: ReadonlySet<string> = new Set(['application/pdf', 'image/jpeg', 'image/png']);

/** Serves files to whoever holds an address for one. */
@Controller(FILES_PATH)
@ApiExcludeController()
export class FilesController {
  constructor(private readonly capabilities: Capabilities) {}

  @Allow({ callers: 'anyone', edge: 'browser' })
  @Get()
  async file(@Req() request: BrowserRequest, @Res() reply: BrowserReply): Promise<void> {
    const [key, ...others] = queryOf(request).getAll('key');
    if (key === undefined || others.length > 0) throw new AppError('NOT_FOUND', 'names no file');
    const { name, mediaType, bytes } = await this.capabilities.open(scopeOf(request), key);
    reply
      .header('content-type', SHOWN.has(mediaType) ? mediaType : 'application/octet-stream')
      .header('content-disposition', `${SHOWN.has(mediaType) ? 'inline' : 'attachment'}; filename="${safe(name)}"`)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(bytes));
  }
}

/** Nothing that could end the header, the quotes or the folder that the file is saved in. */
function safe(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100);
}
