/** Who an access token speaks for. Asked of the database on every call, so that what ends a token ends it at once, on every process. */
import type { Db } from '../../db/open.ts';
import { AppError } from '../../errors.ts';
import type { OAuthPrincipal } from '../principal.ts';
import { isScopeName, type ScopeName } from '../scopes.ts';
import { findAccessToken, type TokenRow } from './protocol/store-queries.ts';
import { canGive, canLetSend } from './rights.ts';
import type { OAuthSecrets } from './secrets.ts';

/**
 * A call has what stands in the token and still holds: of the client's registration, of the consent, and of the role of the
 * user, each as it is now.
 */
export function createOAuthPrincipals({ db, secrets, now }: { db: Db; secrets: OAuthSecrets; now: () => Date }) {
  return {
    /** @throws AppError invalid_token, token_expired. */
    async principalOf(text: string): Promise<OAuthPrincipal> {
      const hashes = {
        AccessToken: secrets.hashOf('AccessToken', text),
        ClientCredentials: secrets.hashOf('ClientCredentials', text),
      };
      const row = await findAccessToken(db, hashes);
      if (!row) throw invalid();
      if (row.expires_at <= now()) {
        throw new AppError('token_expired', 'The access token has expired. Get a new one from /oauth/token.');
      }
      const hash = row.model === 'AccessToken' ? hashes.AccessToken : hashes.ClientCredentials;
      const { scope } = secrets.open(row.payload_sealed, row.model, hash);
      const scopes = typeof scope === 'string' ? scope.split(' ').filter(isScopeName) : [];
      return row.model === 'AccessToken' ? ofUser(row, scopes) : ofClient(row, scopes);
    },
  };
}

function ofClient(row: TokenRow, scopes: readonly ScopeName[]): OAuthPrincipal {
  return {
    kind: 'oauth',
    clientId: row.client_id,
    grantId: null,
    userId: null,
    label: row.client_name,
    workspaceId: row.client_workspace,
    environment: row.client_environment,
    scopes: new Set(scopes.filter((scope) => row.client_scopes.includes(scope))),
    maySend: row.client_may_send,
  };
}

/** @throws AppError invalid_token when the consent, the membership or the user is gone. */
function ofUser(row: TokenRow, scopes: readonly ScopeName[]): OAuthPrincipal {
  const { grant_id, workspace_id, environment, user_id, email, role } = row;
  if (!grant_id || !workspace_id || !environment || !user_id || !role) throw invalid();
  const held = (scope: ScopeName) =>
    row.client_scopes.includes(scope) && (row.scopes ?? []).includes(scope) && canGive(role, scope);
  return {
    kind: 'oauth',
    clientId: row.client_id,
    grantId: grant_id,
    userId: user_id,
    label: `${row.client_name} for ${email}`,
    workspaceId: workspace_id,
    environment,
    scopes: new Set(scopes.filter(held)),
    maySend: row.may_send === true && row.client_may_send && workspace_id === row.client_workspace && canLetSend(role),
  };
}

function invalid(): AppError {
  return new AppError(
    'invalid_token',
    'The access token is not valid or was revoked. Get a new one from /oauth/token.',
  );
}
