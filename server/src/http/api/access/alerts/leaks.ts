/** /api/v1/leaks: keys of the workspace that were found in public, with what they could do and did. */
import { Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, PageOf, PageQuery, pageOfIds, time, timeOrNull } from '../../conventions.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);

const LeakBody = Type.Object({
  id: Type.String(),
  environment: Type.String(),
  key: Type.Object({ number: Type.Integer(), public_id: Type.String(), name: Type.String() }),
  token_hash: Type.String({ description: 'SHA-256 of the key, as finders name it; the key itself is not kept.' }),
  reported_by: Type.String({ description: 'github, finder' }),
  source: Type.String({ description: 'commit, issue_description, gist_content, … as the finder says' }),
  url: Type.String(),
  note: Type.String(),
  action: Type.String({ description: 'revoked, quarantined; none: it did not work any more' }),
  found_at: Type.String(),
  last_reported_at: Type.String(),
  reports: Type.Integer(),
  revoked_at: Nullable,
  could: Type.Object({
    full_access: Type.Boolean(),
    scopes: Type.Array(Type.String()),
    may_send: Type.Boolean(),
    allowed_ips: Type.Array(Type.String(), { description: 'Empty: from anywhere.' }),
  }),
  did: Type.Object({
    last_used_at: Nullable,
    last_used_ip: Nullable,
    messages: Type.Integer({ description: 'Messages it made in the last 90 days.' }),
    living_keys: Type.Array(Type.String(), { description: 'Public ids of keys it made that still work; 100 at most.' }),
  }),
});

export function leakRoutes(app: Http, { access }: { access: Pick<Access, 'leaks'> }): void {
  app.route({
    method: 'GET',
    url: '/leaks',
    config: { access: { scope: 'alerts:read' } },
    schema: {
      operationId: 'leaks.list',
      tags: ['Leaks'],
      summary: 'List leaked keys',
      description: 'One entry for a key and a place it was found at, newest first.',
      querystring: Type.Object(PageQuery.properties, { additionalProperties: false }),
      response: { 200: PageOf(LeakBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const { items, total } = await access.leaks.list(principalOf(request), page.request);
      return {
        items: items.map((leak) => ({
          id: leak.id,
          environment: leak.environment,
          key: { number: leak.key_id, public_id: leak.key_public_id, name: leak.key_name },
          token_hash: leak.token_hash.toString('hex'),
          reported_by: leak.reported_by,
          source: leak.source,
          url: leak.url,
          note: leak.note,
          action: leak.action,
          found_at: time(leak.found_at),
          last_reported_at: time(leak.last_reported_at),
          reports: leak.reports,
          revoked_at: timeOrNull(leak.revoked_at),
          could: {
            full_access: leak.scopes.length === 0 && !leak.canary,
            scopes: leak.scopes,
            may_send: leak.may_send,
            allowed_ips: leak.allowed_ips,
          },
          did: {
            last_used_at: timeOrNull(leak.last_used_at),
            last_used_ip: leak.last_used_ip,
            messages: leak.messages,
            living_keys: [...leak.living_children],
          },
        })),
        cursor: page.next(items),
        total,
      };
    },
  });
}
