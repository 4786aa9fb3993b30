/** What a key uses of what it has, and one click to a narrower twin. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi, useCan } from '../../api/client.ts';
import type { ApiKey, LeastPrivilegeReport } from '../../api/types.ts';
import { count, plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { ShownOnce } from './shown-once.tsx';

const DAYS = 30;

export function LeastPrivilege({ apiKey }: { apiKey: ApiKey }) {
  const { client, environment } = useApi();
  const allowed = useCan('usage:read');
  const query = useQuery({
    queryKey: [environment, 'api-key', apiKey.id, 'least-privilege'],
    queryFn: () => client.usage.leastPrivilege({ id: apiKey.id, days: DAYS }),
    enabled: allowed,
  });
  if (!allowed) return <p className="text-muted">Your role cannot read the usage log.</p>;
  if (query.isPending) return <Skeleton className="h-48 w-full" />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <Report apiKey={apiKey} report={query.data} />;
}

function Report({ apiKey, report }: { apiKey: ApiKey; report: LeastPrivilegeReport }) {
  const narrower = report.unused.length > 0 || (apiKey.allowed_ips.length === 0 && report.suggested.allowed_ips);
  return (
    <div className="flex flex-col gap-5">
      <p className="text-muted">
        In the last {report.days} days it used {plural(report.used.length, 'scope')} of {report.granted.length}.
      </p>
      <Block title="Used">
        {report.used.length === 0 ? (
          <span className="text-muted">nothing</span>
        ) : (
          report.used.map(({ scope, requests }) => (
            <Badge key={scope} tone="ok">
              {scope} × {count(requests)}
            </Badge>
          ))
        )}
      </Block>
      {report.unused.length > 0 && (
        <Block title="Never used">
          {report.unused.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </Block>
      )}
      <Block title="Networks">
        {report.networks.length === 0 ? (
          <span className="text-muted">none</span>
        ) : (
          report.networks.map(({ network, requests }) => (
            <Badge key={network}>
              {network} × {count(requests)}
            </Badge>
          ))
        )}
      </Block>
      {apiKey.shadow_scopes && <Shadow report={report} />}
      {narrower && report.used.length > 0 && apiKey.state === 'active' && <Twin apiKey={apiKey} report={report} />}
    </div>
  );
}

function Block({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 font-medium">{title}</h3>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </section>
  );
}

/** What the narrower scopes on trial would have refused. */
function Shadow({ report: { shadow } }: { report: LeastPrivilegeReport }) {
  return (
    <section className="rounded-md border p-3">
      <h3 className="font-medium">Scopes on trial</h3>
      {shadow.refused === 0 ? (
        <p className="text-ok">They would have refused nothing so far.</p>
      ) : (
        <>
          <p className="text-bad">
            They would have refused {plural(shadow.refused, 'request')}, last <Time value={shadow.last_at} />.
          </p>
          <ul className="mt-2 flex flex-col gap-1">
            {shadow.routes.map(({ route, requests }) => (
              <li key={route}>
                <code className="break-all font-mono text-[13px]">{route}</code> × {count(requests)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Twin({ apiKey, report }: { apiKey: ApiKey; report: LeastPrivilegeReport }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const { scopes, allowed_ips, may_send } = report.suggested;
  const twin = useMutation({
    mutationFn: () =>
      client.apiKeys.twin({
        id: apiKey.id,
        scopes,
        may_send: may_send && apiKey.may_send,
        ...(allowed_ips && apiKey.allowed_ips.length === 0 && { allowed_ips }),
      }),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: [environment, 'api-keys'] }),
  });
  return (
    <section className="rounded-md border border-accent bg-accent-soft p-3">
      <h3 className="font-medium">A narrower twin</h3>
      <p className="mt-1">
        A second key with {plural(scopes.length, 'scope')}
        {allowed_ips && apiKey.allowed_ips.length === 0 && `, only from ${allowed_ips.join(', ')}`}. Put it in the place
        of this one, then revoke this one.
      </p>
      <InlineError error={twin.error} />
      <Button className="mt-3" variant="primary" busy={twin.isPending} onClick={() => twin.mutate()}>
        Make the narrower twin
      </Button>
      <ShownOnce text={twin.data?.key ?? null} onClose={() => twin.reset()} title="Store the twin now" />
    </section>
  );
}
