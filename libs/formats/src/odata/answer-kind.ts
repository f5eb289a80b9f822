/**
 * What an SAP Gateway's answer is. Status 200 alone says nothing: an expired session is answered with the HTML of the
 * logon form, and a web application firewall with a page "Request Rejected", both with status 200.
 */
export type AnswerKind = 'json' | 'xml' | 'login-page' | 'firewall-page' | 'other';

/** Marks of a page stand near its top. */
const EXAMINED = 65_536;
const FIREWALL = ['request rejected', 'requested url was rejected', 'support id is'];
const LOGIN = ['type="password"', "type='password'", 'type=password', 'sap-password', '<title>logon', '<title>anmeld'];

/** Goes by the content type first and by the first bytes where that is missing or plainly wrong. */
export function kindOfAnswer(contentType: string | undefined, body: Buffer): AnswerKind {
  const mediaType = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const start = body.subarray(0, EXAMINED).toString('latin1').replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/[/+]html$|\/xhtml\+xml$/.test(mediaType) || start.startsWith('<!doctype html') || start.startsWith('<html')) {
    return kindOfPage(start);
  }
  if (/[/+]xml$/.test(mediaType) || start.startsWith('<?xml')) return 'xml';
  const isJson = /[/+]json$/.test(mediaType) || mediaType === '';
  return isJson && /^[{[]/.test(start) ? 'json' : 'other';
}

function kindOfPage(page: string): AnswerKind {
  if (FIREWALL.some((mark) => page.includes(mark))) return 'firewall-page';
  return LOGIN.some((mark) => page.includes(mark)) ? 'login-page' : 'other';
}
