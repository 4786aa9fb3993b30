/** What the owners of the workspace should know of, and who has taken note. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { BellRing, Check, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { Alert } from '../../api/types.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { toastError } from '../../ui/toast.tsx';
import { AlertsFrame, EnvironmentName, KeyLink } from './frame.tsx';

const route = getRouteApi('/shell/alerts');

const SEVERITIES: Readonly<Record<Alert['severity'], { tone: Tone; icon: React.ReactNode }>> = {
  critical: { tone: 'bad', icon: <CircleAlert aria-hidden className="size-3.5 shrink-0" /> },
  warning: { tone: 'warn', icon: <TriangleAlert aria-hidden className="size-3.5 shrink-0" /> },
  info: { tone: 'neutral', icon: <Info aria-hidden className="size-3.5 shrink-0" /> },
};

/** By the kind of alert: where it goes on. */
const MORE: Readonly<Record<string, { to: '/alerts/leaks' | '/alerts/approvals'; label: string }>> = {
  key_leaked: { to: '/alerts/leaks', label: 'What it could do and did' },
  approval_requested: { to: '/alerts/approvals', label: 'Decide' },
};

export function Alerts() {
  const { client, environment } = useApi();
  const allowed = useCan('alerts:read');
  const { state = 'open' } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery({
    ...listQuery<Alert>([environment, 'alerts', state], (cursor) =>
      client.alerts.list({ cursor, limit: 50, ...(state !== 'all' && { state }) }),
    ),
    enabled: allowed,
    refetchInterval: 30_000,
  });
  return (
    <AlertsFrame
      title="Alerts"
      description="What keys did that they never did before, keys that leaked, traps that were touched. Every owner also gets a mail."
    >
      <Segmented
        label="Which alerts"
        className="self-start"
        value={state}
        onChange={(next) => void navigate({ search: { state: next === 'open' ? undefined : next } })}
        options={[
          { value: 'open', label: 'Open' },
          { value: 'acknowledged', label: 'Acknowledged' },
          { value: 'all', label: 'All' },
        ]}
      />
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState icon={<BellRing />} title={state === 'open' ? 'No open alert' : 'No alert'}>
              An alert appears when a key leaks, comes from a new network, reads or sends far more than ever, or when
              somebody uses a key that was planted as a trap.
            </EmptyState>
          }
        >
          {(alerts) => (
            <ul aria-label="Alerts" className="divide-y">
              {alerts.map((alert) => (
                <Row key={alert.id} alert={alert} />
              ))}
            </ul>
          )}
        </Listing>
      </Panel>
    </AlertsFrame>
  );
}

function Row({ alert }: { alert: Alert }) {
  const { tone, icon } = SEVERITIES[alert.severity];
  const more = MORE[alert.kind];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <div className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-muted">
          <Badge tone={tone} icon={icon}>
            {alert.severity}
          </Badge>
          <Time value={alert.created_at} />
          {alert.environment && (
            <>
              <span aria-hidden>·</span>
              <EnvironmentName environment={alert.environment} />
            </>
          )}
        </div>
        <h2 className="text-pretty break-words font-medium">{alert.title}</h2>
        {alert.key && (
          <p className="mt-0.5 break-words text-[13px]">
            <span className="text-muted">Key </span>
            <KeyLink named={alert.key} />
            {more && (
              <>
                <span aria-hidden> · </span>
                <Link
                  to={more.to}
                  className="underline decoration-line-strong underline-offset-2 hover:text-accent-strong"
                >
                  {more.label}
                </Link>
              </>
            )}
          </p>
        )}
        {alert.text && (
          <details className="mt-1">
            <summary className="w-fit cursor-pointer rounded text-[13px] text-muted hover:text-ink">Details</summary>
            <p className="mt-1.5 whitespace-pre-wrap break-words rounded-md bg-sunken p-3 text-[13px]">{alert.text}</p>
          </details>
        )}
      </div>
      {alert.state === 'open' ? (
        <Acknowledge alert={alert} />
      ) : (
        <span className="text-[13px] text-muted">
          Acknowledged <Time value={alert.acknowledged_at} />
          {alert.acknowledged_by && (
            <>
              <br />
              by {alert.acknowledged_by}
            </>
          )}
        </span>
      )}
    </li>
  );
}

function Acknowledge({ alert }: { alert: Alert }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('alerts:manage');
  const acknowledge = useMutation({
    mutationFn: () => client.alerts.acknowledge({ id: alert.id }),
    onSuccess: async () => {
      // The row and its button go away; the reading goes on at the page.
      document.getElementById('main')?.focus({ preventScroll: true });
      await queries.invalidateQueries({ queryKey: [environment, 'alerts'] });
    },
    onError: toastError,
  });
  if (!allowed) return null;
  return (
    <Button
      size="sm"
      icon={<Check aria-hidden />}
      busy={acknowledge.isPending}
      onClick={() => acknowledge.mutate()}
      aria-label={`Acknowledge: ${alert.title}`}
    >
      Acknowledge
    </Button>
  );
}
