/** The root of every address, the frame of those that need somebody signed in, and what routes share. */
import { createRootRoute, createRoute, Outlet, redirect, retainSearchParams } from '@tanstack/react-router';
import { NotFound } from '../fallbacks.tsx';
import { refresh, sessionState } from '../session.ts';
import { Shell } from '../shell.tsx';
import { workspaceInAddress } from '../workspace.ts';

interface RootSearch {
  /** Left out for live. */
  env?: 'test' | undefined;
  /** Left out for the one the person joined first. */
  workspace?: string | undefined;
}

export const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): RootSearch => ({
    ...(search['env'] === 'test' && { env: 'test' }),
    ...text(search, 'workspace'),
  }),
  search: { middlewares: [retainSearchParams(['env', 'workspace'])] },
  beforeLoad: ({ search }) => {
    // Another workspace is another page: nothing that was loaded for this one is kept.
    if (search.workspace !== workspaceInAddress()) window.location.reload();
  },
  component: Outlet,
  notFoundComponent: NotFound,
});

export async function signedIn(): Promise<boolean> {
  if (sessionState.get() === 'unknown') {
    // An unreachable server counts as signed out: the sign-in page then says so.
    await refresh().catch(() => sessionState.set('out'));
  }
  return sessionState.get() === 'in';
}

export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    if (!(await signedIn())) {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    }
  },
  component: Shell,
});

/** A parameter of the address, if it says anything. */
export function text<K extends string>(search: Record<string, unknown>, name: K): { [name in K]?: string } {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [name in K]?: string }) : {};
}
