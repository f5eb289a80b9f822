export interface GraphRequest {
  readonly port: number;
  readonly path?: string;
  readonly query: string;
  /** Bearer token; nobody calls without one. */
  readonly token?: string;
}

/** A GraphQL request as it goes over the wire, made once and sent often. */
export function writeRequest({ port, path = '/graphql', query, token }: GraphRequest): Buffer {
  const body = Buffer.from(JSON.stringify({ query }), 'utf8');
  const lines = [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'accept: application/json',
    // On a slow machine a cold answer of the slowest contender may take longer than people are made to wait.
    'prefer: wait=10',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    `content-length: ${body.length}`,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body]);
}
