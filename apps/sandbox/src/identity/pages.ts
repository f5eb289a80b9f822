import type { ServerResponse } from 'node:http';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { send } from '../systems/http.js';
import { escapeHtml, page } from './page.js';
import { SECOND_FACTOR_CODE } from './second-factor.js';

const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** The sign-in form. `failed` is shown after a wrong name or password, without saying which. */
export function signInPage(action: string, login: string, failed: boolean): string {
  const described = failed ? ' aria-invalid="true" aria-describedby="error"' : '';
  return page(
    failed ? 'Fehler: Anmelden' : 'Anmelden',
    `<h1>Anmelden</h1>
    <p>Testumgebung: Hier gibt es nur erfundene Personen. Ihre Namen und Passwörter nennt der Steuer-Endpunkt unter <code>/personas</code>.</p>
    ${failed ? error('Name oder Passwort stimmt nicht. Bitte versuchen Sie es noch einmal.') : ''}
    <form method="post" action="${escapeHtml(action)}">
      <label for="login">Name der Person</label>
      <input id="login" name="login" value="${escapeHtml(login)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${described}>
      <label for="password">Passwort</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required${described}>
      ${buttons('Anmelden')}
    </form>`,
  );
}

/** The second page, where the channel asks for a second factor. */
export function codePage(action: string, failed: boolean): string {
  const described = failed ? 'aria-invalid="true" aria-describedby="help error"' : 'aria-describedby="help"';
  return page(
    failed ? 'Fehler: Code eingeben' : 'Code eingeben',
    `<h1>Code eingeben</h1>
    <p>Für diesen Schritt brauchen wir zusätzlich einen Code von Ihnen.</p>
    ${failed ? error('Der Code stimmt nicht. Bitte versuchen Sie es noch einmal.') : ''}
    <form method="post" action="${escapeHtml(action)}">
      <label for="code">Code (6 Ziffern)</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required ${described}>
      <p id="help">Testumgebung: Der Code ist immer ${SECOND_FACTOR_CODE}.</p>
      ${buttons('Weiter')}
    </form>`,
  );
}

/** A page that only says something. */
export function messagePage(title: string, sentence: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p>`);
}

/** What stands at the provider's own address. */
export function frontPage(): string {
  return page(
    'Anmeldedienst',
    `<h1>Anmeldedienst</h1>
    <p>Testumgebung: Hier melden sich erfundene Personen an, aber immer von einer Anwendung aus, nie von hier.</p>
    <p><a href="/.well-known/openid-configuration">Beschreibung für Anwendungen (OpenID Connect Discovery)</a></p>`,
  );
}

/** `form` is the provider's own form with the id `op.logoutForm`. */
export function signOutPage(form: string): string {
  return page(
    'Abmelden',
    `<h1>Abmelden</h1><p>Möchten Sie sich überall abmelden, wo Sie mit dieser Anmeldung arbeiten?</p>${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes">Ja, abmelden</button>`,
  );
}

/** For those who come to sign out and are signed out already; `secret` is the form's proof against forgery. */
export function signedOutPage(action: string, secret: string): string {
  return page(
    'Abgemeldet',
    `<h1>Abgemeldet</h1><p>Sie sind hier nicht mehr angemeldet.</p>
    <form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="xsrf" value="${escapeHtml(secret)}">
      <button type="submit" name="logout" value="yes">Weiter</button>
    </form>`,
  );
}

/** Sends a page that no other site may frame and that loads nothing. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  send(response, status, 'text/html; charset=utf-8', html, HEADERS);
}

/** The same where the library answers. */
export function showPage(context: KoaContextWithOIDC, html: string): void {
  context.set(HEADERS);
  context.type = 'html';
  context.body = html;
}

function error(sentence: string): string {
  return `<p class="error" id="error" role="alert">${sentence}</p>`;
}

function buttons(label: string): string {
  return `<p class="buttons">
        <button type="submit">${label}</button>
        <button type="submit" name="cancel" value="yes" class="second" formnovalidate>Abbrechen</button>
      </p>`;
}
