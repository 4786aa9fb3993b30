/** The signed-in person's own: password, second factor, passkeys, sessions, workspaces. */
import { useQuery } from '@tanstack/react-query';
import { meQuery, useApi } from '../../api/client.ts';
import { DescriptionList, Page, Panel } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/state.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';
import { Workspaces } from './workspaces.tsx';

export function Account() {
  const me = useQuery(meQuery(useApi()));
  return (
    <Page title="Your account" documentTitle="Your account" description="It is yours in every workspace.">
      <div className="flex max-w-3xl flex-col gap-4">
        {me.isPending && (
          <Panel flush>
            <SkeletonRows rows={4} />
          </Panel>
        )}
        {me.isError && !me.data && <ErrorState error={me.error} onRetry={() => void me.refetch()} />}
        {me.data?.user && (
          <>
            <Panel>
              <DescriptionList
                items={[
                  ['Name', me.data.user.name || '–'],
                  ['Email', me.data.user.email],
                ]}
              />
            </Panel>
            <Password />
            {me.data.second_factor && <SecondFactor factors={me.data.second_factor} />}
            <Passkeys />
            <Sessions />
            <Workspaces me={me.data} />
          </>
        )}
      </div>
    </Page>
  );
}
