/** All scopes with their descriptions, by group, to search and choose from. */
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { ScopeInfo } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Input } from '../../ui/form.tsx';
import { ErrorState, SkeletonRows } from '../../ui/state.tsx';

interface ScopePickerProps {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** A group that cannot be given here. */
  without?: string;
}

export function ScopePicker({ chosen, onChange, without }: ScopePickerProps) {
  const { client } = useApi();
  const [search, setSearch] = useState('');
  const id = useId();
  const query = useQuery({ queryKey: ['scopes'], queryFn: () => client.scopes.list(), staleTime: 600_000 });

  const set = (names: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const name of names) {
      if (on) next.add(name);
      else next.delete(name);
    }
    onChange(next);
  };
  const all = (query.data?.items ?? []).filter((scope) => scope.group !== without);
  const words = search.trim().toLowerCase();
  const found = all.filter((scope) => `${scope.name} ${scope.description}`.toLowerCase().includes(words));
  const groups = Map.groupBy(found, (scope) => scope.group);

  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">Scopes</legend>
      <div className="mb-1 flex flex-wrap items-center gap-2">
        <span aria-hidden className="font-medium">
          Scopes
        </span>
        <Badge tone={chosen.size > 0 ? 'accent' : 'neutral'}>{chosen.size} chosen</Badge>
        <span className="ml-auto flex gap-1">
          <Button
            size="sm"
            variant="ghost"
            onClick={() => onChange(new Set(all.filter((scope) => scope.reads).map((scope) => scope.name)))}
          >
            All reads
          </Button>
          <Button size="sm" variant="ghost" disabled={chosen.size === 0} onClick={() => onChange(new Set())}>
            Clear
          </Button>
        </span>
      </div>
      <Input
        id={id}
        type="search"
        aria-label="Search scopes"
        placeholder="Search scopes"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="mt-2 h-72 overflow-y-auto rounded-md border">
        {query.isPending && <SkeletonRows rows={6} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && groups.size === 0 && <p className="p-4 text-muted">No scope matches “{search}”.</p>}
        {[...groups].map(([group, scopes]) => (
          <ScopeGroup key={group} group={group} scopes={scopes} chosen={chosen} set={set} />
        ))}
      </div>
    </fieldset>
  );
}

interface ScopeGroupProps {
  group: string;
  scopes: ScopeInfo[];
  chosen: ReadonlySet<string>;
  set: (names: readonly string[], on: boolean) => void;
}

function ScopeGroup({ group, scopes, chosen, set }: ScopeGroupProps) {
  const names = scopes.map((scope) => scope.name);
  const on = names.filter((name) => chosen.has(name)).length;
  return (
    <div className="border-b last:border-0">
      <div className="sticky top-0 z-1 border-b bg-panel px-3 py-2">
        <Checkbox
          label={<span className="font-medium">{group}</span>}
          checked={on === 0 ? false : on === names.length ? true : 'indeterminate'}
          onChange={(next) => set(names, next)}
        />
      </div>
      <div className="flex flex-col gap-2 px-3 py-2 pl-6">
        {scopes.map((scope) => (
          <Checkbox
            key={scope.name}
            label={<code className="font-mono text-[13px]">{scope.name}</code>}
            hint={scope.description}
            checked={chosen.has(scope.name)}
            onChange={(next) => set([scope.name], next)}
          />
        ))}
      </div>
    </div>
  );
}
