import { Allow } from '#lib/access';
import { Controller, Get } from '@nestjs/common';

/** For load balancers and the start script. */
@Controller('health')
export class HealthController {
  /** Answers as soon as requests can be served. */
  @Allow({ callers: 'anyone' })
  @Get()
  health(): { status: string } {
    return { status: 'ok' };
  }
}
