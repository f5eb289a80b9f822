import type { IncomingMessage } from 'node:http';

/** A technical user as the two systems of jenawohnen know it. */
interface TechnicalUser {
  readonly name: string;
  readonly password: string;
}

/** Whether the request carries exactly this user by HTTP Basic (RFC 7617, UTF-8). */
export function isSignedIn(request: IncomingMessage, user: TechnicalUser): boolean {
  const [scheme, credentials = ''] = (request.headers.authorization ?? '').split(' ', 2);
  if (scheme?.toLowerCase() !== 'basic') return false;
  return Buffer.from(credentials, 'base64').toString('utf8') === `${user.name}:${user.password}`;
}
