/** One API key: what it may, what it did, and what can be done with it. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { ApiKey } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { DescriptionList, Page, Panel } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { KeyActions } from './actions.tsx';
import { EditKey } from './edit.tsx';
import { EnvironmentBadge, KeyState, shownKey } from './key.tsx';
import { LeastPrivilege } from './least-privilege.tsx';
import { KeyUsage } from './usage.tsx';

const route = getRouteApi('/shell/settings/api-keys/$keyId');

export function KeyDetail() {
  const { keyId } = route.useParams();
  const { client, environment } = useApi();
  const allowed = useCan('api-keys:manage');
  const [editing, setEditing] = useState(false);
  const query = useQuery({
    queryKey: [environment, 'api-key', keyId],
    queryFn: () => client.apiKeys.get({ id: keyId }),
  });
  const key = query.data;
  const alive = key && key.state !== 'revoked' && key.state !== 'expired';
  return (
    <Page
      title={key?.name ?? <Skeleton className="h-7 w-48" />}
      documentTitle={key?.name ?? 'API key'}
      description={
        key && (
          <span className="flex flex-wrap items-center gap-1.5">
            <code className="mr-1 font-mono text-[13px]">{shownKey(key)}</code>
            <EnvironmentBadge apiKey={key} />
            <KeyState apiKey={key} />
          </span>
        )
      }
      back={
        <Link to="/settings/api-keys" className="hover:text-ink hover:underline">
          ← API Keys
        </Link>
      }
      actions={alive && allowed && <KeyActions apiKey={key} onEdit={() => setEditing(true)} />}
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {key && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <Panel>
            <Tabs
              label="What the key does"
              tabs={[
                { value: 'usage', label: 'Usage', content: <KeyUsage keyId={key.id} /> },
                { value: 'least', label: 'Least privilege', content: <LeastPrivilege apiKey={key} /> },
              ]}
            />
          </Panel>
          <Rights apiKey={key} />
        </div>
      )}
      {key && <EditKey key={key.id} apiKey={key} open={editing} onOpenChange={setEditing} />}
    </Page>
  );
}

function Rights({ apiKey: key }: { apiKey: ApiKey }) {
  const { client, environment } = useApi();
  // The lineage names keys by public id; the pages of its neighbours go by id.
  const siblings = useQuery({
    queryKey: [environment, 'api-keys', 'lineage', key.lineage],
    queryFn: () => client.apiKeys.list({ limit: 100 }),
    enabled: key.predecessor !== null || key.successor !== null,
    select: (page) => page.items.filter((item) => item.lineage === key.lineage && item.id !== key.id),
  });
  const items: (readonly [string, React.ReactNode])[] = [
    [
      'Scopes',
      key.full_access ? (
        <Badge key="scopes" tone="bad">
          full access
        </Badge>
      ) : (
        <span key="scopes" className="flex flex-wrap gap-1">
          {key.scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </span>
      ),
    ],
    ['May send', key.may_send ? 'yes' : key.agent ? 'never: an agent holds it' : 'no'],
    ['Networks', key.allowed_ips.length > 0 ? key.allowed_ips.join(', ') : 'any'],
    ['Expires', <Time key="expires" value={key.expires_at} />],
    ['Limit', key.rate_per_minute === null ? "the door's own" : `${key.rate_per_minute} requests a minute`],
    ...cap('Recipients a send', key.recipients_per_send),
    ...cap('Recipients a day', key.recipients_per_day),
    ...cap('Approval above', key.approval_above),
    ...(key.shadow_scopes ? ([['Shadow scopes', key.shadow_scopes.join(', ') || 'none']] as const) : []),
    ['Created', <Created key="created" apiKey={key} />],
    ['Last used', <Time key="used" value={key.last_used_at} />],
    ...(key.retires_at ? ([['Retires', <Time key="retires" value={key.retires_at} />]] as const) : []),
    ...(key.quarantine_reason ? ([['Quarantined', key.quarantine_reason]] as const) : []),
    ...(key.revoked_at ? ([['Revoked', <Revoked key="revoked" apiKey={key} />]] as const) : []),
    ...(siblings.data && siblings.data.length > 0
      ? ([['Same lineage', <Lineage key="lineage" keys={siblings.data} />]] as const)
      : []),
  ];
  return (
    <Panel title="Rights">
      {key.description && <p className="mb-3 text-pretty text-muted">{key.description}</p>}
      <DescriptionList items={items} />
    </Panel>
  );
}

function cap(label: string, value: number | null): readonly (readonly [string, string])[] {
  return value === null ? [] : [[label, String(value)]];
}

function Created({ apiKey }: { apiKey: ApiKey }) {
  return (
    <>
      <Time value={apiKey.created_at} /> {apiKey.created_by && `by ${apiKey.created_by}`}
    </>
  );
}

function Revoked({ apiKey }: { apiKey: ApiKey }) {
  return (
    <>
      <Time value={apiKey.revoked_at} /> {apiKey.revoke_reason && `(${apiKey.revoke_reason})`}
    </>
  );
}

function Lineage({ keys }: { keys: readonly ApiKey[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {keys.map((key) => (
        <li key={key.id} className="flex flex-wrap items-center gap-1.5">
          <Link
            to="/settings/api-keys/$keyId"
            params={{ keyId: key.id }}
            className="hover:text-accent-strong hover:underline"
          >
            {key.name} <code className="font-mono text-muted text-xs">{key.public_id}</code>
          </Link>
          <KeyState apiKey={key} />
        </li>
      ))}
    </ul>
  );
}
