/** A member's sessions, for owners and admins. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/client.ts';
import type { Member, Session } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '../../ui/state.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { SessionRows } from '../account/session-rows.tsx';

export function MemberSessions({ member, onClose }: { member: Member; onClose: () => void }) {
  const { client } = useApi();
  const query = useQuery({
    queryKey: ['member-sessions', member.id],
    queryFn: () => client.members.sessions({ id: member.id }),
    gcTime: 0,
  });
  const end = useMutation({
    mutationFn: (session: Session) => client.sessions.delete({ id: session.id }),
    onSuccess: () => query.refetch(),
    onError: toastError,
  });
  const endAll = useMutation({
    mutationFn: () => client.members.signOut({ id: member.id }),
    onSuccess: () => {
      onClose();
      toastDone(`${member.email} is signed out everywhere.`);
    },
    onError: toastError,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      wide
      title={`Sessions of ${member.name || member.email}`}
      description="A session is the person's: ending it signs them out of their other workspaces, too."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="danger"
            busy={endAll.isPending}
            disabled={!query.data?.items.length}
            onClick={() => endAll.mutate()}
          >
            Sign out everywhere
          </Button>
        </>
      }
    >
      <div className="-mx-5 border-y">
        {query.isPending && <SkeletonRows rows={2} />}
        {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.items.length === 0 && <p className="px-4 py-6 text-center text-muted">Signed in nowhere.</p>}
        {query.data && (
          <SessionRows
            sessions={query.data.items}
            ending={end.isPending ? end.variables.id : undefined}
            onEnd={end.mutate}
          />
        )}
      </div>
    </Dialog>
  );
}
