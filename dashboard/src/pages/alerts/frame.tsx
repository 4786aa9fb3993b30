/** What the pages about alerts, leaks and approvals share: the way between them, and how a key is named. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BellRing } from 'lucide-react';
import type { ReactNode } from 'react';
import { openAlertsQuery, pendingApprovalsQuery } from '../../api/alerts.ts';
import { useApi, useCan } from '../../api/client.ts';
import { allKeysQuery } from '../../api/keys.ts';
import { count } from '../../lib/time.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';

interface FrameProps {
  title: string;
  description: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function AlertsFrame({ title, description, actions, children }: FrameProps) {
  const api = useApi();
  const allowed = useCan('alerts:read');
  const open = useQuery({ ...openAlertsQuery(api), enabled: allowed });
  const pending = useQuery({ ...pendingApprovalsQuery(api), enabled: allowed });
  return (
    <Page title={title} documentTitle={title} description={description} actions={allowed && actions}>
      <nav aria-label="Alerts" className="flex gap-4 overflow-x-auto border-b">
        <Tab to="/alerts" label="Alerts" waiting={open.data} />
        <Tab to="/alerts/leaks" label="Leaked keys" />
        <Tab to="/alerts/approvals" label="Approvals" waiting={pending.data} />
      </nav>
      {allowed ? (
        children
      ) : (
        <Panel>
          <EmptyState icon={<BellRing />} title="Your role cannot read alerts">
            Owners and admins of the workspace can.
          </EmptyState>
        </Panel>
      )}
    </Page>
  );
}

interface TabProps {
  to: '/alerts' | '/alerts/leaks' | '/alerts/approvals';
  label: string;
  waiting?: number | undefined;
}

function Tab({ to, label, waiting }: TabProps) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: true, includeSearch: false }}
      className="inline-flex h-9 shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 text-muted focus-visible:-outline-offset-2 hover:text-ink max-sm:h-11"
      inactiveProps={{ className: 'border-transparent' }}
      activeProps={{ className: 'border-accent font-medium text-ink!' }}
    >
      {label}
      {waiting !== undefined && waiting > 0 && (
        <span className="rounded-full bg-bad-soft px-1.5 font-medium text-bad text-xs tabular-nums">
          {count(waiting)}
        </span>
      )}
    </Link>
  );
}

interface NamedKey {
  number: number;
  public_id: string;
  name: string;
}

/** Leads to the key's page, for those who may open it. */
export function KeyLink({ named }: { named: NamedKey }) {
  const allowed = useCan('api-keys:manage');
  const keys = useQuery({ ...allKeysQuery(useApi()), enabled: allowed });
  const found = keys.data?.find((key) => key.number === named.number);
  const text = (
    <>
      {named.name} <code className="font-mono text-muted text-xs">{named.public_id}</code>
    </>
  );
  if (!found) return <span>{text}</span>;
  return (
    <Link
      to="/settings/api-keys/$keyId"
      params={{ keyId: found.id }}
      className="underline decoration-line-strong underline-offset-2 hover:text-accent-strong"
    >
      {text}
    </Link>
  );
}

export function EnvironmentName({ environment }: { environment: string }) {
  return <span className={environment === 'test' ? 'text-warn' : 'text-muted'}>{environment}</span>;
}
