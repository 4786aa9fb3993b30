/** What one member may: the role on the whole workspace, and whatever else was given; without what groups give. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery, useApi } from '../../api/client.ts';
import type { Member } from '../../api/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineError, Skeleton } from '../../ui/state.tsx';
import { PermissionList, type SentPermission } from '../permissions/list.tsx';
import { MEMBERS } from './queries.ts';

export function MemberPermissions({ member, onClose }: { member: Member; onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const key = [...MEMBERS, member.id, 'permissions'];
  const query = useQuery({ queryKey: key, queryFn: () => api.client.members.permissions({ id: member.id }) });
  const put = async (permissions: SentPermission[]) => {
    const updated = await api.client.members.setPermissions({ id: member.id, permissions });
    queries.setQueryData(key, updated);
    void queries.invalidateQueries({ queryKey: MEMBERS });
    void queries.invalidateQueries({ queryKey: meQuery(api).queryKey });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Permissions of ${member.email}`}
      description="Without a role on the whole workspace a member is limited to what stands here and what groups give."
    >
      {query.isPending && <Skeleton className="h-24 w-full" />}
      <InlineError error={query.error} />
      {query.data && (
        <PermissionList
          label="Permissions of the member"
          empty="None: what groups give, and nothing else."
          permissions={query.data.items}
          onPut={put}
        />
      )}
    </Dialog>
  );
}
