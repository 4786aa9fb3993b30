/** What the pages of groups ask for; groups are the same in both environments. */
import { queryOptions } from '@tanstack/react-query';
import type { Api } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import type { Group } from '../../api/types.ts';

export const GROUPS = ['groups'];

export function groupsQuery({ client }: Api) {
  return listQuery<Group>(GROUPS, (cursor) => client.groups.list({ cursor, limit: 50 }));
}

export function groupQuery({ client }: Api, id: string) {
  return queryOptions({ queryKey: [...GROUPS, id], queryFn: () => client.groups.get({ id }) });
}

export function groupMembersQuery({ client }: Api, id: string) {
  return listQuery<{ id: string; email: string; name: string }>([...GROUPS, id, 'members'], (cursor) =>
    client.groups.members({ id, cursor, limit: 100 }),
  );
}

export function groupInvitationsQuery({ client }: Api, id: string) {
  return listQuery<{ id: string; email: string }>([...GROUPS, id, 'invitations'], (cursor) =>
    client.groups.invitations({ id, cursor, limit: 100 }),
  );
}
