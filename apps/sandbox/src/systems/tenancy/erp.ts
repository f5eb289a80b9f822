import type { ServerResponse } from 'node:http';
import { send } from '../http.js';

export const NAME = 'tenancy';
/** The technical user of the ERP, by Basic, for SOAP and for repairs. */
export const USER = { name: 'svc-saaltor', password: 'sandbox-erp' };

/** The web server in front of the ERP says everything on a page. */
export function sendPage(response: ServerResponse, status: number, sentence: string, headers = {}): void {
  const page = `<!DOCTYPE html><html lang="de"><head><title>ERP</title></head><body><h1>${sentence}</h1></body></html>`;
  send(response, status, 'text/html; charset=utf-8', page, headers);
}

export function sendChallenge(response: ServerResponse): void {
  sendPage(response, 401, 'Zugriff verweigert.', { 'WWW-Authenticate': 'Basic realm="jenawohnen ERP"' });
}
