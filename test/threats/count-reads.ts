import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Upstream } from '#lib/upstream';

/** Counts what is asked of legacy systems on behalf of requests, cached or not. */
export class CountReads {
  count = 0;

  readonly arrange = (gateway: NestFastifyApplication): void => {
    const upstream = gateway.get(Upstream, { strict: false });
    const read = upstream.read.bind(upstream);
    const write = upstream.write.bind(upstream);
    upstream.read = (request, scope) => {
      this.count += 1;
      return read(request, scope);
    };
    upstream.write = (target, call) => {
      this.count += 1;
      return write(target, call);
    };
  };
}
