/** Segment's Public API (contract segment-public-api): at the root, as its clients are pointed at a host, and under /segment. */
import type { Audit } from '../../access/audit/service.ts';
import type { Access } from '../../access/service.ts';
import type { AudienceService } from '../../audiences/service.ts';
import type { Catalog } from '../../connections/catalog/catalog.ts';
import type { Filters } from '../../connections/filters/filters.ts';
import type { FunctionService } from '../../connections/functions/service.ts';
import type { Connections } from '../../connections/service.ts';
import type { TrackingPlans } from '../../connections/tracking-plans/service.ts';
import type { Transformations } from '../../connections/transformations/transformations.ts';
import type { Models } from '../../connections/warehouses/models.ts';
import type { Warehouses } from '../../connections/warehouses/warehouses.ts';
import type { Reports } from '../../events/metrics/reports.ts';
import type { MessagingSubscriptions } from '../../people/subscriptions/service.ts';
import type { Regulations } from '../../people/suppression/regulations.ts';
import type { Http } from '../route.ts';
import { catalogHandlers } from './connections/catalog.ts';
import { destinationSerializer, destinationsHandlers } from './connections/destinations.ts';
import { filtersHandlers } from './connections/filters.ts';
import { functionsHandlers } from './connections/functions.ts';
import { labelsHandlers } from './connections/labels.ts';
import { reverseEtlHandlers } from './connections/reverse-etl.ts';
import { sourceSerializer, sourcesHandlers } from './connections/sources.ts';
import { subscriptionsHandlers } from './connections/subscriptions.ts';
import { trackingPlansHandlers } from './connections/tracking-plans.ts';
import { transformationsHandlers } from './connections/transformations.ts';
import { warehousesHandlers } from './connections/warehouses.ts';
import { auditHandlers } from './iam/audit-events.ts';
import { groupsHandlers } from './iam/groups.ts';
import { invitesHandlers } from './iam/invites.ts';
import { usersHandlers } from './iam/users.ts';
import { deliveryMetricsHandlers } from './metrics/delivery-metrics.ts';
import { deliveryOverviewHandlers } from './metrics/delivery-overview.ts';
import { eventsVolumeHandlers } from './metrics/events-volume.ts';
import { usageHandlers } from './metrics/usage.ts';
import { createGuard } from './permissions/guard.ts';
import { createResources, type Resources } from './permissions/resources.ts';
import { regulationsHandlers } from './privacy/regulations.ts';
import { type Handlers, segmentDoor } from './protocol/door.ts';
import { audiencesHandlers } from './spaces/audiences.ts';
import { computedTraitsHandlers } from './spaces/computed-traits.ts';
import { messagingSubscriptionsHandlers } from './spaces/messaging-subscriptions.ts';
import { previewsHandlers } from './spaces/previews.ts';
import { profilesWarehousesHandlers } from './spaces/profiles-warehouses.ts';
import { schedulesHandlers } from './spaces/schedules.ts';
import { spacesHandlers } from './spaces/spaces.ts';
import { testingHandlers } from './testing.ts';
import { workspaceHandlers } from './workspace.ts';

export interface SegmentServices {
  readonly access: Access;
  readonly audiences: AudienceService;
  readonly audit: Audit;
  readonly catalog: Catalog;
  readonly connections: Connections;
  readonly filters: Filters;
  readonly transformations: Transformations;
  readonly warehouses: Warehouses;
  readonly messagingSubscriptions: MessagingSubscriptions;
  readonly models: Models;
  readonly trackingPlans: TrackingPlans;
  readonly reports: Reports;
  readonly regulations: Regulations;
  readonly functions: FunctionService;
}

/** @returns what the ids of this door stand for, which permissions name. */
export function registerSegment(app: Http, services: SegmentServices): Resources {
  const handlers: Handlers = {
    ...workspaceHandlers(services),
    ...catalogHandlers(services),
    ...sourcesHandlers({ ...services, serializeDestination: destinationSerializer(services.connections) }),
    ...destinationsHandlers(services),
    ...subscriptionsHandlers(services),
    ...labelsHandlers(services),
    ...filtersHandlers(services),
    ...transformationsHandlers(services),
    ...warehousesHandlers({ ...services, serializeSource: sourceSerializer(services.catalog) }),
    ...reverseEtlHandlers(services),
    ...trackingPlansHandlers(services),
    ...deliveryMetricsHandlers(services),
    ...deliveryOverviewHandlers(services),
    ...eventsVolumeHandlers(services),
    ...usageHandlers(services),
    ...regulationsHandlers(services),
    ...functionsHandlers(services),
    ...spacesHandlers(services),
    ...profilesWarehousesHandlers(services),
    ...messagingSubscriptionsHandlers(services),
    ...audiencesHandlers(services.audiences),
    ...schedulesHandlers(services.audiences),
    ...previewsHandlers(services.audiences),
    ...computedTraitsHandlers(services.audiences),
    ...usersHandlers(services),
    ...invitesHandlers(services),
    ...groupsHandlers(services),
    ...auditHandlers(services),
    ...testingHandlers(),
  };
  const resources = createResources(handlers);
  const guard = createGuard(resources);
  app.register(async (door) => segmentDoor(door, handlers, guard));
  app.register(async (door) => segmentDoor(door, handlers, guard), { prefix: '/segment' });
  return resources;
}
