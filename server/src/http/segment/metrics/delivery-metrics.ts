/** GET /destinations/{id}/delivery-metrics: what became of the deliveries to one destination. */
import { scopeOf } from '../../../access/principal.ts';
import type { Connections } from '../../../connections/service.ts';
import { notFound } from '../../../errors.ts';
import { metricsOf } from '../../../events/metrics/delivery-metrics.ts';
import type { Reports } from '../../../events/metrics/reports.ts';
import { DELIVERY_METRICS, windowWithDefaults } from '../../../events/metrics/windows.ts';
import type { Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';

export function deliveryMetricsHandlers({
  connections,
  reports,
  now = () => new Date(),
}: {
  connections: Connections;
  reports: Reports;
  now?: () => Date;
}): Handlers {
  return {
    async listDeliveryMetricsSummaryFromDestination({ caller, params, query }) {
      const scope = scopeOf(caller);
      const destination = await connections.destinations.get(scope, uuidOf(params['destinationId'] ?? '') ?? '');
      const sourceId = uuidOf(query['sourceId']);
      if (destination.source_id !== sourceId) throw notFound('source');
      const { startTime, endTime, granularity } = query;
      const window = windowWithDefaults({ startTime, endTime, granularity }, DELIVERY_METRICS, now());
      const report = await reports.deliveries(scope, { sourceId, destinationId: destination.id, window });
      return {
        deliveryMetricsSummary: {
          sourceId: shortId(sourceId),
          destinationMetadataId: destination.metadata_id,
          metrics: metricsOf(report).map(({ name, total, breakdown }) => ({
            metricName: name,
            total,
            breakdown: breakdown.map(({ name: metricName, value }) => ({ metricName, value })),
          })),
        },
      };
    },
  };
}
