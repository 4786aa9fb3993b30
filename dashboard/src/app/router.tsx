/** Every address of the dashboard. Pages are loaded when they are first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import {
  type AuditSearch,
  EVENT_TYPES,
  type EventsSearch,
  type EventType,
  type Outcome,
  type UsageSearch,
} from '../api/types.ts';
import { SignIn } from '../pages/session/sign-in.tsx';
import { NotFound, PageError } from './fallbacks.tsx';
import { refresh, sessionState } from './session.ts';
import { Shell } from './shell.tsx';
import { workspaceInAddress } from './workspace.ts';

interface RootSearch {
  /** Left out for live. */
  env?: 'test' | undefined;
  /** Left out for the one the person joined first. */
  workspace?: string | undefined;
}

const root = createRootRoute({
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

async function signedIn(): Promise<boolean> {
  if (sessionState.get() === 'unknown') {
    // An unreachable server counts as signed out: the sign-in page then says so.
    await refresh().catch(() => sessionState.set('out'));
  }
  return sessionState.get() === 'in';
}

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
  component: lazyRouteComponent(() => import('../pages/session/forgot-password.tsx'), 'ForgotPassword'),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../pages/session/reset-password.tsx'), 'ResetPassword'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  beforeLoad: async () => {
    await signedIn();
  },
  component: lazyRouteComponent(() => import('../pages/session/invitation.tsx'), 'Invitation'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    if (!(await signedIn())) {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    }
  },
  component: Shell,
});

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/overview/overview.tsx'), 'Overview'),
});

const sources = createRoute({
  getParentRoute: () => shell,
  path: '/sources',
  component: lazyRouteComponent(() => import('../pages/sources/list.tsx'), 'Sources'),
});
const source = createRoute({
  getParentRoute: () => shell,
  path: '/sources/$sourceId',
  component: lazyRouteComponent(() => import('../pages/sources/detail.tsx'), 'SourceDetail'),
});

const events = createRoute({
  getParentRoute: () => shell,
  path: '/events',
  validateSearch: (search: Record<string, unknown>): EventsSearch => ({
    ...(isType(search['type']) && { type: search['type'] }),
    ...text(search, 'source'),
    ...text(search, 'q'),
    ...text(search, 'event'),
    ...(isOutcome(search['outcome']) && { outcome: search['outcome'] }),
  }),
  component: lazyRouteComponent(() => import('../pages/events/events.tsx'), 'Events'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined } => text(search, 'q'),
  component: lazyRouteComponent(() => import('../pages/people/list.tsx'), 'People'),
});
const person = createRoute({
  getParentRoute: () => shell,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('../pages/people/detail.tsx'), 'PersonDetail'),
});

const destinations = createRoute({
  getParentRoute: () => shell,
  path: '/destinations',
  validateSearch: (search: Record<string, unknown>): { source?: string | undefined } => text(search, 'source'),
  component: lazyRouteComponent(() => import('../pages/destinations/list.tsx'), 'Destinations'),
});
const destination = createRoute({
  getParentRoute: () => shell,
  path: '/destinations/$destinationId',
  component: lazyRouteComponent(() => import('../pages/destinations/detail.tsx'), 'DestinationDetail'),
});

const templates = createRoute({
  getParentRoute: () => shell,
  path: '/templates',
  component: lazyRouteComponent(() => import('../pages/templates/list.tsx'), 'Templates'),
});
const template = createRoute({
  getParentRoute: () => shell,
  path: '/templates/$templateId',
  component: lazyRouteComponent(() => import('../pages/templates/editor.tsx'), 'TemplateEditor'),
});

const sandbox = createRoute({
  getParentRoute: () => shell,
  path: '/sandbox',
  validateSearch: (search: Record<string, unknown>): { kind?: 'email' | 'http' | undefined } =>
    search['kind'] === 'email' || search['kind'] === 'http' ? { kind: search['kind'] } : {},
  component: lazyRouteComponent(() => import('../pages/sandbox/list.tsx'), 'Sandbox'),
});
const sandboxItem = createRoute({
  getParentRoute: () => shell,
  path: '/sandbox/$itemId',
  component: lazyRouteComponent(() => import('../pages/sandbox/detail.tsx'), 'SandboxDetail'),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: (search: Record<string, unknown>): { state?: 'acknowledged' | 'all' | undefined } =>
    search['state'] === 'acknowledged' || search['state'] === 'all' ? { state: search['state'] } : {},
  component: lazyRouteComponent(() => import('../pages/alerts/alerts.tsx'), 'Alerts'),
});
const leaks = createRoute({
  getParentRoute: () => shell,
  path: '/alerts/leaks',
  component: lazyRouteComponent(() => import('../pages/alerts/leaks.tsx'), 'Leaks'),
});
const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/alerts/approvals',
  component: lazyRouteComponent(() => import('../pages/alerts/approvals.tsx'), 'Approvals'),
});

const apps = createRoute({
  getParentRoute: () => shell,
  path: '/settings/apps',
  component: lazyRouteComponent(() => import('../pages/apps/list.tsx'), 'Apps'),
});
const appDetail = createRoute({
  getParentRoute: () => shell,
  path: '/settings/apps/$appId',
  component: lazyRouteComponent(() => import('../pages/apps/detail.tsx'), 'AppDetail'),
});
const usage = createRoute({
  getParentRoute: () => shell,
  path: '/settings/usage',
  validateSearch: (search: Record<string, unknown>): UsageSearch => ({
    ...text(search, 'key'),
    ...text(search, 'route'),
    ...text(search, 'status'),
    ...text(search, 'ip'),
    ...text(search, 'span'),
  }),
  component: lazyRouteComponent(() => import('../pages/usage/usage.tsx'), 'Usage'),
});

/** Where an app's authorization request leads. It stands alone: nothing around it invites to go elsewhere. */
const consent = createRoute({
  getParentRoute: () => root,
  path: '/oauth/consent/$uid',
  beforeLoad: async ({ location }) => {
    if (!(await signedIn())) throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
  component: lazyRouteComponent(() => import('../pages/consent/consent.tsx'), 'Consent'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/api-keys' });
  },
});
const apiKeys = createRoute({
  getParentRoute: () => shell,
  path: '/settings/api-keys',
  component: lazyRouteComponent(() => import('../pages/keys/list.tsx'), 'ApiKeys'),
});
const apiKey = createRoute({
  getParentRoute: () => shell,
  path: '/settings/api-keys/$keyId',
  component: lazyRouteComponent(() => import('../pages/keys/detail.tsx'), 'KeyDetail'),
});
const keyPolicy = createRoute({
  getParentRoute: () => shell,
  path: '/settings/api-keys/policy',
  component: lazyRouteComponent(() => import('../pages/keys/policy.tsx'), 'Policy'),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/settings/audit',
  validateSearch: (search: Record<string, unknown>): AuditSearch => ({
    ...text(search, 'q'),
    ...text(search, 'action'),
  }),
  component: lazyRouteComponent(() => import('../pages/audit/audit.tsx'), 'Audit'),
});

const members = createRoute({
  getParentRoute: () => shell,
  path: '/settings/members',
  component: lazyRouteComponent(() => import('../pages/members/members.tsx'), 'Members'),
});
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/account/account.tsx'), 'Account'),
});

const tree = root.addChildren([
  signIn,
  forgotPassword,
  resetPassword,
  invitation,
  consent,
  shell.addChildren([
    overview,
    sources,
    source,
    events,
    people,
    person,
    destinations,
    destination,
    templates,
    template,
    sandbox,
    sandboxItem,
    alerts,
    leaks,
    approvals,
    apps,
    appDetail,
    usage,
    settings,
    apiKeys,
    apiKey,
    keyPolicy,
    audit,
    members,
    account,
  ]),
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

function text<K extends string>(search: Record<string, unknown>, name: K): { [name in K]?: string } {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [name in K]?: string }) : {};
}

function isType(value: unknown): value is EventType {
  return EVENT_TYPES.some((type) => type === value);
}

function isOutcome(value: unknown): value is Outcome {
  return value === 'accepted' || value === 'duplicate' || value === 'rejected';
}

/** Where to go after signing in: only ever a path of this dashboard. */
function localPath(to: string | undefined): string {
  return to?.startsWith('/') && !to.startsWith('//') && !to.includes('\\') ? to : '/';
}
