/** What a key did in a time, what it uses of what it has, and keys that nobody uses. */
import { type Static, Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import { networksOf } from '../../../../access/usage/least-privilege.ts';
import { mostPresent, type Tally } from '../../../../access/usage/log/tally.ts';
import type { UsageSummary } from '../../../../access/usage/usage.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, time, timeOrNull } from '../../conventions.ts';
import { TimesQuery, timesOf } from './usage.ts';

const NullableText = Type.Union([Type.String(), Type.Null()]);
const Count = Type.Integer();
const seen = { requests: Count, denied: Count, first_at: Type.String(), last_at: Type.String() };
const RouteCount = Type.Object({ route: Type.String(), requests: Count });
const ScopeCount = Type.Object({ scope: Type.String(), requests: Count });
const Network = Type.Object({
  network: Type.String({ description: 'IPv4 /24 or IPv6 /64; `*`: beyond what is told apart.' }),
  requests: Count,
  first_at: Type.String(),
  last_at: Type.String(),
});

const Summary = Type.Object({
  from: Type.String(),
  to: Type.String(),
  requests: Count,
  denied: Count,
  rows: Type.Integer({ description: 'Objects in the answers.' }),
  bytes: Count,
  sends: Type.Integer({ description: 'Messages it made in the time.' }),
  bucket_seconds: Type.Integer({ description: '300 up to 3 hours, 3,600 up to 8 days, else 86,400.' }),
  buckets: Type.Array(
    Type.Object({
      at: Type.String(),
      requests: Count,
      denied: Count,
      rows: Count,
      routes: Type.Array(RouteCount),
    }),
    { description: 'Those with requests, oldest first.' },
  ),
  routes: Type.Array(
    Type.Object({
      route: Type.String(),
      requests: Count,
      rows: Count,
      bytes: Count,
      statuses: Type.Record(Type.String(), Count),
    }),
  ),
  statuses: Type.Record(Type.String(), Count),
  codes: Type.Record(Type.String(), Count),
  scopes: Type.Array(Type.Object({ scope: Type.String(), ...seen })),
  ips: Type.Array(Type.Object({ ip: Type.String(), ...seen }), { description: 'The 200 with the most requests.' }),
  networks: Type.Array(Network),
  user_agents: Type.Array(Type.Object({ user_agent: Type.String(), ...seen }), { description: 'The 50 most used.' }),
  countries: Type.Union([Type.Array(Type.Object({ country: Type.String(), requests: Count })), Type.Null()], {
    description: 'null: no HEADGATE_GEOIP_FILE is configured.',
  }),
  children: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      public_id: Type.String(),
      created_at: Type.String(),
      revoked_at: NullableText,
    }),
    { description: 'Keys that it made in the time.' },
  ),
});

type Presence = readonly [number, number, number, number];

function seenOf([requests, denied, first, last]: Presence) {
  return { requests, denied, first_at: time(new Date(first)), last_at: time(new Date(last)) };
}

function routesOf(tally: Tally): Static<typeof RouteCount>[] {
  return [...tally.routes]
    .map(([route, statuses]) => ({ route, requests: [...statuses.values()].reduce((sum, [n]) => sum + n, 0) }))
    .sort((a, b) => b.requests - a.requests);
}

function serialize(summary: UsageSummary): Static<typeof Summary> {
  const { total } = summary;
  const statuses: Record<string, number> = {};
  const routes = [...total.routes].map(([route, byStatus]) => {
    const row = { route, requests: 0, rows: 0, bytes: 0, statuses: {} as Record<string, number> };
    for (const [status, [requests, rows, bytes]] of byStatus) {
      row.requests += requests;
      row.rows += rows;
      row.bytes += bytes;
      row.statuses[status] = requests;
      statuses[status] = (statuses[status] ?? 0) + requests;
    }
    return row;
  });
  return {
    from: time(summary.from),
    to: time(summary.to),
    requests: total.requests,
    denied: total.denied,
    rows: total.rows,
    bytes: total.bytes,
    sends: summary.sends,
    bucket_seconds: summary.bucketMs / 1000,
    buckets: [...summary.buckets]
      .sort(([a], [b]) => a - b)
      .map(([at, tally]) => ({
        at: time(new Date(at)),
        requests: tally.requests,
        denied: tally.denied,
        rows: tally.rows,
        routes: routesOf(tally),
      })),
    routes: routes.sort((a, b) => b.requests - a.requests),
    statuses,
    codes: Object.fromEntries(total.codes),
    scopes: [...total.scopes].map(([scope, presence]) => ({ scope, ...seenOf(presence) })),
    ips: mostPresent(total.ips, 200).map(([ip, presence]) => ({ ip, ...seenOf(presence) })),
    networks: networks(networksOf(total)),
    user_agents: mostPresent(total.agents, 50).map(([agent, presence]) => ({ user_agent: agent, ...seenOf(presence) })),
    countries: summary.countries && [...summary.countries],
    children: summary.children.map((key) => ({
      id: key.uuid,
      name: key.name,
      public_id: key.publicId,
      created_at: time(key.createdAt),
      revoked_at: timeOrNull(key.revokedAt),
    })),
  };
}

function networks(list: ReturnType<typeof networksOf>): Static<typeof Network>[] {
  return list.map(({ network, requests, firstAt, lastAt }) => ({
    network,
    requests,
    first_at: time(firstAt),
    last_at: time(lastAt),
  }));
}

const LeastPrivilege = Type.Object({
  days: Count,
  granted: Type.Array(Type.String()),
  used: Type.Array(Type.Object({ scope: Type.String(), requests: Count, last_at: Type.String() })),
  unused: Type.Array(Type.String()),
  routes: Type.Array(RouteCount),
  networks: Type.Array(Network),
  sends: Count,
  suggested: Type.Object({
    scopes: Type.Array(Type.String()),
    allowed_ips: Type.Union([Type.Array(Type.String()), Type.Null()], {
      description: 'null: it came from too many networks for a list, or was not used.',
    }),
    may_send: Type.Boolean(),
  }),
  shadow: Type.Object(
    {
      refused: Count,
      last_at: NullableText,
      scopes: Type.Array(ScopeCount),
      routes: Type.Array(RouteCount),
    },
    { description: 'What the scopes on trial (`shadow_scopes`) would have refused.' },
  ),
});

const UnusedKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  public_id: Type.String(),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test')]),
  created_at: Type.String(),
  last_used_at: NullableText,
});

const days = (fallback: number) => Type.Optional(Type.Integer({ minimum: 1, maximum: 365, default: fallback }));
const tags = ['Usage'];
const config = { access: { scope: 'usage:read' } } as const;

export function usageReportRoutes(app: Http, { access }: { access: Access }): void {
  const { usage } = access;

  app.route({
    method: 'GET',
    url: '/api-keys/:id/usage/summary',
    config,
    schema: {
      operationId: 'usage.summary',
      tags,
      summary: 'What a key did in a time',
      description: 'For a leaked key: `from` when it leaked, `to` when it was revoked.',
      params: IdParams,
      querystring: Type.Object(TimesQuery, { additionalProperties: false }),
      response: { 200: Summary, '4xx': ErrorBody },
    },
    async handler(request) {
      const { from, to } = timesOf(request.query);
      return serialize(await usage.summary(principalOf(request), request.params.id, from, to));
    },
  });

  app.route({
    method: 'GET',
    url: '/api-keys/:id/least-privilege',
    config,
    schema: {
      operationId: 'usage.leastPrivilege',
      tags,
      summary: 'What a key uses of what it has',
      description: 'With what a narrower twin would need.',
      params: IdParams,
      querystring: Type.Object({ days: days(30) }, { additionalProperties: false }),
      response: { 200: LeastPrivilege, '4xx': ErrorBody },
    },
    async handler(request) {
      const { days = 30 } = request.query;
      const found = await usage.leastPrivilege(principalOf(request), request.params.id, days);
      return {
        days,
        granted: [...found.granted],
        used: found.used.map(({ scope, requests, lastAt }) => ({ scope, requests, last_at: time(lastAt) })),
        unused: [...found.unused],
        routes: [...found.routes],
        networks: networks([...found.networks]),
        sends: found.sends,
        suggested: {
          scopes: [...found.suggestedScopes],
          allowed_ips: found.suggestedCidrs && [...found.suggestedCidrs],
          may_send: found.sends > 0,
        },
        shadow: {
          refused: found.shadow.refused,
          last_at: timeOrNull(found.shadow.lastAt),
          scopes: [...found.shadow.scopes],
          routes: [...found.shadow.routes],
        },
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/usage/unused-keys',
    config,
    schema: {
      operationId: 'usage.unusedKeys',
      tags,
      summary: 'Keys that nobody used for some time',
      description: 'Active keys older than that, longest unused first; 1,000 at most. Revoke what nobody needs.',
      querystring: Type.Object({ days: days(90) }, { additionalProperties: false }),
      response: { 200: Type.Object({ items: Type.Array(UnusedKey) }), '4xx': ErrorBody },
    },
    async handler(request) {
      const keys = await usage.unusedKeys(principalOf(request), request.query.days ?? 90);
      return {
        items: keys.map((key) => ({
          id: key.uuid,
          name: key.name,
          public_id: key.publicId,
          environment: key.environment,
          created_at: time(key.createdAt),
          last_used_at: timeOrNull(key.lastUsedAt),
        })),
      };
    },
  });
}
