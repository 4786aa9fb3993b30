/** /sandbox: what the test environment captured instead of sending. */
import { Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import type { Sandbox, SandboxItem } from '../../outbound/sandbox.ts';
import { type Http, principalOf } from '../route.ts';
import { ErrorBody, encodeCursor, IdParams, numericId, PageOf, PageQuery, rowBefore, time } from './conventions.ts';

const Kind = Type.Union([Type.Literal('email'), Type.Literal('http')]);

const fields = {
  id: Type.String(),
  kind: Kind,
  summary: Type.String({ description: 'One line: the request line, or the recipient and the subject.' }),
  created_at: Type.String(),
};

function serialize(item: SandboxItem) {
  return { id: String(item.id), kind: item.kind, summary: item.summary, created_at: time(item.created_at) };
}

const tags = ['Sandbox'];

export function sandboxRoutes(app: Http, { sandbox }: { sandbox: Sandbox }): void {
  app.route({
    method: 'GET',
    url: '/sandbox',
    config: { access: { scope: 'sandbox:read' } },
    schema: {
      operationId: 'sandbox.list',
      tags,
      summary: 'List what was captured, newest first',
      querystring: Type.Object({ ...PageQuery.properties, kind: Type.Optional(Kind) }),
      response: { 200: PageOf(Type.Object(fields)), '4xx': ErrorBody },
    },
    async handler(request) {
      const { limit = 50, cursor, kind = null } = request.query;
      const page = await sandbox.list(scopeOf(principalOf(request)), { kind, limit, beforeId: rowBefore(cursor) });
      const last = page.items.at(-1);
      return {
        items: page.items.map(serialize),
        cursor: last && page.items.length === limit ? encodeCursor([last.id]) : null,
        total: page.total,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/sandbox/:id',
    config: { access: { scope: 'sandbox:read' } },
    schema: {
      operationId: 'sandbox.get',
      tags,
      summary: 'Get one captured email or request, whole',
      params: IdParams,
      response: {
        200: Type.Object({ ...fields, content: Type.Record(Type.String(), Type.Unknown()) }),
        '4xx': ErrorBody,
      },
    },
    async handler(request) {
      const item = await sandbox.get(scopeOf(principalOf(request)), numericId(request.params.id, 'sandbox item'));
      return { ...serialize(item), content: item.content };
    },
  });
}
