/** /spaces: the one space that a caller's environment of a workspace is. */

import { type Principal, scopeOf } from '../../../access/principal.ts';
import type { Access } from '../../../access/service.ts';
import { checkSpace, spaceId } from '../../../audiences/spaces.ts';
import type { Scope } from '../../../db/tx.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageOf } from '../protocol/paging.ts';

export function spacesHandlers({ access }: { access: Access }): Handlers {
  async function describe(caller: Principal) {
    const { workspace } = await access.workspaces.describe(caller);
    const scope = scopeOf(caller);
    const test = scope.environment === 'test';
    return {
      id: shortId(spaceId(scope)),
      slug: test ? `${workspace.slug}-test` : workspace.slug,
      name: test ? `${workspace.name} (test)` : workspace.name,
    };
  }

  return {
    async listSpaces({ caller, query }) {
      const { items, pagination } = pageOf([await describe(caller)], ({ id }) => id, query['pagination']);
      return { spaces: items, pagination };
    },

    async getSpace(call) {
      spaceOf(call);
      return { space: await describe(call.caller) };
    },
  };
}

/** @returns the caller's scope. @throws AppError not_found when the path names another space. */
export function spaceOf({ caller, params }: Call): Scope {
  const scope = scopeOf(caller);
  checkSpace(scope, uuidOf(params['spaceId'] ?? ''));
  return scope;
}

/** Who made or changed something: `public-api-token/…` as the audit trail of the Public API has it (contract §1.2). */
export function authorText(author: string): string {
  const [kind, id = ''] = author.split(/:(.*)/s, 2);
  if (kind === 'user') return shortId(id);
  if (kind === 'key') return `public-api-token/${id}`;
  return kind === 'oauth' ? `oauth-client/${id}` : 'headgate';
}
