import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { loadProvider } from './load-provider.js';
import { showPage, signedOutPage } from './pages.js';
import { addPersonaGrant } from './persona-grant.js';
import { providerSettings, type ProviderParts } from './provider-settings.js';

/** The library's provider, with our grant and our pages. */
export async function makeProvider(issuer: string, parts: ProviderParts): Promise<Provider> {
  const { default: OidcProvider } = await loadProvider();
  const provider = new OidcProvider(issuer, await providerSettings(parts));
  await addPersonaGrant(provider, parts.find);
  provider.use(async (context, next) => {
    await next();
    replaceScriptPage(provider, context as KoaContextWithOIDC);
  });
  return provider;
}

/** Who signs out without being signed in would get a page in English that wants a script. */
function replaceScriptPage(provider: Provider, context: KoaContextWithOIDC): void {
  if (context.path !== '/session/end' || context.status !== 200) return;
  const { session } = context.oidc;
  const secret = session?.state?.['secret'];
  if (session?.accountId !== undefined || typeof secret !== 'string') return;
  showPage(context, signedOutPage(provider.pathFor('end_session_confirm'), secret));
}
