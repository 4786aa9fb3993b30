/** Requests as rows, and one of them in full. */
import { Link } from '@tanstack/react-router';
import type { UsageEntry } from '../../api/types.ts';
import { count, duration } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { DescriptionList, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';

interface EntriesProps {
  entries: readonly UsageEntry[];
  onOpen: (entry: UsageEntry) => void;
}

export function Entries({ entries, onOpen }: EntriesProps) {
  return (
    <Table label="Requests">
      <thead className="max-md:head-hidden">
        <tr>
          <Th>Request</Th>
          <Th className="max-md:hidden">Caller</Th>
          <Th className="max-lg:hidden">Address</Th>
          <Th className="text-right">Status</Th>
          <Th className="text-right max-sm:hidden">When</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Tr key={entry.id} className="hover:bg-sunken/60">
            <Td>
              <button
                type="button"
                onClick={() => onOpen(entry)}
                className="break-all text-left font-mono text-[13px] after:absolute after:inset-0 hover:text-accent-strong focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
              >
                {entry.method} {entry.route}
              </button>
              <div className="break-words text-muted text-xs md:hidden">
                {callerName(entry)} · {entry.ip}
              </div>
              <Time value={entry.time} className="text-muted text-xs sm:hidden" />
            </Td>
            <Td className="max-w-56 max-md:hidden">
              <div className="truncate">{callerName(entry)}</div>
              <div className="text-muted text-xs">
                {KINDS[entry.caller.kind]} · {entry.environment}
              </div>
            </Td>
            <Td className="max-lg:hidden">
              <code className="break-all font-mono text-[13px]">{entry.ip}</code>
            </Td>
            <Td className="text-right">
              <Status entry={entry} />
            </Td>
            <Td className="whitespace-nowrap text-right text-muted max-sm:hidden">
              <Time value={entry.time} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

const KINDS: Readonly<Record<UsageEntry['caller']['kind'], string>> = { key: 'key', user: 'person', oauth: 'app' };

function callerName({ caller }: UsageEntry): string {
  return caller.label ?? caller.public_id ?? caller.id;
}

function Status({ entry }: { entry: UsageEntry }) {
  return (
    <Badge tone={entry.status < 400 ? 'ok' : 'bad'} title={entry.code ?? undefined}>
      {entry.status}
    </Badge>
  );
}

export function Entry({ entry }: { entry: UsageEntry }) {
  return (
    <DescriptionList
      items={[
        ['When', <Time key="time" value={entry.time} />],
        ['Status', <Answered key="status" entry={entry} />],
        ['Caller', <Caller key="caller" entry={entry} />],
        ['Environment', entry.environment],
        ['From', entry.ip],
        ['With', entry.user_agent || '–'],
        ['Needs', entry.scope],
        ...(entry.shadow_refusal
          ? ([['Trial', `the scopes on trial would refuse it: they lack ${entry.shadow_refusal}`]] as const)
          : []),
        ...(entry.object_id ? ([['Object', entry.object_id]] as const) : []),
        ['Answer', `${count(entry.rows)} objects, ${count(entry.bytes)} bytes, ${duration(entry.ms)}`],
        ...(entry.idempotency_digest ? ([['Idempotency', entry.idempotency_digest]] as const) : []),
        [
          'Request id',
          <code key="id" className="break-all font-mono text-[13px]">
            {entry.id}
          </code>,
        ],
      ]}
    />
  );
}

function Answered({ entry }: { entry: UsageEntry }) {
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Status entry={entry} />
      {entry.code && <code className="font-mono text-[13px]">{entry.code}</code>}
    </span>
  );
}

function Caller({ entry }: { entry: UsageEntry }) {
  const { caller } = entry;
  const link = 'underline decoration-line-strong underline-offset-2 hover:text-accent-strong';
  if (caller.kind === 'key') {
    return (
      <Link to="/settings/api-keys/$keyId" params={{ keyId: caller.id }} className={link}>
        {callerName(entry)} {caller.public_id && <code className="font-mono text-xs">{caller.public_id}</code>}
      </Link>
    );
  }
  if (caller.kind === 'oauth') {
    return (
      <Link to="/settings/apps/$appId" params={{ appId: caller.id }} className={link}>
        {callerName(entry)}
      </Link>
    );
  }
  return <>{callerName(entry)}</>;
}
