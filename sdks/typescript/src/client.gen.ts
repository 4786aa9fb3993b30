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
      /** Create an API key. A key cannot be given what its maker lacks. Without `scopes` it has full access, which the answer warns of. Needs the scope `api-keys:manage`. */
      create: call<Ops['apiKeys.create']>({"method":"POST","path":"/api/v1/api-keys","pathParams":[],"queryParams":[],"body":"fields"}),
      /** List API keys, newest first. A user sees the keys of both environments, a key those of its own. Revoked keys stay in the list. Needs the scope `api-keys:manage`. */
      list: call<Ops['apiKeys.list']>({"method":"GET","path":"/api/v1/api-keys","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Revoke an API key. The key is refused from the next request on. This cannot be undone. Needs the scope `api-keys:manage`. */
      revoke: call<Ops['apiKeys.revoke']>({"method":"DELETE","path":"/api/v1/api-keys/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    deliveries: {
      /** Get a delivery with every attempt. Needs the scope `destinations:read`. */
      get: call<Ops['deliveries.get']>({"method":"GET","path":"/api/v1/deliveries/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    destinations: {
      /** Create a webhook destination of a source. Needs the scope `destinations:write`. */
      create: call<Ops['destinations.create']>({"method":"POST","path":"/api/v1/destinations","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a destination; its pending deliveries end as failed. Needs the scope `destinations:write`. */
      delete: call<Ops['destinations.delete']>({"method":"DELETE","path":"/api/v1/destinations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List a destination's deliveries, newest first. `total` counts to 10,000. Needs the scope `destinations:read`. */
      deliveries: call<Ops['destinations.deliveries']>({"method":"GET","path":"/api/v1/destinations/{id}/deliveries","pathParams":["id"],"queryParams":["limit","cursor","state"],"body":"none"}),
      /** Get a destination. Needs the scope `destinations:read`. */
      get: call<Ops['destinations.get']>({"method":"GET","path":"/api/v1/destinations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List destinations, newest first. Needs the scope `destinations:read`. */
      list: call<Ops['destinations.list']>({"method":"GET","path":"/api/v1/destinations","pathParams":[],"queryParams":["limit","cursor","source_id"],"body":"none"}),
      /** Change a destination; what is pending goes by the new settings. Needs the scope `destinations:write`. */
      update: call<Ops['destinations.update']>({"method":"PATCH","path":"/api/v1/destinations/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    emails: {
      /** One email with its bodies. Needs the scope `emails:read`. */
      get: call<Ops['emails.get']>({"method":"GET","path":"/api/v1/emails/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List emails, newest first. `total` counts to 10,000. Needs the scope `emails:read`. */
      list: call<Ops['emails.list']>({"method":"GET","path":"/api/v1/emails","pathParams":[],"queryParams":["limit","cursor","status","to"],"body":"none"}),
      /** Send one email to one address. Rendered and durable when answered. `idempotency_key`, or the header `Idempotency-Key`, makes a repeated call answer as the first did (`Idempotent-Replayed: true`) and send once. In the test environment nothing leaves: the message is captured in the sandbox. Needs the scope `emails:send`, and the permission to send. */
      send: call<Ops['emails.send']>({"method":"POST","path":"/api/v1/emails/send","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    events: {
      /** Events a minute by outcome. Needs the scope `events:read`. */
      counts: call<Ops['events.counts']>({"method":"GET","path":"/api/v1/events/counts","pathParams":[],"queryParams":["minutes"],"body":"none"}),
      /** One event with its payload. Needs the scope `events:read`. */
      get: call<Ops['events.get']>({"method":"GET","path":"/api/v1/events/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List events and refusals, newest first. `total` counts to 1,000. Needs the scope `events:read`. */
      list: call<Ops['events.list']>({"method":"GET","path":"/api/v1/events","pathParams":[],"queryParams":["limit","cursor","source_id","type","outcome","q"],"body":"none"}),
      /** Watch events live (text/event-stream). `event: ready` comes first; `event: event` holds an item of the list; `event: delivery` holds `event_id` and its `deliveries` when they change. Needs the scope `events:read`. */
      stream: stream<Ops['events.stream']>({"method":"GET","path":"/api/v1/events/stream","pathParams":[],"queryParams":["after"],"body":"none"}),
    },
    health: {
      /** Whether the process is alive. Needs no credential. */
      alive: call<Ops['health.alive']>({"method":"GET","path":"/healthz","pathParams":[],"queryParams":[],"body":"none"}),
      /** Whether requests can be served: the database answers, is migrated, and no shutdown has begun. Needs no credential. */
      ready: call<Ops['health.ready']>({"method":"GET","path":"/readyz","pathParams":[],"queryParams":[],"body":"none"}),
    },
    me: {
      /** Who is calling. The workspace, environment and rights of the credential. Needs any valid credential. */
      get: call<Ops['me.get']>({"method":"GET","path":"/api/v1/me","pathParams":[],"queryParams":[],"body":"none"}),
    },
    people: {
      /** A person's events, newest first. With the events of everyone merged into the person. `total` counts to 1,000. Needs the scope `profiles:read`. */
      events: call<Ops['people.events']>({"method":"GET","path":"/api/v1/people/{id}/events","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** One person with identifiers and traits. The id of a person who was merged into another gives the one they became. Needs the scope `profiles:read`. */
      get: call<Ops['people.get']>({"method":"GET","path":"/api/v1/people/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List people, last seen first. `q` finds people by the start of an identifier: a user id, an email, any other. `total` counts to 10,000. Needs the scope `profiles:read`. */
      list: call<Ops['people.list']>({"method":"GET","path":"/api/v1/people","pathParams":[],"queryParams":["limit","cursor","q"],"body":"none"}),
    },
    sandbox: {
      /** Get one captured email or request, whole. Needs the scope `sandbox:read`. */
      get: call<Ops['sandbox.get']>({"method":"GET","path":"/api/v1/sandbox/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List what was captured, newest first. Needs the scope `sandbox:read`. */
      list: call<Ops['sandbox.list']>({"method":"GET","path":"/api/v1/sandbox","pathParams":[],"queryParams":["limit","cursor","kind"],"body":"none"}),
    },
    scopes: {
      /** All scopes a key can have. Needs any valid credential. */
      list: call<Ops['scopes.list']>({"method":"GET","path":"/api/v1/scopes","pathParams":[],"queryParams":[],"body":"none"}),
    },
    segopsApiKeys: {
      /** Create an API key (SegOps). Without `scopes` the key has full access, as SegOps keys have; it cannot send unless `may_send`. Needs the scope `api-keys:manage`. */
      create: call<Ops['segopsApiKeys.create']>({"method":"POST","path":"/api/auth/api-keys/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** List the active API keys (SegOps). Needs the scope `api-keys:manage`. */
      list: call<Ops['segopsApiKeys.list']>({"method":"GET","path":"/api/auth/api-keys/","pathParams":[],"queryParams":["page","page_size","limit","offset"],"body":"none"}),
      /** Revoke an API key (SegOps). Needs the scope `api-keys:manage`. */
      revoke: call<Ops['segopsApiKeys.revoke']>({"method":"DELETE","path":"/api/auth/api-keys/{id}/","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    session: {
      /** Sign in with email and password. Needs no credential. */
      create: call<Ops['session.create']>({"method":"POST","path":"/api/auth/token/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Sign out. Ends the session of the refresh token, or of the access token in Authorization: all its tokens are refused from the next request on. Needs no credential. */
      delete: call<Ops['session.delete']>({"method":"POST","path":"/api/auth/logout/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Exchange the refresh token for a new pair. A refresh token is good once. Using one again ends the whole session, so never refresh twice at the same time. Needs no credential. */
      refresh: call<Ops['session.refresh']>({"method":"POST","path":"/api/auth/token/refresh/","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    sources: {
      /** Create a source; its write key is made here. Needs the scope `sources:write`. */
      create: call<Ops['sources.create']>({"method":"POST","path":"/api/v1/sources","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a source that has no destinations; its write key stops working. Needs the scope `sources:write`. */
      delete: call<Ops['sources.delete']>({"method":"DELETE","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a source. Needs the scope `sources:read`. */
      get: call<Ops['sources.get']>({"method":"GET","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List sources, newest first. Needs the scope `sources:read`. */
      list: call<Ops['sources.list']>({"method":"GET","path":"/api/v1/sources","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Rename, enable or disable a source. Needs the scope `sources:write`. */
      update: call<Ops['sources.update']>({"method":"PATCH","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    templates: {
      /** Create a template. The slug is made from the name unless given; an active template with the same slug is a conflict. Needs the scope `templates:write`. */
      create: call<Ops['templates.create']>({"method":"POST","path":"/api/v1/templates","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Archive a template by id or slug. It sends no more, and its slug is free for another. Needs the scope `templates:write`. */
      delete: call<Ops['templates.delete']>({"method":"DELETE","path":"/api/v1/templates/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a template by id or slug. By slug only active ones are found, by id archived ones too. Needs the scope `templates:read`. */
      get: call<Ops['templates.get']>({"method":"GET","path":"/api/v1/templates/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List active templates, newest first. Pages by `skip` and `limit`; `cursor` is always null. Needs the scope `templates:read`. */
      list: call<Ops['templates.list']>({"method":"GET","path":"/api/v1/templates","pathParams":[],"queryParams":["skip","limit","category"],"body":"none"}),
      /** Render a template without sending. Needs the scope `templates:read`. */
      preview: call<Ops['templates.preview']>({"method":"POST","path":"/api/v1/templates/{id}/preview","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Render what is being written, without storing or sending it. Needs the scope `templates:read`. */
      render: call<Ops['templates.render']>({"method":"POST","path":"/api/v1/templates/preview","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Change a template by id or slug. The slug stays as it is: sends name templates by it. Needs the scope `templates:write`. */
      update: call<Ops['templates.update']>({"method":"PATCH","path":"/api/v1/templates/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    tracking: {
      /** Accept one alias event. Needs the write key of a source. */
      alias: call<Ops['tracking.alias']>({"method":"POST","path":"/v1/alias","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept many events. Needs the write key of a source. */
      batch: call<Ops['tracking.batch']>({"method":"POST","path":"/v1/batch","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one group event. Needs the write key of a source. */
      group: call<Ops['tracking.group']>({"method":"POST","path":"/v1/group","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one identify event. Needs the write key of a source. */
      identify: call<Ops['tracking.identify']>({"method":"POST","path":"/v1/identify","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept many events. Needs the write key of a source. */
      import: call<Ops['tracking.import']>({"method":"POST","path":"/v1/import","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one page event. Needs the write key of a source. */
      page: call<Ops['tracking.page']>({"method":"POST","path":"/v1/page","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Accept one screen event. Needs the write key of a source. */
      screen: call<Ops['tracking.screen']>({"method":"POST","path":"/v1/screen","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Settings that analytics-next loads. Needs the write key of a source. */
      settings: call<Ops['tracking.settings']>({"method":"GET","path":"/v1/projects/{writeKey}/settings","pathParams":["writeKey"],"queryParams":[],"body":"none"}),
      /** Accept one track event. Needs the write key of a source. */
      track: call<Ops['tracking.track']>({"method":"POST","path":"/v1/track","pathParams":[],"queryParams":[],"body":"fields"}),
    },
  };
}
