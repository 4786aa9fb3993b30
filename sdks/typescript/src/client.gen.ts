// Generated from openapi.json by `npm run gen`. Change the routes instead.
import type { Args, Message, Result } from './operations.ts';
import { type CallOptions, type ClientOptions, createTransport, type Operation } from './transport.ts';
import type { operations } from './types.gen.ts';

type Ops = operations;
/** The arguments may be left out where none is required. */
type Rest<A> = object extends A ? [args?: A, options?: CallOptions] : [args: A, options?: CallOptions];

export type Client = ReturnType<typeof createClient>;

export function createClient(clientOptions: ClientOptions = {}) {
  const transport = createTransport(clientOptions);
  const call = <O, A = Args<O>>(operation: Operation) =>
    async (...[args, options]: Rest<A>): Promise<Result<O>> =>
      (await transport.call(operation, args ?? {}, options)) as Result<O>;
  const stream = <O>(operation: Operation) =>
    (...[args, options]: Rest<Args<O>>) =>
      transport.stream(operation, args ?? {}, options) as AsyncGenerator<Message<O>, void, undefined>;
  return {
    apiKeys: {
      /** Create an API key. A key cannot be given what its maker lacks. Without `scopes` it has full access, which the answer warns of.. Scope: api-keys:manage */
      create: call<Ops['apiKeys.create']>({"method":"POST","path":"/api/v1/api-keys","pathParams":[],"queryParams":[],"body":"fields"}),
      /** List API keys, newest first. A user sees the keys of both environments, a key those of its own. Revoked keys stay in the list.. Scope: api-keys:manage */
      list: call<Ops['apiKeys.list']>({"method":"GET","path":"/api/v1/api-keys","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Revoke an API key. The key is refused from the next request on. This cannot be undone.. Scope: api-keys:manage */
      revoke: call<Ops['apiKeys.revoke']>({"method":"DELETE","path":"/api/v1/api-keys/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    destinations: {
      /** Create a webhook destination of a source. Scope: destinations:write */
      create: call<Ops['destinations.create']>({"method":"POST","path":"/api/v1/destinations","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a destination; its pending deliveries end as failed. Scope: destinations:write */
      delete: call<Ops['destinations.delete']>({"method":"DELETE","path":"/api/v1/destinations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a destination. Scope: destinations:read */
      get: call<Ops['destinations.get']>({"method":"GET","path":"/api/v1/destinations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List destinations, newest first. Scope: destinations:read */
      list: call<Ops['destinations.list']>({"method":"GET","path":"/api/v1/destinations","pathParams":[],"queryParams":["limit","cursor","source_id"],"body":"none"}),
      /** Change a destination; what is pending goes by the new settings. Scope: destinations:write */
      update: call<Ops['destinations.update']>({"method":"PATCH","path":"/api/v1/destinations/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    events: {
      /** Events a minute by outcome. Scope: events:read */
      counts: call<Ops['events.counts']>({"method":"GET","path":"/api/v1/events/counts","pathParams":[],"queryParams":["minutes"],"body":"none"}),
      /** One event with its payload. Scope: events:read */
      get: call<Ops['events.get']>({"method":"GET","path":"/api/v1/events/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List events and refusals, newest first. `total` counts to 1,000.. Scope: events:read */
      list: call<Ops['events.list']>({"method":"GET","path":"/api/v1/events","pathParams":[],"queryParams":["limit","cursor","source_id","type","outcome","q"],"body":"none"}),
      /** Watch events live (text/event-stream). `event: event` holds an item of the list; `event: delivery` holds `event_id` and its `deliveries` when they change.. Scope: events:read */
      stream: call<Ops['events.stream']>({"method":"GET","path":"/api/v1/events/stream","pathParams":[],"queryParams":["after"],"body":"none"}),
    },
    health: {
      /** Whether the process is alive */
      alive: call<Ops['health.alive']>({"method":"GET","path":"/healthz","pathParams":[],"queryParams":[],"body":"none"}),
      /** Whether requests can be served: the database answers, is migrated, and no shutdown has begun */
      ready: call<Ops['health.ready']>({"method":"GET","path":"/readyz","pathParams":[],"queryParams":[],"body":"none"}),
    },
    me: {
      /** Who is calling. The workspace, environment and rights of the credential. */
      get: call<Ops['me.get']>({"method":"GET","path":"/api/v1/me","pathParams":[],"queryParams":[],"body":"none"}),
    },
    people: {
      /** A person's events, newest first. With the events of everyone merged into the person. `total` counts to 1,000.. Scope: profiles:read */
      events: call<Ops['people.events']>({"method":"GET","path":"/api/v1/people/{id}/events","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** One person with identifiers and traits. The id of a person who was merged into another gives the one they became.. Scope: profiles:read */
      get: call<Ops['people.get']>({"method":"GET","path":"/api/v1/people/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List people, last seen first. `q` finds people by the start of an identifier: a user id, an email, any other. `total` counts to 10,000.. Scope: profiles:read */
      list: call<Ops['people.list']>({"method":"GET","path":"/api/v1/people","pathParams":[],"queryParams":["limit","cursor","q"],"body":"none"}),
    },
    sandbox: {
      /** Get one captured email or request, whole. Scope: sandbox:read */
      get: call<Ops['sandbox.get']>({"method":"GET","path":"/api/v1/sandbox/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List what was captured, newest first. Scope: sandbox:read */
      list: call<Ops['sandbox.list']>({"method":"GET","path":"/api/v1/sandbox","pathParams":[],"queryParams":["limit","cursor","kind"],"body":"none"}),
    },
    scopes: {
      /** All scopes a key can have */
      list: call<Ops['scopes.list']>({"method":"GET","path":"/api/v1/scopes","pathParams":[],"queryParams":[],"body":"none"}),
    },
    segopsApiKeys: {
      /** Create an API key (SegOps). Without `scopes` the key has full access, as SegOps keys have; it cannot send unless `may_send`.. Scope: api-keys:manage */
      create: call<Ops['segopsApiKeys.create']>({"method":"POST","path":"/api/auth/api-keys/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** List the active API keys (SegOps). Scope: api-keys:manage */
      list: call<Ops['segopsApiKeys.list']>({"method":"GET","path":"/api/auth/api-keys/","pathParams":[],"queryParams":["page","page_size","limit","offset"],"body":"none"}),
      /** Revoke an API key (SegOps). Scope: api-keys:manage */
      revoke: call<Ops['segopsApiKeys.revoke']>({"method":"DELETE","path":"/api/auth/api-keys/{id}/","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    session: {
      /** Sign in with email and password */
      create: call<Ops['session.create']>({"method":"POST","path":"/api/auth/token/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Sign out. Ends the session of the refresh token, or of the access token in Authorization: all its tokens are refused from the next request on. */
      delete: call<Ops['session.delete']>({"method":"POST","path":"/api/auth/logout/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Exchange the refresh token for a new pair. A refresh token is good once. Using one again ends the whole session, so never refresh twice at the same time. */
      refresh: call<Ops['session.refresh']>({"method":"POST","path":"/api/auth/token/refresh/","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    sources: {
      /** Create a source; its write key is made here. Scope: sources:write */
      create: call<Ops['sources.create']>({"method":"POST","path":"/api/v1/sources","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a source that has no destinations; its write key stops working. Scope: sources:write */
      delete: call<Ops['sources.delete']>({"method":"DELETE","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a source. Scope: sources:read */
      get: call<Ops['sources.get']>({"method":"GET","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List sources, newest first. Scope: sources:read */
      list: call<Ops['sources.list']>({"method":"GET","path":"/api/v1/sources","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Rename, enable or disable a source. Scope: sources:write */
      update: call<Ops['sources.update']>({"method":"PATCH","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    tracking: {
      /** Accept one alias event */
      alias: call<Ops['tracking.alias']>({"method":"POST","path":"/v1/alias","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept many events */
      batch: call<Ops['tracking.batch']>({"method":"POST","path":"/v1/batch","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one group event */
      group: call<Ops['tracking.group']>({"method":"POST","path":"/v1/group","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one identify event */
      identify: call<Ops['tracking.identify']>({"method":"POST","path":"/v1/identify","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept many events */
      import: call<Ops['tracking.import']>({"method":"POST","path":"/v1/import","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one page event */
      page: call<Ops['tracking.page']>({"method":"POST","path":"/v1/page","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one screen event */
      screen: call<Ops['tracking.screen']>({"method":"POST","path":"/v1/screen","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Settings that analytics-next loads */
      settings: call<Ops['tracking.settings']>({"method":"GET","path":"/v1/projects/{writeKey}/settings","pathParams":["writeKey"],"queryParams":[],"body":"none"}),
      /** Accept one track event */
      track: call<Ops['tracking.track']>({"method":"POST","path":"/v1/track","pathParams":[],"queryParams":[],"body":"fields"}),
    },
  };
}
