/** Headgate's own API under /api/v1, and the same routes under /subscribeflow/api/v1 for a client that is pointed there. */
// Its types add `hide` to route schemas.
import type {} from '@fastify/swagger';
import type { Audit } from '../../access/audit/service.ts';
import type { Access } from '../../access/service.ts';
import type { AudienceService } from '../../audiences/service.ts';
import type { Catalog } from '../../connections/catalog/catalog.ts';
import type { Filters } from '../../connections/filters/filters.ts';
import type { FunctionService } from '../../connections/functions/service.ts';
import type { Connections } from '../../connections/service.ts';
import type { ReadSchema } from '../../connections/tracking-plans/observed.ts';
import type { TrackingPlans } from '../../connections/tracking-plans/service.ts';
import type { Transformations } from '../../connections/transformations/transformations.ts';
import type { Warehouses } from '../../connections/warehouses/warehouses.ts';
import type { Delivery } from '../../delivery/service.ts';
import type { Reports } from '../../events/metrics/reports.ts';
import type { Events } from '../../events/service.ts';
import type { EventStream } from '../../events/stream.ts';
import type { Emails } from '../../messaging/emails.ts';
import type { Templates } from '../../messaging/templates.ts';
import type { Sandbox } from '../../outbound/sandbox.ts';
import type { People } from '../../people/service.ts';
import type { Regulations } from '../../people/suppression/regulations.ts';
import type { Http } from '../route.ts';
import { accountRoutes } from './access/account.ts';
import { alertRoutes } from './access/alerts/alerts.ts';
import { approvalRoutes } from './access/alerts/approvals.ts';
import { leakRoutes } from './access/alerts/leaks.ts';
import { auditRoutes } from './access/audit/audit.ts';
import { groupRoutes } from './access/groups.ts';
import { apiKeyRoutes } from './access/keys/api-keys.ts';
import { keyPolicyRoutes } from './access/keys/key-policy.ts';
import { oauthClientRoutes } from './access/oauth.ts';
import { usageRoutes } from './access/usage/usage.ts';
import { usageReportRoutes } from './access/usage/usage-reports.ts';
import { invitationRoutes } from './access/users/invitations.ts';
import { memberRoutes } from './access/users/members.ts';
import { passkeyRoutes } from './access/users/passkeys.ts';
import { secondFactorRoutes } from './access/users/second-factor.ts';
import { ownSessionRoutes } from './access/users/sessions.ts';
import { audienceRoutes } from './audiences.ts';
import { catalogRoutes } from './connections/destinations/catalog.ts';
import { deliveriesRoutes } from './connections/destinations/deliveries.ts';
import { destinationsRoutes } from './connections/destinations/destinations.ts';
import { filtersRoutes } from './connections/destinations/filters.ts';
import { subscriptionsRoutes } from './connections/destinations/subscriptions.ts';
import { transformationsRoutes } from './connections/destinations/transformations.ts';
import { functionRoutes } from './connections/functions.ts';
import { labelsRoutes } from './connections/labels.ts';
import { sourceSettingsRoutes } from './connections/sources/source-settings.ts';
import { sourcesRoutes } from './connections/sources/sources.ts';
import { trackingPlansRoutes } from './connections/tracking-plans.ts';
import { warehousesRoutes } from './connections/warehouses.ts';
import { handleApiError } from './conventions.ts';
import { emailRoutes } from './emails.ts';
import { type DeliveryOfEvent, eventRoutes } from './events.ts';
import { metricsRoutes } from './metrics.ts';
import { peopleRoutes } from './people.ts';
import { regulationsRoutes } from './regulations.ts';
import { sandboxRoutes } from './sandbox.ts';
import { templateRoutes } from './templates.ts';

export interface ApiServices {
  readonly access: Access;
  /** Tells whether cookies can be kept to TLS. */
  readonly publicUrl: string;
  readonly audit: Audit;
  readonly audiences: AudienceService;
  readonly connections: Connections;
  readonly filters: Filters;
  readonly transformations: Transformations;
  readonly functions: FunctionService;
  readonly catalog: Catalog;
  readonly warehouses: Warehouses;
  readonly trackingPlans: TrackingPlans;
  /** What came from sources, by name and field. */
  readonly readSchema: ReadSchema;
  readonly delivery: Delivery;
  readonly events: Events<DeliveryOfEvent>;
  readonly people: People;
  readonly reports: Reports;
  readonly regulations: Regulations;
  readonly templates: Templates;
  readonly emails: Emails;
  readonly sandbox: Sandbox;
  readonly stream: EventStream<DeliveryOfEvent>;
}

export function registerApi(app: Http, services: ApiServices): void {
  app.register(async (api) => registerResources(api, services), { prefix: '/api/v1' });
  app.register(
    async (api) => {
      // Documented once, under /api/v1.
      api.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
      });
      registerResources(api, services);
    },
    { prefix: '/subscribeflow/api/v1' },
  );
}

function registerResources(api: Http, services: ApiServices): void {
  api.setErrorHandler(handleApiError);
  accountRoutes(api, services);
  apiKeyRoutes(api, services);
  keyPolicyRoutes(api, services);
  alertRoutes(api, services);
  leakRoutes(api, services);
  approvalRoutes(api, services);
  oauthClientRoutes(api, services);
  auditRoutes(api, services);
  memberRoutes(api, services);
  invitationRoutes(api, services);
  groupRoutes(api, services);
  ownSessionRoutes(api, services);
  secondFactorRoutes(api, services);
  passkeyRoutes(api, services);
  usageRoutes(api, services);
  usageReportRoutes(api, services);
  sourcesRoutes(api, services);
  sourceSettingsRoutes(api, services);
  labelsRoutes(api, services);
  destinationsRoutes(api, services);
  warehousesRoutes(api, services);
  trackingPlansRoutes(api, services);
  catalogRoutes(api, services);
  filtersRoutes(api, services);
  transformationsRoutes(api, services);
  subscriptionsRoutes(api, services);
  deliveriesRoutes(api, services);
  sandboxRoutes(api, services);
  eventRoutes(api, services);
  peopleRoutes(api, services);
  audienceRoutes(api, services);
  metricsRoutes(api, services);
  regulationsRoutes(api, services);
  templateRoutes(api, services);
  emailRoutes(api, services);
  functionRoutes(api, services);
}
