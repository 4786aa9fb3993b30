/** One tracking plan: its rules, what really arrived beside them, the sources that follow. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { WholePlan } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { Rules } from './rules.tsx';
import { Schema } from './schema.tsx';
import { PlanSources } from './sources.tsx';

const route = getRouteApi('/shell/plans/$planId');

export function PlanDetail() {
  const { planId } = route.useParams();
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'plan', planId],
    queryFn: () => client.trackingPlans.get({ id: planId }),
  });
  const plan = query.data;
  return (
    <Page
      title={plan ? plan.name || 'Untitled' : <Skeleton className="h-7 w-48" />}
      documentTitle={plan?.name || 'Tracking plan'}
      description={plan?.description ?? undefined}
      back={
        <Link to="/plans" className="hover:text-ink hover:underline">
          ← Tracking plans
        </Link>
      }
      actions={plan && <DeletePlan plan={plan} />}
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-96 w-full" />}
      {plan && (
        <Tabs
          label="Parts of the plan"
          tabs={[
            { value: 'rules', label: 'Rules', content: <Rules key={plan.id} plan={plan} />, keep: true },
            { value: 'schema', label: 'What arrived', content: <Schema planId={plan.id} /> },
            { value: 'sources', label: 'Sources', content: <PlanSources planId={plan.id} /> },
          ]}
        />
      )}
    </Page>
  );
}

function DeletePlan({ plan }: { plan: WholePlan }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('workspace');
  const [open, setOpen] = useState(false);
  const remove = async () => {
    await client.trackingPlans.delete({ id: plan.id });
    toastDone('The plan is deleted.');
    void queries.invalidateQueries({ queryKey: [environment, 'plans'] });
    await navigate({ to: '/plans' });
  };
  if (!allowed) return null;
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete plan
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Delete this plan?"
        action="Delete plan"
        onConfirm={remove}
      >
        Its rules are lost, and the sources that follow it are checked against nothing. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
