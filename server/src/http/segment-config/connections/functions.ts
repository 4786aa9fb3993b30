/** Functions (contract segment-config-api §18.1–18.2). Their preview: function-preview.ts. */
import { type Static, Type } from 'typebox';
import type { FunctionKind, FunctionRow, SettingDefinition } from '../../../connections/functions/queries.ts';
import type { FunctionService } from '../../../connections/functions/service.ts';
import { invalidField } from '../../../errors.ts';
import type { Http } from '../../route.ts';
import { displayName, functionId, functionUuid, nameIn } from '../../segment/protocol/function-ids.ts';
import { shortId } from '../../segment/protocol/ids.ts';
import {
  ConfigError,
  ConfigPageQuery,
  LooseBoolean,
  Nothing,
  readConfigKeyset,
  truth,
} from '../protocol/conventions.ts';
import { masked, UpdateMask } from '../protocol/mask.ts';
import { NamePart, type Names, type Place, WorkspaceParams } from '../protocol/names.ts';

const Setting = Type.Object({
  name: Type.String(),
  label: Type.String(),
  type: Type.String(),
  description: Type.String(),
  required: Type.Boolean(),
  sensitive: Type.Boolean(),
});

const OneFunction = Type.Object({
  id: Type.String(),
  workspace_id: Type.String(),
  display_name: Type.String(),
  type: Type.String({ description: '`SOURCE`, `DESTINATION` or a kind of insert function' }),
  description: Type.String(),
  logo_url: Type.String(),
  buildpack: Type.String(),
  code: Type.String(),
  settings: Type.Array(Setting),
  catalog_id: Type.String({ description: 'Empty until it is deployed.' }),
  created_at: Type.String(),
  created_by: Type.String({ description: 'Empty for what an API key made.' }),
  deployed_at: Type.Optional(Type.String()),
  is_latest: Type.Boolean(),
});

export const strict = { additionalProperties: false } as const;
export const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });
export const Kind = text(40);
export const Code = text(524_288);
const GivenSettings = Type.Array(
  Type.Object(
    {
      name: text(100),
      label: Type.Optional(text(200)),
      type: Type.Optional(text(20)),
      description: Type.Optional(text(2_000)),
      required: Type.Optional(LooseBoolean),
      sensitive: Type.Optional(LooseBoolean),
    },
    strict,
  ),
  { maxItems: 100 },
);
const ignored = Type.Optional(Type.Unknown());
/** A client that sends back what it read. */
const echoed = {
  id: ignored,
  workspace_id: ignored,
  status: ignored,
  catalog_id: ignored,
  created_at: ignored,
  created_by: ignored,
  deployed_at: ignored,
  is_latest: ignored,
  is_latest_version: ignored,
  preview_webhook_url: ignored,
  batch_max_count: ignored,
};
const FIELDS = ['display_name', 'code', 'buildpack', 'settings', 'description', 'logo_url'] as const;
const given = {
  buildpack: Type.Optional(text(100)),
  settings: Type.Optional(GivenSettings),
  description: Type.Optional(text(2_000)),
  logo_url: Type.Optional(text(2_048)),
  logo_uri: Type.Optional(text(2_048)),
};

const FunctionParams = Type.Object({ workspace: NamePart, function: NamePart });
const reads = { access: { scope: 'workspace:read', door: 'segment-config' } } as const;
const writes = { access: { scope: 'workspace', door: 'segment-config' } } as const;
const tags = ['Segment Config API'];

export interface FunctionRoutesParts {
  readonly functions: FunctionService;
  readonly names: Names;
}

export function functionRoutes(door: Http, { functions, names }: FunctionRoutesParts): void {
  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/functions',
    config: reads,
    schema: {
      operationId: 'segmentConfigFunctions.list',
      tags,
      summary: 'List the functions of a type, oldest first (Segment Config API)',
      params: WorkspaceParams,
      querystring: Type.Object({ ...ConfigPageQuery.properties, type: Kind }),
      response: {
        200: Type.Object({ functions: Type.Array(OneFunction), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { request: wanted, next } = readConfigKeyset(request.query);
      const page = await functions.pageWithCode(place.scope, kindOf(request.query.type), wanted);
      const ids = page.rows.map(({ id }) => id);
      return { functions: page.rows.map((row) => serialize(row, place)), next_page_token: next(page, ids) };
    },
  });

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/functions',
    config: writes,
    schema: {
      operationId: 'segmentConfigFunctions.create',
      tags,
      summary: 'Create a function; its type stands in the query or in the body (Segment Config API)',
      params: WorkspaceParams,
      querystring: Type.Object({ type: Type.Optional(Kind) }),
      body: Type.Object(
        {
          type: Type.Optional(Kind),
          function: Type.Object(
            { ...echoed, display_name: text(300), code: Code, type: Type.Optional(Kind), ...given },
            strict,
          ),
        },
        strict,
      ),
      response: { 200: OneFunction, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { function: made, type = made.type } = request.body;
      const kind = kindOf(request.query.type ?? type);
      const row = await functions.create(place.scope, {
        kind,
        name: nameIn(kind, made.display_name, place.displayName),
        code: made.code,
        description: made.description,
        logoUrl: made.logo_url ?? made.logo_uri,
        settings: definitionsOf(made.settings ?? []),
      });
      return serialize(row, place);
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/functions/:function',
    config: reads,
    schema: {
      operationId: 'segmentConfigFunctions.get',
      tags,
      summary: 'Get a function (Segment Config API)',
      params: FunctionParams,
      response: { 200: OneFunction, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      return serialize(await functions.get(place.scope, idOf(request)), place);
    },
  });

  door.route({
    method: 'PATCH',
    url: '/workspaces/:workspace/functions/:function',
    config: writes,
    schema: {
      operationId: 'segmentConfigFunctions.update',
      tags,
      summary: 'Change what the update mask names; other code becomes a new version (Segment Config API)',
      params: FunctionParams,
      body: Type.Object(
        {
          function: Type.Optional(
            Type.Object(
              {
                ...echoed,
                display_name: Type.Optional(text(300)),
                code: Type.Optional(Code),
                type: Type.Optional(Kind),
                ...given,
                update_mask: Type.Optional(UpdateMask),
              },
              strict,
            ),
          ),
          update_mask: Type.Optional(UpdateMask),
        },
        strict,
      ),
      response: { 200: OneFunction, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { function: changed = {}, update_mask = changed.update_mask } = request.body;
      const named = masked(update_mask, 'function', FIELDS);
      const before = await functions.get(place.scope, idOf(request));
      if (named.size === 0) return serialize(before, place);
      const { kind } = before;
      const row = await functions.update(place.scope, before.id, {
        ...(named.has('display_name') && { name: nameIn(kind, changed.display_name ?? '', place.displayName) }),
        ...(named.has('code') && { code: changed.code ?? '' }),
        ...(named.has('description') && { description: changed.description ?? '' }),
        ...(named.has('logo_url') && { logoUrl: changed.logo_url ?? changed.logo_uri ?? '' }),
        ...(named.has('settings') && { settings: definitionsOf(changed.settings ?? []) }),
      });
      return serialize(row, place);
    },
  });

  door.route({
    method: 'DELETE',
    url: '/workspaces/:workspace/functions/:function',
    config: writes,
    schema: {
      operationId: 'segmentConfigFunctions.delete',
      tags,
      summary: 'Delete a function (Segment Config API)',
      params: FunctionParams,
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      const { scope } = await names.workspace(request, request.params);
      await functions.remove(scope, idOf(request));
      return {};
    },
  });

  // One client deploys with GET.
  for (const method of ['POST', 'GET'] as const) {
    door.route({
      method,
      url: '/workspaces/:workspace/functions/:function/deploy',
      config: writes,
      schema: {
        operationId: `segmentConfigFunctions.deploy${method === 'GET' ? 'ByGet' : ''}`,
        tags,
        summary: 'Make the current code the deployed one (Segment Config API)',
        params: FunctionParams,
        response: { 200: Nothing, '4xx': ConfigError },
      },
      async handler(request) {
        const { scope } = await names.workspace(request, request.params);
        await functions.deploy(scope, idOf(request));
        return {};
      },
    });
  }

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/functions/:function/is-latest-version',
    config: reads,
    schema: {
      operationId: 'segmentConfigFunctions.isLatestVersion',
      tags,
      summary: 'Whether the current code is the deployed one (Segment Config API)',
      params: FunctionParams,
      response: { 200: Type.Object({ is_latest: Type.Boolean() }), '4xx': ConfigError },
    },
    async handler(request) {
      const { scope } = await names.workspace(request, request.params);
      return { is_latest: isLatest(await functions.get(scope, idOf(request))) };
    },
  });
}

function serialize(
  row: FunctionRow,
  { displayName: workspace }: Pick<Place, 'displayName'>,
): Static<typeof OneFunction> {
  return {
    id: functionId(row.kind, row.id),
    workspace_id: shortId(row.workspace_id),
    display_name: displayName(row, workspace),
    type: row.kind.toUpperCase(),
    description: row.description ?? '',
    logo_url: row.logo_url ?? '',
    buildpack: 'boreal',
    code: row.code,
    settings: row.settings.map((setting) => ({ ...setting, type: setting.type.toLowerCase().replace('_', '-') })),
    catalog_id: row.deployed_version_id === null ? '' : shortId(row.id),
    created_at: row.created_at.toISOString(),
    created_by: row.created_by === null ? '' : shortId(row.created_by),
    ...(row.deployed_at !== null && { deployed_at: row.deployed_at.toISOString() }),
    is_latest: isLatest(row),
  };
}

function isLatest(row: FunctionRow): boolean {
  return row.deployed_version_id === row.current_version_id;
}

const KINDS: readonly FunctionKind[] = [
  'source',
  'destination',
  'insert_source',
  'insert_destination',
  'insert_transformation',
];

export function kindOf(type: string | undefined): FunctionKind {
  const kind = KINDS.find((one) => one === type?.toLowerCase());
  if (!kind) throw invalidField('type', 'must be SOURCE or DESTINATION');
  return kind;
}

const TYPES = ['STRING', 'BOOLEAN', 'ARRAY', 'TEXT_MAP'] as const;

function definitionsOf(settings: Static<typeof GivenSettings>): SettingDefinition[] {
  return settings.map(({ name, label = name, type = 'string', description = '', required, sensitive }, n) => {
    const known = TYPES.find((one) => one === type.toUpperCase().replace('-', '_'));
    if (!known) throw invalidField(`function.settings.${n}.type`, 'must be string, boolean, array or text-map');
    return { name, label, description, type: known, required: truth(required), sensitive: truth(sensitive) };
  });
}

function idOf({ params }: { params: { function: string } }): string {
  return functionUuid(params.function);
}
