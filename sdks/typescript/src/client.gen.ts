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
    scopes: {
      /** All scopes a key can have */
      list: call<Ops['scopes.list']>({"method":"GET","path":"/api/v1/scopes","pathParams":[],"queryParams":[],"body":"none"}),
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
  };
}
