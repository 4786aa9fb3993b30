/** Types of the catalog to look through and choose from: search, then a list that continues. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApi } from '../api/client.ts';
import { Listing } from '../api/list.tsx';
import type { CatalogType } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { EmptyState } from '../ui/state.tsx';
import { Initials } from './initials.tsx';
import { type CatalogKind, catalogQuery } from './queries.ts';

interface TypesProps {
  kind: CatalogKind;
  q: string;
  /** A link or button that covers the whole card (`after:absolute after:inset-0`). */
  renderName: (type: CatalogType) => ReactNode;
}

export function Types({ kind, q, renderName }: TypesProps) {
  const query = useInfiniteQuery(catalogQuery(useApi(), kind, q));
  return (
    <Listing
      query={query}
      empty={
        <EmptyState icon={<SearchX />} title="Nothing of that name">
          Look for a part of its name, or for a category such as Advertising.
        </EmptyState>
      }
    >
      {(types) => (
        <ul className="grid gap-px sm:grid-cols-2 xl:grid-cols-3">
          {types.map((type) => (
            <li
              key={type.id}
              className="relative flex min-w-0 gap-3 p-3 shadow-[0_0_0_1px_var(--color-line)] hover:bg-sunken/60"
            >
              <Initials name={type.name} />
              <div className="min-w-0 flex-1">
                <div className="truncate">{renderName(type)}</div>
                <div className="truncate text-[13px] text-muted">{type.categories.join(', ') || type.slug}</div>
              </div>
              {type.delivers && <Badge tone="ok">works</Badge>}
            </li>
          ))}
        </ul>
      )}
    </Listing>
  );
}
