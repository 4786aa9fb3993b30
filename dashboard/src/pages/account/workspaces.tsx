/** The workspaces the person belongs to: opened, left. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Me } from '../../api/types.ts';
import { openWorkspace } from '../../app/workspace.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.tsx';

export function Workspaces({ me }: { me: Me }) {
  const { client } = useApi();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Me['workspaces'][number] | null>(null);
  const leave = async () => {
    if (!leaving || !me.user) return;
    await client.members.delete({ id: me.user.id }, { headers: { 'x-headgate-workspace': leaving.id } });
    if (leaving.id === me.workspace.id) return openWorkspace(undefined);
    await queries.invalidateQueries();
    toastDone(`You have left ${leaving.name}.`);
  };
  return (
    <Panel title="Workspaces" flush>
      <ul className="divide-y">
        {me.workspaces.map((workspace) => (
          <li key={workspace.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
            <p className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-2">
              <span className="min-w-0 break-words font-medium">{workspace.name}</span>
              <Badge>{workspace.role}</Badge>
              {workspace.id === me.workspace.id && <Badge tone="ok">this one</Badge>}
            </p>
            {workspace.id !== me.workspace.id && (
              <Button size="sm" aria-label={`Open ${workspace.name}`} onClick={() => openWorkspace(workspace.slug)}>
                Open
              </Button>
            )}
            <Button
              size="sm"
              variant="danger"
              aria-label={`Leave ${workspace.name}`}
              onClick={() => setLeaving(workspace)}
            >
              Leave
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title={`Leave ${leaving?.name ?? 'the workspace'}?`}
        action="Leave"
        onConfirm={leave}
      >
        You see nothing of it from then on. API keys you made go on working. To come back you need an invitation.
      </ConfirmDialog>
    </Panel>
  );
}
