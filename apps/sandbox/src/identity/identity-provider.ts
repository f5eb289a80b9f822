import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { readBody, urlOf } from '../systems/http.js';
import type { World } from '../world/world.js';
import { loadProvider } from './load-provider.js';
import { messagePage, sendPage, signInPage } from './pages.js';
import { addPersonaGrant, issueToken, type CheckPassword, type IssuedToken } from './persona-grant.js';
import { providerSettings } from './provider-settings.js';

interface IdentityProvider {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** An access token for a household that can sign in; its password is not asked for. */
  issueToken(key: string): Promise<IssuedToken>;
}

/** OpenID Connect for the personas: real protocol, invented people. Its clock is the real one. */
export async function createIdentityProvider(issuer: string, world: World): Promise<IdentityProvider> {
  const { default: OidcProvider } = await loadProvider();
  const check: CheckPassword = (key, password) => world.byKey(key)?.signIn?.password === password;
  const settings = await providerSettings((sub) => world.byKey(sub)?.signIn != null);
  const provider = new OidcProvider(issuer, settings);
  await addPersonaGrant(provider, check);
  const speakOidc = provider.callback();
  return {
    handle: async (request, response) => {
      if (urlOf(request).pathname.startsWith('/interaction/')) await signIn(provider, check, request, response);
      else await speakOidc(request, response);
    },
    issueToken: (key) => issueToken(provider, key),
  };
}

async function signIn(
  provider: Provider,
  check: CheckPassword,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  const { pathname } = urlOf(request);
  if (interaction === undefined || pathname !== `/interaction/${interaction.uid}`) {
    const sentence = 'Diese Anmeldung ist abgelaufen. Bitte beginnen Sie in der Anwendung von vorn.';
    sendPage(response, 400, messagePage('Anmeldung abgelaufen', sentence));
    return;
  }
  if (request.method !== 'POST') {
    sendPage(response, 200, signInPage(pathname, '', false));
    return;
  }
  const form = new URLSearchParams((await readBody(request)).toString('utf8'));
  const login = form.get('login') ?? '';
  if (check(login, form.get('password') ?? '')) {
    await provider.interactionFinished(request, response, { login: { accountId: login } });
  } else {
    sendPage(response, 401, signInPage(pathname, login, true));
  }
}
