// Generated from openapi.json by `npm run gen`. Change the routes instead.
import type { Args, Message, Result, WholeArgs } from './operations.ts';
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
    alerts: {
      /** Acknowledge an alert. Needs the scope `alerts:manage`. */
      acknowledge: call<Ops['alerts.acknowledge']>({"method":"POST","path":"/api/v1/alerts/{id}/acknowledge","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List alerts. Newest first. A key sees the alerts about keys of its own environment. Needs the scope `alerts:read`. */
      list: call<Ops['alerts.list']>({"method":"GET","path":"/api/v1/alerts","pathParams":[],"queryParams":["limit","cursor","state"],"body":"none"}),
    },
    apiKeys: {
      /** Create an API key. A key cannot be given what its maker lacks, and has its maker’s bounds where the request names none. Without `scopes` it has full access, which the answer warns of and only an owner or a key with full access can give. Needs the scope `api-keys:manage`. */
      create: call<Ops['apiKeys.create']>({"method":"POST","path":"/api/v1/api-keys","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Get an API key, without its text. Needs the scope `api-keys:manage`. */
      get: call<Ops['apiKeys.get']>({"method":"GET","path":"/api/v1/api-keys/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List API keys, newest first. A user sees the keys of both environments, a key those of its own. Revoked keys stay in the list. Needs the scope `api-keys:manage`. */
      list: call<Ops['apiKeys.list']>({"method":"GET","path":"/api/v1/api-keys","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Hold a key back: it may only read, and sends nothing. Needs the scope `api-keys:manage`. */
      quarantine: call<Ops['apiKeys.quarantine']>({"method":"POST","path":"/api/v1/api-keys/{id}/quarantine","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Release a key from quarantine. Owners and admins only. Needs the scope `api-keys:manage`. */
      release: call<Ops['apiKeys.release']>({"method":"POST","path":"/api/v1/api-keys/{id}/release","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Revoke an API key. The key is refused from the next request on. This cannot be undone. Needs the scope `api-keys:manage`. */
      revoke: call<Ops['apiKeys.revoke']>({"method":"DELETE","path":"/api/v1/api-keys/{id}","pathParams":["id"],"queryParams":["revoke_children"],"body":"none"}),
      /** Replace an API key by a successor. The successor has the same rights and lineage. The old key goes on for `overlap_seconds`, never beyond its own expiry. Needs the scope `api-keys:manage`. */
      rotate: call<Ops['apiKeys.rotate']>({"method":"POST","path":"/api/v1/api-keys/{id}/rotate","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Make a narrower key beside this one. It shares the lineage, and with it rate limits and idempotency records. The old key is left alone. Needs the scope `api-keys:manage`. */
      twin: call<Ops['apiKeys.twin']>({"method":"POST","path":"/api/v1/api-keys/{id}/twin","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Change an API key. Scopes can only become fewer. The key as it would be must be within what the caller could make. Needs the scope `api-keys:manage`. */
      update: call<Ops['apiKeys.update']>({"method":"PATCH","path":"/api/v1/api-keys/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    approvals: {
      /** Approve a send. For an owner or admin who did not make the key. An approval is good for one send within 24 hours. Needs the scope `alerts:manage`. */
      approve: call<Ops['approvals.approve']>({"method":"POST","path":"/api/v1/approvals/{id}/approve","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** List sends that ask for approval. Newest first. A key whose send is refused with approval_required finds it here. Needs the scope `alerts:read`. */
      list: call<Ops['approvals.list']>({"method":"GET","path":"/api/v1/approvals","pathParams":[],"queryParams":["limit","cursor","state"],"body":"none"}),
      /** Reject a send. For an owner or admin who did not make the key. An approval is good for one send within 24 hours. Needs the scope `alerts:manage`. */
      reject: call<Ops['approvals.reject']>({"method":"POST","path":"/api/v1/approvals/{id}/reject","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    audiences: {
      /** Check a query; tells where a mistake is. Needs the scope `segments:read`. */
      check: call<Ops['audiences.check']>({"method":"POST","path":"/api/v1/audiences/check","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Create an audience; its size is counted in the background. Needs the scope `segments:write`. */
      create: call<Ops['audiences.create']>({"method":"POST","path":"/api/v1/audiences","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete an audience. Needs the scope `segments:write`. */
      delete: call<Ops['audiences.delete']>({"method":"DELETE","path":"/api/v1/audiences/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get an audience. Needs the scope `segments:read`. */
      get: call<Ops['audiences.get']>({"method":"GET","path":"/api/v1/audiences/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a preview: running, then completed or failed. Needs the scope `segments:read`. */
      getPreview: call<Ops['audiences.getPreview']>({"method":"GET","path":"/api/v1/audiences/previews/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List audiences, newest first. Needs the scope `segments:read`. */
      list: call<Ops['audiences.list']>({"method":"GET","path":"/api/v1/audiences","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Count who a query holds for, in the background. Needs the scope `segments:read`. */
      preview: call<Ops['audiences.preview']>({"method":"POST","path":"/api/v1/audiences/previews","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Rename, enable, disable or redefine an audience. While it is counted its definition cannot change: 409. Needs the scope `segments:write`. */
      update: call<Ops['audiences.update']>({"method":"PATCH","path":"/api/v1/audiences/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    audit: {
      /** Download what a filter finds, as CSV or as JSON lines. Needs the scope `audit:read`. */
      export: call<Ops['audit.export']>({"method":"GET","path":"/api/v1/audit/export","pathParams":[],"queryParams":["actor","action","target_type","target_id","from","to","q","format"],"body":"none"}),
      /** Get one entry, by its id or number. Needs the scope `audit:read`. */
      get: call<Ops['audit.get']>({"method":"GET","path":"/api/v1/audit/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List what was changed, newest first. `total` counts to 10,000. A person sees the whole workspace, a live key not what is of the test environment, a test key nothing else. Needs the scope `audit:read`. */
      list: call<Ops['audit.list']>({"method":"GET","path":"/api/v1/audit","pathParams":[],"queryParams":["limit","cursor","actor","action","target_type","target_id","from","to","q"],"body":"none"}),
      /** The public key of signed checkpoints. Needs the scope `audit:read`. */
      publicKey: call<Ops['audit.publicKey']>({"method":"GET","path":"/api/v1/audit/public-key","pathParams":[],"queryParams":[],"body":"none"}),
      /** Check the trail against its hashes and signed checkpoints. Looks at 100,000 entries a call. While `complete` is false go on with `from` = `last_seq` + 1. For all at once: `headgate audit verify`. Needs the scope `audit:read`. */
      verify: call<Ops['audit.verify']>({"method":"GET","path":"/api/v1/audit/verify","pathParams":[],"queryParams":["from"],"body":"none"}),
    },
    catalog: {
      /** Get a type of destinations by its id or slug, with its settings and actions. Needs the scope `destinations:read`. */
      destination: call<Ops['catalog.destination']>({"method":"GET","path":"/api/v1/catalog/destinations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List the types of destinations, or those that a text is found in, best first. Needs the scope `destinations:read`. */
      destinations: call<Ops['catalog.destinations']>({"method":"GET","path":"/api/v1/catalog/destinations","pathParams":[],"queryParams":["limit","cursor","q","category"],"body":"none"}),
      /** Get a type of sources by its id or slug, with its settings. Needs the scope `sources:read`. */
      source: call<Ops['catalog.source']>({"method":"GET","path":"/api/v1/catalog/sources/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List the types of sources, or those that a text is found in, best first. Needs the scope `sources:read`. */
      sources: call<Ops['catalog.sources']>({"method":"GET","path":"/api/v1/catalog/sources","pathParams":[],"queryParams":["limit","cursor","q","category"],"body":"none"}),
      /** Get a type of warehouses by its id or slug, with its settings. Needs the scope `destinations:read`. */
      warehouse: call<Ops['catalog.warehouse']>({"method":"GET","path":"/api/v1/catalog/warehouses/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List the types of warehouses, or those that a text is found in, best first. Needs the scope `destinations:read`. */
      warehouses: call<Ops['catalog.warehouses']>({"method":"GET","path":"/api/v1/catalog/warehouses","pathParams":[],"queryParams":["limit","cursor","q","category"],"body":"none"}),
    },
    deliveries: {
      /** Get a delivery with every attempt. Needs the scope `destinations:read`. */
      get: call<Ops['deliveries.get']>({"method":"GET","path":"/api/v1/deliveries/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    destinations: {
      /** Create a destination of a source: a webhook, or of any type of the catalog. Needs the scope `destinations:write`. */
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
      /** Send one email to one address. Rendered and durable when answered. `idempotency_key` makes a repeated call answer as the first did (`Idempotent-Replayed: true`) and send once, for as long as the message is kept; the header `Idempotency-Key` does the same for 24 hours. In the test environment nothing leaves: the message is captured in the sandbox. Needs the scope `emails:send`, and the permission to send. */
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
    filters: {
      /** Create a filter of a destination; it is in force when this is answered. Needs the scope `destinations:write`. */
      create: call<Ops['filters.create']>({"method":"POST","path":"/api/v1/destinations/{id}/filters","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Delete a filter. Needs the scope `destinations:write`. */
      delete: call<Ops['filters.delete']>({"method":"DELETE","path":"/api/v1/destinations/{id}/filters/{filter_id}","pathParams":["id","filter_id"],"queryParams":[],"body":"none"}),
      /** Get a filter. Needs the scope `destinations:read`. */
      get: call<Ops['filters.get']>({"method":"GET","path":"/api/v1/destinations/{id}/filters/{filter_id}","pathParams":["id","filter_id"],"queryParams":[],"body":"none"}),
      /** List the filters of a destination, oldest first: there are ten at most. Needs the scope `destinations:read`. */
      list: call<Ops['filters.list']>({"method":"GET","path":"/api/v1/destinations/{id}/filters","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** What a filter would make of an event; nothing is stored. A statement that does not parse is answered too, with where and what was expected: this is asked while it is written. Needs the scope `destinations:read`. */
      preview: call<Ops['filters.preview']>({"method":"POST","path":"/api/v1/filters/preview","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Change a filter; null clears its description. Needs the scope `destinations:write`. */
      update: call<Ops['filters.update']>({"method":"PATCH","path":"/api/v1/destinations/{id}/filters/{filter_id}","pathParams":["id","filter_id"],"queryParams":[],"body":"fields"}),
    },
    functions: {
      /** Create a function; it is not deployed. Needs the scope `workspace`. */
      create: call<Ops['functions.create']>({"method":"POST","path":"/api/v1/functions","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a function with its versions. Needs the scope `workspace`. */
      delete: call<Ops['functions.delete']>({"method":"DELETE","path":"/api/v1/functions/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Make the current code the deployed one. Needs the scope `workspace`. */
      deploy: call<Ops['functions.deploy']>({"method":"POST","path":"/api/v1/functions/{id}/deploy","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a function with its current code. Needs the scope `workspace:read`. */
      get: call<Ops['functions.get']>({"method":"GET","path":"/api/v1/functions/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List functions, newest first, without their code. Needs the scope `workspace:read`. */
      list: call<Ops['functions.list']>({"method":"GET","path":"/api/v1/functions","pathParams":[],"queryParams":["limit","cursor","kind"],"body":"none"}),
      /** Run the code of a function with an event; nothing is stored, but what it fetches is fetched. Needs the scope `workspace`. */
      preview: call<Ops['functions.preview']>({"method":"POST","path":"/api/v1/functions/{id}/preview","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Make the code of an old version the current one. Needs the scope `workspace`. */
      restore: call<Ops['functions.restore']>({"method":"POST","path":"/api/v1/functions/{id}/versions/{version}/restore","pathParams":["id","version"],"queryParams":[],"body":"none"}),
      /** Change a function; other code becomes a new version, what is deployed stays. Needs the scope `workspace`. */
      update: call<Ops['functions.update']>({"method":"PATCH","path":"/api/v1/functions/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** List the versions of a function, newest first; the last hundred are kept. Needs the scope `workspace:read`. */
      versions: call<Ops['functions.versions']>({"method":"GET","path":"/api/v1/functions/{id}/versions","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
    },
    groups: {
      /** Create a group. Needs the scope `members:manage`. */
      create: call<Ops['groups.create']>({"method":"POST","path":"/api/v1/groups","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a group. Its members stay, without what the group gave them. Needs the scope `members:manage`. */
      delete: call<Ops['groups.delete']>({"method":"DELETE","path":"/api/v1/groups/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a group. Needs the scope `members:read`. */
      get: call<Ops['groups.get']>({"method":"GET","path":"/api/v1/groups/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List who was invited into a group and has not accepted yet. Needs the scope `members:read`. */
      invitations: call<Ops['groups.invitations']>({"method":"GET","path":"/api/v1/groups/{id}/invitations","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** List groups, oldest first. Needs the scope `members:read`. */
      list: call<Ops['groups.list']>({"method":"GET","path":"/api/v1/groups","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** List a group's members, oldest account first. Needs the scope `members:read`. */
      members: call<Ops['groups.members']>({"method":"GET","path":"/api/v1/groups/{id}/members","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** Set a group's members. Who is no member of the workspace yet is invited, and belongs to the group from the acceptance on. Nobody puts anybody into a group that has more than they could give. Needs the scope `members:manage`. */
      setMembers: call<Ops['groups.setMembers']>({"method":"PUT","path":"/api/v1/groups/{id}/members","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Set what the members of a group may. Needs the scope `members:manage`. */
      setPermissions: call<Ops['groups.setPermissions']>({"method":"PUT","path":"/api/v1/groups/{id}/permissions","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Rename a group. Needs the scope `members:manage`. */
      update: call<Ops['groups.update']>({"method":"PATCH","path":"/api/v1/groups/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    health: {
      /** Whether the process is alive. Needs no credential. */
      alive: call<Ops['health.alive']>({"method":"GET","path":"/healthz","pathParams":[],"queryParams":[],"body":"none"}),
      /** Whether requests can be served: the database answers, is migrated, and no shutdown has begun. Needs no credential. */
      ready: call<Ops['health.ready']>({"method":"GET","path":"/readyz","pathParams":[],"queryParams":[],"body":"none"}),
    },
    invitations: {
      /** Accept an invitation. Who has an account sends its access token in Authorization; for a new account give a password of at least 12 characters. Sign in afterwards: no tokens are answered. Needs no credential. */
      accept: call<Ops['invitations.accept']>({"method":"POST","path":"/api/v1/invitations/accept","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Invite somebody. Mails a link that is good once, for seven days, for this address only. Inviting again replaces it. Nobody invites above their own role; keys invite nobody. Needs the scope `members:manage`. */
      create: call<Ops['invitations.create']>({"method":"POST","path":"/api/v1/invitations","pathParams":[],"queryParams":[],"body":"fields"}),
      /** List invitations, newest first. Open, expired and accepted ones; revoked and replaced ones are gone. Needs the scope `members:read`. */
      list: call<Ops['invitations.list']>({"method":"GET","path":"/api/v1/invitations","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** What an invitation is for. For the page behind the link: it changes nothing. Needs no credential. */
      look: call<Ops['invitations.look']>({"method":"POST","path":"/api/v1/invitations/look","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Make a new link for an open invitation. Mails it again, for seven days from now; the link before no longer works. What waits for the acceptance stays. Keys make no links. Needs the scope `members:manage`. */
      renew: call<Ops['invitations.renew']>({"method":"POST","path":"/api/v1/invitations/{id}/link","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Revoke an invitation. Needs the scope `members:manage`. */
      revoke: call<Ops['invitations.revoke']>({"method":"DELETE","path":"/api/v1/invitations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    keyPolicy: {
      /** The policy for API keys, and the keys that do not meet it. Needs the scope `api-keys:manage`. */
      get: call<Ops['keyPolicy.get']>({"method":"GET","path":"/api/v1/policies/keys","pathParams":[],"queryParams":[],"body":"none"}),
      /** Change the policy for API keys. Owners only. It holds for keys that are made, changed or rotated from now on. Needs the scope `api-keys:manage`. */
      update: call<Ops['keyPolicy.update']>({"method":"PATCH","path":"/api/v1/policies/keys","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    labels: {
      /** Create a label. Needs the scope `sources:write`. */
      create: call<Ops['labels.create']>({"method":"POST","path":"/api/v1/labels","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a label, also from every source that carries it. Needs the scope `sources:write`. */
      delete: call<Ops['labels.delete']>({"method":"DELETE","path":"/api/v1/labels/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List all labels, oldest first. Needs the scope `sources:read`. */
      list: call<Ops['labels.list']>({"method":"GET","path":"/api/v1/labels","pathParams":[],"queryParams":[],"body":"none"}),
    },
    leaks: {
      /** GitHub's secret scanning reports leaked keys. An array of {token, type, url, source}, signed by GitHub (Github-Public-Key-Identifier, Github-Public-Key-Signature). Keys of this installation are revoked or quarantined, and their owners told. Needs no credential. */
      github: call<Ops['leaks.github']>({"method":"POST","path":"/api/secret-scanning/github","pathParams":[],"queryParams":[],"body":"none"}),
      /** List leaked keys. One entry for a key and a place it was found at, newest first. Needs the scope `alerts:read`. */
      list: call<Ops['leaks.list']>({"method":"GET","path":"/api/v1/leaks","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Report keys that were found in public. For whoever found them; no credential is needed, the keys are the proof. Keys of this installation stop working and their owners are told. The answer is the same whether they were ours or not. This cannot be undone. Needs no credential. */
      report: call<Ops['leaks.report']>({"method":"POST","path":"/api/credentials/revoke","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    me: {
      /** Who is calling. The workspace, environment and rights of the credential. Needs any valid credential. */
      get: call<Ops['me.get']>({"method":"GET","path":"/api/v1/me","pathParams":[],"queryParams":[],"body":"none"}),
    },
    members: {
      /** Remove a member, or leave. Counts from the next request on. The account lives on, and so do API keys the person made: revoke those too. The only owner cannot go (409). A key with members:manage removes members and viewers. Needs any valid credential. */
      delete: call<Ops['members.delete']>({"method":"DELETE","path":"/api/v1/members/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List members, newest account first. Needs the scope `members:read`. */
      list: call<Ops['members.list']>({"method":"GET","path":"/api/v1/members","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** List a member's own permissions. The role as a permission on the workspace, too; without what groups give. Needs the scope `members:read`. */
      permissions: call<Ops['members.permissions']>({"method":"GET","path":"/api/v1/members/{id}/permissions","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List a member's sessions, last used first. Needs the scope `members:manage`. */
      sessions: call<Ops['members.sessions']>({"method":"GET","path":"/api/v1/members/{id}/sessions","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Set a member's own permissions. The member's role follows: Workspace Owner, Admin, Editor or Read-only on the workspace; with none of them the member is `limited` to what permissions give. Needs the scope `members:manage`. */
      setPermissions: call<Ops['members.setPermissions']>({"method":"PUT","path":"/api/v1/members/{id}/permissions","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Sign a member out everywhere. Needs the scope `members:manage`. */
      signOut: call<Ops['members.signOut']>({"method":"DELETE","path":"/api/v1/members/{id}/sessions","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Change a member's role. Counts from the next request on. An admin neither changes owners nor makes any; the only owner stays one (409). Keys change no roles. Needs the scope `members:manage`. */
      update: call<Ops['members.update']>({"method":"PATCH","path":"/api/v1/members/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    metrics: {
      /** What became of the deliveries to a destination, by time. Needs the scope `destinations:read`. */
      deliveries: call<Ops['metrics.deliveries']>({"method":"GET","path":"/api/v1/metrics/deliveries","pathParams":[],"queryParams":["granularity","start","end","destination_id"],"body":"none"}),
      /** Events by time, one series or one for each name, type, source, app version or reason. The biggest series first, at most 5,000. Minutes are kept for 3 days, hours for 31, days for 400. Beyond 1,000 names a source and day, events are counted as `(other)`. Needs the scope `events:read`. */
      events: call<Ops['metrics.events']>({"method":"GET","path":"/api/v1/metrics/events","pathParams":[],"queryParams":["granularity","start","end","outcome","group_by","source_id","name","type","limit","cursor"],"body":"none"}),
      /** Tracking calls and tracked users of a month, as running totals by day. Needs the scope `events:read`. */
      usage: call<Ops['metrics.usage']>({"method":"GET","path":"/api/v1/metrics/usage","pathParams":[],"queryParams":["month","per_source","limit","cursor"],"body":"none"}),
    },
    oauth: {
      /** Refuse what an app asks for. Needs any valid credential. */
      abort: call<Ops['oauth.abort']>({"method":"POST","path":"/oauth/interaction/{uid}/abort","pathParams":["uid"],"queryParams":[],"body":"none"}),
      /** Agree to what an app asks for. A user gives at most what their role has. Sending is given only where it is asked for here by name. Needs any valid credential. */
      confirm: call<Ops['oauth.confirm']>({"method":"POST","path":"/oauth/interaction/{uid}/confirm","pathParams":["uid"],"queryParams":[],"body":"fields"}),
      /** What an app asks the signed-in user for. Needs any valid credential. */
      question: call<Ops['oauth.question']>({"method":"GET","path":"/oauth/interaction/{uid}","pathParams":["uid"],"queryParams":[],"body":"none"}),
      /** Metadata of the protected resource (RFC 9728). Needs no credential. */
      resourceMetadata: call<Ops['oauth.resourceMetadata']>({"method":"GET","path":"/.well-known/oauth-protected-resource","pathParams":[],"queryParams":[],"body":"none"}),
      /** Metadata of the authorization server (RFC 8414). Needs no credential. */
      serverMetadata: call<Ops['oauth.serverMetadata']>({"method":"GET","path":"/.well-known/oauth-authorization-server","pathParams":[],"queryParams":[],"body":"none"}),
    },
    oauthClients: {
      /** Register an app. It can be given no more than its maker has, and no scope of the group Access. Without a browser flow leave `redirect_uris` out: then it acts for itself with client credentials. Needs the scope `oauth:manage`. */
      create: call<Ops['oauthClients.create']>({"method":"POST","path":"/api/v1/oauth/clients","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a registered app. Its consents and tokens are gone from the next request on. Needs the scope `oauth:manage`. */
      delete: call<Ops['oauthClients.delete']>({"method":"DELETE","path":"/api/v1/oauth/clients/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a registered app. Needs the scope `oauth:manage`. */
      get: call<Ops['oauthClients.get']>({"method":"GET","path":"/api/v1/oauth/clients/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List registered apps, newest first. Needs the scope `oauth:manage`. */
      list: call<Ops['oauthClients.list']>({"method":"GET","path":"/api/v1/oauth/clients","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Give an app a new secret. The old one is refused from now on. Tokens that are out live on. Needs the scope `oauth:manage`. */
      rotateSecret: call<Ops['oauthClients.rotateSecret']>({"method":"POST","path":"/api/v1/oauth/clients/{id}/rotate-secret","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Change a registered app. Scopes that are taken away are gone from its tokens with the next request. Needs the scope `oauth:manage`. */
      update: call<Ops['oauthClients.update']>({"method":"PATCH","path":"/api/v1/oauth/clients/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    oauthGrants: {
      /** List what users agreed to, newest first. Of this workspace, also for apps that another workspace registered. Needs the scope `oauth:manage`. */
      list: call<Ops['oauthGrants.list']>({"method":"GET","path":"/api/v1/oauth/grants","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** End a consent. Its tokens are refused from the next request on. Needs the scope `oauth:manage`. */
      revoke: call<Ops['oauthGrants.revoke']>({"method":"DELETE","path":"/api/v1/oauth/grants/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
    },
    passkeys: {
      /** Register a passkey. It signs in without a password, and is a second factor after one. The first second factor ends sessions without one; the session of this call goes on as a new one. Needs any valid credential. */
      create: call<Ops['passkeys.create']>({"method":"POST","path":"/api/v1/passkeys","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Remove a passkey. Needs any valid credential. */
      delete: call<Ops['passkeys.delete']>({"method":"DELETE","path":"/api/v1/passkeys/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List my passkeys, oldest first. An API key has none. Needs any valid credential. */
      list: call<Ops['passkeys.list']>({"method":"GET","path":"/api/v1/passkeys","pathParams":[],"queryParams":[],"body":"none"}),
      /** What a browser needs to make a passkey. The answer goes into navigator.credentials.create as it is. It is good once, within five minutes. Needs any valid credential. */
      options: call<Ops['passkeys.options']>({"method":"POST","path":"/api/v1/passkeys/options","pathParams":[],"queryParams":[],"body":"none"}),
      /** Rename a passkey. Needs any valid credential. */
      update: call<Ops['passkeys.update']>({"method":"PATCH","path":"/api/v1/passkeys/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    password: {
      /** Change my password. At least 12 characters, 5 of them different, and none of those everybody tries. Ends all my other sessions. Needs any valid credential. */
      change: call<Ops['password.change']>({"method":"POST","path":"/api/v1/password","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Ask for a mail to set a new password. The answer is the same whether there is such an account or not. The link is good once, for 30 minutes. Needs no credential. */
      forgot: call<Ops['password.forgot']>({"method":"POST","path":"/api/auth/password/forgot/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Set a new password with the mailed token. Ends all sessions of the account. A second factor stays. Needs no credential. */
      reset: call<Ops['password.reset']>({"method":"POST","path":"/api/auth/password/reset/","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    people: {
      /** A person's events, newest first. With the events of everyone merged into the person. `total` counts to 1,000. Needs the scope `profiles:read`. */
      events: call<Ops['people.events']>({"method":"GET","path":"/api/v1/people/{id}/events","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** One person with identifiers and traits. The id of a person who was merged into another gives the one they became. Needs the scope `profiles:read`. */
      get: call<Ops['people.get']>({"method":"GET","path":"/api/v1/people/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List people, last seen first. `q` finds people by the start of an identifier: a user id, an email, any other. `total` counts to 10,000. Needs the scope `profiles:read`. */
      list: call<Ops['people.list']>({"method":"GET","path":"/api/v1/people","pathParams":[],"queryParams":["limit","cursor","q"],"body":"none"}),
    },
    regulations: {
      /** Suppress or delete people. Runs in the background; a suppression holds within a second. At most 110,000 people a calendar month, apart for types that also ask destinations. Needs the scope `profiles:write`. */
      create: call<Ops['regulations.create']>({"method":"POST","path":"/api/v1/regulations","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Withdraw a request that has not begun. Needs the scope `profiles:write`. */
      delete: call<Ops['regulations.delete']>({"method":"DELETE","path":"/api/v1/regulations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Where a request stands. Needs the scope `profiles:read`. */
      get: call<Ops['regulations.get']>({"method":"GET","path":"/api/v1/regulations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List the requests of the last 90 days about people of the whole workspace, or of one source; newest first. Needs the scope `profiles:read`. */
      list: call<Ops['regulations.list']>({"method":"GET","path":"/api/v1/regulations","pathParams":[],"queryParams":["limit","cursor","source_id"],"body":"none"}),
    },
    roles: {
      /** List the roles that permissions can give. Needs the scope `members:read`. */
      list: call<Ops['roles.list']>({"method":"GET","path":"/api/v1/roles","pathParams":[],"queryParams":[],"body":"none"}),
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
    secondFactor: {
      /** Begin to set up one-time codes. Show `uri` as a QR code, then confirm with a code. Nothing is asked for at sign-in until then. Needs any valid credential. */
      beginTotp: call<Ops['secondFactor.beginTotp']>({"method":"POST","path":"/api/v1/second-factor/totp","pathParams":[],"queryParams":[],"body":"none"}),
      /** Finish setting up one-time codes. Ends sessions without a second factor. The session of this call goes on as a new one: take the tokens of the answer. Needs any valid credential. */
      confirmTotp: call<Ops['secondFactor.confirmTotp']>({"method":"POST","path":"/api/v1/second-factor/totp/confirm","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Remove one-time codes. The last second factor takes the recovery codes with it. 409 where a workspace of mine requires one. Needs any valid credential. */
      deleteTotp: call<Ops['secondFactor.deleteTotp']>({"method":"DELETE","path":"/api/v1/second-factor/totp","pathParams":[],"queryParams":[],"body":"none"}),
      /** Whether the workspace requires a second factor. Needs any valid credential. */
      policy: call<Ops['secondFactor.policy']>({"method":"GET","path":"/api/v1/second-factor/policy","pathParams":[],"queryParams":[],"body":"none"}),
      /** Make ten new recovery codes. Shown this once, each good once. Those before are void. Needs any valid credential. */
      renewRecoveryCodes: call<Ops['secondFactor.renewRecoveryCodes']>({"method":"POST","path":"/api/v1/second-factor/recovery-codes","pathParams":[],"queryParams":[],"body":"none"}),
      /** Require a second factor of all members. Only an owner, who has one. Members whose session was made without can from then on only set one up. API keys are not concerned. Needs the scope `members:manage`. */
      setPolicy: call<Ops['secondFactor.setPolicy']>({"method":"PUT","path":"/api/v1/second-factor/policy","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    segmentConfigAccessTokens: {
      /** Create an access token (Segment Config API). Only owners of the workspace, and tokens with owner access, make one. `role` tells owner from member access where `scopes` is `workspace`; a member has what its `policies` give, and nothing without any. Needs the scope `api-keys:manage`. */
      create: call<Ops['segmentConfigAccessTokens.create']>({"method":"POST","path":"/v1beta/access-tokens","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Revoke an access token (Segment Config API). Needs the scope `api-keys:manage`. */
      delete: call<Ops['segmentConfigAccessTokens.delete']>({"method":"DELETE","path":"/v1beta/access-tokens/{number}","pathParams":["number"],"queryParams":[],"body":"none"}),
      /** Get an access token, without its text (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigAccessTokens.get']>({"method":"GET","path":"/v1beta/access-tokens/{number}","pathParams":["number"],"queryParams":[],"body":"none"}),
      /** List the active access tokens, newest first (Segment Config API). Those keys that have rights over the workspace. Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigAccessTokens.list']>({"method":"GET","path":"/v1beta/access-tokens","pathParams":[],"queryParams":["page_size","page_token"],"body":"none"}),
    },
    segmentConfigCatalog: {
      /** Get a type of destinations with its settings (Segment Config API). Needs the scope `workspace:read`. */
      destination: call<Ops['segmentConfigCatalog.destination']>({"method":"GET","path":"/v1beta/catalog/destinations/{slug}","pathParams":["slug"],"queryParams":[],"body":"none"}),
      /** List the types of destinations, by slug (Segment Config API). Needs the scope `workspace:read`. */
      destinations: call<Ops['segmentConfigCatalog.destinations']>({"method":"GET","path":"/v1beta/catalog/destinations","pathParams":[],"queryParams":["page_size","page_token"],"body":"none"}),
      /** Get a type of sources (Segment Config API). Needs the scope `workspace:read`. */
      source: call<Ops['segmentConfigCatalog.source']>({"method":"GET","path":"/v1beta/catalog/sources/{slug}","pathParams":["slug"],"queryParams":[],"body":"none"}),
      /** List the types of sources, by slug (Segment Config API). Needs the scope `workspace:read`. */
      sources: call<Ops['segmentConfigCatalog.sources']>({"method":"GET","path":"/v1beta/catalog/sources","pathParams":[],"queryParams":["page_size","page_token"],"body":"none"}),
    },
    segmentConfigDestinations: {
      /** Create a destination; the last part of its name is its type (Segment Config API). Needs the scope `workspace`. */
      create: call<Ops['segmentConfigDestinations.create']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations","pathParams":["workspace","source"],"queryParams":[],"body":"fields"}),
      /** Delete a destination by the slug of its type (Segment Config API). Needs the scope `workspace`. */
      delete: call<Ops['segmentConfigDestinations.delete']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}","pathParams":["workspace","source","destination"],"queryParams":[],"body":"none"}),
      /** Delete a destination by its id, where its source has several of a type (Segment Config API). Needs the scope `workspace`. */
      deleteConnection: call<Ops['segmentConfigDestinations.deleteConnection']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/config/{connection}","pathParams":["workspace","source","destination","connection"],"queryParams":[],"body":"none"}),
      /** Get a destination by the slug of its type (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigDestinations.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}","pathParams":["workspace","source","destination"],"queryParams":[],"body":"none"}),
      /** Get a destination by its id, where its source has several of a type (Segment Config API). Needs the scope `workspace:read`. */
      getConnection: call<Ops['segmentConfigDestinations.getConnection']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/config/{connection}","pathParams":["workspace","source","destination","connection"],"queryParams":[],"body":"none"}),
      /** List the destinations of a source, oldest first (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigDestinations.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations","pathParams":["workspace","source"],"queryParams":["page_size","page_token"],"body":"none"}),
      /** Change what the update mask names of a destination by the slug of its type (Segment Config API). Needs the scope `workspace`. */
      update: call<Ops['segmentConfigDestinations.update'], WholeArgs<Ops['segmentConfigDestinations.update']>>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}","pathParams":["workspace","source","destination"],"queryParams":[],"body":"whole"}),
      /** Change what the update mask names of a destination by its id, where its source has several of a type (Segment Config API). Needs the scope `workspace`. */
      updateConnection: call<Ops['segmentConfigDestinations.updateConnection'], WholeArgs<Ops['segmentConfigDestinations.updateConnection']>>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/config/{connection}","pathParams":["workspace","source","destination","connection"],"queryParams":[],"body":"whole"}),
    },
    segmentConfigFilters: {
      /** Create a filter of a destination (Segment Config API). Needs the scope `workspace`. */
      create: call<Ops['segmentConfigFilters.create']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters","pathParams":["workspace","source","destination"],"queryParams":[],"body":"fields"}),
      /** Delete a filter (Segment Config API). Needs the scope `workspace`. */
      delete: call<Ops['segmentConfigFilters.delete']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters/{filter}","pathParams":["workspace","source","destination","filter"],"queryParams":[],"body":"none"}),
      /** Get a filter (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigFilters.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters/{filter}","pathParams":["workspace","source","destination","filter"],"queryParams":[],"body":"none"}),
      /** List the filters of a destination, oldest first (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigFilters.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters","pathParams":["workspace","source","destination"],"queryParams":["page_size","page_token"],"body":"none"}),
      /** What a filter would make of an event (Segment Config API). Needs the scope `workspace:read`. */
      preview: call<Ops['segmentConfigFilters.preview']>({"method":"POST","path":"/v1beta/filters/preview","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Change what the update mask names (Segment Config API). Needs the scope `workspace`. */
      update: call<Ops['segmentConfigFilters.update'], WholeArgs<Ops['segmentConfigFilters.update']>>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters/{filter}","pathParams":["workspace","source","destination","filter"],"queryParams":[],"body":"whole"}),
      /** Change what the update mask names (Segment Config API). Needs the scope `workspace`. */
      updateByPost: call<Ops['segmentConfigFilters.updateByPost'], WholeArgs<Ops['segmentConfigFilters.updateByPost']>>({"method":"POST","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/filters/{filter}","pathParams":["workspace","source","destination","filter"],"queryParams":[],"body":"whole"}),
    },
    segmentConfigFunctions: {
      /** Create a function; its type stands in the query or in the body (Segment Config API). Needs the scope `workspace`. */
      create: call<Ops['segmentConfigFunctions.create'], WholeArgs<Ops['segmentConfigFunctions.create']>>({"method":"POST","path":"/v1beta/workspaces/{workspace}/functions","pathParams":["workspace"],"queryParams":["type"],"body":"whole"}),
      /** Delete a function (Segment Config API). Needs the scope `workspace`. */
      delete: call<Ops['segmentConfigFunctions.delete']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/functions/{function}","pathParams":["workspace","function"],"queryParams":[],"body":"none"}),
      /** Make the current code the deployed one (Segment Config API). Needs the scope `workspace`. */
      deploy: call<Ops['segmentConfigFunctions.deploy']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/functions/{function}/deploy","pathParams":["workspace","function"],"queryParams":[],"body":"none"}),
      /** Make the current code the deployed one (Segment Config API). Needs the scope `workspace`. */
      deployByGet: call<Ops['segmentConfigFunctions.deployByGet']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/functions/{function}/deploy","pathParams":["workspace","function"],"queryParams":[],"body":"none"}),
      /** Get a function (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigFunctions.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/functions/{function}","pathParams":["workspace","function"],"queryParams":[],"body":"none"}),
      /** Whether the current code is the deployed one (Segment Config API). Needs the scope `workspace:read`. */
      isLatestVersion: call<Ops['segmentConfigFunctions.isLatestVersion']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/functions/{function}/is-latest-version","pathParams":["workspace","function"],"queryParams":[],"body":"none"}),
      /** List the functions of a type, oldest first (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigFunctions.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/functions","pathParams":["workspace"],"queryParams":["page_size","page_token","type"],"body":"none"}),
      /** Run code with a payload; what it fetches is fetched (Segment Config API). Needs the scope `workspace`. */
      preview: call<Ops['segmentConfigFunctions.preview'], WholeArgs<Ops['segmentConfigFunctions.preview']>>({"method":"POST","path":"/v1beta/workspaces/{workspace}/functions/preview","pathParams":["workspace"],"queryParams":["type"],"body":"whole"}),
      /** Change what the update mask names; other code becomes a new version (Segment Config API). Needs the scope `workspace`. */
      update: call<Ops['segmentConfigFunctions.update'], WholeArgs<Ops['segmentConfigFunctions.update']>>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/functions/{function}","pathParams":["workspace","function"],"queryParams":[],"body":"whole"}),
    },
    segmentConfigIam: {
      /** Give a user or group a role on a resource (Segment Config API). Needs the scope `workspace`. */
      createPolicy: call<Ops['segmentConfigIam.createPolicy']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/roles/{role}/policies","pathParams":["workspace","role"],"queryParams":[],"body":"fields"}),
      /** Take a role on a resource away (Segment Config API). Needs the scope `workspace`. */
      deletePolicy: call<Ops['segmentConfigIam.deletePolicy']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/roles/{role}/policies/{policy}","pathParams":["workspace","role","policy"],"queryParams":[],"body":"none"}),
      /** List the policies of a role; `-` stands for any (Segment Config API). Those of members, then those of groups. A page is of so many members or groups: it may hold more policies, or none. Needs the scope `workspace:read`. */
      policies: call<Ops['segmentConfigIam.policies']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/roles/{role}/policies","pathParams":["workspace","role"],"queryParams":["page_size","page_token"],"body":"none"}),
      /** List the roles (Segment Config API). Needs the scope `workspace:read`. */
      roles: call<Ops['segmentConfigIam.roles']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/roles","pathParams":["workspace"],"queryParams":["page_size","page_token"],"body":"none"}),
      /** List the users (Segment Config API). Needs the scope `workspace:read`. */
      users: call<Ops['segmentConfigIam.users']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/users","pathParams":["workspace"],"queryParams":["page_size","page_token"],"body":"none"}),
    },
    segmentConfigInvites: {
      /** Invite somebody with policies (Segment Config API). Needs the scope `workspace`. */
      create: call<Ops['segmentConfigInvites.create']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/invites","pathParams":["workspace"],"queryParams":[],"body":"fields"}),
      /** Withdraw an invite (Segment Config API). Needs the scope `workspace`. */
      delete: call<Ops['segmentConfigInvites.delete']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/invites/{invite}","pathParams":["workspace","invite"],"queryParams":[],"body":"none"}),
      /** List the invites that can be accepted (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigInvites.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/invites","pathParams":["workspace"],"queryParams":["page_size","page_token"],"body":"none"}),
    },
    segmentConfigMetrics: {
      /** One time series of a destination (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigMetrics.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/metrics/{metric}","pathParams":["workspace","source","destination","metric"],"queryParams":["start_time","end_time","granularity","names"],"body":"none"}),
      /** All time series of a destination (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigMetrics.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/metrics","pathParams":["workspace","source","destination"],"queryParams":["start_time","end_time","granularity","names"],"body":"none"}),
      /** `metrics:batchGet` and `metrics:getSummary` of a destination (Segment Config API). Needs the scope `workspace:read`. */
      ofDestination: call<Ops['segmentConfigMetrics.ofDestination']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/destinations/{destination}/{call}","pathParams":["workspace","source","destination","call"],"queryParams":["start_time","end_time","granularity","names"],"body":"none"}),
      /** `event-delivery-metrics:batchGetSummary`: summaries of several destinations (Segment Config API). Needs the scope `workspace:read`. */
      ofWorkspace: call<Ops['segmentConfigMetrics.ofWorkspace']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/{call}","pathParams":["workspace","call"],"queryParams":["start_time","end_time","granularity","names"],"body":"none"}),
    },
    segmentConfigRegulations: {
      /** Suppress or delete people of the workspace (Segment Config API). `Suppress`, `Unsuppress`, `Suppress_With_Delete`, `Delete` or `Delete_Internal`; at most 5,000 user ids. Needs the scope `workspace`. */
      create: call<Ops['segmentConfigRegulations.create']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/regulations","pathParams":["workspace"],"queryParams":[],"body":"fields"}),
      /** Suppress or delete people of a source (Segment Config API). Needs the scope `workspace`. */
      createOfSource: call<Ops['segmentConfigRegulations.createOfSource']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/sources/{source}/regulations","pathParams":["workspace","source"],"queryParams":[],"body":"fields"}),
      /** Withdraw a request that has not begun (Segment Config API). Needs the scope `workspace`. */
      delete: call<Ops['segmentConfigRegulations.delete']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/regulations/{regulation}","pathParams":["workspace","regulation"],"queryParams":[],"body":"none"}),
      /** Where a request stands (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigRegulations.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/regulations/{regulation}","pathParams":["workspace","regulation"],"queryParams":[],"body":"none"}),
      /** List the requests of the last 90 days, oldest first (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigRegulations.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/regulations","pathParams":["workspace"],"queryParams":["page_size","page_token","status","regulation_types"],"body":"none"}),
      /** User ids that are suppressed in the workspace (Segment Config API). Needs the scope `workspace:read`. */
      suppressed: call<Ops['segmentConfigRegulations.suppressed']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/suppressed-users","pathParams":["workspace"],"queryParams":["page_size","page_token"],"body":"none"}),
    },
    segmentConfigSources: {
      /** Connect a source to a warehouse, or disconnect it (Segment Config API). Needs the scope `workspace`. */
      connectWarehouse: call<Ops['segmentConfigSources.connectWarehouse']>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/sources/{source}/connected-warehouses","pathParams":["workspace","source"],"queryParams":[],"body":"fields"}),
      /** Create a source; the last part of its name becomes its slug (Segment Config API). Needs the scope `workspace`. */
      create: call<Ops['segmentConfigSources.create']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/sources","pathParams":["workspace"],"queryParams":[],"body":"fields"}),
      /** Delete a source with its destinations (Segment Config API). Needs the scope `workspace`. */
      delete: call<Ops['segmentConfigSources.delete']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/sources/{source}","pathParams":["workspace","source"],"queryParams":[],"body":"none"}),
      /** Get a source by its slug or id (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigSources.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}","pathParams":["workspace","source"],"queryParams":[],"body":"none"}),
      /** List the sources, oldest first (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigSources.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources","pathParams":["workspace"],"queryParams":["page_size","page_token"],"body":"none"}),
      /** Get what a source does with events that its tracking plan does not foresee (Segment Config API). Needs the scope `workspace:read`. */
      schemaConfig: call<Ops['segmentConfigSources.schemaConfig']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/sources/{source}/schema-config","pathParams":["workspace","source"],"queryParams":[],"body":"none"}),
      /** Change what the update mask names (Segment Config API). Needs the scope `workspace`. */
      update: call<Ops['segmentConfigSources.update'], WholeArgs<Ops['segmentConfigSources.update']>>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/sources/{source}","pathParams":["workspace","source"],"queryParams":[],"body":"whole"}),
      /** Change what the update mask names of it (Segment Config API). Needs the scope `workspace`. */
      updateSchemaConfig: call<Ops['segmentConfigSources.updateSchemaConfig']>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/sources/{source}/schema-config","pathParams":["workspace","source"],"queryParams":[],"body":"fields"}),
    },
    segmentConfigTrackingPlans: {
      /** Let a source follow a tracking plan (Segment Config API). Needs the scope `workspace`. */
      connect: call<Ops['segmentConfigTrackingPlans.connect']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}/source-connections","pathParams":["workspace","plan"],"queryParams":[],"body":"fields"}),
      /** Let sources follow a tracking plan, all of them or none (Segment Config API). Needs the scope `workspace`. */
      connectMany: call<Ops['segmentConfigTrackingPlans.connectMany']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}/source-connections:batchCreateConnections","pathParams":["workspace","plan"],"queryParams":[],"body":"fields"}),
      /** List the sources that follow a tracking plan (Segment Config API). Needs the scope `workspace:read`. */
      connections: call<Ops['segmentConfigTrackingPlans.connections']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}/source-connections","pathParams":["workspace","plan"],"queryParams":["page_size","page_token"],"body":"none"}),
      /** Create a tracking plan with its rules (Segment Config API). Needs the scope `workspace`. */
      create: call<Ops['segmentConfigTrackingPlans.create']>({"method":"POST","path":"/v1beta/workspaces/{workspace}/tracking-plans","pathParams":["workspace"],"queryParams":[],"body":"fields"}),
      /** Delete a tracking plan; its sources follow none then (Segment Config API). Needs the scope `workspace`. */
      delete: call<Ops['segmentConfigTrackingPlans.delete']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}","pathParams":["workspace","plan"],"queryParams":[],"body":"none"}),
      /** Let a source follow a tracking plan no more (Segment Config API). Needs the scope `workspace`. */
      disconnect: call<Ops['segmentConfigTrackingPlans.disconnect']>({"method":"DELETE","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}/source-connections/{source}","pathParams":["workspace","plan","source"],"queryParams":[],"body":"none"}),
      /** Get a tracking plan with its rules (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigTrackingPlans.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}","pathParams":["workspace","plan"],"queryParams":[],"body":"none"}),
      /** List tracking plans, oldest first, without their rules (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigTrackingPlans.list']>({"method":"GET","path":"/v1beta/workspaces/{workspace}/tracking-plans","pathParams":["workspace"],"queryParams":["page_size","page_token"],"body":"none"}),
      /** Change what the update mask names of a tracking plan, as PUT does (Segment Config API). Needs the scope `workspace`. */
      patch: call<Ops['segmentConfigTrackingPlans.patch']>({"method":"PATCH","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}","pathParams":["workspace","plan"],"queryParams":[],"body":"fields"}),
      /** Change what the update mask names of a tracking plan (Segment Config API). Needs the scope `workspace`. */
      update: call<Ops['segmentConfigTrackingPlans.update']>({"method":"PUT","path":"/v1beta/workspaces/{workspace}/tracking-plans/{plan}","pathParams":["workspace","plan"],"queryParams":[],"body":"fields"}),
    },
    segmentConfigWorkspaces: {
      /** Get the workspace by its slug or id (Segment Config API). Needs the scope `workspace:read`. */
      get: call<Ops['segmentConfigWorkspaces.get']>({"method":"GET","path":"/v1beta/workspaces/{workspace}","pathParams":["workspace"],"queryParams":[],"body":"none"}),
      /** List the workspaces of the token: one (Segment Config API). Needs the scope `workspace:read`. */
      list: call<Ops['segmentConfigWorkspaces.list']>({"method":"GET","path":"/v1beta/workspaces","pathParams":[],"queryParams":["page_size","page_token"],"body":"none"}),
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
      /** Sign in with email and password. An account with a second factor gets 403 with an `mfa_token` for the second step instead of tokens. Needs no credential. */
      create: call<Ops['session.create']>({"method":"POST","path":"/api/auth/token/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Sign out. Ends the session of the refresh token, or of the access token in Authorization: all its tokens are refused from the next request on. Needs no credential. */
      delete: call<Ops['session.delete']>({"method":"POST","path":"/api/auth/logout/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Sign in with a passkey. Its device must have verified who holds it; then neither a password nor a second factor is asked for. Needs no credential. */
      passkey: call<Ops['session.passkey']>({"method":"POST","path":"/api/auth/passkey/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** What a browser needs to sign in with a passkey. The answer goes into navigator.credentials.get as it is. It is good once, within five minutes. Needs no credential. */
      passkeyOptions: call<Ops['session.passkeyOptions']>({"method":"POST","path":"/api/auth/passkey/options/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Exchange the refresh token for a new pair. A refresh token is good once; within ten seconds, and while its successor is unused, it gets the same successor again. Any other use of a used one ends the session. Needs no credential. */
      refresh: call<Ops['session.refresh']>({"method":"POST","path":"/api/auth/token/refresh/","pathParams":[],"queryParams":[],"body":"fields"}),
      /** The second step of signing in. Exactly one of `code`, `recovery_code` and `passkey`. A code is good once. Needs no credential. */
      secondFactor: call<Ops['session.secondFactor']>({"method":"POST","path":"/api/auth/token/second-factor/","pathParams":[],"queryParams":[],"body":"fields"}),
    },
    sessions: {
      /** Give the password once more. What guards an account (second factors, passkeys, recovery codes) changes only within 15 minutes after the password was given; otherwise 403 `confirmation_required`. Needs any valid credential. */
      confirm: call<Ops['sessions.confirm']>({"method":"POST","path":"/api/v1/sessions/confirm","pathParams":[],"queryParams":[],"body":"fields"}),
      /** End a session. Mine, or as an owner or admin one of a member I manage. Its tokens are refused from the next request on. Needs any valid credential. */
      delete: call<Ops['sessions.delete']>({"method":"DELETE","path":"/api/v1/sessions/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Sign out everywhere else. Needs any valid credential. */
      deleteOthers: call<Ops['sessions.deleteOthers']>({"method":"DELETE","path":"/api/v1/sessions","pathParams":[],"queryParams":[],"body":"none"}),
      /** List my sessions, last used first. At most a hundred. An API key has none. Needs any valid credential. */
      list: call<Ops['sessions.list']>({"method":"GET","path":"/api/v1/sessions","pathParams":[],"queryParams":[],"body":"none"}),
    },
    sources: {
      /** Add a write key to a source; the others go on working. Needs the scope `sources:write`. */
      addWriteKey: call<Ops['sources.addWriteKey']>({"method":"POST","path":"/api/v1/sources/{id}/write-keys","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Create a source; its write key is made here. Needs the scope `sources:write`. */
      create: call<Ops['sources.create']>({"method":"POST","path":"/api/v1/sources","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a source that has no destinations; its write key stops working. Needs the scope `sources:write`. */
      delete: call<Ops['sources.delete']>({"method":"DELETE","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a source. Needs the scope `sources:read`. */
      get: call<Ops['sources.get']>({"method":"GET","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List sources, newest first. Needs the scope `sources:read`. */
      list: call<Ops['sources.list']>({"method":"GET","path":"/api/v1/sources","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Remove a write key from a source: events sent with it are refused from now on. Needs the scope `sources:write`. */
      removeWriteKey: call<Ops['sources.removeWriteKey']>({"method":"DELETE","path":"/api/v1/sources/{id}/write-keys/{write_key}","pathParams":["id","write_key"],"queryParams":[],"body":"none"}),
      /** Get what a source does with events that its tracking plan does not foresee. Needs the scope `sources:read`. */
      schemaSettings: call<Ops['sources.schemaSettings']>({"method":"GET","path":"/api/v1/sources/{id}/schema-settings","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Change a source, enable or disable it. Needs the scope `sources:write`. */
      update: call<Ops['sources.update']>({"method":"PATCH","path":"/api/v1/sources/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Change some of them; what is left out stays. Needs the scope `sources:write`. */
      updateSchemaSettings: call<Ops['sources.updateSchemaSettings']>({"method":"PATCH","path":"/api/v1/sources/{id}/schema-settings","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    subscriptions: {
      /** Create a subscription: an action of the destination for the events that a trigger names. Needs the scope `destinations:write`. */
      create: call<Ops['subscriptions.create']>({"method":"POST","path":"/api/v1/destinations/{id}/subscriptions","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Delete a subscription. Needs the scope `destinations:write`. */
      delete: call<Ops['subscriptions.delete']>({"method":"DELETE","path":"/api/v1/destinations/{id}/subscriptions/{subscription_id}","pathParams":["id","subscription_id"],"queryParams":[],"body":"none"}),
      /** Get a subscription. Needs the scope `destinations:read`. */
      get: call<Ops['subscriptions.get']>({"method":"GET","path":"/api/v1/destinations/{id}/subscriptions/{subscription_id}","pathParams":["id","subscription_id"],"queryParams":[],"body":"none"}),
      /** List the subscriptions of a destination, oldest first. Needs the scope `destinations:read`. */
      list: call<Ops['subscriptions.list']>({"method":"GET","path":"/api/v1/destinations/{id}/subscriptions","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** Change a subscription; settings are merged by field, null removes one. Needs the scope `destinations:write`. */
      update: call<Ops['subscriptions.update']>({"method":"PATCH","path":"/api/v1/destinations/{id}/subscriptions/{subscription_id}","pathParams":["id","subscription_id"],"queryParams":[],"body":"fields"}),
    },
    suppressions: {
      /** User ids whose events are not taken, in the order they became so. Needs the scope `profiles:read`. */
      list: call<Ops['suppressions.list']>({"method":"GET","path":"/api/v1/suppressions","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
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
    trackingPlans: {
      /** Let a source follow a tracking plan. Needs the scope `sources:write`. */
      connect: call<Ops['trackingPlans.connect']>({"method":"PUT","path":"/api/v1/tracking-plans/{id}/sources/{source_id}","pathParams":["id","source_id"],"queryParams":[],"body":"none"}),
      /** Create a tracking plan. Needs the scope `sources:write`. */
      create: call<Ops['trackingPlans.create']>({"method":"POST","path":"/api/v1/tracking-plans","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a tracking plan; its sources follow none then. Needs the scope `sources:write`. */
      delete: call<Ops['trackingPlans.delete']>({"method":"DELETE","path":"/api/v1/tracking-plans/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Let a source follow a tracking plan no more. Needs the scope `sources:write`. */
      disconnect: call<Ops['trackingPlans.disconnect']>({"method":"DELETE","path":"/api/v1/tracking-plans/{id}/sources/{source_id}","pathParams":["id","source_id"],"queryParams":[],"body":"none"}),
      /** Get a tracking plan with its rules. Needs the scope `sources:read`. */
      get: call<Ops['trackingPlans.get']>({"method":"GET","path":"/api/v1/tracking-plans/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List tracking plans, oldest first. Needs the scope `sources:read`. */
      list: call<Ops['trackingPlans.list']>({"method":"GET","path":"/api/v1/tracking-plans","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Replace all rules of a tracking plan. Needs the scope `sources:write`. */
      replaceRules: call<Ops['trackingPlans.replaceRules']>({"method":"PUT","path":"/api/v1/tracking-plans/{id}/rules","pathParams":["id"],"queryParams":[],"body":"fields"}),
      /** Which events and fields came from the sources that follow a plan, and which of them it knows. Needs the scope `sources:read`. */
      schema: call<Ops['trackingPlans.schema']>({"method":"GET","path":"/api/v1/tracking-plans/{id}/schema","pathParams":["id"],"queryParams":["source_id"],"body":"none"}),
      /** List the sources that follow a tracking plan, oldest first. Needs the scope `sources:read`. */
      sources: call<Ops['trackingPlans.sources']>({"method":"GET","path":"/api/v1/tracking-plans/{id}/sources","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** Rename or describe a tracking plan. Needs the scope `sources:write`. */
      update: call<Ops['trackingPlans.update']>({"method":"PATCH","path":"/api/v1/tracking-plans/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    transformations: {
      /** Create a transformation; it is in force when this is answered. Needs the scope `sources:write`. */
      create: call<Ops['transformations.create']>({"method":"POST","path":"/api/v1/transformations","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a transformation. Needs the scope `sources:write`. */
      delete: call<Ops['transformations.delete']>({"method":"DELETE","path":"/api/v1/transformations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Get a transformation. Needs the scope `sources:read`. */
      get: call<Ops['transformations.get']>({"method":"GET","path":"/api/v1/transformations/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List transformations, oldest first. Needs the scope `sources:read`. */
      list: call<Ops['transformations.list']>({"method":"GET","path":"/api/v1/transformations","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** Change a transformation; what is left out stays. Needs the scope `sources:write`. */
      update: call<Ops['transformations.update']>({"method":"PATCH","path":"/api/v1/transformations/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
    usage: {
      /** What a key uses of what it has. With what a narrower twin would need. Needs the scope `usage:read`. */
      leastPrivilege: call<Ops['usage.leastPrivilege']>({"method":"GET","path":"/api/v1/api-keys/{id}/least-privilege","pathParams":["id"],"queryParams":["days"],"body":"none"}),
      /** List the requests of callers, newest first. Every request with a credential of this workspace, also refused ones: revoked and expired keys, missing scopes, wrong addresses, limits. It is there a second after its answer. A filter that fits almost nothing may give a page with few or no items and a `cursor`: go on with it. A key sees its own environment. Needs the scope `usage:read`. */
      list: call<Ops['usage.list']>({"method":"GET","path":"/api/v1/usage","pathParams":[],"queryParams":["limit","cursor","key_id","user_id","client_id","route","status","ip","from","to"],"body":"none"}),
      /** What a key did in a time. For a leaked key: `from` when it leaked, `to` when it was revoked. Needs the scope `usage:read`. */
      summary: call<Ops['usage.summary']>({"method":"GET","path":"/api/v1/api-keys/{id}/usage/summary","pathParams":["id"],"queryParams":["from","to"],"body":"none"}),
      /** Keys that nobody used for some time. Active keys older than that, longest unused first; 1,000 at most. Revoke what nobody needs. Needs the scope `usage:read`. */
      unusedKeys: call<Ops['usage.unusedKeys']>({"method":"GET","path":"/api/v1/usage/unused-keys","pathParams":[],"queryParams":["days"],"body":"none"}),
    },
    warehouses: {
      /** Let a source feed a warehouse. Needs the scope `destinations:write`. */
      connect: call<Ops['warehouses.connect']>({"method":"PUT","path":"/api/v1/warehouses/{id}/sources/{source_id}","pathParams":["id","source_id"],"queryParams":[],"body":"none"}),
      /** Create a warehouse; every source feeds it unless `connect_sources` is false. Needs the scope `destinations:write`. */
      create: call<Ops['warehouses.create']>({"method":"POST","path":"/api/v1/warehouses","pathParams":[],"queryParams":[],"body":"fields"}),
      /** Delete a warehouse; what is in the database itself stays. Needs the scope `destinations:write`. */
      delete: call<Ops['warehouses.delete']>({"method":"DELETE","path":"/api/v1/warehouses/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** A source feeds a warehouse no more. Needs the scope `destinations:write`. */
      disconnect: call<Ops['warehouses.disconnect']>({"method":"DELETE","path":"/api/v1/warehouses/{id}/sources/{source_id}","pathParams":["id","source_id"],"queryParams":[],"body":"none"}),
      /** Get a warehouse. Needs the scope `destinations:read`. */
      get: call<Ops['warehouses.get']>({"method":"GET","path":"/api/v1/warehouses/{id}","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** List warehouses, oldest first. Needs the scope `destinations:read`. */
      list: call<Ops['warehouses.list']>({"method":"GET","path":"/api/v1/warehouses","pathParams":[],"queryParams":["limit","cursor"],"body":"none"}),
      /** List the sources that feed a warehouse, oldest first. Needs the scope `destinations:read`. */
      sources: call<Ops['warehouses.sources']>({"method":"GET","path":"/api/v1/warehouses/{id}/sources","pathParams":["id"],"queryParams":["limit","cursor"],"body":"none"}),
      /** Connect to the warehouse now and say whether it works. Needs the scope `destinations:write`. */
      try: call<Ops['warehouses.try']>({"method":"POST","path":"/api/v1/warehouses/{id}/try","pathParams":["id"],"queryParams":[],"body":"none"}),
      /** Change a warehouse; settings are merged key by key, null removes one. Needs the scope `destinations:write`. */
      update: call<Ops['warehouses.update']>({"method":"PATCH","path":"/api/v1/warehouses/{id}","pathParams":["id"],"queryParams":[],"body":"fields"}),
    },
  };
}
