/** The catalog: the same for every workspace and environment, and for as long as the page is open. */
import type { Api } from '../api/client.ts';
import { listQuery } from '../api/list.tsx';
import type { CatalogType } from '../api/types.ts';

export type CatalogKind = 'sources' | 'destinations' | 'warehouses';

export function catalogQuery({ client }: Api, kind: CatalogKind, q: string) {
  return {
    ...listQuery<CatalogType>(['catalog', kind, q], (cursor) =>
      client.catalog[kind]({ cursor, limit: 60, ...(q !== '' && { q }) }),
    ),
    staleTime: Number.POSITIVE_INFINITY,
  };
}

const ONE = { sources: 'source', destinations: 'destination', warehouses: 'warehouse' } as const;

export function typeQuery({ client }: Api, kind: CatalogKind, id: string) {
  return {
    queryKey: ['catalog', kind, 'one', id],
    queryFn: () => client.catalog[ONE[kind]]({ id }),
    staleTime: Number.POSITIVE_INFINITY,
  };
}
