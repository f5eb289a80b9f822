import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** One route of the gateway, whoever has registered it. */
export interface Route {
  readonly method: string;
  /** With `:name` and `*` for what varies. */
  readonly url: string;
}

/** HEAD goes with GET; fetch sends no TRACE. */
const LEFT_OUT = new Set(['HEAD', 'TRACE']);

/** Collects every route of a gateway that is about to start. */
export class Routes {
  readonly list: Route[] = [];

  readonly arrange = (gateway: NestFastifyApplication): void => {
    gateway
      .getHttpAdapter()
      .getInstance()
      .addHook('onRoute', ({ method, url }: { method: string | string[]; url: string }) => {
        for (const one of [method].flat()) if (!LEFT_OUT.has(one)) this.list.push({ method: one, url });
      });
  };
}
