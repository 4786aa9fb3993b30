/** Starts the dashboard. */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from './app/queries.ts';
import { createAppRouter } from './app/router.tsx';
import { sessionState } from './app/session.ts';
import './styles.css';

const queries = createQueries();
const router = createAppRouter();

// Signing in or out, here or in another tab, moves to the page that fits and forgets what the last person saw.
sessionState.subscribe(() => {
  if (sessionState.get() === 'out') queries.clear();
  void router.invalidate();
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
