/** The audit trail: who changed what, from where, before and after; and whether anybody tampered with it. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download, ScrollText, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing } from '../../api/list.tsx';
import type { AuditEntry } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { JsonBlock } from '../../ui/content.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { SearchBox } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { DescriptionList, Page, Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState, InlineError } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastError } from '../../ui/toast.tsx';
import { listAudit } from './queries.ts';

const route = getRouteApi('/shell/settings/audit');

/** How actions begin, as the filter offers them. */
const SUBJECTS = [
  { value: 'all', label: 'Everything' },
  { value: 'api_key.', label: 'API keys' },
  { value: 'member.', label: 'Members' },
  { value: 'session.', label: 'Sessions' },
  { value: 'source.', label: 'Sources' },
  { value: 'destination.', label: 'Destinations' },
  { value: 'template.', label: 'Templates' },
  { value: 'oauth', label: 'OAuth' },
] as const;

export function Audit() {
  const api = useApi();
  const allowed = useCan('audit:read');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const query = useInfiniteQuery({ ...listAudit(api, search), enabled: allowed });
  const subject = SUBJECTS.find(({ value }) => value === search.action)?.value ?? 'all';
  return (
    <Page
      title="Audit trail"
      documentTitle="Audit trail"
      description="Every change of configuration and access. Each entry holds the fingerprint of the one before, so none can be changed or taken out unseen."
      actions={allowed && <Tools />}
    >
      {allowed ? (
        <>
          <div className="flex flex-wrap gap-2">
            <SearchBox
              label="Search the audit trail"
              placeholder="A name, address, id …"
              value={search.q ?? ''}
              onChange={(q) => void navigate({ search: (before) => ({ ...before, q: q || undefined }) })}
            />
            <Select
              label="What was changed"
              value={subject}
              onChange={(value) =>
                void navigate({ search: (before) => ({ ...before, action: value === 'all' ? undefined : value }) })
              }
              options={SUBJECTS}
            />
          </div>
          <Panel flush>
            <Listing
              query={query}
              empty={
                <EmptyState icon={<ScrollText />} title="Nothing found">
                  {search.q || search.action ? 'No entry fits the filter.' : 'The first change will show up here.'}
                </EmptyState>
              }
            >
              {(entries) => <Entries entries={entries} onOpen={setShown} />}
            </Listing>
          </Panel>
        </>
      ) : (
        <Panel>
          <EmptyState icon={<ScrollText />} title="Your role cannot read the audit trail">
            Owners and admins of the workspace can.
          </EmptyState>
        </Panel>
      )}
      <SidePanel
        open={shown !== null}
        onClose={() => setShown(null)}
        label="Audit entry"
        title={shown ? <code className="font-mono text-sm">{shown.action}</code> : ''}
      >
        {shown && <Entry entry={shown} />}
      </SidePanel>
    </Page>
  );
}

function Entries({ entries, onOpen }: { entries: AuditEntry[]; onOpen: (entry: AuditEntry) => void }) {
  return (
    <Table label="Audit entries">
      <thead className="max-md:head-hidden">
        <tr>
          <Th>Action</Th>
          <Th className="max-md:hidden">On</Th>
          <Th className="max-md:hidden">By</Th>
          <Th className="text-right">When</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Tr key={entry.id} className="hover:bg-sunken/60">
            <Td>
              <button
                type="button"
                onClick={() => onOpen(entry)}
                className="text-left font-mono text-[13px] after:absolute after:inset-0 hover:text-accent-strong focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {entry.action}
              </button>
              <div className="text-muted text-xs md:hidden">
                {entry.target.name} · {entry.actor.label}
              </div>
            </Td>
            <Td className="max-w-64 truncate max-md:hidden">{entry.target.name}</Td>
            <Td className="max-w-64 max-md:hidden">
              <div className="truncate">{entry.actor.label}</div>
              <div className="text-muted text-xs">{entry.ip ?? entry.actor.kind}</div>
            </Td>
            <Td className="whitespace-nowrap text-right text-muted">
              <Time value={entry.time} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  return (
    <div className="flex flex-col gap-5">
      <DescriptionList
        items={[
          ['When', <Time key="time" value={entry.time} />],
          ['By', `${entry.actor.label} (${entry.actor.kind})`],
          ['From', entry.ip ?? 'this server'],
          ['With', entry.user_agent ?? '–'],
          ['On', `${entry.target.name} (${entry.target.type})`],
          [
            'Request',
            <code key="request" className="font-mono text-[13px]">
              {entry.request_id ?? '–'}
            </code>,
          ],
          ['Number', `${entry.seq}`],
          [
            'Fingerprint',
            <code key="hash" className="break-all font-mono text-xs">
              {entry.hash}
            </code>,
          ],
        ]}
      />
      {entry.before && (
        <section>
          <h3 className="mb-1 font-medium">Before</h3>
          <JsonBlock value={entry.before} label="before" />
        </section>
      )}
      {entry.after && (
        <section>
          <h3 className="mb-1 font-medium">After</h3>
          <JsonBlock value={entry.after} label="after" />
        </section>
      )}
    </div>
  );
}

function Tools() {
  const { client } = useApi();
  const verify = useMutation({ mutationFn: () => client.audit.verify({}), onError: toastError });
  const download = useMutation({
    mutationFn: async () => save('audit.csv', await client.audit.export({ format: 'csv' })),
    onError: toastError,
  });
  return (
    <>
      {verify.data && <Verdict report={verify.data} />}
      <InlineError error={verify.error} />
      <Button icon={<ShieldCheck aria-hidden />} busy={verify.isPending} onClick={() => verify.mutate()}>
        Verify
      </Button>
      <Button icon={<Download aria-hidden />} busy={download.isPending} onClick={() => download.mutate()}>
        Export CSV
      </Button>
    </>
  );
}

function Verdict({
  report,
}: {
  report: { ok: boolean; complete: boolean; entries: number; problems: { message: string }[] };
}) {
  if (report.ok) {
    return (
      <Badge tone="ok" className="self-center">
        {plural(report.entries, 'entry', 'entries')}, none changed
      </Badge>
    );
  }
  return (
    <Badge tone="bad" className="self-center" title={report.problems.map(({ message }) => message).join('\n')}>
      {report.problems[0]?.message ?? 'tampered with'}
    </Badge>
  );
}

function save(name: string, content: unknown): void {
  const url = URL.createObjectURL(new Blob([String(content)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
