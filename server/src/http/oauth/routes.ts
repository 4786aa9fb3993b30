/**
 * The OAuth door: the protocol's own endpoints, answered by access/oauth, its metadata (RFC 8414, RFC 9728), and the
 * questions of the consent page. No CORS: apps in browsers keep their tokens on a server of theirs.
 */
// Its types add `hide` to route schemas.
import type {} from '@fastify/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { networkOf } from '../../access/limits/failures.ts';
import type { Limits } from '../../access/limits/service.ts';
import { ASSERTION_ALGORITHMS, AUTH_METHODS, ROUTES } from '../../access/oauth/protocol/provider.ts';
import { isForApps } from '../../access/oauth/rights.ts';
import { SCOPE_NAMES } from '../../access/scopes.ts';
import type { Access } from '../../access/service.ts';
import { AppError } from '../../errors.ts';
import { handleApiError } from '../api/conventions.ts';
import type { Http } from '../route.ts';
import { consentRoutes } from './consent.ts';

export interface OAuthServices {
  readonly access: Access;
  readonly publicUrl: string;
  /** Of networks: who calls is not known yet. */
  readonly limits: Pick<Limits, 'take'>;
}

/** A network's, each a minute. Each question that is asked is kept for ten minutes, whoever asked. */
const BROWSERS = { name: 'oauth-authorize', quota: 300, windowMs: 60_000 };
const SERVERS = { name: 'oauth-token', quota: 1_200, windowMs: 60_000 };

const SESSION_COOKIES = /(^|; *)headgate_oauth_session(\.sig)?=[^;]*/g;

export function oauthRoutes(app: Http, services: OAuthServices): void {
  app.setErrorHandler(handleApiError);
  metadataRoutes(app, services);
  consentRoutes(app, services);
  app.register(async (door) => protocolRoutes(door, services));
}

/** What apps may be registered for. */
const APP_SCOPES = SCOPE_NAMES.filter(isForApps);

function metadataRoutes(app: Http, { publicUrl }: OAuthServices): void {
  const server = {
    issuer: publicUrl,
    authorization_endpoint: publicUrl + ROUTES.authorization,
    token_endpoint: publicUrl + ROUTES.token,
    revocation_endpoint: publicUrl + ROUTES.revocation,
    introspection_endpoint: publicUrl + ROUTES.introspection,
    scopes_supported: APP_SCOPES,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    introspection_endpoint_auth_methods_supported: AUTH_METHODS,
    authorization_response_iss_parameter_supported: true,
    protected_resources: [publicUrl],
    service_documentation: `${publicUrl}/docs`,
  };
  const resource = {
    resource: publicUrl,
    resource_name: 'Headgate',
    authorization_servers: [publicUrl],
    bearer_methods_supported: ['header'],
    scopes_supported: APP_SCOPES,
    resource_documentation: `${publicUrl}/docs`,
  };
  for (const [name, summary, document] of [
    ['oauth-authorization-server', 'Metadata of the authorization server (RFC 8414)', server],
    ['oauth-protected-resource', 'Metadata of the protected resource (RFC 9728)', resource],
  ] as const) {
    app.route({
      method: 'GET',
      url: `/.well-known/${name}`,
      config: { access: { scope: 'public' } },
      schema: {
        operationId: name === 'oauth-authorization-server' ? 'oauth.serverMetadata' : 'oauth.resourceMetadata',
        tags: ['OAuth'],
        summary,
        response: { 200: Type.Record(Type.String(), Type.Unknown()) },
      },
      handler(_request, reply) {
        reply.header('cache-control', 'public, max-age=300');
        return document;
      },
    });
  }
}

function protocolRoutes(door: Http, { access, publicUrl, limits }: OAuthServices): void {
  const { host, protocol } = new URL(publicUrl);
  door.removeAllContentTypeParsers();
  // The body is left in the socket: the protocol's own reader takes forms only, of 56 KB at most.
  door.addContentTypeParser('*', (_request, _payload, done) => done(null));

  for (const { method, url, name, summary } of [
    {
      method: 'GET',
      url: ROUTES.authorization,
      name: 'authorize',
      summary: 'Ask a user for consent: send the browser here',
    },
    {
      method: 'GET',
      url: `${ROUTES.authorization}/:uid`,
      name: 'resume',
      summary: 'Where the browser goes after consent',
    },
    { method: 'POST', url: ROUTES.token, name: 'token', summary: 'Get tokens (RFC 6749 §3.2)' },
    {
      method: 'POST',
      url: ROUTES.revocation,
      name: 'revoke',
      summary: 'Revoke a token and the consent behind it (RFC 7009)',
    },
    { method: 'POST', url: ROUTES.introspection, name: 'introspect', summary: 'Look at an own token (RFC 7662)' },
  ] as const) {
    door.route({
      method,
      url,
      exposeHeadRoute: false,
      config: { access: { scope: 'public' } },
      // Forms and redirects as the RFCs have them, which the API's description cannot say: docs/oauth.md does.
      schema: { hide: true, operationId: `oauth.${name}`, tags: ['OAuth'], summary },
      handler: (request, reply) => pass(request, reply),
    });
  }

  async function pass(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { raw } = request;
    const limit = request.method === 'GET' ? BROWSERS : SERVERS;
    const { allowed, retryAfterMs } = await limits.take(limit, networkOf(request.ip), 1);
    if (!allowed) {
      throw new AppError('rate_limit_exceeded', 'Too many requests from this network. Try again later.', {
        retryAfter: Math.max(1, Math.ceil(retryAfterMs / 1_000)),
      });
    }
    reply.hijack();
    for (const [header, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(header, value);
    }
    // What a proxy says of itself may be anybody's words; the configuration knows.
    raw.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    raw.headers.host = host;
    delete raw.headers['x-forwarded-host'];
    // Each request is agreed to anew: who agreed to the last one is not carried into this one.
    if (raw.headers.cookie) raw.headers.cookie = raw.headers.cookie.replace(SESSION_COOKIES, '');
    await access.oauth.protocol(raw, reply.raw);
  }
}
