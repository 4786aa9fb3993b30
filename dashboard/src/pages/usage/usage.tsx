/** Every request of every caller of the workspace, let in or refused, newest first. */
import { getRouteApi } from '@tanstack/react-router';
import { ChartNoAxesColumn, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { UsageEntry } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { EmptyState, ErrorState, InlineError, SkeletonRows } from '../../ui/state.tsx';
import { UsageFilters } from './filters.tsx';
import { useUsage } from './queries.ts';
import { Entries, Entry } from './table.tsx';

const route = getRouteApi('/shell/settings/usage');

export function Usage() {
  const api = useApi();
  const allowed = useCan('usage:read');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [shown, setShown] = useState<UsageEntry | null>(null);
  const query = useUsage(api, search, allowed);
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Usage"
      documentTitle="Usage"
      description="Every request with a credential of this workspace, also refused ones. It is here a second after its answer."
      actions={
        allowed && (
          <Button
            icon={<RotateCw aria-hidden />}
            busy={query.isRefetching && !query.isFetchingNextPage}
            onClick={() => void query.refetch()}
          >
            Refresh
          </Button>
        )
      }
    >
      {allowed ? (
        <>
          <UsageFilters
            search={search}
            onChange={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
            routes={[...new Set(entries.map((entry) => `${entry.method} ${entry.route}`))].sort()}
          />
          <Panel flush>
            {query.isPending && <SkeletonRows rows={8} />}
            {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
            {query.data && entries.length === 0 && (
              <EmptyState icon={<ChartNoAxesColumn />} title="Nothing found">
                {query.hasNextPage ? 'No request of the latest fits the filter.' : 'No request of this time fits.'}
              </EmptyState>
            )}
            {entries.length > 0 && <Entries entries={entries} onOpen={setShown} />}
            {query.hasNextPage && (
              <div className="flex flex-wrap items-center justify-center gap-3 border-t p-3 text-muted">
                {query.isFetchNextPageError && <InlineError error={query.error} />}
                <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {entries.length === 0 ? 'Look further back' : 'Show more'}
                </Button>
              </div>
            )}
          </Panel>
        </>
      ) : (
        <Panel>
          <EmptyState icon={<ChartNoAxesColumn />} title="Your role cannot read the usage log">
            Owners and admins of the workspace can.
          </EmptyState>
        </Panel>
      )}
      <SidePanel
        open={shown !== null}
        onClose={() => setShown(null)}
        label="Request"
        title={shown ? <code className="font-mono text-sm">{`${shown.method} ${shown.route}`}</code> : ''}
      >
        {shown && <Entry entry={shown} />}
      </SidePanel>
    </Page>
  );
}
