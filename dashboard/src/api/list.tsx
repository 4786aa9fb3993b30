/** Lists that continue: a cursor query, and the frame that shows its loading, empty, failed and further pages. */
import { infiniteQueryOptions, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { count } from '../lib/time.ts';
import { Button } from '../ui/button.tsx';
import { ErrorState, InlineError, SkeletonRows } from '../ui/state.tsx';
import type { Page } from './types.ts';

export interface Listed<T> {
  items: T[];
  total: number;
}

export function listQuery<T>(key: readonly unknown[], load: (cursor: string | undefined) => Promise<Page<T>>) {
  return infiniteQueryOptions({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => load(pageParam),
    getNextPageParam: (last) => last.cursor ?? undefined,
    select: (data): Listed<T> => ({
      items: data.pages.flatMap((page) => page.items),
      total: data.pages[0]?.total ?? 0,
    }),
  });
}

interface ListingProps<T> {
  query: UseInfiniteQueryResult<Listed<T>>;
  empty: ReactNode;
  rows?: number;
  children: (items: T[]) => ReactNode;
}

export function Listing<T>({ query, empty, rows, children }: ListingProps<T>) {
  if (query.isPending) return <SkeletonRows rows={rows ?? 6} />;
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { items, total } = query.data;
  if (items.length === 0) return empty;
  return (
    <>
      {children(items)}
      {(query.hasNextPage || query.isFetchNextPageError) && (
        <div className="flex flex-wrap items-center justify-center gap-3 border-t p-3 text-muted">
          {query.isFetchNextPageError && <InlineError error={query.error} />}
          <span>
            {count(items.length)} of {count(total)}
          </span>
          <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
