/** GET /: the workspace of the token. */
import type { Access } from '../../access/service.ts';
import type { Handlers } from './door.ts';
import { shortId } from './ids.ts';

export function workspaceHandlers({ access }: { access: Access }): Handlers {
  return {
    async getWorkspace({ caller }) {
      const { workspace } = await access.workspaces.describe(caller);
      return { workspace: { id: shortId(workspace.id), slug: workspace.slug, name: workspace.name } };
    },
  };
}
