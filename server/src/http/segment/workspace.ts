/** GET /: the workspace of the token. */
import type { Access } from '../../access/service.ts';
import type { Handlers } from './protocol/door.ts';
import { shortId } from './protocol/ids.ts';

export function workspaceHandlers({ access }: { access: Access }): Handlers {
  return {
    async getWorkspace({ caller }) {
      const { workspace } = await access.workspaces.describe(caller);
      return { workspace: { id: shortId(workspace.id), slug: workspace.slug, name: workspace.name } };
    },
  };
}
