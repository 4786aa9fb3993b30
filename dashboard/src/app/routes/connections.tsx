/** Sources, destinations and what is between them. */
import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router';
import type { CatalogKind } from '../../catalog/queries.ts';
import { shell, text } from './root.tsx';

const sources = createRoute({
  getParentRoute: () => shell,
  path: '/sources',
  validateSearch: (search: Record<string, unknown>): { setup?: string | undefined } => text(search, 'setup'),
  component: lazyRouteComponent(() => import('../../pages/sources/list.tsx'), 'Sources'),
});

const source = createRoute({
  getParentRoute: () => shell,
  path: '/sources/$sourceId',
  component: lazyRouteComponent(() => import('../../pages/sources/detail.tsx'), 'SourceDetail'),
});

const destinations = createRoute({
  getParentRoute: () => shell,
  path: '/destinations',
  validateSearch: (search: Record<string, unknown>): { source?: string | undefined } => text(search, 'source'),
  component: lazyRouteComponent(() => import('../../pages/destinations/list.tsx'), 'Destinations'),
});

const newDestination = createRoute({
  getParentRoute: () => shell,
  path: '/destinations/new',
  validateSearch: (search: Record<string, unknown>): { setup?: string | undefined } => text(search, 'setup'),
  component: lazyRouteComponent(() => import('../../pages/destinations/new.tsx'), 'NewDestination'),
});
const destination = createRoute({
  getParentRoute: () => shell,
  path: '/destinations/$destinationId',
  component: lazyRouteComponent(() => import('../../pages/destinations/detail.tsx'), 'DestinationDetail'),
});

const plans = createRoute({
  getParentRoute: () => shell,
  path: '/plans',
  component: lazyRouteComponent(() => import('../../pages/plans/list.tsx'), 'Plans'),
});
const plan = createRoute({
  getParentRoute: () => shell,
  path: '/plans/$planId',
  component: lazyRouteComponent(() => import('../../pages/plans/detail.tsx'), 'PlanDetail'),
});
const functions = createRoute({
  getParentRoute: () => shell,
  path: '/functions',
  component: lazyRouteComponent(() => import('../../pages/functions/list.tsx'), 'Functions'),
});
const oneFunction = createRoute({
  getParentRoute: () => shell,
  path: '/functions/$functionId',
  component: lazyRouteComponent(() => import('../../pages/functions/detail.tsx'), 'FunctionDetail'),
});

const KINDS = ['sources', 'destinations', 'warehouses'] as const;

const catalog = createRoute({
  getParentRoute: () => shell,
  path: '/catalog',
  validateSearch: (search: Record<string, unknown>): { kind?: CatalogKind | undefined; q?: string | undefined } => {
    const kind = KINDS.find((one) => one === search['kind']);
    return { ...(kind && { kind }), ...text(search, 'q') };
  },
  component: lazyRouteComponent(() => import('../../pages/catalog/catalog.tsx'), 'Catalog'),
});
const catalogType = createRoute({
  getParentRoute: () => shell,
  path: '/catalog/$kind/$typeId',
  beforeLoad: ({ params }) => {
    if (!KINDS.some((kind) => kind === params.kind)) throw notFound();
  },
  component: lazyRouteComponent(() => import('../../pages/catalog/type.tsx'), 'CatalogType'),
});

const warehouses = createRoute({
  getParentRoute: () => shell,
  path: '/warehouses',
  component: lazyRouteComponent(() => import('../../pages/warehouses/list.tsx'), 'Warehouses'),
});
const newWarehouse = createRoute({
  getParentRoute: () => shell,
  path: '/warehouses/new',
  validateSearch: (search: Record<string, unknown>): { setup?: string | undefined } => text(search, 'setup'),
  component: lazyRouteComponent(() => import('../../pages/warehouses/create.tsx'), 'NewWarehouse'),
});
const warehouse = createRoute({
  getParentRoute: () => shell,
  path: '/warehouses/$warehouseId',
  component: lazyRouteComponent(() => import('../../pages/warehouses/detail.tsx'), 'WarehouseDetail'),
});

export const connectionRoutes = [
  sources,
  source,
  destinations,
  newDestination,
  destination,
  catalog,
  catalogType,
  warehouses,
  newWarehouse,
  warehouse,
  plans,
  plan,
  functions,
  oneFunction,
] as const;
