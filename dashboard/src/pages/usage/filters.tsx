/** Key, route, status, address and time: each stands in the address of the page. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { allKeysQuery } from '../../api/keys.ts';
import type { UsageSearch } from '../../api/types.ts';
import { Input } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { isAddress, isRoute, isStatus, type Span, spanOf } from './queries.ts';

const ANY = 'any';
const STATUSES = [
  { value: ANY, label: 'Any status' },
  { value: '2xx', label: '2xx: done' },
  { value: '3xx', label: '3xx: elsewhere' },
  { value: '4xx', label: '4xx: refused' },
  { value: '5xx', label: '5xx: failed' },
] as const;

interface UsageFiltersProps {
  search: UsageSearch;
  onChange: (change: UsageSearch) => void;
  /** Of the requests that are shown, to choose from. */
  routes: readonly string[];
}

export function UsageFilters({ search, onChange, routes }: UsageFiltersProps) {
  const status = search.status && isStatus(search.status) ? search.status : ANY;
  return (
    <div className="flex flex-wrap items-start gap-2">
      <KeyFilter value={search.key} onChange={(key) => onChange({ key })} />
      <Select
        label="Status"
        value={status}
        onChange={(value) => onChange({ status: value === ANY ? undefined : value })}
        options={STATUSES}
      />
      <TextFilter
        label="Route"
        placeholder="GET /api/v1/people/:id"
        value={search.route ?? ''}
        onChange={(route) => onChange({ route: route || undefined })}
        fits={isRoute}
        wrong="A method and a path: GET /api/v1/me"
        suggestions={routes}
        className="grow sm:max-w-72"
      />
      <TextFilter
        label="Address"
        placeholder="192.0.2.7"
        value={search.ip ?? ''}
        onChange={(ip) => onChange({ ip: ip || undefined })}
        fits={isAddress}
        wrong="An IPv4 or IPv6 address"
        suggestions={[]}
        className="grow sm:max-w-44"
      />
      <Segmented<Span>
        label="Time"
        value={spanOf(search)}
        onChange={(span) => onChange({ span: span === 'week' ? undefined : span })}
        options={[
          { value: 'day', label: '1 day' },
          { value: 'week', label: '7 days' },
          { value: 'quarter', label: '90 days' },
        ]}
      />
    </div>
  );
}

function KeyFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const allowed = useCan('api-keys:manage');
  const keys = useQuery({ ...allKeysQuery(useApi()), enabled: allowed });
  const known = (keys.data ?? []).map((key) => ({ value: key.id, label: `${key.name} (${key.public_id})` }));
  // A key from the address is shown before the list is there, and when it is not on it.
  const named = !value || known.some((key) => key.value === value) ? known : [{ value, label: 'One key' }, ...known];
  if (named.length === 0) return null;
  return (
    <Select
      label="Key"
      className="max-w-full sm:max-w-60"
      value={value ?? ANY}
      onChange={(id) => onChange(id === ANY ? undefined : id)}
      options={[{ value: ANY, label: 'Every caller' }, ...named]}
    />
  );
}

interface TextFilterProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  fits: (text: string) => boolean;
  /** Said of what does not fit. */
  wrong: string;
  suggestions: readonly string[];
  className: string;
}

/** Takes effect on Enter, on leaving the field, and when a suggestion is chosen. */
function TextFilter(props: TextFilterProps) {
  const { label, placeholder, value, onChange, fits, wrong, suggestions, className } = props;
  const id = useId();
  const [text, setText] = useState(value);
  const [last, setLast] = useState(value);
  if (value !== last) {
    setLast(value);
    setText(value);
  }
  const words = text.trim();
  const bad = words !== '' && !fits(words);
  const apply = (next: string) => {
    if ((next === '' || fits(next)) && next !== value) onChange(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply(words);
  };
  return (
    <form onSubmit={submit} className={`min-w-0 ${className}`}>
      <Input
        type="search"
        aria-label={label}
        aria-invalid={bad}
        aria-describedby={bad ? `${id}-wrong` : undefined}
        list={`${id}-list`}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const next = event.target.value.trim();
          if (next === '' || suggestions.includes(next)) apply(next);
        }}
        onBlur={() => apply(words)}
      />
      <datalist id={`${id}-list`}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
      {bad && (
        <p id={`${id}-wrong`} className="mt-1 text-[13px] text-bad">
          {wrong}
        </p>
      )}
    </form>
  );
}
