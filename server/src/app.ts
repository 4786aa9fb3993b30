/** Composition root: builds every service with plain factory functions and registers every door by name. */
import { readFileSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import { type Audit, createAudit } from './access/audit/service.ts';
import { createIdempotency } from './access/idempotency/records.ts';
import { createGithubKeys, GITHUB_KEYS_URL, KEY_LIST_BYTES, readPinnedKeys } from './access/leaks/github.ts';
import { createLimits, type Limits } from './access/limits/service.ts';
import { type Access, createAccess } from './access/service.ts';
import { type AudienceService, createAudienceService } from './audiences/service.ts';
import type { Config } from './config.ts';
import { createCatalog } from './connections/catalog/catalog.ts';
import { createRules } from './connections/deliverable.ts';
import { createFunctionService, type FunctionService } from './connections/functions/service.ts';
import { type Connections, createConnections } from './connections/service.ts';
import { createPlans } from './connections/tracking-plans/enforcement/plans.ts';
import { createPlannedSources } from './connections/tracking-plans/enforcement/sources.ts';
import { createPlanStage } from './connections/tracking-plans/enforcement/stage.ts';
import { createTrackingPlans, type TrackingPlans } from './connections/tracking-plans/service.ts';
import { createTryConnection } from './connections/warehouses/connect.ts';
import { createModels } from './connections/warehouses/models.ts';
import { createWarehouses } from './connections/warehouses/warehouses.ts';
import type { Database } from './db/open.ts';
import { RETRY_POLICY, type RetryPolicy } from './delivery/retry.ts';
import { createDelivery, type Delivery } from './delivery/service.ts';
import { createEventLog } from './events/log/append.ts';
import { appendForwarded } from './events/log/forward.ts';
import { readLag } from './events/log/read.ts';
import { createReports } from './events/metrics/reports.ts';
import { createPipeline, type Pipeline } from './events/pipeline/pipeline.ts';
import { pipelineStages } from './events/pipeline/stages.ts';
import { createSchemaReader } from './events/schema.ts';
import { createEvents, type Events } from './events/service.ts';
import { createEventStream, type EventStream } from './events/stream.ts';
import type { DeliveryOfEvent } from './http/api/events.ts';
import { registerApi } from './http/api/routes.ts';
import { dashboardRoutes } from './http/dashboard/routes.ts';
import { docsRoutes } from './http/docs.ts';
import { rootErrors } from './http/errors.ts';
import { useApprovals } from './http/guard/approvals.ts';
import { useCredentials } from './http/guard/credentials.ts';
import { useIdempotency } from './http/guard/idempotency.ts';
import { afterFailure, useLimits } from './http/guard/limits.ts';
import { useUsage } from './http/guard/usage.ts';
import { registerLeaks } from './http/leaks/routes.ts';
import { logRequests } from './http/logging.ts';
import { oauthRoutes } from './http/oauth/routes.ts';
import { type OpenApiDocument, useOpenApi } from './http/openapi.ts';
import { opsRoutes } from './http/ops.ts';
import type { Http } from './http/route.ts';
import { securityHeaders } from './http/security.ts';
import { anyUuidOf, shortId } from './http/segment/protocol/ids.ts';
import { registerSegment } from './http/segment/routes.ts';
import { registerSegmentConfig } from './http/segment-config/routes.ts';
import { registerSegops } from './http/segops/routes.ts';
import { createHttpServer } from './http/server.ts';
import { trackingRoutes } from './http/tracking/routes.ts';
import { createJobs } from './jobs/jobs.ts';
import { createMaintenance } from './jobs/maintenance.ts';
import { createMessaging, type Messaging } from './messaging/service.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createNotices, NOTICE_CONNECTIONS, type Notices } from './notices/notices.ts';
import { checkOutboundUrl } from './outbound/address.ts';
import { createOutboundHttp } from './outbound/http.ts';
import { createMailTransport } from './outbound/mail.ts';
import { createOutboundResolver } from './outbound/resolve.ts';
import { createSandbox } from './outbound/sandbox.ts';
import { createPeople, type People } from './people/service.ts';
import { createMessagingSubscriptions } from './people/subscriptions/service.ts';
import { createEraser, type Eraser } from './people/suppression/erase.ts';
import { createRegulations, type Regulations } from './people/suppression/regulations.ts';
import { suppressionStage } from './people/suppression/stage.ts';
import { createReadiness } from './readiness.ts';

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly log: FastifyBaseLogger;
  /** At least 32 characters; keys, tokens and sealed secrets hang on it. */
  readonly secret: string;
  /** Default: counters without those of the process, so that many apps may share one. */
  readonly metrics?: Metrics;
  /** When failed deliveries are tried again; tests cannot wait for minutes. */
  readonly retryPolicy?: RetryPolicy;
}

export interface App {
  readonly http: Http;
  readonly access: Access;
  readonly limits: Limits;
  readonly audit: Audit;
  readonly audiences: AudienceService;
  readonly connections: Connections;
  readonly trackingPlans: TrackingPlans;
  readonly functions: FunctionService;
  readonly delivery: Delivery;
  readonly events: Events<DeliveryOfEvent>;
  readonly people: People;
  /** Requests to suppress or delete people; the eraser works them off. */
  readonly regulations: Regulations;
  readonly eraser: Eraser;
  readonly messaging: Messaging;
  /** The system's own mails to its users. */
  readonly notices: Notices;
  readonly pipeline: Pipeline;
  readonly stream: EventStream<DeliveryOfEvent>;
  /** What /openapi.json answers; ask after `http.ready()`. */
  openApi(): OpenApiDocument;
  /** /readyz says yes from now on. */
  opened(): void;
  /** Starts the loops of the configured roles. */
  start(): Promise<void>;
  /** Drains: no new requests, running ones and loops finish, then everything is closed but the database. */
  stop(): Promise<void>;
}

export async function createApp({
  config,
  database,
  log,
  secret,
  metrics = createMetrics({ process: false }),
  retryPolicy = RETRY_POLICY,
}: AppParts): Promise<App> {
  const http = createHttpServer({ log, trustedProxies: config.trustedProxies });
  const clock = Date.now;
  const now = () => new Date();
  const { db } = database;
  const sealed = { db, secret, previousSecret: config.previousSecret };
  const readiness = createReadiness({ db });
  securityHeaders(http);
  rootErrors(http);
  logRequests(http, { metrics });
  const openApi = await useOpenApi(http);
  const { allowPrivateNetwork } = config;

  const { smtpUrl } = config;
  const notices = createNotices({
    db,
    mail: smtpUrl ? createMailTransport({ smtpUrl, connections: NOTICE_CONNECTIONS }) : null,
    from: config.mailFrom,
    publicUrl: config.publicUrl,
    exclusive: database.kind === 'embedded',
    now,
    log,
  });
  const access = createAccess({
    ...sealed,
    keyPrefix: config.keyPrefix,
    now,
    clock,
    log,
    publicUrl: config.publicUrl,
    hasMail: config.smtpUrl !== null,
    notify: notices.enqueue,
    usageDays: config.usageDays,
    geoIpFile: config.geoIpFile,
    countSends: (...range) => messaging.emails.countByKey(...range),
    countMessages: (...range) => messaging.emails.countByKeys(...range),
    missingResources: (...asked) => segment.missing(...asked),
  });
  useUsage(http, access, now);
  const limits = createLimits({ database, now: clock, log });
  useCredentials(http, access, (request, error) => afterFailure(limits, request, error));
  useLimits(http, limits);
  useIdempotency(http, createIdempotency({ database, secret, previousSecret: config.previousSecret, now, log }));
  useApprovals(http, access.approvals);
  const audit = createAudit({
    ...sealed,
    dataDir: config.dataDir,
    days: config.auditDays,
    now,
    log,
  });

  const catalog = createCatalog();
  const connections = createConnections({
    ...sealed,
    log,
    now,
    catalog,
    hasModel: (executor, scope, id) => models.exists(executor, scope, id),
    checkUrl: (url) => checkOutboundUrl(url, { allowPrivateNetwork, field: 'settings.url' }),
  });
  const { filters, transformations, ...rules } = createRules({ db, connections, catalog, log });
  const outbound = createOutboundHttp({ allowPrivateNetwork });
  const functions = createFunctionService({
    ...sealed,
    now,
    http: outbound,
    log,
    checkUrl: (url) => checkOutboundUrl(url, { allowPrivateNetwork, field: 'url' }),
    connections,
  });
  // Doors ask it from the first request on; start() keeps it up to date with other processes.
  const planned = createPlannedSources({ db });
  connections.attach(planned.part);
  await connections.reload();

  const { sources } = connections;
  const warehouses = createWarehouses({
    ...sealed,
    catalog,
    sources,
    tryConnection: createTryConnection({ resolve: createOutboundResolver({ allowPrivateNetwork }) }),
  });
  const models = createModels({ db, sources });
  const trackingPlans = createTrackingPlans({ db, reload: connections.reload });

  const delivery = createDelivery({
    database,
    connections,
    http: outbound,
    metrics,
    log,
    now,
    policy: retryPolicy,
    decide: rules.decide,
    insert: functions.insert,
  });
  const eventLog = createEventLog({ db });
  const reports = createReports({ db, now });
  const events = createEvents<DeliveryOfEvent>({ db, summaries: delivery.summariesOf, now });
  const people = createPeople({ db, now, onMerge: [delivery.repoint] });
  const eraser = createEraser({ db, log });
  const regulations = createRegulations({ db, now, eraser });
  const planStage = createPlanStage({
    plans: createPlans(),
    sourceOf: planned.find,
    forward: appendForwarded,
    shownId: shortId,
  });
  const stages = pipelineStages({
    suppression: suppressionStage,
    trackingPlans: planStage,
    identity: people.stage,
    deliveries: delivery.stage,
    transformations: rules.transformationsStage,
  });
  const pipeline = createPipeline({ db, stages, log });
  const stream = createEventStream({ db, events });
  eventLog.onAppend(pipeline.wake);
  pipeline.onCommit((batch) => {
    for (const item of batch.refused) if (item.outcome === 'duplicate') metrics.duplicates.inc();
    delivery.wake();
    stream.wake();
  });
  const audiences = createAudienceService({ database, log, now, sourceId: anyUuidOf });
  const messaging = createMessaging({
    db,
    log,
    now,
    smtpUrl: config.smtpUrl,
    mailFrom: config.mailFrom,
    allowance: access.sendingAllowance,
    exclusive: database.kind === 'embedded',
    onOutcome: (outcome) => metrics.emails.inc({ outcome }),
  });
  metrics.onScrape(async () => {
    const lag = await readLag(db);
    metrics.lagEvents.set(lag.events);
    metrics.lagSeconds.set(lag.seconds);
  });

  const maintenance = createMaintenance({ db, now });
  const jobs = createJobs({
    pool: database.pool,
    log,
    jobs: [
      { name: 'maintenance', cron: '*/10 * * * *', run: maintenance.run },
      { name: 'key-reminders', cron: '23 * * * *', run: access.keyReminders.run },
      { name: 'audit-retention', cron: '17 * * * *', run: audit.keeper.forget },
      { name: 'usage', cron: '*/10 * * * *', run: access.usage.maintain },
    ],
  });

  opsRoutes(http, { metrics, notReady: readiness.notReady });
  docsRoutes(http);
  await dashboardRoutes(http);
  http.register(async (door) =>
    trackingRoutes(door, {
      findByWriteKey: connections.findByWriteKey,
      log: eventLog,
      publicUrl: config.publicUrl,
      now,
      metrics,
    }),
  );
  const ofSegment = {
    access,
    catalog,
    connections,
    filters,
    warehouses,
    trackingPlans,
    functions,
    reports,
    regulations,
  };
  const messagingSubscriptions = createMessagingSubscriptions({ db, now });
  const segment = registerSegment(http, {
    ...ofSegment,
    audiences,
    audit,
    transformations,
    models,
    messagingSubscriptions,
  });
  registerSegmentConfig(http, ofSegment);
  http.register(async (door) => oauthRoutes(door, { access, limits, publicUrl: config.publicUrl }));
  const github = createGithubKeys({
    get: (url, headers) => outbound.request({ method: 'GET', url, headers, keepBytes: KEY_LIST_BYTES }),
    url: config.secretScanningUrl ?? GITHUB_KEYS_URL,
    pinned: config.secretScanningKeys ? readPinnedKeys(readFileSync(config.secretScanningKeys, 'utf8')) : null,
    now,
    log,
  });
  registerLeaks(http, { leaks: access.leaks, github, now });
  registerSegops(http, { access, publicUrl: config.publicUrl });
  const { templates, emails } = messaging;
  registerApi(http, {
    access,
    publicUrl: config.publicUrl,
    audit,
    audiences,
    connections,
    filters,
    transformations,
    functions,
    catalog,
    warehouses,
    trackingPlans,
    readSchema: createSchemaReader({ db, now }),
    delivery,
    events,
    people,
    reports,
    regulations,
    templates,
    emails,
    sandbox: createSandbox({ db }),
    stream,
  });
  return {
    http,
    access,
    limits,
    audit,
    audiences,
    connections,
    trackingPlans,
    functions,
    delivery,
    events,
    people,
    regulations,
    eraser,
    messaging,
    notices,
    pipeline,
    stream,
    openApi: openApi.document,
    opened: readiness.open,
    async start() {
      await access.start();
      await limits.start();
      await connections.start();
      await functions.start();
      if (config.roles.includes('worker')) {
        pipeline.start();
        eraser.start();
        await delivery.start();
        await messaging.start();
        audiences.runner.start();
        await notices.start();
        await audit.keeper.start();
        await jobs.start();
      }
    },
    async stop() {
      readiness.drain();
      stream.stop();
      await http.close();
      await eventLog.drain();
      await jobs.stop();
      await pipeline.stop();
      await eraser.stop();
      await Promise.all([delivery.stop(), messaging.stop(), audiences.runner.stop(), notices.stop()]);
      await functions.stop();
      await outbound.close();
      await audit.keeper.stop();
      await limits.stop();
      await access.stop();
      await connections.stop();
    },
  };
}
