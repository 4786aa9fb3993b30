/** Every address of the dashboard (routes/). Pages are loaded when they are first opened. */
import { createRouter } from '@tanstack/react-router';
import { PageError } from './fallbacks.tsx';
import { connectionRoutes } from './routes/connections.tsx';
import { dataRoutes } from './routes/data.tsx';
import { root, shell } from './routes/root.tsx';
import { sessionRoutes } from './routes/session.tsx';
import { settingsRoutes } from './routes/settings.tsx';

const tree = root.addChildren([
  ...sessionRoutes,
  shell.addChildren([...dataRoutes, ...connectionRoutes, ...settingsRoutes]),
]);

export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    basepath: '/app',
    // Plain text in the address: without this a value that looks like a number is written with quotes.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const params = new URLSearchParams();
      for (const [name, value] of Object.entries(search)) if (value !== undefined) params.set(name, String(value));
      return params.size > 0 ? `?${params}` : '';
    },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: PageError,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
