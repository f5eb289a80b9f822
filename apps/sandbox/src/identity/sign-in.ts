import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { readBody, send, urlOf } from '../systems/http.js';
import { STEP_UP_REASON } from './interaction-policy.js';
import { codePage, messagePage, sendPage, signInPage } from './pages.js';
import type { FindPerson } from './people.js';
import { asksForSecondFactor, SECOND_FACTOR, SECOND_FACTOR_CODE } from './second-factor.js';
import { vacate } from './sign-out.js';
import type { SignInStore } from './sign-in-store.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type Results = Parameters<Provider['interactionResult']>[2];

/** Nothing of an earlier visit goes along. */
const AS_IT_IS = { mergeWithLastSubmission: false };

/** One request of a sign-in under way. */
interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly interaction: Interaction;
  /** Of the page, where its form goes, too. */
  readonly path: string;
}

/** The pages on which people sign in: name and password, then the code where it is asked for. */
export class SignInPages {
  constructor(
    private readonly provider: Provider,
    private readonly find: FindPerson,
    private readonly store: SignInStore,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const interaction = await this.provider.interactionDetails(request, response).catch(() => undefined);
    const path = urlOf(request).pathname;
    if (interaction === undefined || path !== `/interaction/${interaction.uid}`) {
      const sentence = 'Diese Anmeldung ist abgelaufen. Bitte beginnen Sie in der Anwendung von vorn.';
      return sendPage(response, 400, messagePage('Anmeldung abgelaufen', sentence));
    }
    const visit = { request, response, interaction, path };
    const key = firstFactorOf(interaction);
    if (request.method !== 'POST') {
      const login = interaction.session?.accountId ?? hintOf(interaction);
      return sendPage(response, 200, key === undefined ? signInPage(path, login, false) : codePage(path, false));
    }
    const form = new URLSearchParams((await readBody(request)).toString('utf8'));
    if (form.has('cancel')) return await this.finish(visit, { error: 'access_denied' });
    if (key === undefined) await this.takePassword(visit, form);
    else await this.takeCode(visit, key, form);
  }

  private async takePassword(visit: Visit, form: URLSearchParams): Promise<void> {
    const { request, response, interaction, path } = visit;
    const login = form.get('login') ?? '';
    const person = this.find(login);
    if (person === undefined || person.password === null || person.password !== form.get('password')) {
      return sendPage(response, 401, signInPage(path, login, true));
    }
    if (!asksForSecondFactor(interaction.params)) {
      return await this.finish(visit, { login: { accountId: login, amr: ['pwd'] } });
    }
    await this.provider.interactionResult(request, response, { firstFactor: login }, AS_IT_IS);
    redirect(response, path);
  }

  private async takeCode(visit: Visit, key: string, form: URLSearchParams): Promise<void> {
    if (form.get('code')?.replaceAll(/\s/g, '') !== SECOND_FACTOR_CODE) {
      return sendPage(visit.response, 401, codePage(visit.path, true));
    }
    await this.finish(visit, { login: { accountId: key, acr: SECOND_FACTOR, amr: ['pwd', 'otp', 'mfa'] } });
  }

  /** Back to the application. Whoever was signed in with this browser before is signed out by another one. */
  private async finish({ request, response, interaction }: Visit, result: Results): Promise<void> {
    const returnTo = await this.provider.interactionResult(request, response, result, AS_IT_IS);
    const { session } = interaction;
    const key = result.login?.accountId;
    if (session !== undefined && key !== undefined && key !== session.accountId) {
      await vacate(this.provider, this.store, session.uid);
    }
    redirect(response, returnTo);
  }
}

/** Whose password was right already; undefined when it is to be asked for. */
function firstFactorOf({ result, prompt, session }: Interaction): string | undefined {
  const key = result?.['firstFactor'];
  if (typeof key === 'string') return key;
  return prompt.reasons.every((reason) => reason === STEP_UP_REASON) ? session?.accountId : undefined;
}

function hintOf({ params }: Interaction): string {
  const hint = params['login_hint'];
  return typeof hint === 'string' ? hint : '';
}

function redirect(response: ServerResponse, location: string): void {
  send(response, 303, 'text/plain; charset=utf-8', '', { Location: location, 'Cache-Control': 'no-store' });
}
