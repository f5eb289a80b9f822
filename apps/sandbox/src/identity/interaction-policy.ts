import type { interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import { COUNTER_CLIENT } from './channel-clients.js';
import { loadProvider } from './load-provider.js';
import type { FindPerson } from './people.js';
import { asksForSecondFactor, SECOND_FACTOR } from './second-factor.js';

/** Reason for asking someone who has signed in already for the code alone. */
export const STEP_UP_REASON = 'second_factor';

/** When people are asked who they are, beyond what the library does on its own. */
export async function interactionPolicyFor(find: FindPerson): Promise<interactionPolicy.DefaultPolicy> {
  const { interactionPolicy: library } = await loadProvider();
  const { base, Check } = library;
  const policy = base();
  // Everybody's consent is taken for granted: these are the group's own channels.
  policy.remove('consent');
  const checks = policy.get('login')?.checks;
  checks?.add(
    new Check('max_age_zero', 'a sign-in of this very moment is asked for', 'login_required', (context) => {
      // The library counts whole seconds: within one of them it would take an earlier sign-in for a new one.
      return Number(context.oidc.params?.['max_age']) === 0 && !hasJustSignedIn(context);
    }),
  );
  checks?.add(
    new Check(STEP_UP_REASON, 'a second factor is asked for', 'login_required', (context) => {
      const { params, session } = context.oidc;
      return asksForSecondFactor(params) && session?.acr !== SECOND_FACTOR;
    }),
  );
  checks?.add(
    new Check('other_audience', 'the channel is for somebody else', 'login_required', (context) => {
      const key = context.oidc.session?.accountId;
      if (key === undefined || hasJustSignedIn(context)) return false;
      return (find(key)?.agent != null) !== (context.oidc.client?.clientId === COUNTER_CLIENT);
    }),
  );
  return policy;
}

function hasJustSignedIn({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.result?.login !== undefined;
}
