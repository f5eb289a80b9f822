import type { ClientMetadata } from 'oidc-provider';
import type { PartnerContract } from '../contracts/partner-contract.js';
import type { PartnerContracts } from '../contracts/partner-contracts.js';

/** A contract as the authorization server wants it (RFC 7591 §2). */
export function clientOf(contract: PartnerContract, contracts: PartnerContracts): ClientMetadata {
  const { clientId, name, redirectUris, authentication } = contract;
  const own = contracts.own(clientId);
  const grantable = contracts.grantable(clientId);
  const asksCustomers = grantable.length > 0;
  return {
    client_id: clientId,
    client_name: name,
    redirect_uris: [...redirectUris],
    response_types: asksCustomers ? ['code'] : [],
    grant_types: [
      ...(asksCustomers ? ['authorization_code', 'refresh_token'] : []),
      ...(own.length > 0 ? ['client_credentials'] : []),
    ],
    scope: [...(asksCustomers ? ['openid'] : []), ...own, ...grantable].join(' '),
    subject_type: asksCustomers ? 'pairwise' : 'public',
    id_token_signed_response_alg: 'EdDSA',
    token_endpoint_auth_method: authentication.method,
    ...(authentication.method === 'client_secret_basic'
      ? { client_secret: authentication.secret.reveal() }
      : { jwks: { keys: authentication.keys.map((key) => ({ ...key })) } }),
  };
}
