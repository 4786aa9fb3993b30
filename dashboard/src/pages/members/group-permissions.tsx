/** What the members of a group may: a role on the whole workspace or on one thing each. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import type { Group, Permission } from '../../api/types.ts';
import { IconButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastError } from '../../ui/toast.tsx';
import { AddPermission } from './add-permission.tsx';
import { GROUPS, groupQuery } from './queries.ts';
import { useResourceNames } from './resources.ts';

interface GroupPermissionsProps {
  group: Group;
  mayManage: boolean;
}

export function GroupPermissions({ group, mayManage }: GroupPermissionsProps) {
  const api = useApi();
  const queries = useQueryClient();
  const nameOf = useResourceNames();
  const put = useMutation({
    mutationFn: (permissions: Permission[]) =>
      api.client.groups.setPermissions({ id: group.id, permissions: permissions.map(asSent) }),
    onSuccess: (updated) => {
      queries.setQueryData(groupQuery(api, group.id).queryKey, updated);
      void queries.invalidateQueries({ queryKey: GROUPS });
    },
  });
  return (
    <Panel title="Permissions">
      <div className="flex min-w-0 flex-col gap-3">
        {group.permissions.length === 0 ? (
          <p className="text-muted">None: it gives its members nothing yet.</p>
        ) : (
          <ul aria-label="Permissions of the group" className="divide-y">
            {group.permissions.map((permission, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a permission has no id, and the list comes whole each time.
              <li key={index} className="flex min-h-10 min-w-0 items-center gap-2">
                <span className="min-w-0 flex-1 break-words">
                  <span className="font-medium">{permission.role_name}</span>{' '}
                  <span className="text-muted">{placesOf(permission, nameOf)}</span>
                </span>
                {mayManage && (
                  <IconButton
                    label={`Take ${permission.role_name} away`}
                    onClick={() =>
                      !put.isPending &&
                      put.mutate(
                        group.permissions.filter((_, n) => n !== index),
                        { onError: toastError },
                      )
                    }
                  >
                    <X aria-hidden />
                  </IconButton>
                )}
              </li>
            ))}
          </ul>
        )}
        {mayManage && (
          <AddPermission
            onAdd={(permission) => put.mutateAsync([...group.permissions, permission])}
            busy={put.isPending}
          />
        )}
      </div>
    </Panel>
  );
}

/** `on the source Web shop, with region: north` */
function placesOf({ resources, labels }: Permission, nameOf: (type: string, id: string) => string): string {
  const words = (list: Permission['labels']) => list.map(({ key, value }) => `${key}: ${value}`).join(', ');
  const places = resources.map((one) => {
    const place = one.type === 'WORKSPACE' ? 'everything' : `the ${one.type.toLowerCase()} ${nameOf(one.type, one.id)}`;
    return one.labels.length > 0 ? `${place} with ${words(one.labels)}` : place;
  });
  const narrowed = labels.length > 0 ? ` with ${words(labels)}` : '';
  return `on ${places.join(' and ') || 'what there is'}${narrowed}`;
}

function asSent({ role_id, resources, labels }: Permission) {
  return { role_id, resources, ...(labels.length > 0 && { labels }) };
}
