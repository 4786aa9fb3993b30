/** The operator's door: GET /healthz (the process lives), /readyz (it can serve), /metrics (Prometheus text). */
import { type Static, Type } from 'typebox';
import type { Metrics } from '../metrics.ts';
import type { Http } from './route.ts';

const Health = Type.Object({ status: Type.Literal('ok') });
const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('not_ready')]),
  reason: Type.Union([Type.String(), Type.Null()]),
});

export interface OpsServices {
  readonly metrics: Metrics;
  /** null when requests can be served, else the reason in a few words. Must answer within seconds. */
  readonly notReady: () => Promise<string | null>;
}

export function opsRoutes(app: Http, { metrics, notReady }: OpsServices): void {
  const config = { access: { scope: 'public' as const } };

  app.route({
    method: 'GET',
    url: '/healthz',
    config,
    schema: {
      operationId: 'health.alive',
      tags: ['Operations'],
      summary: 'Whether the process is alive',
      response: { 200: Health },
    },
    handler: async () => ({ status: 'ok' as const }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    config,
    schema: {
      operationId: 'health.ready',
      tags: ['Operations'],
      summary: 'Whether requests can be served: the database answers, is migrated, and no shutdown has begun',
      response: { 200: Readiness, 503: Readiness },
    },
    handler: async (_request, reply) => {
      const reason = await notReady();
      const body: Static<typeof Readiness> = { status: reason === null ? 'ready' : 'not_ready', reason };
      return reply.code(reason === null ? 200 : 503).send(body);
    },
  });

  app.route({
    method: 'GET',
    url: '/metrics',
    config,
    schema: { hide: true },
    handler: async (_request, reply) => {
      const { contentType, text } = await metrics.render();
      return reply.type(contentType).send(text);
    },
  });
}
