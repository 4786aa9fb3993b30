/** Which sources follow a plan. A source follows one plan at most. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi, useCan } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import { sourcesQuery } from '../../api/sources.ts';
import { SwitchField } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { InlineError, Skeleton } from '../../ui/state.tsx';
import { toastError } from '../../ui/toast.tsx';

export function PlanSources({ planId }: { planId: string }) {
  const api = useApi();
  const { client, environment } = api;
  const queries = useQueryClient();
  const allowed = useCan('workspace');
  const key = [environment, 'plan', planId, 'sources'];
  const sources = useInfiniteQuery(sourcesQuery(api));
  const following = useInfiniteQuery(
    listQuery<{ id: string }>(key, (cursor) => client.trackingPlans.sources({ id: planId, cursor, limit: 100 })),
  );
  const ids = new Set((following.data?.items ?? []).map(({ id }) => id));
  const change = useMutation({
    mutationFn: ({ sourceId, on }: { sourceId: string; on: boolean }) =>
      on
        ? client.trackingPlans.connect({ id: planId, source_id: sourceId })
        : client.trackingPlans.disconnect({ id: planId, source_id: sourceId }),
    onSettled: () => queries.invalidateQueries({ queryKey: [environment, 'plan', planId] }),
    onError: toastError,
  });
  return (
    <Panel>
      {(sources.isPending || following.isPending) && <Skeleton className="h-5 w-40" />}
      <InlineError error={sources.error ?? following.error} />
      {sources.data?.total === 0 && <p className="text-muted">There is no source yet.</p>}
      <div className="flex flex-col gap-3">
        {following.data &&
          sources.data?.items.map((source) => (
            <SwitchField
              key={source.id}
              label={source.name}
              checked={
                change.isPending && change.variables.sourceId === source.id ? change.variables.on : ids.has(source.id)
              }
              disabled={!allowed}
              onChange={(on) => change.mutate({ sourceId: source.id, on })}
            />
          ))}
      </div>
    </Panel>
  );
}
