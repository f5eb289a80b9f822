/** What a browser shows when the session is over. Other clients get it, too, with status 200. */
export const LOGIN_FORM = [
  '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Anmeldung</title></head><body>',
  '<form id="LOGIN_FORM" name="loginForm" action="" method="post">',
  '<input type="hidden" name="sap-system-login" value="onLogin"><input type="hidden" name="sap-client" value="100">',
  '<label>Benutzer <input id="USERNAME_FIELD" name="sap-user"></label>',
  '<label>Kennwort <input id="PASSWORD_FIELD" type="password" name="sap-password"></label>',
  '<button type="submit">Anmelden</button></form></body></html>',
].join('');

/** What comes with 401. */
export const LOGON_FAILED = [
  '<html><head><title>Anmeldung fehlgeschlagen</title></head><body>',
  '<h1>Anmeldung fehlgeschlagen</h1><p>Benutzer oder Kennwort fehlt oder ist falsch.</p></body></html>',
].join('');

/** What comes with 404 where no service node is. */
export const NO_SUCH_NODE = [
  '<html><head><title>Service nicht erreichbar</title></head><body>',
  '<h1>404</h1><p>Der Knoten ist nicht vorhanden.</p></body></html>',
].join('');

/** What comes with 413. */
export const TOO_LARGE = '<html><head><title>413</title></head><body><h1>Anfrage zu lang</h1></body></html>';
