/** A person's traits with their types: text, number, yes or no, date, list, object. */
import { UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { absoluteTime } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';

const ISO_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/;

export function Traits({ traits }: { traits: Record<string, unknown> }) {
  const names = Object.keys(traits).sort((a, b) => a.localeCompare(b));
  if (names.length === 0) {
    return (
      <EmptyState icon={<UserRound />} title="No trait yet">
        An <code className="font-mono text-[13px]">identify</code> call with{' '}
        <code className="font-mono text-[13px]">traits</code> gives a person their traits. The newest value wins.
      </EmptyState>
    );
  }
  return (
    <Table label="Traits" fixed>
      <thead className="head-hidden">
        <tr>
          <Th className="w-2/5">Trait</Th>
          <Th>Value</Th>
          <Th className="w-24 max-sm:hidden">Type</Th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <Tr key={name}>
            <Td className="w-2/5 break-words align-top">
              <span className="font-medium">{name}</span>
              <span className="block text-muted text-xs sm:hidden">{typeOf(traits[name])}</span>
            </Td>
            <Td className="break-words align-top">{shown(traits[name])}</Td>
            <Td className="w-24 text-right align-top max-sm:hidden">
              <Badge>{typeOf(traits[name])}</Badge>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return ISO_TIME.test(value) && !Number.isNaN(Date.parse(value)) ? 'date' : 'text';
  return typeof value;
}

function shown(value: unknown): ReactNode {
  if (typeof value === 'string') {
    return typeOf(value) === 'date' ? <span title={absoluteTime(new Date(value))}>{value}</span> : value;
  }
  if (typeof value === 'object' && value !== null) {
    return (
      <pre className="max-h-60 overflow-auto whitespace-pre-wrap break-words font-mono text-[12.5px]">
        {JSON.stringify(value, null, 2)}
      </pre>
    );
  }
  return <span className="font-mono text-[13px]">{String(value)}</span>;
}
