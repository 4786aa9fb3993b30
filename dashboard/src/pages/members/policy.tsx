/** Whether the workspace requires a second factor of its members. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery, useApi } from '../../api/client.ts';
import type { Me } from '../../api/types.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SwitchField } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/state.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { POLICY, policyQuery } from './queries.ts';

export function SecondFactorPolicy({ me, without }: { me: Me; without: number | null }) {
  const api = useApi();
  const queries = useQueryClient();
  const query = useQuery(policyQuery(api));
  const [asking, setAsking] = useState(false);
  const set = useMutation({
    mutationFn: (required: boolean) => api.client.secondFactor.setPolicy({ required }),
    onSuccess: async ({ required }) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: POLICY }),
        queries.invalidateQueries({ queryKey: meQuery(api).queryKey }),
      ]);
      toastDone(required ? 'A second factor is required now.' : 'A second factor is up to each member now.');
    },
  });
  const owner = me.role === 'owner';
  const has = me.second_factor?.used === true;
  const required = query.data?.required === true;
  return (
    <Panel title="Second factor">
      {query.isPending && <SkeletonRows rows={1} />}
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <SwitchField
          label="Required of all members"
          checked={required}
          disabled={!owner || set.isPending || (!has && !required)}
          onChange={(next) => (next ? setAsking(true) : set.mutate(false, { onError: toastError }))}
          hint={
            owner && !has && !required ? (
              <>
                Set up one of your own{' '}
                <Link to="/account" className="font-medium text-accent-strong hover:underline">
                  in your account
                </Link>{' '}
                first.
              </>
            ) : (
              `Who signed in without one can only set one up. API keys are not concerned.${owner ? '' : ' Owners decide this.'}`
            )
          }
        />
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Require a second factor?"
        action="Require it"
        onConfirm={() => set.mutateAsync(true)}
      >
        {without === null || without === 0
          ? 'Everybody who signed in without one has to set one up.'
          : `${without === 1 ? 'One member has' : `${without} members have`} none yet. From now on they can only set one up, also where they are signed in already.`}
      </ConfirmDialog>
    </Panel>
  );
}
