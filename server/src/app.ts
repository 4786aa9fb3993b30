/** Composition root: builds every service with plain factory functions and registers every door by name. */
import type { FastifyBaseLogger } from 'fastify';
import { type Access, createAccess } from './access/service.ts';
import type { Config } from './config.ts';
import { type Connections, createConnections } from './connections/service.ts';
import type { Database } from './db/open.ts';
import { registerApi } from './http/api/routes.ts';
import { useCredentials } from './http/credentials.ts';
import { dashboardRoutes } from './http/dashboard/routes.ts';
import { docsRoutes } from './http/docs.ts';
import { rootErrors } from './http/errors.ts';
import { logRequests } from './http/logging.ts';
import { type OpenApiDocument, useOpenApi } from './http/openapi.ts';
import { opsRoutes } from './http/ops.ts';
import type { Http } from './http/route.ts';
import { securityHeaders } from './http/security.ts';
import { createHttpServer } from './http/server.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { checkOutboundUrl } from './outbound/address.ts';
import { createReadiness } from './readiness.ts';

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly log: FastifyBaseLogger;
  /** At least 32 characters; keys, tokens and sealed secrets hang on it. */
  readonly secret: string;
  /** Default: counters without those of the process, so that many apps may share one. */
  readonly metrics?: Metrics;
}

export interface App {
  readonly http: Http;
  readonly access: Access;
  readonly connections: Connections;
  /** What /openapi.json answers; ask after `http.ready()`. */
  openApi(): OpenApiDocument;
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
}: AppParts): Promise<App> {
  const http = createHttpServer({ log, trustedProxies: config.trustedProxies });
  const now = () => new Date();
  const { db } = database;
  const readiness = createReadiness({ db });
  securityHeaders(http);
  rootErrors(http);
  logRequests(http, { metrics });
  const openApi = await useOpenApi(http);
  const { allowPrivateNetwork } = config;

  const access = createAccess({ db, secret, now, log });
  useCredentials(http, access);

  const connections = createConnections({
    db,
    secret,
    log,
    now,
    checkUrl: (url) => checkOutboundUrl(url, { allowPrivateNetwork, field: 'settings.url' }),
  });
  // Doors ask it from the first request on; start() keeps it up to date with other processes.
  await connections.reload();

  opsRoutes(http, { metrics, notReady: readiness.notReady });
  docsRoutes(http);
  await dashboardRoutes(http);
  registerApi(http, { access, connections });
  return {
    http,
    access,
    connections,
    openApi: openApi.document,
    async start() {
      await access.start();
      await connections.start();
    },
    async stop() {
      readiness.drain();
      await http.close();
      await access.stop();
      await connections.stop();
    },
  };
}
