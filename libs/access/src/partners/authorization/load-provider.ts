type ProviderModule = typeof import('oidc-provider');

let loaded: Promise<ProviderModule> | undefined;

/**
 * The authorization server's library. On import it warns that it is meant for a newer Node than the oldest one that the
 * house supports; the house's own tests say whether it works, so this one warning is kept back.
 */
export function loadProvider(): Promise<ProviderModule> {
  loaded ??= importQuietly();
  return loaded;
}

/* oxlint-disable no-console -- the library knows no other way to be quiet */
async function importQuietly(): Promise<ProviderModule> {
  const { warn } = console;
  console.warn = (...text: unknown[]) => {
    if (!String(text[0]).includes('Unsupported runtime')) warn(...text);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
