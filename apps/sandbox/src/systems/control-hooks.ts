import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../control/problem.js';
import { BodyTooLarge, readBody, sendJson, urlOf } from './http.js';
import type { LegacySystem } from './legacy-system.js';

/** What somebody at the control endpoint may do to one system only; its answer is sent as JSON. */
export interface ControlHook {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** @throws Problem for an order that cannot be followed */
  answer(body: Buffer): unknown;
}

/** A system with paths of its own at the control endpoint. */
export interface HookedSystem extends LegacySystem {
  readonly hooks: readonly ControlHook[];
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves the hooks of the systems ahead of the control endpoint. */
export function withHooks(systems: readonly LegacySystem[], control: Handle): Handle {
  const hooks = systems.filter(isHooked).flatMap((system) => system.hooks);
  return async (request, response) => {
    const path = urlOf(request).pathname;
    const ofPath = hooks.filter((hook) => hook.path === path);
    if (ofPath.length === 0) return await control(request, response);
    try {
      const hook = ofPath.find(({ method }) => method === request.method);
      if (!hook) throw new Problem(405, `This path takes ${ofPath.map(({ method }) => method).join(', ')}.`);
      sendJson(response, 200, await hook.answer(await readBody(request)));
    } catch (error) {
      if (error instanceof Problem) return sendJson(response, error.status, { error: error.message });
      if (!(error instanceof BodyTooLarge)) throw error;
      sendJson(response, 413, { error: 'The body is longer than 1 MB.' }, { Connection: 'close' });
    }
  };
}

function isHooked(system: LegacySystem): system is HookedSystem {
  return 'hooks' in system;
}
