/** GET /delivery-overview/…: what became of a source's events, step by step to a destination. */
import { scopeOf } from '../../../access/principal.ts';
import type { Connections } from '../../../connections/service.ts';
import { notFound } from '../../../errors.ts';
import type { Dimension, Reports, Step } from '../../../events/metrics/reports.ts';
import { DELIVERY_OVERVIEW, type WindowInput, windowOf } from '../../../events/metrics/windows.ts';
import type { Call, Handler, Handlers } from '../protocol/door.ts';
import { uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';
import { filterOf, groupByOf } from './dimensions.ts';

const RECEIVED: readonly Dimension[] = ['eventName', 'eventType', 'appVersion'];
const AT_SOURCE: readonly Dimension[] = [...RECEIVED, 'discardReason'];
const AT_DESTINATION: readonly Dimension[] = [...AT_SOURCE, 'subscriptionId', 'activationId', 'audienceId', 'spaceId'];

export function deliveryOverviewHandlers({
  connections,
  reports,
  now = () => new Date(),
}: {
  connections: Connections;
  reports: Reports;
  now?: () => Date;
}): Handlers {
  const { sources, destinations } = connections;

  function report(step: Step, dimensions: readonly Dimension[]): Handler {
    return async (call: Call) => {
      const { query, caller } = call;
      const scope = scopeOf(caller);
      const request = pageRequest(query['pagination']);
      const window = windowOf(query as WindowInput, DELIVERY_OVERVIEW, now());
      const groupBy = groupByOf(query['groupBy'], dimensions);
      const filter = filterOf(query['filter'], dimensions);
      const source = await sources.get(scope, uuidOf(query['sourceId']) ?? '');
      const destinationId = dimensions === AT_DESTINATION ? await destinationOf(call, source.id) : undefined;
      const page = await reports.series(
        scope,
        { step, window, groupBy, filter: { ...filter, source: [source.id] }, destinationId },
        request,
      );
      const retried = step === 'delivered';
      return {
        total: page.total,
        dataset: page.series.map(({ values, total, retries, points }) => ({
          ...Object.fromEntries(groupBy.map((name, n) => [name, values[n] ?? ''])),
          total,
          series: points.map(({ time, count, retries: retryCount }) => ({
            time: time.toISOString(),
            count,
            ...(retried && { retryCount }),
          })),
          ...(retried && { totalRetryCount: retries }),
        })),
        pagination: pagination(request, { ...page, keys: page.series.map(({ place }) => place), total: page.found }),
      };
    };
  }

  async function destinationOf({ query, caller }: Call, sourceId: string): Promise<string> {
    const row = await destinations.get(scopeOf(caller), uuidOf(query['destinationConfigId']) ?? '');
    if (row.source_id !== sourceId) throw notFound('destination');
    return row.id;
  }

  return {
    getIngressSuccessMetricsFromDeliveryOverview: report('received', RECEIVED),
    getIngressFailedMetricsFromDeliveryOverview: report('refused', AT_SOURCE),
    getFilteredAtSourceMetricsFromDeliveryOverview: report('filtered', AT_SOURCE),
    getFilteredAtDestinationMetricsFromDeliveryOverview: report('dropped', AT_DESTINATION),
    getEgressSuccessMetricsFromDeliveryOverview: report('delivered', AT_DESTINATION),
    getEgressFailedMetricsFromDeliveryOverview: report('failed', AT_DESTINATION),
  };
}
