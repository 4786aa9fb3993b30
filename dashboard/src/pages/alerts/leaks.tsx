/** Keys that were found in public: where, what they could do, what they did, and what was done about it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { ExternalLink, ShieldCheck } from 'lucide-react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { Leak } from '../../api/types.ts';
import { count, plural } from '../../lib/time.ts';
import { webAddress } from '../../lib/url.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { DescriptionList, Panel } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { AlertsFrame, EnvironmentName, KeyLink } from './frame.tsx';

/** Of the actions as the API names them. */
const ACTIONS: Readonly<Record<string, { tone: Tone; text: string }>> = {
  revoked: { tone: 'ok', text: 'revoked at once' },
  quarantined: { tone: 'warn', text: 'quarantined: it may only read' },
  none: { tone: 'neutral', text: 'it did not work any more' },
};

export function Leaks() {
  const { client, environment } = useApi();
  const allowed = useCan('alerts:read');
  const query = useInfiniteQuery({
    ...listQuery<Leak>([environment, 'leaks'], (cursor) => client.leaks.list({ cursor, limit: 20 })),
    enabled: allowed,
  });
  return (
    <AlertsFrame
      title="Leaked keys"
      description="Keys of this workspace that somebody found where anybody can read them."
    >
      <Listing
        query={query}
        empty={
          <Panel>
            <EmptyState icon={<ShieldCheck />} title="No key was found in public">
              GitHub reports keys that are pushed to it, and anybody who finds one can report it. What the policy for
              keys says then happens at once.
            </EmptyState>
          </Panel>
        }
      >
        {(leaks) => (
          <ul aria-label="Leaked keys" className="flex flex-col gap-4">
            {leaks.map((leak) => (
              <li key={leak.id}>
                <LeakCard leak={leak} />
              </li>
            ))}
          </ul>
        )}
      </Listing>
    </AlertsFrame>
  );
}

function LeakCard({ leak }: { leak: Leak }) {
  const action = ACTIONS[leak.action] ?? { tone: 'neutral' as const, text: leak.action };
  return (
    <Panel title={<KeyLink named={leak.key} />} actions={<Badge tone={action.tone}>{action.text}</Badge>}>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-3">
        <section className="min-w-0">
          <h3 className="mb-2 font-medium">Where it was found</h3>
          <DescriptionList
            items={[
              ['Place', <Place key="place" url={leak.url} />],
              ['Told by', leak.reported_by === 'github' ? 'GitHub' : 'whoever found it'],
              ...(leak.source && leak.source !== leak.reported_by
                ? ([['Kind', leak.source.replaceAll('_', ' ')]] as const)
                : []),
              ['Found', <Time key="found" value={leak.found_at} />],
              ...(leak.reports > 1 ? ([['Again', <Again key="again" leak={leak} />]] as const) : []),
              ...(leak.note ? ([['Note', leak.note]] as const) : []),
            ]}
          />
        </section>
        <section className="min-w-0">
          <h3 className="mb-2 font-medium">What it could do</h3>
          <DescriptionList
            items={[
              ['Environment', <EnvironmentName key="environment" environment={leak.environment} />],
              ['Scopes', <Could key="scopes" leak={leak} />],
              ['Send', leak.could.may_send ? 'yes' : 'no'],
              ['From', leak.could.allowed_ips.length > 0 ? leak.could.allowed_ips.join(', ') : 'anywhere'],
            ]}
          />
        </section>
        <section className="min-w-0">
          <h3 className="mb-2 font-medium">What it did</h3>
          <DescriptionList
            items={[
              ['Last used', <LastUse key="last" leak={leak} />],
              ['Messages', `${count(leak.did.messages)} in the last 90 days`],
              ['Keys it made', <LivingKeys key="keys" leak={leak} />],
              ['Revoked', <Time key="revoked" value={leak.revoked_at} none="no" />],
            ]}
          />
        </section>
      </div>
    </Panel>
  );
}

/** The finder says where: only an address of the web becomes a link. */
function Place({ url }: { url: string }) {
  const address = webAddress(url);
  if (!address) return <span className="break-all">{url || 'not told'}</span>;
  return (
    <a
      href={address.href}
      target="_blank"
      rel="noopener noreferrer"
      className="break-all underline decoration-line-strong underline-offset-2 hover:text-accent-strong"
    >
      {url}
      <ExternalLink aria-label="opens in a new tab" className="ml-1 inline size-3.5 align-[-2px]" />
    </a>
  );
}

function Again({ leak }: { leak: Leak }) {
  return (
    <>
      {plural(leak.reports, 'time')}, last <Time value={leak.last_reported_at} />
    </>
  );
}

function Could({ leak }: { leak: Leak }) {
  const { full_access, scopes } = leak.could;
  if (full_access) return <Badge tone="bad">full access</Badge>;
  if (scopes.length === 0) return <>none: it was a trap</>;
  return (
    <span className="flex flex-wrap gap-1">
      {scopes.map((scope) => (
        <Badge key={scope}>{scope}</Badge>
      ))}
    </span>
  );
}

function LastUse({ leak }: { leak: Leak }) {
  return (
    <>
      <Time value={leak.did.last_used_at} />
      {leak.did.last_used_ip && (
        <>
          {' from '}
          <code className="break-all font-mono text-[13px]">{leak.did.last_used_ip}</code>
        </>
      )}
    </>
  );
}

function LivingKeys({ leak }: { leak: Leak }) {
  const { living_keys: keys } = leak.did;
  if (keys.length === 0) return <>none that still works</>;
  return (
    <span className="flex flex-wrap items-center gap-1">
      <strong className="font-medium text-bad">{plural(keys.length, 'key')} still working:</strong>
      {keys.map((id) => (
        <code key={id} className="font-mono text-xs">
          {id}
        </code>
      ))}
    </span>
  );
}
