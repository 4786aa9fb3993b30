/**
 * Who is calling, for every door alike, before the body is read: `Authorization: Bearer` (key or session token),
 * `Authorization: ApiKey` (key) and `X-API-Key` (key) mean the same. Sets `request.principal`, or throws an AppError that
 * the door puts into its own envelope.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keyIn, looksLikeKey } from '../../access/keys/check/format.ts';
import type { KeyCheck } from '../../access/keys/check/key-index.ts';
import { looksLikeAccessToken } from '../../access/oauth/secrets.ts';
import { isNarrowed, lacksArea } from '../../access/permissions/authority.ts';
import type { KeyPrincipal, Principal } from '../../access/principal.ts';
import type { ScopeName } from '../../access/scopes.ts';
import type { Access } from '../../access/service.ts';
import { asSystem } from '../../context.ts';
import type { Environment } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import type { Http, RouteAccess } from '../route.ts';
import { enterContext, useContext } from './context.ts';

const CHALLENGE = 'Bearer realm="headgate"';
const X_API_KEY = 'x-api-key';
const AUTHORIZATION = 'authorization';
const MAX_USER_AGENT = 256;

interface Credential {
  readonly text: string;
  /** Only `Bearer` may carry a session token. */
  readonly bearer: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Whether the credential would still be let in, for answers that go on for long: a key may be revoked and a
     * session ended meanwhile. Costs no query for a key, one for a session.
     */
    stillAllowed(): Promise<boolean>;
    /** The scope that a narrower key under trial (KeyPrincipal.shadowScopes) would have lacked for this call; else null. */
    shadowRefusal: ScopeName | null;
  }
}

/** @param answerTo what to answer to a caller who was refused; see afterFailure in limits.ts. */
export function useCredentials(
  http: Http,
  access: Access,
  answerTo: (request: FastifyRequest, error: Error) => Error = (_request, error) => error,
): void {
  useContext(http);
  http.decorateRequest('stillAllowed', async function (this: FastifyRequest) {
    const declared = this.routeOptions.config.access;
    if (!declared) return false;
    try {
      const caller = await admit(this, declared, access);
      // Its line in the usage log is of when the answer began.
      if (caller.kind === 'key') access.keyStillUsed(caller, this.ip);
      return true;
    } catch (error) {
      // A database that is away for a moment says nothing about the credential.
      return !(error instanceof AppError);
    }
  });
  http.decorateRequest('shadowRefusal', null);
  // A callback hook: the tracking door passes it at 25,000 requests a second and needs no promise.
  http.addHook('onRequest', (request, reply, done) => {
    const declared = request.routeOptions.config.access;
    try {
      refuseKeyInUrl(request, access);
      // CORS preflights carry no credential by definition; only a door that opens CORS answers them.
      const open = request.is404 || (!declared && request.method === 'OPTIONS');
      if (open || declared?.scope === 'public' || declared?.scope === 'write-key') {
        done();
        return;
      }
      if (!declared) throw new AppError('not_found', 'There is nothing here.');
      const admitted = admit(request, declared, access);
      if (!(admitted instanceof Promise)) {
        enterContext(request, admitted, done);
        return;
      }
      admitted.then(
        (principal) => enterContext(request, principal, done),
        (error: Error) => {
          challenge(error, reply);
          done(answerTo(request, error));
        },
      );
    } catch (error) {
      challenge(error, reply);
      done(answerTo(request, error as Error));
    }
  });
}

/** At once for a key: it is looked up in memory. @throws AppError for a caller who may not use the route. */
function admit(request: FastifyRequest, declared: RouteAccess, access: Access): Principal | Promise<Principal> {
  const credential = readCredential(request);
  if (credential && looksLikeKey(credential.text)) {
    const found = access.keys.check(credential.text);
    if (found instanceof Promise) {
      return found.then((late) => letIn(request, declared, keyPrincipal(late, request, declared, access)));
    }
    return letIn(request, declared, keyPrincipal(found, request, declared, access));
  }
  // Sessions are no workspace's rows; asked again from within a request (stillAllowed) they must be seen all the same.
  return asSystem(() => authenticate(request, credential, access)).then((caller) => letIn(request, declared, caller));
}

/** @throws AppError insufficient_scope, api_key_quarantined, send_not_allowed. */
function letIn(request: FastifyRequest, declared: RouteAccess, principal: Principal): Principal {
  request.principal = principal;
  if (principal.kind === 'user' && principal.mustEnrol && !declared.whileEnrolling) {
    throw new AppError(
      'second_factor_required',
      'This workspace requires a second factor. Set one up: POST /api/v1/second-factor/totp or /api/v1/passkeys/options.',
    );
  }
  if (declared.scope !== 'signed-in' && !principal.scopes.has(declared.scope as ScopeName)) {
    if (principal.kind === 'key' && principal.quarantined) throw quarantined();
    throw lacks(declared);
  }
  if (!declared.door && declared.scope !== 'signed-in' && isNarrowed(principal, declared.scope as ScopeName)) {
    throw lacks(declared);
  }
  if (declared.area && lacksArea(principal, declared.scope as ScopeName, declared.area)) {
    throw new AppError('forbidden', `Your permissions do not reach this: it takes a role on every ${declared.area}.`);
  }
  if (declared.sends && !principal.maySend) throw sendNotAllowed(principal);
  if (principal.kind === 'key' && principal.shadowScopes) {
    const scope = declared.scope as ScopeName;
    if (declared.scope !== 'signed-in' && !principal.shadowScopes.has(scope)) request.shadowRefusal = scope;
  }
  return principal;
}

function quarantined(): AppError {
  return new AppError(
    'api_key_quarantined',
    'This API key is in quarantine and may only read. An owner or admin can release it.',
  );
}

function sendNotAllowed(principal: Principal): AppError {
  if (principal.kind === 'key' && principal.quarantined) return quarantined();
  if (principal.kind === 'oauth') {
    return new AppError('send_not_allowed', 'This app may not send: an owner must allow it, and the user agree to it.');
  }
  return new AppError(
    'send_not_allowed',
    principal.kind === 'key'
      ? 'This key may not send. Make one with "may send" switched on.'
      : 'Your role may not send. Ask an owner or admin of the workspace.',
  );
}

async function authenticate(
  request: FastifyRequest,
  credential: Credential | null,
  access: Access,
): Promise<Principal> {
  if (!credential) {
    throw new AppError(
      'unauthorized',
      'Send an API key or an access token: Authorization: Bearer <…>, or an API key as X-API-Key.',
    );
  }
  if (!credential.bearer) throw invalidKey();
  if (looksLikeAccessToken(credential.text)) return await access.oauth.principalOf(credential.text);
  const claims = await access.tokens.verifyAccess(credential.text);
  return await access.workspaces.principalOf(claims, {
    workspace: header(request, 'x-organization-id') ?? header(request, 'x-headgate-workspace'),
    environment: environmentOf(request),
  });
}

function keyPrincipal(found: KeyCheck, request: FastifyRequest, declared: RouteAccess, access: Access): KeyPrincipal {
  if (typeof found === 'string') {
    if (found === 'revoked') throw new AppError('api_key_revoked', 'This API key was revoked. Use another one.');
    if (found === 'expired') throw new AppError('api_key_expired', 'This API key has expired. Use another one.');
    throw invalidKey();
  }
  if (found.canary) refuseCanary(found, request, declared, access);
  if (found.addresses && !found.addresses.allows(request.ip)) {
    request.principal = found;
    throw new AppError('address_not_allowed', 'This API key cannot be used from this network address.');
  }
  return found;
}

/** Tells of it, and answers as a key would that happens to lack the scope, so that whoever tries it learns nothing. */
function refuseCanary(key: KeyPrincipal, request: FastifyRequest, declared: RouteAccess, access: Access): never {
  request.principal = key;
  access.keys.canaryUsed(key, {
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    ip: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, MAX_USER_AGENT) ?? null,
    requestId: request.id,
  });
  if (declared.scope === 'signed-in') throw new AppError('forbidden', 'This call is not open to this API key.');
  throw lacks(declared);
}

function lacks({ scope }: RouteAccess): AppError {
  return new AppError('insufficient_scope', `This call needs the scope ${scope}.`, { required: [scope] });
}

function invalidKey(): AppError {
  return new AppError('invalid_api_key', 'This API key is not known here. Check that it is whole and for this server.');
}

/** @throws AppError conflicting_credentials when two different ones are sent. */
function readCredential(request: FastifyRequest): Credential | null {
  let found: Credential | null = null;
  // Node keeps only the first of several Authorization headers, so the raw list is what was really sent.
  const raw = request.raw.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? '';
    // Most headers are told apart by their length, without a copy in lower case.
    if (name.length !== X_API_KEY.length && name.length !== AUTHORIZATION.length) continue;
    const credential = credentialOf(name.toLowerCase(), raw[i + 1] ?? '');
    if (!credential) continue;
    if (found && found.text !== credential.text) {
      throw new AppError(
        'conflicting_credentials',
        'The request carries two different credentials. Send exactly one: Authorization or X-API-Key.',
      );
    }
    // The same key twice is one credential.
    if (!found || credential.bearer) found = credential;
  }
  return found;
}

function credentialOf(name: string, value: string): Credential | null {
  if (name === X_API_KEY) return { text: value.trim(), bearer: false };
  if (name !== AUTHORIZATION) return null;
  const match = /^(bearer|apikey) +(\S+) *$/i.exec(value);
  // Another scheme, or none: a credential nobody knows.
  if (!match?.[1] || !match[2]) return { text: '', bearer: false };
  return { text: match[2], bearer: match[1].toLowerCase() === 'bearer' };
}

function environmentOf(request: FastifyRequest): Environment {
  const value = header(request, 'x-headgate-environment') ?? 'live';
  if (value === 'live' || value === 'test') return value;
  throw new AppError('bad_request', 'X-Headgate-Environment must be live or test.');
}

function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A URL ends in logs, histories and Referer headers. */
function refuseKeyInUrl(request: FastifyRequest, access: Access): void {
  const { url } = request;
  if (!url.includes('_hg_') && !url.includes('%')) return;
  const key = keyIn(url) ?? keyIn(decoded(url));
  if (key === null) return;
  access.leaks.seenInUrl(key, { ip: request.ip, route: request.routeOptions.url ?? 'none' });
  throw new AppError(
    'credential_in_url',
    'The URL contains an API key. Send it in a header, and revoke this key: URLs are kept in logs.',
  );
}

/** Only ASCII, which keys are made of; decodeURIComponent would give up at the first % that is wrong elsewhere. */
function decoded(url: string): string {
  return url.replace(/%([2-7][0-9a-f])/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** RFC 6750 §3: no error attribute when no credential was sent. */
function challenge(error: unknown, reply: FastifyReply): void {
  if (!(error instanceof AppError)) return;
  if (error.code === 'unauthorized') reply.header('www-authenticate', CHALLENGE);
  else if (error.status === 401) reply.header('www-authenticate', `${CHALLENGE}, error="invalid_token"`);
  else if (error.code === 'insufficient_scope') {
    const scope = (error.details.required ?? []).join(' ');
    reply.header('www-authenticate', `${CHALLENGE}, error="insufficient_scope", scope="${scope}"`);
  }
}
