// One undici pool for each legacy system.
import { Pool } from 'undici';

const pools = new Map();

/** @returns the answer's status, headers and whole body */
export async function call(baseUrl, { method = 'GET', path, headers = {}, body }) {
  let pool = pools.get(baseUrl);
  if (pool === undefined) pools.set(baseUrl, (pool = new Pool(baseUrl, { connections: 64 })));
  const answer = await pool.request({ method, path, headers, body, headersTimeout: 8_000, bodyTimeout: 8_000 });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

/** @throws Error for anything but 200 */
export async function callWell(baseUrl, request) {
  const answer = await call(baseUrl, request);
  if (answer.status !== 200) throw new Error(`${request.path} answered ${answer.status}`);
  return answer;
}

export const basic = (user, password) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
