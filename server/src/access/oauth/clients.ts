/** Registered apps: made and changed by owners and admins (scope `oauth:manage`), never by themselves. */
import type { Provider } from 'oidc-provider';
import type { Db } from '../../db/open.ts';
import { type Environment, inTransaction, lockInTransaction } from '../../db/tx.ts';
import { AppError, invalidField, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import type { Principal } from '../principal.ts';
import { isScopeName, OWNERS_SCOPES, type ScopeName } from '../scopes.ts';
import { clientMetadata } from './protocol/metadata.ts';
import { refusalOf } from './protocol/provider.ts';
import {
  type AuthMethod,
  type ClientChange,
  type ClientRow,
  countClients,
  deleteClient,
  findClient,
  insertClient,
  listClients,
  type OAuthFilter,
  type Page,
  setClientSecret,
  updateClient,
} from './queries.ts';
import { refusalOfRedirectUri } from './redirects.ts';
import { isForApps } from './rights.ts';
import { newToken, type OAuthSecrets } from './secrets.ts';

/** A workspace's. */
export const MOST_CLIENTS = 100;
export const MOST_REDIRECT_URIS = 20;
const MOST_KEYS = 5;
const LONGEST_JWKS = 20_000;

export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials';
export type Jwks = { keys: Record<string, unknown>[] };

export interface ClientRequest {
  readonly name: string;
  readonly homepage?: string | null;
  /** Default: client_secret_basic. */
  readonly authMethod?: AuthMethod;
  /** Default: authorization_code and refresh_token with redirect URIs, else client_credentials. */
  readonly grantTypes?: readonly GrantType[];
  readonly redirectUris?: readonly string[];
  readonly scopes: readonly string[];
  /** Default: the caller's. */
  readonly environment?: Environment;
  /** Default: no. */
  readonly maySend?: boolean;
  /** With private_key_jwt: the client's public keys. */
  readonly jwks?: Jwks;
}

export type ClientPatch = Partial<
  Pick<ClientRequest, 'name' | 'homepage' | 'redirectUris' | 'scopes' | 'maySend' | 'jwks'>
>;

export type Clients = ReturnType<typeof createClients>;

export function createClients(parts: { db: Db; provider: Provider; secrets: OAuthSecrets; now: () => Date }) {
  const { db, provider, secrets, now } = parts;

  async function get(caller: Principal, id: string): Promise<ClientRow> {
    const row = isUuid(id) ? await findClient(db, visibleTo(caller), id) : undefined;
    if (!row) throw notFound('OAuth client');
    return row;
  }

  return {
    get,

    async list(caller: Principal, page: Page): Promise<{ clients: ClientRow[]; total: number }> {
      const filter = visibleTo(caller);
      return { clients: await listClients(db, filter, page), total: await countClients(db, filter) };
    },

    /**
     * `secret`: the only time it exists outside its owner's hands; null where the client has none.
     * @throws AppError validation_error, insufficient_scope, forbidden, send_not_allowed, conflict (too many).
     */
    async create(caller: Principal, request: ClientRequest): Promise<{ client: ClientRow; secret: string | null }> {
      refuseBound(caller);
      const authMethod = request.authMethod ?? 'client_secret_basic';
      const redirectUris = readRedirectUris(request.redirectUris ?? []);
      const grantTypes = readGrantTypes(request.grantTypes, redirectUris, authMethod);
      const environment = request.environment ?? caller.environment;
      if (caller.kind !== 'user' && environment !== caller.environment) {
        throw new AppError('forbidden', `A ${caller.environment} key can only register ${caller.environment} clients.`);
      }
      const scopes = readScopes(caller, request.scopes);
      const maySend = request.maySend ?? false;
      if (maySend) refuseSending(caller);
      if ((authMethod === 'private_key_jwt') !== (request.jwks !== undefined)) {
        throw invalidField('jwks', 'give public keys with auth_method private_key_jwt, and only then');
      }
      const secret = authMethod.startsWith('client_secret') ? newToken('cs') : null;
      const row = {
        id: newId(now().getTime()),
        workspace_id: caller.workspaceId,
        environment,
        name: request.name,
        homepage: request.homepage ? readHomepage(request.homepage) : null,
        auth_method: authMethod,
        secret_hash: secret === null ? null : secrets.hashOfClientSecret(secret),
        jwks: request.jwks ? readJwks(request.jwks) : null,
        grant_types: grantTypes,
        redirect_uris: redirectUris,
        scopes,
        may_send: maySend,
        created_by: caller.label,
      };
      await refuseWhatTheLibraryRefuses(row);
      const client = await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `oauth-clients ${caller.workspaceId}`);
        if ((await countClients(tx, { workspaceId: caller.workspaceId, environment: null })) >= MOST_CLIENTS) {
          throw new AppError('conflict', `A workspace has at most ${MOST_CLIENTS} OAuth clients. Delete one first.`);
        }
        const made = await insertClient(tx, row);
        await record(tx, { action: 'oauth_client.created', target: targetOf(made), after: shown(made), environment });
        return made;
      });
      return { client, secret };
    },

    /** Tokens that are out have less from the next request on where scopes were taken away, and never more. */
    async update(caller: Principal, id: string, patch: ClientPatch): Promise<ClientRow> {
      const before = await get(caller, id);
      refuseStronger(caller, before);
      if (patch.maySend === true && !before.may_send) refuseSending(caller);
      if (patch.jwks && before.auth_method !== 'private_key_jwt') {
        throw invalidField('jwks', 'this client does not authenticate with keys');
      }
      if (patch.redirectUris?.length === 0 && before.grant_types.includes('authorization_code')) {
        throw invalidField('redirect_uris', 'this client needs at least one');
      }
      const change: ClientChange = {
        ...(patch.name !== undefined && { name: patch.name }),
        ...(patch.homepage !== undefined && { homepage: patch.homepage ? readHomepage(patch.homepage) : null }),
        ...(patch.redirectUris && { redirect_uris: readRedirectUris(patch.redirectUris) }),
        ...(patch.scopes && { scopes: readScopes(caller, patch.scopes) }),
        ...(patch.maySend !== undefined && { may_send: patch.maySend }),
        ...(patch.jwks && { jwks: readJwks(patch.jwks) }),
      };
      await refuseWhatTheLibraryRefuses({ ...before, ...change });
      return await inTransaction(db, async (tx) => {
        const after = await updateClient(tx, visibleTo(caller), id, change, now());
        if (!after) throw notFound('OAuth client');
        await record(tx, {
          action: 'oauth_client.updated',
          target: targetOf(after),
          before: shown(before),
          after: shown(after),
          environment: after.environment,
        });
        return after;
      });
    },

    /** The old secret is refused from now on; tokens that are out live on. @throws AppError invalid_state, not_found. */
    async rotateSecret(caller: Principal, id: string): Promise<{ client: ClientRow; secret: string }> {
      const client = await get(caller, id);
      refuseStronger(caller, client);
      if (!client.secret_hash) throw new AppError('invalid_state', 'This client has no secret.');
      const secret = newToken('cs');
      const at = now();
      await inTransaction(db, async (tx) => {
        await setClientSecret(tx, visibleTo(caller), id, secrets.hashOfClientSecret(secret), at);
        await record(tx, {
          action: 'oauth_client.secret_rotated',
          target: targetOf(client),
          environment: client.environment,
        });
      });
      return { client: { ...client, secret_rotated_at: at, updated_at: at }, secret };
    },

    /** With it go its consents and all its tokens, at once. */
    async remove(caller: Principal, id: string): Promise<void> {
      const client = await get(caller, id);
      await inTransaction(db, async (tx) => {
        await deleteClient(tx, visibleTo(caller), id);
        await record(tx, {
          action: 'oauth_client.deleted',
          target: targetOf(client),
          before: shown(client),
          environment: client.environment,
        });
      });
    },
  };

  async function refuseWhatTheLibraryRefuses(client: Parameters<typeof clientMetadata>[0]): Promise<void> {
    const refusal = await refusalOf(provider, clientMetadata(client));
    if (refusal) throw new AppError('validation_error', `The client cannot be registered: ${refusal}.`);
  }
}

/** A user manages the clients of both environments; a key only those of its own. */
export function visibleTo(caller: Principal): OAuthFilter {
  return { workspaceId: caller.workspaceId, environment: caller.kind === 'user' ? null : caller.environment };
}

function targetOf(client: ClientRow) {
  return { type: 'oauth_client', id: client.id, name: client.name };
}

/** For the audit trail. */
function shown(client: ClientRow): Record<string, unknown> {
  const { name, homepage, auth_method, grant_types, redirect_uris, scopes, may_send } = client;
  return { name, homepage, auth_method, grant_types, redirect_uris, scopes, may_send };
}

function readScopes(caller: Principal, names: readonly string[]): ScopeName[] {
  const scopes = [...new Set(names)].map((name) => {
    if (!isScopeName(name)) throw invalidField('scopes', `${JSON.stringify(name)} is no scope; see GET /api/v1/scopes`);
    if (!isForApps(name)) throw invalidField('scopes', `${name} is not for apps`);
    return name;
  });
  if (scopes.length === 0) throw invalidField('scopes', 'name at least one');
  refuseWhatCallerLacks(caller, scopes);
  return scopes;
}

function refuseWhatCallerLacks(caller: Principal, scopes: readonly ScopeName[]): void {
  const ofOwners = caller.kind === 'user' && caller.role !== 'owner' ? OWNERS_SCOPES : NONE;
  const missing = scopes.filter((scope) => !caller.scopes.has(scope) || ofOwners.has(scope));
  if (missing.length === 0) return;
  throw new AppError('insufficient_scope', `You lack scopes of this client: ${missing.join(', ')}.`, {
    required: missing,
  });
}

/** A client has no end and no networks: through it a key could be used after its end, and from anywhere. */
function refuseBound(caller: Principal): void {
  if (caller.kind !== 'key' || (caller.endsAt === null && caller.addresses === null)) return;
  throw new AppError(
    'forbidden',
    'A key that expires or is bound to networks cannot register or change apps: they would outlive its bounds.',
  );
}

/** Who has a client's secret, or chooses where its codes go, can do what it can. */
function refuseStronger(caller: Principal, client: ClientRow): void {
  refuseBound(caller);
  refuseWhatCallerLacks(caller, client.scopes.filter(isScopeName));
  if (client.may_send && !caller.maySend) {
    throw new AppError('send_not_allowed', 'This client may send and you may not. You can delete it.');
  }
}

const NONE: ReadonlySet<ScopeName> = new Set();

function refuseSending(caller: Principal): void {
  if (caller.kind === 'user' && caller.role === 'owner') return;
  throw new AppError('send_not_allowed', 'Only a signed-in owner of the workspace can let an app send.');
}

function readRedirectUris(uris: readonly string[]): string[] {
  if (uris.length > MOST_REDIRECT_URIS) throw invalidField('redirect_uris', `at most ${MOST_REDIRECT_URIS}`);
  return [...new Set(uris)].map((uri) => {
    const refusal = refusalOfRedirectUri(uri);
    if (refusal) throw invalidField('redirect_uris', refusal);
    return uri;
  });
}

function readGrantTypes(
  asked: readonly GrantType[] | undefined,
  redirectUris: readonly string[],
  authMethod: AuthMethod,
): GrantType[] {
  const types = new Set<GrantType>(
    asked ?? (redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : ['client_credentials']),
  );
  if (types.size === 0) throw invalidField('grant_types', 'name at least one');
  if (types.has('client_credentials') && authMethod === 'none') {
    throw invalidField('grant_types', 'client_credentials needs a client that can authenticate');
  }
  if (types.has('refresh_token') && !types.has('authorization_code')) {
    throw invalidField('grant_types', 'refresh_token comes with authorization_code only');
  }
  if (types.has('authorization_code') !== redirectUris.length > 0) {
    throw invalidField('redirect_uris', 'give them with the grant type authorization_code, and only then');
  }
  return [...types];
}

function readHomepage(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password) {
    throw invalidField('homepage', 'give a web address without user and password');
  }
  return url.href;
}

function readJwks(jwks: Jwks): Jwks {
  const text = JSON.stringify(jwks);
  if (jwks.keys.length === 0 || jwks.keys.length > MOST_KEYS) throw invalidField('jwks', `1 to ${MOST_KEYS} keys`);
  if (text.length > LONGEST_JWKS) throw invalidField('jwks', `at most ${LONGEST_JWKS} characters`);
  // NUL and halves of surrogate pairs, as JSON writes them.
  if (/\\u(?:0000|d[89a-f])/i.test(text)) throw invalidField('jwks', 'holds characters that cannot be stored');
  return jwks;
}
