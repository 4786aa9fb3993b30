/** What the usage page asks for; a filter that cannot be right is not asked for at all. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Api } from '../../api/client.ts';
import type { UsageSearch } from '../../api/types.ts';

const DAY_MS = 86_400_000;
export const SPANS = { day: DAY_MS, week: 7 * DAY_MS, quarter: 90 * DAY_MS } as const;
export type Span = keyof typeof SPANS;

export function spanOf(search: UsageSearch): Span {
  return search.span === 'day' || search.span === 'quarter' ? search.span : 'week';
}

export function isRoute(text: string): boolean {
  return /^[A-Z]+ \/\S*$/.test(text);
}

export function isAddress(text: string): boolean {
  return /^[0-9a-fA-F.:]{2,45}$/.test(text);
}

export function isStatus(text: string): boolean {
  return /^[1-5]xx$/.test(text);
}

/** Pages may be empty and still have a cursor: the server looks at a part of the log at a time. */
export function useUsage({ client, environment }: Api, search: UsageSearch, enabled: boolean) {
  const { key, route = '', status = '', ip = '' } = search;
  const filter = {
    ...(key && { key_id: key }),
    ...(isRoute(route) && { route }),
    ...(isStatus(status) && { status }),
    ...(isAddress(ip) && { ip }),
  };
  const span = spanOf(search);
  return useInfiniteQuery({
    queryKey: [environment, 'usage', span, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      client.usage.list({
        ...filter,
        from: new Date(Date.now() - SPANS[span]).toISOString(),
        cursor: pageParam,
        limit: 50,
      }),
    getNextPageParam: (last) => last.cursor ?? undefined,
    enabled,
  });
}
