/** One group: its name, who is in it, what it may. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { Group } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { PermissionList, type SentPermission } from '../permissions/list.tsx';
import { GroupMembers } from './members.tsx';
import { GROUPS, groupQuery } from './queries.ts';

const route = getRouteApi('/shell/settings/groups/$groupId');

export function GroupDetail() {
  const { groupId } = route.useParams();
  const api = useApi();
  const query = useQuery(groupQuery(api, groupId));
  const group = query.data;
  const mayManage = useCan('members:manage');
  return (
    <Page
      title={group?.name ?? <Skeleton className="h-7 w-48" />}
      documentTitle={group?.name ?? 'Group'}
      back={
        <Link to="/settings/groups" className="hover:text-ink hover:underline">
          ← Groups
        </Link>
      }
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {group && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <Permissions group={group} mayManage={mayManage} />
            <GroupMembers groupId={group.id} mayManage={mayManage} />
          </div>
          {mayManage && <Settings key={group.id} group={group} />}
        </div>
      )}
    </Page>
  );
}

function Permissions({ group, mayManage }: { group: Group; mayManage: boolean }) {
  const api = useApi();
  const queries = useQueryClient();
  const put = async (permissions: SentPermission[]) => {
    const updated = await api.client.groups.setPermissions({ id: group.id, permissions });
    queries.setQueryData(groupQuery(api, group.id).queryKey, updated);
    void queries.invalidateQueries({ queryKey: GROUPS });
  };
  return (
    <Panel title="Permissions">
      <PermissionList
        label="Permissions of the group"
        empty="None: it gives its members nothing yet."
        permissions={group.permissions}
        onPut={mayManage ? put : null}
      />
    </Panel>
  );
}

function Settings({ group }: { group: Group }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(group.name);
  const [deleting, setDeleting] = useState(false);
  const rename = useMutation({
    mutationFn: () => api.client.groups.update({ id: group.id, name: name.trim() }),
    onSuccess: (updated) => {
      queries.setQueryData(groupQuery(api, group.id).queryKey, updated);
      void queries.invalidateQueries({ queryKey: GROUPS });
      toastDone('Saved.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  const remove = async () => {
    await api.client.groups.delete({ id: group.id });
    toastDone(`${group.name} is deleted.`);
    void queries.invalidateQueries({ queryKey: GROUPS });
    await navigate({ to: '/settings/groups' });
  };
  return (
    <Panel title="Settings">
      <div className="flex flex-col gap-4">
        <form onSubmit={submit} className="flex items-end gap-2">
          <TextField label="Name" className="flex-1" required maxLength={200} value={name} onChange={setName} />
          <Button type="submit" busy={rename.isPending} disabled={name.trim() === '' || name.trim() === group.name}>
            Save
          </Button>
        </form>
        <InlineError error={rename.error} />
        <div className="border-t pt-4">
          <Button variant="danger" onClick={() => setDeleting(true)}>
            Delete group
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${group.name}?`}
        action="Delete group"
        onConfirm={remove}
      >
        Its members stay in the workspace, without what the group gave them. This cannot be undone.
      </ConfirmDialog>
    </Panel>
  );
}
