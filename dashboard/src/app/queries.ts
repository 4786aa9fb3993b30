/** How server state is kept: fresh for a few seconds, reloaded when the window comes back. */
import { HeadgateError } from '@headgate/sdk';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

export function createQueries(): QueryClient {
  // The workspace may come to require a second factor while a page is open: the shell finds out by /me.
  const onError = (error: unknown) => {
    if (!(error instanceof HeadgateError && error.code === 'second_factor_required')) return;
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === 'me' });
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // The SDK's transport already retries what is worth retrying.
        retry: false,
      },
      mutations: { retry: false },
    },
  });
  return queries;
}
