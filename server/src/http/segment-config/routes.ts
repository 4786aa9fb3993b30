/**
 * Segment's Config API under /v1beta and, for a client that is pointed at /segment-config, once more under that prefix.
 * One file a service; what they share is in conventions.ts, names.ts and mask.ts.
 */
// Its types add `hide` to route schemas.
import type {} from '@fastify/swagger';
import type { Access } from '../../access/service.ts';
import type { Catalog } from '../../connections/catalog/catalog.ts';
import type { Filters } from '../../connections/filters/filters.ts';
import type { FunctionService } from '../../connections/functions/service.ts';
import type { Connections } from '../../connections/service.ts';
import type { TrackingPlans } from '../../connections/tracking-plans/service.ts';
import type { Warehouses } from '../../connections/warehouses/warehouses.ts';
import { AppError } from '../../errors.ts';
import type { Reports } from '../../events/metrics/reports.ts';
import type { Regulations } from '../../people/suppression/regulations.ts';
import type { Http } from '../route.ts';
import { accessTokenRoutes } from './access-tokens.ts';
import { catalogRoutes } from './connections/catalog.ts';
import { deliveryMetricsRoutes } from './connections/delivery-metrics.ts';
import { destinationRoutes } from './connections/destinations.ts';
import { filterRoutes } from './connections/filters.ts';
import { functionPreviewRoute } from './connections/function-preview.ts';
import { functionRoutes } from './connections/functions.ts';
import { schemaConfigRoutes } from './connections/schema-config.ts';
import { sourceRoutes } from './connections/sources.ts';
import { trackingPlanRoutes } from './connections/tracking-plans.ts';
import { iamRoutes } from './iam.ts';
import { inviteRoutes } from './invites.ts';
import { guardConfigRoutes } from './permissions.ts';
import { createPolicies } from './policies.ts';
import { handleConfigError, readEveryBodyAsJson } from './protocol/conventions.ts';
import { createNames } from './protocol/names.ts';
import { regulationRoutes } from './regulations.ts';
import { workspaceRoutes } from './workspaces.ts';

export interface SegmentConfigServices {
  readonly access: Access;
  readonly catalog: Catalog;
  readonly connections: Connections;
  readonly functions: FunctionService;
  readonly filters: Filters;
  readonly warehouses: Warehouses;
  readonly trackingPlans: TrackingPlans;
  readonly reports: Reports;
  readonly regulations: Regulations;
}

export function registerSegmentConfig(app: Http, services: SegmentConfigServices): void {
  app.register(async (door) => segmentConfigDoor(door, services), { prefix: '/v1beta' });
  app.register(
    async (door) => {
      // Documented once, at the root.
      door.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
      });
      segmentConfigDoor(door, services);
    },
    { prefix: '/segment-config/v1beta' },
  );
}

function segmentConfigDoor(door: Http, services: SegmentConfigServices): void {
  door.setErrorHandler(handleConfigError);
  door.setNotFoundHandler(() => {
    throw new AppError('not_found', 'There is no such path or method here.');
  });
  readEveryBodyAsJson(door);
  const names = createNames(services);
  const parts = { ...services, names, policies: createPolicies({ ...services, names }) };
  guardConfigRoutes(door, parts);
  workspaceRoutes(door, parts);
  accessTokenRoutes(door, parts);
  iamRoutes(door, parts);
  inviteRoutes(door, parts);
  catalogRoutes(door, services);
  sourceRoutes(door, parts);
  schemaConfigRoutes(door, parts);
  trackingPlanRoutes(door, parts);
  functionRoutes(door, parts);
  functionPreviewRoute(door, parts);
  destinationRoutes(door, parts);
  deliveryMetricsRoutes(door, parts);
  regulationRoutes(door, parts);
  filterRoutes(door, parts);
}
