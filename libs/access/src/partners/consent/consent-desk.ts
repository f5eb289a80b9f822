import type Provider from 'oidc-provider';
import { AppError, type Clock } from '#lib/kernel';
import type { Customer, CustomerDirectory } from '#lib/customer';
import type { IncomingRequest, SessionCallers } from '../../callers.js';
import { pageHeaders, consentPage, messagePage, onwardPage } from './consent-page.js';
import type { PartnerContracts } from '../contracts/partner-contracts.js';
import { GRANT_DAYS } from '../grants/partner-grants.js';
import { readForm, send, type RawRequest, type RawResponse } from '../authorization/raw-http.js';
import type { ServerKeys } from '../authorization/server-keys.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** What the desk works with. */
export interface DeskHouse {
  readonly provider: Provider;
  readonly contracts: PartnerContracts;
  readonly customers: CustomerDirectory;
  readonly keys: ServerKeys;
  readonly clock: Clock;
  /** Absent where no browser can sign in. */
  readonly sessions: SessionCallers | undefined;
  /** The origin under which browsers reach this server. */
  readonly origin: string;
  /** Path of the desk, with a slash at its end. */
  readonly path: string;
  /** Tells the operator of what should not have happened. */
  readonly report: (error: unknown) => void;
}

/** What is shown in place of an answer; thrown inside the desk. */
class Stop extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly sentence: string,
  ) {
    super(title);
  }
}

const LATE = [400, 'Anfrage abgelaufen', 'Bitte beginnen Sie in der Anwendung des Partners von vorn.'] as const;
const FOREIGN = [403, 'Nicht möglich', 'Diese Antwort kam nicht von unserer Seite und zählt nicht.'] as const;
const NO_CUSTOMER = [403, 'Nicht möglich', 'Freigaben können nur Kundinnen und Kunden selbst erteilen.'] as const;
const NO_SESSION = [
  403,
  'Anmeldung nicht gefunden',
  'Ihr Browser hat sich die Anmeldung nicht gemerkt. Bitte erlauben Sie Cookies für diese Seite.',
] as const;

/** Asks the customer who is signed in whether a partner may do what it asks for, and hands the answer on. */
export class ConsentDesk {
  constructor(private readonly house: DeskHouse) {}

  /** Answers every request below its path; what cannot go on is told as a page. */
  async answer(incoming: IncomingRequest, request: RawRequest, response: RawResponse): Promise<void> {
    try {
      await this.serve(incoming, request, response);
    } catch (error) {
      if (!(error instanceof Stop || error instanceof AppError)) this.house.report(error);
      const stop = error instanceof Stop ? error : stopFor(error);
      send(response, stop.status, pageHeaders(), messagePage(stop.title, stop.sentence));
    }
  }

  private async serve(incoming: IncomingRequest, request: RawRequest, response: RawResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.house.origin);
    const step = url.searchParams;
    // Browsers held the session's strict cookie back if the partner's page or the sign-in led here.
    if (request.method === 'GET' && !step.has('weiter')) {
      step.set('weiter', '1');
      return send(response, 200, pageHeaders(), onwardPage(url.pathname + url.search));
    }
    if (request.method !== 'GET' && request.method !== 'POST') throw new Stop(...LATE);
    const interaction = await this.interactionOf(request, response, url.pathname);
    const customer = await this.customerOf(incoming);
    if (customer === undefined) return this.signIn(response, url, request.method);
    if (request.method === 'GET') return this.ask(response, interaction, customer);
    const target = await this.decide(request, response, interaction, customer);
    send(response, 303, { ...pageHeaders(), location: target }, '');
  }

  private async interactionOf(request: RawRequest, response: RawResponse, path: string): Promise<Interaction> {
    const interaction = await this.house.provider.interactionDetails(request, response).catch(notFoundOnly);
    if (interaction === undefined || path !== this.house.path + interaction.uid) throw new Stop(...LATE);
    return interaction;
  }

  /** Undefined for nobody; a session that is over is none. */
  private async customerOf(incoming: IncomingRequest): Promise<Customer | undefined> {
    const { sessions, customers } = this.house;
    const principal = await sessions?.principalOf(incoming, 'browser').catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return undefined;
      throw error;
    });
    if (principal === undefined || principal.kind === 'anonymous') return undefined;
    const customer = principal.kind === 'customer' ? await customers.findBySubject(principal.subject) : undefined;
    if (customer === undefined) throw new Stop(...NO_CUSTOMER);
    return customer;
  }

  private signIn(response: RawResponse, { pathname, searchParams }: URL, method: string): void {
    if (method !== 'GET' || searchParams.has('angemeldet')) throw new Stop(...NO_SESSION);
    const location = `/auth/login?returnTo=${encodeURIComponent(`${pathname}?angemeldet=1`)}`;
    send(response, 303, { ...pageHeaders(), location }, '');
  }

  private ask(response: RawResponse, interaction: Interaction, customer: Customer): void {
    const { contracts, keys, clock, path } = this.house;
    const { clientId, scopes, redirectOrigin } = this.orderOf(interaction);
    const page = consentPage({
      action: path + interaction.uid,
      formToken: keys.formToken(interaction.uid, customer.id),
      customerName: customer.name,
      partnerName: contracts.find(clientId)?.name ?? clientId,
      scopes: scopes.map((scope) => contracts.sentence(scope)),
      until: germanDay(clock.now() + GRANT_DAYS * 86_400_000),
    });
    send(response, 200, pageHeaders([redirectOrigin]), page);
  }

  /** @returns where the browser goes next */
  private async decide(
    request: RawRequest,
    response: RawResponse,
    interaction: Interaction,
    customer: Customer,
  ): Promise<string> {
    const { provider, keys, origin } = this.house;
    const { origin: from = origin } = request.headers;
    const form = await readForm(request);
    if (from !== origin || !keys.isFormToken(form.get('token') ?? '', interaction.uid, customer.id)) {
      throw new Stop(...FOREIGN);
    }
    const decision = form.get('decision');
    if (decision !== 'allow' && decision !== 'deny') throw new Stop(...LATE);
    const result =
      decision === 'allow'
        ? await this.grant(interaction, customer)
        : { error: 'access_denied', error_description: 'the customer has refused' };
    return provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });
  }

  private async grant(interaction: Interaction, { id: accountId }: Customer) {
    const { clientId, scopes } = this.orderOf(interaction);
    const grant = new this.house.provider.Grant({ accountId, clientId });
    grant.addOIDCScope(scopes.join(' '));
    const grantId = await grant.save();
    return { login: { accountId, remember: false }, consent: { grantId } };
  }

  /** What the partner asks for, as far as its contract lets customers grant it. */
  private orderOf({ params }: Interaction) {
    const { client_id: clientId, scope = '', redirect_uri: redirectUri } = params as Record<string, string>;
    const asked = scope.split(' ');
    const scopes = this.house.contracts.grantable(clientId ?? '').filter((known) => asked.includes(known));
    if (clientId === undefined || redirectUri === undefined || scopes.length === 0) throw new Stop(...LATE);
    return { clientId, scopes, redirectOrigin: new URL(redirectUri).origin };
  }
}

/** A request that is unknown or over is undefined. @throws anything else */
function notFoundOnly(error: unknown): undefined {
  if (!(error instanceof Error) || error.name !== 'SessionNotFound') throw error;
  return undefined;
}

function stopFor(error: unknown): Stop {
  const code = error instanceof AppError ? error.code : 'INTERNAL';
  if (code === 'FORBIDDEN') return new Stop(...FOREIGN);
  if (code === 'INVALID_INPUT') return new Stop(...LATE);
  return new Stop(503, 'Zurzeit nicht möglich', 'Bitte versuchen Sie es in einigen Minuten noch einmal.');
}

function germanDay(at: number): string {
  return new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'Europe/Berlin' }).format(at);
}
