/** What a group or a member may: a role on the whole workspace or on one thing each. The list is set as a whole. */
import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { Permission } from '../../api/types.ts';
import { IconButton } from '../../ui/button.tsx';
import { toastError } from '../../ui/toast.tsx';
import { AddPermission } from './add.tsx';
import { useResourceNames } from './resources.ts';

export type SentPermission = Omit<Permission, 'role_name' | 'labels'> & { labels?: Permission['labels'] };

interface PermissionListProps {
  label: string;
  /** What is said when there is none. */
  empty: string;
  permissions: readonly Permission[];
  /** null: who looks at it may change nothing. */
  onPut: ((permissions: SentPermission[]) => Promise<unknown>) | null;
}

export function PermissionList({ label, empty, permissions, onPut }: PermissionListProps) {
  const nameOf = useResourceNames();
  const put = useMutation({ mutationFn: async (next: Permission[]) => onPut?.(next.map(asSent)) });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {permissions.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <ul aria-label={label} className="divide-y">
          {permissions.map((permission, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a permission has no id, and the list comes whole each time.
            <li key={index} className="flex min-h-10 min-w-0 items-center gap-2">
              <span className="min-w-0 flex-1 break-words">
                <span className="font-medium">{permission.role_name}</span>{' '}
                <span className="text-muted">{placesOf(permission, nameOf)}</span>
              </span>
              {onPut && (
                <IconButton
                  label={`Take ${permission.role_name} away`}
                  onClick={() =>
                    !put.isPending &&
                    put.mutate(
                      permissions.filter((_, n) => n !== index),
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
      {onPut && (
        <AddPermission onAdd={(permission) => put.mutateAsync([...permissions, permission])} busy={put.isPending} />
      )}
    </div>
  );
}

/** `on the source Web shop with region: north` */
function placesOf({ resources, labels }: Permission, nameOf: (type: string, id: string) => string): string {
  const words = (list: Permission['labels']) => list.map(({ key, value }) => `${key}: ${value}`).join(', ');
  const places = resources.map((one) => {
    const place = one.type === 'WORKSPACE' ? 'everything' : `the ${one.type.toLowerCase()} ${nameOf(one.type, one.id)}`;
    return one.labels.length > 0 ? `${place} with ${words(one.labels)}` : place;
  });
  const narrowed = labels.length > 0 ? ` with ${words(labels)}` : '';
  return `on ${places.join(' and ') || 'what there is'}${narrowed}`;
}

function asSent({ role_id, resources, labels }: Permission): SentPermission {
  return { role_id, resources, ...(labels.length > 0 && { labels }) };
}
