/** How server state is kept: fresh for a few seconds, reloaded when the window comes back. */
import { QueryClient } from '@tanstack/react-query';

export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // The SDK's transport already retries what is worth retrying.
        retry: false,
      },
      mutations: { retry: false },
    },
  });
}
