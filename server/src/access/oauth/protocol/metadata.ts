/** A registered client as the protocol's library wants it (RFC 7591 §2). */
import type { ClientMetadata } from 'oidc-provider';
import type { ClientRow } from '../queries.ts';

export type RegisteredClient = Pick<
  ClientRow,
  'id' | 'name' | 'auth_method' | 'secret_hash' | 'jwks' | 'grant_types' | 'redirect_uris' | 'scopes'
>;

export function clientMetadata(client: RegisteredClient): ClientMetadata {
  const byCode = client.grant_types.includes('authorization_code');
  return {
    client_id: client.id,
    client_name: client.name,
    application_type: 'web',
    token_endpoint_auth_method: client.auth_method,
    // Its hash; provider.ts compares by it.
    ...(client.secret_hash && { client_secret: client.secret_hash.toString('base64url') }),
    ...(client.jwks && { jwks: client.jwks }),
    grant_types: client.grant_types,
    response_types: byCode ? ['code'] : [],
    ...(byCode && { response_modes: ['query'] }),
    redirect_uris: client.redirect_uris,
    scope: client.scopes.join(' '),
  };
}
