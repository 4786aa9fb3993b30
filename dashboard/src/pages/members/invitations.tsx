/** Invitations that wait, were accepted, or ran out. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { MailPlus } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import { Listing } from '../../api/list.tsx';
import type { Invitation } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Panel } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { INVITATIONS, invitationsQuery } from './queries.ts';

export function Invitations({ mayManage }: { mayManage: boolean }) {
  const api = useApi();
  const queries = useQueryClient();
  const query = useInfiniteQuery(invitationsQuery(api));
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const revoke = async () => {
    if (!revoking) return;
    await api.client.invitations.revoke({ id: revoking.id });
    await queries.invalidateQueries({ queryKey: INVITATIONS });
    toastDone(`The invitation of ${revoking.email} is revoked.`);
  };
  return (
    <Panel title="Invitations" flush>
      <Listing
        query={query}
        rows={2}
        empty={
          <EmptyState icon={<MailPlus />} title="Nobody is invited">
            An invitation is good once, for seven days, for one address.
          </EmptyState>
        }
      >
        {(invitations) => (
          <ul className="divide-y">
            {invitations.map((invitation) => (
              <li key={invitation.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
                <div className="min-w-0 flex-1 basis-48">
                  <p className="break-words font-medium">{invitation.email}</p>
                  <p className="text-[13px] text-muted">
                    {invitation.role} · invited <Time value={invitation.created_at} />
                  </p>
                </div>
                <State invitation={invitation} />
                {mayManage && !invitation.accepted_at && (
                  <Button
                    size="sm"
                    variant="danger"
                    aria-label={`Revoke the invitation of ${invitation.email}`}
                    onClick={() => setRevoking(invitation)}
                  >
                    Revoke
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Listing>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke the invitation of ${revoking?.email ?? ''}?`}
        action="Revoke"
        onConfirm={revoke}
      >
        Its link stops working at once.
      </ConfirmDialog>
    </Panel>
  );
}

function State({ invitation }: { invitation: Invitation }) {
  if (invitation.accepted_at) return <Badge tone="ok">accepted</Badge>;
  if (new Date(invitation.expires_at) <= new Date()) return <Badge>expired</Badge>;
  return (
    <span className="text-[13px] text-muted">
      ends <Time value={invitation.expires_at} />
    </span>
  );
}
