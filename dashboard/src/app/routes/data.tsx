/** What arrives and who it is about; what was sent, and what keeps watch. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { EVENT_TYPES, type EventsSearch, type EventType, type Outcome } from '../../api/types.ts';
import { shell, text } from './root.tsx';

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../../pages/overview/overview.tsx'), 'Overview'),
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
  component: lazyRouteComponent(() => import('../../pages/events/events.tsx'), 'Events'),
});

const metrics = createRoute({
  getParentRoute: () => shell,
  path: '/metrics',
  validateSearch: (search: Record<string, unknown>): { span?: string; destination?: string } => ({
    ...text(search, 'span'),
    ...text(search, 'destination'),
  }),
  component: lazyRouteComponent(() => import('../../pages/metrics/metrics.tsx'), 'Metrics'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined } => text(search, 'q'),
  component: lazyRouteComponent(() => import('../../pages/people/list.tsx'), 'People'),
});

const person = createRoute({
  getParentRoute: () => shell,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('../../pages/people/detail.tsx'), 'PersonDetail'),
});

const templates = createRoute({
  getParentRoute: () => shell,
  path: '/templates',
  component: lazyRouteComponent(() => import('../../pages/templates/list.tsx'), 'Templates'),
});

const template = createRoute({
  getParentRoute: () => shell,
  path: '/templates/$templateId',
  component: lazyRouteComponent(() => import('../../pages/templates/editor.tsx'), 'TemplateEditor'),
});

const sandbox = createRoute({
  getParentRoute: () => shell,
  path: '/sandbox',
  validateSearch: (search: Record<string, unknown>): { kind?: 'email' | 'http' | undefined } =>
    search['kind'] === 'email' || search['kind'] === 'http' ? { kind: search['kind'] } : {},
  component: lazyRouteComponent(() => import('../../pages/sandbox/list.tsx'), 'Sandbox'),
});

const sandboxItem = createRoute({
  getParentRoute: () => shell,
  path: '/sandbox/$itemId',
  component: lazyRouteComponent(() => import('../../pages/sandbox/detail.tsx'), 'SandboxDetail'),
});

const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  validateSearch: (search: Record<string, unknown>): { state?: 'acknowledged' | 'all' | undefined } =>
    search['state'] === 'acknowledged' || search['state'] === 'all' ? { state: search['state'] } : {},
  component: lazyRouteComponent(() => import('../../pages/alerts/alerts.tsx'), 'Alerts'),
});

const leaks = createRoute({
  getParentRoute: () => shell,
  path: '/alerts/leaks',
  component: lazyRouteComponent(() => import('../../pages/alerts/leaks.tsx'), 'Leaks'),
});

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/alerts/approvals',
  component: lazyRouteComponent(() => import('../../pages/alerts/approvals.tsx'), 'Approvals'),
});

export const dataRoutes = [
  overview,
  events,
  metrics,
  people,
  person,
  templates,
  template,
  sandbox,
  sandboxItem,
  alerts,
  leaks,
  approvals,
] as const;

function isType(value: unknown): value is EventType {
  return EVENT_TYPES.some((type) => type === value);
}

function isOutcome(value: unknown): value is Outcome {
  return value === 'accepted' || value === 'duplicate' || value === 'rejected';
}
