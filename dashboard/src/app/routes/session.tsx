/** Before somebody is signed in, and the question of an app. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { SignIn } from '../../pages/session/sign-in.tsx';
import { root, signedIn } from './root.tsx';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search['to'] === 'string' ? { to: search['to'] } : {},
  beforeLoad: async ({ search }) => {
    if (await signedIn()) throw redirect({ href: localPath(search.to) });
  },
  component: SignIn,
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../../pages/session/forgot-password.tsx'), 'ForgotPassword'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../../pages/session/reset-password.tsx'), 'ResetPassword'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  beforeLoad: async () => {
    await signedIn();
  },
  component: lazyRouteComponent(() => import('../../pages/session/invitation.tsx'), 'Invitation'),
});

/** Where an app's authorization request leads. It stands alone: nothing around it invites to go elsewhere. */
const consent = createRoute({
  getParentRoute: () => root,
  path: '/oauth/consent/$uid',
  beforeLoad: async ({ location }) => {
    if (!(await signedIn())) throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
  component: lazyRouteComponent(() => import('../../pages/consent/consent.tsx'), 'Consent'),
});

export const sessionRoutes = [signIn, forgotPassword, resetPassword, invitation, consent] as const;

/** Where to go after signing in: only ever a path of this dashboard. */
function localPath(to: string | undefined): string {
  return to?.startsWith('/') && !to.startsWith('//') && !to.includes('\\') ? to : '/';
}
