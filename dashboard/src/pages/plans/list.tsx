/** Tracking plans: which events are expected, and what they have to look like. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ClipboardCheck, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { Plan } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState, InlineError } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';

export function Plans() {
  const { client, environment } = useApi();
  const query = useInfiniteQuery(
    listQuery<Plan>([environment, 'plans'], (cursor) => client.trackingPlans.list({ cursor, limit: 50 })),
  );
  return (
    <Page
      title="Tracking plans"
      documentTitle="Tracking plans"
      description="What a source is expected to send. Its schema settings say what becomes of events that differ: pass, trimmed or blocked."
      actions={query.data?.total ? <CreatePlan /> : undefined}
    >
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState icon={<ClipboardCheck />} title="No plan yet" action={<CreatePlan />}>
              Write down the events that matter and their properties, let sources follow the plan, and see what really
              arrives beside it.
            </EmptyState>
          }
        >
          {(plans) => (
            <Table label="Tracking plans">
              <thead className="max-sm:head-hidden">
                <tr>
                  <Th>Name</Th>
                  <Th className="max-sm:hidden">Description</Th>
                  <Th className="text-right">Changed</Th>
                </tr>
              </thead>
              <tbody>
                {plans.map((plan) => (
                  <Tr key={plan.id}>
                    <Td className="w-2/5 break-words">
                      <Link to="/plans/$planId" params={{ planId: plan.id }} className={STRETCH}>
                        {plan.name || 'Untitled'}
                      </Link>
                    </Td>
                    <Td className="break-words text-muted max-sm:hidden">{plan.description}</Td>
                    <Td className="text-right text-muted">
                      <Time value={plan.updated_at} />
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </Listing>
      </Panel>
    </Page>
  );
}

function CreatePlan() {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('workspace');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useMutation({
    mutationFn: () =>
      client.trackingPlans.create({ name: name.trim(), ...(description.trim() !== '' && { description }) }),
    onSuccess: (plan) => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: [environment, 'plans'] });
      void navigate({ to: '/plans/$planId', params: { planId: plan.id } });
    },
  });
  const change = (next: boolean) => {
    setOpen(next);
    create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (!allowed) return null;
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => change(true)}>
        Create plan
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Create a tracking plan"
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button
              type="submit"
              form="create-plan"
              variant="primary"
              busy={create.isPending}
              disabled={name.trim() === ''}
            >
              Create plan
            </Button>
          </>
        }
      >
        <form id="create-plan" onSubmit={submit} className="flex flex-col gap-4">
          <TextField label="Name" required maxLength={200} value={name} onChange={setName} placeholder="Shop" />
          <TextField label="Description" maxLength={1_000} value={description} onChange={setDescription} />
          <InlineError error={create.error} />
        </form>
      </Dialog>
    </>
  );
}
