/** Where the person is signed in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/client.ts';
import type { Session } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/state.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { SESSIONS, sessionsQuery } from './queries.ts';
import { SessionRows } from './session-rows.tsx';

export function Sessions() {
  const api = useApi();
  const queries = useQueryClient();
  const query = useQuery(sessionsQuery(api));
  const changed = () => queries.invalidateQueries({ queryKey: SESSIONS });
  const end = useMutation({
    mutationFn: (session: Session) => api.client.sessions.delete({ id: session.id }),
    onSuccess: changed,
    onError: toastError,
  });
  const endOthers = useMutation({
    mutationFn: () => api.client.sessions.deleteOthers(),
    onSuccess: async () => {
      await changed();
      toastDone('You are signed out everywhere else.');
    },
    onError: toastError,
  });
  return (
    <Panel
      title="Sessions"
      flush
      actions={
        query.data &&
        query.data.items.length > 1 && (
          <Button size="sm" variant="danger" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {query.isPending && <SkeletonRows rows={2} />}
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <SessionRows
          sessions={query.data.items}
          ending={end.isPending ? end.variables.id : undefined}
          onEnd={end.mutate}
        />
      )}
    </Panel>
  );
}
