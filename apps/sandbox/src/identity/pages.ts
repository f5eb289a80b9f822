import type { ServerResponse } from 'node:http';
import { send } from '../systems/http.js';

const STYLE = `
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
  label { display: block; margin-top: 1rem; font-weight: 600; }
  input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 2px solid #595959; border-radius: .25rem; }
  button { font: inherit; margin-top: 1.5rem; padding: .6rem 1.2rem; border: 0; border-radius: .25rem; color: #fff; background: #00527a; }
  input:focus-visible, button:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
  .error { padding: .75rem; border-left: .4rem solid #b00020; background: #fdecee; }`;

/** The sign-in form. `failed` is shown after a wrong name or password, without saying which. */
export function signInPage(action: string, login: string, failed: boolean): string {
  const error = failed
    ? '<p class="error" id="error" role="alert">Name oder Passwort stimmt nicht. Bitte versuchen Sie es noch einmal.</p>'
    : '';
  const described = failed ? ' aria-invalid="true" aria-describedby="error"' : '';
  return page(
    failed ? 'Fehler: Anmelden' : 'Anmelden',
    `<h1>Anmelden</h1>
    <p>Testumgebung: Hier gibt es nur erfundene Personen. Ihre Namen und Passwörter nennt der Steuer-Endpunkt unter <code>/personas</code>.</p>
    ${error}
    <form method="post" action="${escapeHtml(action)}">
      <label for="login">Name der Person</label>
      <input id="login" name="login" value="${escapeHtml(login)}" autocomplete="username" autocapitalize="none" required${described}>
      <label for="password">Passwort</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required${described}>
      <button type="submit">Anmelden</button>
    </form>`,
  );
}

/** A page that only says something. */
export function messagePage(title: string, sentence: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p>`);
}

/** `form` is the provider's own form with the id `op.logoutForm`. */
export function signOutPage(form: string): string {
  return page(
    'Abmelden',
    `<h1>Abmelden</h1><p>Möchten Sie sich abmelden?</p>${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes">Ja, abmelden</button>`,
  );
}

/** Sends a page that no other site may frame and that loads nothing. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  send(response, status, 'text/html; charset=utf-8', html, {
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="de">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)} - Test-Kundencenter</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>${body}</main>
  </body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
