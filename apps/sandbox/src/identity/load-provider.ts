type ProviderModule = typeof import('oidc-provider');

/** What the library warns of and what does not matter here, where it starts its warnings. */
const IDLE_WARNINGS = [
  // It is meant for a newer Node than the oldest one the sandbox supports.
  'Unsupported runtime',
  // In a test's realm it cannot keep its requests from this machine; they are to go nowhere else.
  'failed to setup SSRF protection',
];

let loaded: Promise<ProviderModule> | undefined;

/** The identity provider's library, without the warnings that are noise for a development tool. */
export function loadProvider(): Promise<ProviderModule> {
  loaded ??= importQuietly();
  return loaded;
}

/* oxlint-disable no-console -- the library knows no other way to be quiet */
async function importQuietly(): Promise<ProviderModule> {
  const { warn } = console;
  console.warn = (...text: unknown[]) => {
    if (!IDLE_WARNINGS.some((idle) => String(text[0]).includes(idle))) warn.apply(console, text);
  };
  return await import('oidc-provider');
}
