/** /audit: who changed what in the workspace, as a list, one by one, as a file, and whether the trail is what it was. */
import { Readable } from 'node:stream';
import { type Static, Type } from 'typebox';
import type { Audit, AuditEntry, AuditFilter } from '../../../../access/audit/service.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, encodeCursor, IdParams, PageOf, PageQuery, rowBefore, time } from '../../conventions.ts';
import { csvHead, csvRow } from './audit-csv.ts';

const NullableText = Type.Union([Type.String(), Type.Null()]);
const Side = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
  description: 'Only fields that the change touched. Secrets are masked, long texts cut.',
});

const Entry = Type.Object({
  id: Type.String(),
  seq: Type.Integer({ description: 'Its number in the workspace: 1, 2, 3 … without a gap.' }),
  time: Type.String(),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test'), Type.Null()], {
    description: 'null: of the whole workspace.',
  }),
  action: Type.String({ description: '`<resource>.<what was done>`, such as `source.updated`.' }),
  actor: Type.Object({
    kind: Type.Union([Type.Literal('user'), Type.Literal('key'), Type.Literal('oauth'), Type.Literal('system')]),
    id: NullableText,
    label: Type.String(),
  }),
  ip: NullableText,
  user_agent: NullableText,
  request_id: NullableText,
  target: Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }),
  before: Side,
  after: Side,
  hash: Type.String({ description: 'SHA-256 over the entry and the hash of the one before, hexadecimal.' }),
});

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*$' });

const FilterQuery = Type.Object(
  {
    actor: Type.Optional(text(200)),
    action: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, pattern: '^[a-z0-9_.]+$', description: 'How it begins: `api_key.`' }),
    ),
    target_type: Type.Optional(text(100)),
    target_id: Type.Optional(text(200)),
    from: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
    to: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Up to, and not with.' })),
    q: Type.Optional(Type.String({ ...text(200), description: 'A part of any text of the entry.' })),
  },
  { additionalProperties: false },
);

function filterOf(query: Static<typeof FilterQuery>): AuditFilter {
  const { actor, action, target_type, target_id, from, to, q } = query;
  return {
    actor,
    action,
    targetType: target_type,
    targetId: target_id,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    q,
  };
}

function serialize(entry: AuditEntry): Static<typeof Entry> {
  return {
    id: entry.id,
    seq: entry.seq,
    time: time(entry.at),
    environment: entry.environment,
    action: entry.action,
    actor: { kind: entry.actor_kind, id: entry.actor_id, label: entry.actor_label },
    ip: entry.ip,
    user_agent: entry.user_agent,
    request_id: entry.request_id,
    target: { type: entry.target_type, id: entry.target_id, name: entry.target_name },
    before: side(entry.before),
    after: side(entry.after),
    hash: entry.hash.toString('hex'),
  };
}

/** Somebody may have written into the database; the verification tells of it, and the rest can be read meanwhile. */
function side(json: string | null): Record<string, unknown> | null {
  if (json === null) return null;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Not JSON: shown as it is.
  }
  return { unreadable: json };
}

const Problem = Type.Object({
  kind: Type.String({
    description: 'altered, swapped, missing, truncated, rewritten, added, head or forged_checkpoint.',
  }),
  seq: Type.Integer(),
  to_seq: Type.Integer({ description: 'The last of the range; of swapped entries the other.' }),
  message: Type.String(),
});

const tags = ['Audit trail'];
const access = { scope: 'audit:read' } as const;

export function auditRoutes(app: Http, { audit }: { audit: Audit }): void {
  app.route({
    method: 'GET',
    url: '/audit',
    config: { access },
    schema: {
      operationId: 'audit.list',
      tags,
      summary: 'List what was changed, newest first',
      description:
        '`total` counts to 10,000. A person sees the whole workspace, a live key not what is of the test environment, ' +
        'a test key nothing else.',
      querystring: Type.Object({ ...PageQuery.properties, ...FilterQuery.properties }, { additionalProperties: false }),
      response: { 200: PageOf(Entry), '4xx': ErrorBody },
    },
    async handler(request) {
      const { limit = 50, cursor, ...filter } = request.query;
      const page = { limit, before: rowBefore(cursor) };
      const { rows, total } = await audit.list(principalOf(request), filterOf(filter), page);
      const last = rows.at(-1);
      return {
        items: rows.map(serialize),
        cursor: last && rows.length === limit ? encodeCursor([last.seq]) : null,
        total,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/audit/:id',
    config: { access },
    schema: {
      operationId: 'audit.get',
      tags,
      summary: 'Get one entry, by its id or number',
      params: IdParams,
      response: { 200: Entry, '4xx': ErrorBody },
    },
    handler: async (request) => serialize(await audit.get(principalOf(request), request.params.id)),
  });

  app.route({
    method: 'GET',
    url: '/audit/export',
    config: { access: { ...access, cost: 25 } },
    schema: {
      operationId: 'audit.export',
      tags,
      summary: 'Download what a filter finds, as CSV or as JSON lines',
      querystring: Type.Object(
        {
          ...FilterQuery.properties,
          format: Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('jsonl')], { default: 'csv' })),
        },
        { additionalProperties: false },
      ),
      response: { 200: { content: { 'text/csv': { schema: Type.String() } } }, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { format = 'csv', ...filter } = request.query;
      const pages = audit.export(principalOf(request), filterOf(filter));
      // The first page is awaited: what fails fails as an error and not as a file that ends.
      const first = await pages.next();
      const lines = format === 'csv' ? csvRow : (entry: AuditEntry) => `${JSON.stringify(serialize(entry))}\n`;
      async function* body(): AsyncGenerator<string, void, void> {
        if (format === 'csv') yield csvHead();
        if (first.done) return;
        yield first.value.map(lines).join('');
        for await (const page of pages) yield page.map(lines).join('');
      }
      reply.header('content-type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8');
      reply.header('content-disposition', `attachment; filename="audit.${format}"`);
      reply.header('cache-control', 'no-store');
      return reply.send(Readable.from(body()) as never);
    },
  });

  app.route({
    method: 'GET',
    url: '/audit/verify',
    // A second or two of work.
    config: { access: { ...access, cost: 50 } },
    schema: {
      operationId: 'audit.verify',
      tags,
      summary: 'Check the trail against its hashes and signed checkpoints',
      description:
        'Looks at 100,000 entries a call. While `complete` is false go on with `from` = `last_seq` + 1. ' +
        'For all at once: `headgate audit verify`.',
      querystring: Type.Object(
        { from: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })) },
        { additionalProperties: false },
      ),
      response: {
        200: Type.Object({
          ok: Type.Boolean(),
          complete: Type.Boolean(),
          entries: Type.Integer({ description: 'How many were looked at.' }),
          first_seq: Type.Integer({ description: 'Of the oldest entry that retention left.' }),
          last_seq: Type.Integer({ description: 'Of the last one looked at.' }),
          checkpoints: Type.Integer({ description: 'Signed checkpoints that the entries agree with.' }),
          problems: Type.Array(Problem, { description: 'At most 100.' }),
        }),
        '4xx': ErrorBody,
      },
    },
    async handler(request) {
      const report = await audit.verify(principalOf(request), request.query.from);
      return {
        ok: report.ok,
        complete: report.complete,
        entries: report.entries,
        first_seq: report.firstSeq,
        last_seq: report.lastSeq,
        checkpoints: report.checkpoints,
        problems: report.problems.map(({ kind, seq, toSeq, message }) => ({ kind, seq, to_seq: toSeq, message })),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/audit/public-key',
    config: { access },
    schema: {
      operationId: 'audit.publicKey',
      tags,
      summary: 'The public key of signed checkpoints',
      response: {
        200: Type.Object({ algorithm: Type.Literal('Ed25519'), public_key: Type.String({ description: 'PEM' }) }),
        '4xx': ErrorBody,
      },
    },
    handler: async () => ({ algorithm: 'Ed25519' as const, public_key: audit.publicKey }),
  });
}
