/** GET /workspaces and /workspaces/{slug} (contract segment-config-api §11). */
import { type Static, Type } from 'typebox';
import type { Access } from '../../access/service.ts';
import { notFound } from '../../errors.ts';
import { type Http, principalOf } from '../route.ts';
import { shortId } from '../segment/protocol/ids.ts';
import { ConfigError, ConfigPageQuery } from './conventions.ts';

const Workspace = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>`' }),
  display_name: Type.String(),
  id: Type.String(),
  create_time: Type.String(),
});

const tags = ['Segment Config API'];

export function workspaceRoutes(door: Http, { access }: { access: Access }): void {
  const of = async (
    request: Parameters<typeof principalOf>[0],
  ): Promise<Static<typeof Workspace> & { slug: string }> => {
    const { workspace } = await access.workspaces.describe(principalOf(request));
    return {
      name: workspaceName(workspace.slug),
      display_name: workspace.name,
      id: shortId(workspace.id),
      create_time: workspace.created_at.toISOString(),
      slug: workspace.slug,
    };
  };

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
    handler: async (request) => ({ workspaces: [await of(request)], next_page_token: '' }),
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigWorkspaces.get',
      tags,
      summary: 'Get the workspace by its slug or id (Segment Config API)',
      params: Type.Object({ workspace: Type.String({ maxLength: 100 }) }),
      response: { 200: Workspace, '4xx': ConfigError },
    },
    async handler(request) {
      const workspace = await of(request);
      const asked = request.params.workspace;
      if (asked !== workspace.slug && asked !== workspace.id) throw notFound('workspace');
      return workspace;
    },
  });
}

export function workspaceName(slug: string): string {
  return `workspaces/${slug}`;
}
