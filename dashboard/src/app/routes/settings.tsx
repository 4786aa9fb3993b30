/** The workspace's settings, and the person's own. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { AuditSearch, UsageSearch } from '../../api/types.ts';
import { shell, text } from './root.tsx';

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
  component: lazyRouteComponent(() => import('../../pages/keys/list.tsx'), 'ApiKeys'),
});

const apiKey = createRoute({
  getParentRoute: () => shell,
  path: '/settings/api-keys/$keyId',
  component: lazyRouteComponent(() => import('../../pages/keys/detail.tsx'), 'KeyDetail'),
});

const keyPolicy = createRoute({
  getParentRoute: () => shell,
  path: '/settings/api-keys/policy',
  component: lazyRouteComponent(() => import('../../pages/keys/policy.tsx'), 'Policy'),
});

const apps = createRoute({
  getParentRoute: () => shell,
  path: '/settings/apps',
  component: lazyRouteComponent(() => import('../../pages/apps/list.tsx'), 'Apps'),
});

const appDetail = createRoute({
  getParentRoute: () => shell,
  path: '/settings/apps/$appId',
  component: lazyRouteComponent(() => import('../../pages/apps/detail.tsx'), 'AppDetail'),
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
  component: lazyRouteComponent(() => import('../../pages/usage/usage.tsx'), 'Usage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/settings/audit',
  validateSearch: (search: Record<string, unknown>): AuditSearch => ({
    ...text(search, 'q'),
    ...text(search, 'action'),
  }),
  component: lazyRouteComponent(() => import('../../pages/audit/audit.tsx'), 'Audit'),
});

const labels = createRoute({
  getParentRoute: () => shell,
  path: '/settings/labels',
  component: lazyRouteComponent(() => import('../../pages/labels/labels.tsx'), 'Labels'),
});
const members = createRoute({
  getParentRoute: () => shell,
  path: '/settings/members',
  component: lazyRouteComponent(() => import('../../pages/members/members.tsx'), 'Members'),
});

const groups = createRoute({
  getParentRoute: () => shell,
  path: '/settings/groups',
  component: lazyRouteComponent(() => import('../../pages/groups/list.tsx'), 'Groups'),
});
const group = createRoute({
  getParentRoute: () => shell,
  path: '/settings/groups/$groupId',
  component: lazyRouteComponent(() => import('../../pages/groups/detail.tsx'), 'GroupDetail'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../../pages/account/account.tsx'), 'Account'),
});

export const settingsRoutes = [
  settings,
  apiKeys,
  apiKey,
  keyPolicy,
  apps,
  appDetail,
  usage,
  audit,
  labels,
  members,
  groups,
  group,
  account,
] as const;
