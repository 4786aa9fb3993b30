/**
 * The authorization server: oidc-provider (RFC 6749, 7009, 7636, 7662, 8707, 9207, 9700) with everything switched off
 * that is not needed. It signs nobody in by itself and remembers no consent: each request is agreed to anew on the
 * dashboard's page, by a user who is signed in there.
 */
import { type ClientMetadata, errors, interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { asSystem } from '../../../context.ts';
import type { Db } from '../../../db/open.ts';
import { SCOPE_NAMES } from '../../scopes.ts';
import { newToken, type OAuthSecrets } from '../secrets.ts';
import { createRetries } from './retries.ts';
import { createStore } from './store.ts';
import { userIsEnabled } from './store-queries.ts';

/** Seconds. */
export const LIFETIMES = {
  AccessToken: 3_600,
  ClientCredentials: 3_600,
  AuthorizationCode: 60,
  RefreshToken: 30 * 86_400,
  Grant: 365 * 86_400,
  /** How long a user may think about it. */
  Interaction: 600,
  Session: 600,
} as const;

export const AUTH_METHODS = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const;
export const ASSERTION_ALGORITHMS = ['ES256', 'PS256', 'RS256', 'EdDSA'] as const;
const ID_TOKEN_ALGORITHM = 'EdDSA';

export const ROUTES = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  introspection: '/oauth/introspect',
} as const;

/** @param parts.publicUrl the issuer and, as there is one API, the only resource. Without a trailing slash. */
export function createProvider(parts: { db: Db; secrets: OAuthSecrets; publicUrl: string; now: () => Date }): Provider {
  const { db, secrets, publicUrl, now } = parts;
  const cookie = {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    signed: true,
    path: `${new URL(publicUrl).pathname.replace(/\/$/, '')}/oauth`,
  } as const;

  const retries = createRetries({ db, secrets, now });

  const provider = new Provider(publicUrl, {
    adapter: createStore({ db, secrets, retries, now }),
    jwks: { keys: [{ ...secrets.signingKey(), alg: ID_TOKEN_ALGORITHM, use: 'sig', kid: 'headgate' } as never] },
    cookies: {
      keys: [secrets.cookieKey],
      long: cookie,
      short: cookie,
      names: {
        session: 'headgate_oauth_session',
        interaction: 'headgate_oauth_consent',
        resume: 'headgate_oauth_resume',
      },
    },
    routes: ROUTES,
    scopes: [...SCOPE_NAMES],
    claims: {},
    responseTypes: ['code'],
    clientAuthMethods: [...AUTH_METHODS],
    clientDefaults: { id_token_signed_response_alg: ID_TOKEN_ALGORITHM },
    enabledJWA: {
      clientAuthSigningAlgValues: [...ASSERTION_ALGORITHMS],
      idTokenSigningAlgValues: [ID_TOKEN_ALGORITHM],
    },
    pkce: { required: () => true },
    ttl: LIFETIMES,
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    revokeGrantPolicy: () => true,
    clientBasedCORS: () => false,
    findAccount: async (_ctx, sub) =>
      (await asSystem(() => userIsEnabled(db, sub))) ? { accountId: sub, claims: async () => ({ sub }) } : undefined,
    // Never one that a browser session remembers.
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId ? await ctx.oidc.provider.Grant.find(grantId) : undefined;
    },
    interactions: {
      url: (_ctx, interaction) => `${publicUrl}/app/oauth/consent/${interaction.uid}`,
      policy: [alwaysAsk()],
    },
    renderError: (ctx, out) => {
      ctx.type = 'json';
      ctx.body = out;
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (_ctx, _client, oneOf) => oneOf ?? publicUrl,
        getResourceServerInfo: async (_ctx, resource, client) => {
          if (resource !== publicUrl && resource !== `${publicUrl}/`) {
            throw new errors.InvalidTarget(`the only resource here is ${publicUrl}`);
          }
          return { scope: client.scope ?? '', audience: publicUrl, accessTokenFormat: 'opaque' };
        },
      },
    },
  });
  // Decides, together with X-Forwarded-Proto, whether cookies may be Secure; http/oauth sets that header itself.
  provider.proxy = true;
  provider.use(withoutCors as Parameters<Provider['use']>[0]);
  provider.use(retries.middleware as Parameters<Provider['use']>[0]);
  nameTokens(provider);
  compareSecretsByHash(provider, secrets);
  return provider;
}

/** The library lets pages of any site read its errors. */
async function withoutCors(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  for (const name of Object.keys(ctx.response.headers)) if (name.startsWith('access-control-')) ctx.remove(name);
}

function alwaysAsk(): interactionPolicy.Prompt {
  const { Check, Prompt } = interactionPolicy;
  return new Prompt(
    { name: 'consent', requestable: true },
    new Check('always', 'every request is agreed to anew', 'consent_required', (ctx) => !ctx.oidc.result?.consent),
  );
}

/** Tokens that scanners and logs can tell apart, and that no other credential looks like. */
function nameTokens(provider: Provider): void {
  const named = [
    [provider.AccessToken, 'at'],
    [provider.ClientCredentials, 'at'],
    [provider.RefreshToken, 'rt'],
    [provider.AuthorizationCode, 'ac'],
  ] as const;
  for (const [model, kind] of named) {
    const token = model.prototype as unknown as { generateTokenId(): string };
    const { generateTokenId } = token;
    token.generateTokenId = function () {
      // It also chooses the token's format.
      generateTokenId.call(this);
      return newToken(kind);
    };
  }
}

/** The library knows a client's secret only by its hash (metadata.ts). */
function compareSecretsByHash(provider: Provider, secrets: OAuthSecrets): void {
  provider.Client.prototype.compareClientSecret = function (this: { clientSecret?: string }, given: string) {
    const stored = Buffer.from(this.clientSecret ?? '', 'base64url');
    return secrets.isClientSecret(stored, given);
  };
}

/** What the library thinks of a registration. @returns what is wrong with it, null: nothing. */
export async function refusalOf(provider: Provider, metadata: ClientMetadata): Promise<string | null> {
  const { Client } = provider as unknown as { Client: { validate(metadata: ClientMetadata): Promise<void> } };
  try {
    await Client.validate(metadata);
    return null;
  } catch (error) {
    if (error instanceof errors.OIDCProviderError) return error.error_description ?? error.message;
    throw error;
  }
}
