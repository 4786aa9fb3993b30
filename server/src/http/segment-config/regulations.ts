/** Requests to suppress and delete people (contract segment-config-api §19): the same rows as the Public API's. */
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Connections } from '../../connections/service.ts';
import { invalidField } from '../../errors.ts';
import type { Regulation, Regulations } from '../../people/suppression/regulations.ts';
import { REGULATION_TYPES, type RegulationType, STATUSES } from '../../people/suppression/types.ts';
import type { Http } from '../route.ts';
import { streamsOf } from '../segment/privacy/streams.ts';
import { shortId, uuidOf } from '../segment/protocol/ids.ts';
import { ConfigError, ConfigPageQuery, Nothing, readConfigKeyset } from './protocol/conventions.ts';
import { type Names, type Place, SourceParams, WorkspaceParams } from './protocol/names.ts';

/** This API's words; those of its successor are taken as well. */
const TYPES: Readonly<Record<string, RegulationType>> = {
  suppress: 'SUPPRESS_ONLY',
  unsuppress: 'UNSUPPRESS',
  suppress_with_delete: 'SUPPRESS_WITH_DELETE',
  suppress_with_delete_internal: 'SUPPRESS_WITH_DELETE_INTERNAL',
  delete: 'DELETE_ONLY',
  delete_internal: 'DELETE_INTERNAL',
};
const WORDS: Readonly<Record<RegulationType, string>> = {
  SUPPRESS_ONLY: 'Suppress',
  UNSUPPRESS: 'Unsuppress',
  SUPPRESS_WITH_DELETE: 'Suppress_With_Delete',
  SUPPRESS_WITH_DELETE_INTERNAL: 'Suppress_With_Delete_Internal',
  DELETE_ONLY: 'Delete',
  DELETE_INTERNAL: 'Delete_Internal',
  DELETE_ARCHIVE_ONLY: 'Delete_Archive_Only',
};

const Destination = Type.Object({
  name: Type.String(),
  id: Type.String(),
  status: Type.String(),
  err_string: Type.String(),
  finished_at: Type.String(),
});

const RegulationBody = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>/regulations/<id>`' }),
  id: Type.String(),
  workspace_id: Type.String(),
  regulation_type: Type.String(),
  attributes: Type.Object({ name: Type.String(), values: Type.Array(Type.String()) }),
  overall_status: Type.String(),
  created_at: Type.String(),
  finished_at: Type.String(),
  stream_status: Type.Array(Type.Object({ id: Type.String(), destination_status: Type.Array(Destination) })),
});

const NewRegulation = Type.Object({
  regulation_type: Type.String({ maxLength: 40 }),
  attributes: Type.Object({
    name: Type.String({ maxLength: 40, description: '`userId`' }),
    values: Type.Array(Type.String(), { minItems: 1, maxItems: 5_000 }),
  }),
});

const Made = Type.Object({ regulate_id: Type.String() });
const params = Type.Object({ ...WorkspaceParams.properties, regulation: Type.String({ maxLength: 255 }) });
const tags = ['Segment Config API'];
/** 5,000 ids of 512 characters, escaped. */
const BODY_LIMIT = 16 * 1024 * 1024;

export function regulationRoutes(
  door: Http,
  { connections, regulations, names }: { connections: Connections; regulations: Regulations; names: Names },
): void {
  function serialize(row: Regulation, place: Place): Static<typeof RegulationBody> {
    return {
      name: `${place.name}/regulations/${shortId(row.id)}`,
      id: shortId(row.id),
      workspace_id: shortId(row.workspace_id),
      regulation_type: WORDS[row.type as RegulationType],
      attributes: { name: ATTRIBUTES[row.subject_type] ?? row.subject_type, values: [...row.values] },
      overall_status: row.status,
      created_at: row.created_at.toISOString(),
      finished_at: row.finished_at?.toISOString() ?? '',
      stream_status: streamsOf(row, connections.allDestinations()).map(({ id, destinationStatus }) => ({
        id,
        destination_status: destinationStatus.map(({ errString, finishedAt, ...rest }) => {
          return { ...rest, err_string: errString, finished_at: finishedAt };
        }),
      })),
    };
  }

  async function create(place: Place, body: Static<typeof NewRegulation>, sourceId: string | null) {
    const { regulation_type, attributes } = body;
    if (!/^user_?ids?$/i.test(attributes.name)) throw invalidField('attributes.name', 'must be userId');
    const input = { type: typeOf(regulation_type), subjectType: 'USER_ID' as const, subjectIds: attributes.values };
    const { regulation } = await regulations.create(place.scope, { ...input, sourceId });
    return { regulate_id: shortId(regulation.id) };
  }

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/regulations',
    bodyLimit: BODY_LIMIT,
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigRegulations.create',
      tags,
      summary: 'Suppress or delete people of the workspace (Segment Config API)',
      description:
        '`Suppress`, `Unsuppress`, `Suppress_With_Delete`, `Delete` or `Delete_Internal`; at most 5,000 user ids.',
      params: WorkspaceParams,
      body: NewRegulation,
      response: { 200: Made, '4xx': ConfigError },
    },
    handler: async (request) => create(await names.workspace(request, request.params), request.body, null),
  });

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/sources/:source/regulations',
    bodyLimit: BODY_LIMIT,
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigRegulations.createOfSource',
      tags,
      summary: 'Suppress or delete people of a source (Segment Config API)',
      params: SourceParams,
      body: NewRegulation,
      response: { 200: Made, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.source(request, request.params);
      return create(place, request.body, place.source.id);
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/regulations',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigRegulations.list',
      tags,
      summary: 'List the requests of the last 90 days, oldest first (Segment Config API)',
      params: WorkspaceParams,
      querystring: Type.Object({
        ...ConfigPageQuery.properties,
        status: Type.Optional(Type.String({ maxLength: 40 })),
        regulation_types: Type.Optional(Type.String({ maxLength: 400, description: 'Separated by commas.' })),
      }),
      response: {
        200: Type.Object({ regulations: Type.Array(RegulationBody), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { request: wanted, next } = readConfigKeyset(request.query);
      const { status, regulation_types: types } = request.query;
      const page = await regulations.list(
        place.scope,
        {
          sourceId: null,
          ...(status && { status: statusOf(status) }),
          ...(types && { types: types.split(',').map(typeOf) }),
        },
        wanted,
      );
      const ids = page.rows.map(({ id }) => id);
      return { regulations: page.rows.map((row) => serialize(row, place)), next_page_token: next(page, ids) };
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/regulations/:regulation',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigRegulations.get',
      tags,
      summary: 'Where a request stands (Segment Config API)',
      params,
      response: { 200: RegulationBody, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      return serialize(await regulations.get(place.scope, idIn(request)), place);
    },
  });

  door.route({
    method: 'DELETE',
    url: '/workspaces/:workspace/regulations/:regulation',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigRegulations.delete',
      tags,
      summary: 'Withdraw a request that has not begun (Segment Config API)',
      params,
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      await regulations.withdraw(place.scope, idIn(request));
      return {};
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/suppressed-users',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigRegulations.suppressed',
      tags,
      summary: 'User ids that are suppressed in the workspace (Segment Config API)',
      params: WorkspaceParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ suppressed_users: Type.Array(Type.String()), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { request: wanted, next } = readConfigKeyset(request.query);
      const page = await regulations.suppressed(place.scope, wanted);
      const keys = page.rows.map(({ id }) => String(id));
      return { suppressed_users: page.rows.map((row) => row.user_id), next_page_token: next(page, keys) };
    },
  });
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  USER_ID: 'userId',
  ANONYMOUS_ID: 'anonymousId',
  OBJECT_ID: 'objectId',
};

function typeOf(text: string): RegulationType {
  const known = REGULATION_TYPES.find((type) => type === text.trim().toUpperCase());
  const word = text.trim().toLowerCase();
  const type = known ?? (Object.hasOwn(TYPES, word) ? TYPES[word] : undefined);
  if (!type) throw invalidField('regulation_type', `must be one of ${Object.values(WORDS).join(', ')}`);
  return type;
}

function statusOf(text: string): string {
  const status = STATUSES.find((one) => one === text.toUpperCase());
  if (!status) throw invalidField('status', `must be one of ${STATUSES.join(', ')}`);
  return status;
}

function idIn({ params: { regulation } }: { params: Static<typeof params> } & Pick<FastifyRequest, 'id'>): string {
  return uuidOf(regulation) ?? '';
}
