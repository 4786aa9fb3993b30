/** GET /workspaces and /workspaces/{slug} (contract segment-config-api §11). */
import { type Static, Type } from 'typebox';
import type { Http } from '../route.ts';
import { shortId } from '../segment/protocol/ids.ts';
import { ConfigError, ConfigPageQuery } from './protocol/conventions.ts';
import { type Names, type Place, WorkspaceParams } from './protocol/names.ts';

const Workspace = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>`' }),
  display_name: Type.String(),
  id: Type.String(),
  create_time: Type.String(),
});

const tags = ['Segment Config API'];

export function workspaceRoutes(door: Http, { names }: { names: Names }): void {
  door.route({
    method: 'GET',
    url: '/workspaces',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigWorkspaces.list',
      tags,
      summary: 'List the workspaces of the token: one (Segment Config API)',
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ workspaces: Type.Array(Workspace), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    handler: async (request) => ({ workspaces: [serialize(await names.placeOf(request))], next_page_token: '' }),
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigWorkspaces.get',
      tags,
      summary: 'Get the workspace by its slug or id (Segment Config API)',
      params: WorkspaceParams,
      response: { 200: Workspace, '4xx': ConfigError },
    },
    handler: async (request) => serialize(await names.workspace(request, request.params)),
  });
}

function serialize({ name, displayName, scope, createdAt }: Place): Static<typeof Workspace> {
  return {
    name,
    display_name: displayName,
    id: shortId(scope.workspaceId),
    create_time: createdAt.toISOString(),
  };
}
