import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SessionCallers } from '#lib/access';
import type { Principal } from '#lib/kernel';

/** Who is signed in at the browser that carries the cookie `person=…`; in place of a sign-in at an identity provider. */
export class BrowserSignIns {
  readonly arrange = (gateway: NestFastifyApplication): void => {
    const sessions = gateway.get(SessionCallers, { strict: false });
    const real = sessions.principalOf.bind(sessions);
    sessions.principalOf = async (request, edge) => {
      const person = /(?:^|;\s*)person=([a-z:]+)/.exec(String(request.headers['cookie'] ?? ''))?.[1];
      return person === undefined ? real(request, edge) : principalOf(person);
    };
  };
}

function principalOf(person: string): Principal {
  const signedIn = { subject: person, expiresAt: Number.MAX_SAFE_INTEGER, sessionId: `session-of-${person}` };
  if (person !== 'agent') return { kind: 'customer', ...signedIn };
  return { kind: 'agent', ...signedIn, subsidiary: 'TRANSIT', role: 'service', mandate: null };
}
