import { exchange, type Answer } from '../browser/exchange.js';

/** The identity provider as it describes itself (OpenID Connect Discovery 1.0). */
export interface Provider {
  readonly issuer: string;
  readonly tokenEndpoint: URL;
  /** Whether it promises to name itself in every answer (RFC 9207). */
  readonly namesItself: boolean;
}

/** Where the description may be, for a provider whose authorization endpoint is there. */
function* places(endpoint: URL): Generator<URL> {
  const parts = endpoint.pathname.split('/');
  for (let count = 1; count < parts.length; count += 1) {
    const folder = parts.slice(0, count).join('/');
    yield new URL(`${folder}/.well-known/openid-configuration`, endpoint.origin);
  }
}

/**
 * Looks for the provider's description above its authorization endpoint.
 * @throws Error when there is none
 */
export async function findProvider(endpoint: URL): Promise<Provider> {
  const address = endpoint.origin + endpoint.pathname;
  for (const place of places(endpoint)) {
    const found = metadataOf(await exchange(place));
    if (found?.['authorization_endpoint'] !== address) continue;
    const { issuer, token_endpoint: token, authorization_response_iss_parameter_supported: names } = found;
    return { issuer: String(issuer), tokenEndpoint: new URL(String(token)), namesItself: names === true };
  }
  throw new Error(`the identity provider at ${endpoint.origin} does not describe itself`);
}

function metadataOf({ status, body }: Answer): Record<string, unknown> | undefined {
  if (status !== 200) return undefined;
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
