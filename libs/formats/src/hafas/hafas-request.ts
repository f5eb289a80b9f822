import { createHash } from 'node:crypto';

/** What one operator's mgate expects from every request. */
export interface HafasAccess {
  readonly aid: string;
  /** The bytes that sign a request. */
  readonly salt: Uint8Array;
  /** Version of the protocol, e.g. `1.78`. */
  readonly version: string;
  /** The `client` object, as the operator assigned it. */
  readonly client: Readonly<Record<string, string | number>>;
}

export interface HafasServiceRequest {
  readonly meth: string;
  readonly req: Readonly<Record<string, unknown>>;
}

/**
 * Writes a request to HAFAS mgate. The checksums cover the exact bytes: send `body` unchanged, as UTF-8, and put
 * `query` behind the path. Equal requests give equal bytes.
 */
export function writeHafasRequest(
  access: HafasAccess,
  services: readonly HafasServiceRequest[],
): { readonly body: string; readonly query: string } {
  const body = JSON.stringify({
    id: md5(JSON.stringify(services)).slice(0, 16),
    ver: access.version,
    lang: 'deu',
    auth: { type: 'AID', aid: access.aid },
    client: access.client,
    formatted: false,
    svcReqL: services,
  });
  const mic = md5(body);
  return { body, query: `mic=${mic}&mac=${md5(mic, access.salt)}` };
}

/** MD5 because mgate demands it: a checksum between programs, no protection of secrets. */
function md5(text: string, salt: Uint8Array = new Uint8Array()): string {
  return createHash('md5').update(text, 'utf8').update(salt).digest('hex');
}
