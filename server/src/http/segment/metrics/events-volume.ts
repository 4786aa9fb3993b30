/** GET /events/volume: how many events came, by time and what they are. */
import { scopeOf } from '../../../access/principal.ts';
import type { Connections } from '../../../connections/service.ts';
import { AppError } from '../../../errors.ts';
import type { Dimension, Reports } from '../../../events/metrics/reports.ts';
import { EVENTS_VOLUME, type WindowInput, windowOf } from '../../../events/metrics/windows.ts';
import type { Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';
import { groupByOf } from './dimensions.ts';

const DIMENSIONS: readonly Dimension[] = ['eventName', 'eventType', 'source', 'appVersion'];

export function eventsVolumeHandlers({
  connections,
  reports,
  now = () => new Date(),
}: {
  connections: Connections;
  reports: Reports;
  now?: () => Date;
}): Handlers {
  return {
    async getEventsVolumeFromWorkspace({ caller, query }) {
      const scope = scopeOf(caller);
      const request = pageRequest(query['pagination']);
      const window = windowOf(query as WindowInput, EVENTS_VOLUME, now());
      const groupBy = groupByOf(query['groupBy'], DIMENSIONS);
      const { granularity, startTime, endTime, sourceId, eventName, eventType, appVersion } = query;
      const filter = {
        ...(eventName && { eventName }),
        ...(eventType && { eventType: (eventType as string[]).map((type) => type.toLowerCase()) }),
        ...(appVersion && { appVersion }),
        ...(sourceId && { source: sourceIds(sourceId) }),
      };
      const page = await reports.series(scope, { step: 'received', window, groupBy, filter }, request);
      const at = groupBy.indexOf('source');
      const ids = at < 0 ? [] : page.series.map(({ values }) => values[at] ?? '');
      const names = new Map((await connections.sources.names(scope, ids)).map((source) => [source.id, source]));
      return {
        path: '/events/volume',
        query: {
          workspaceId: shortId(scope.workspaceId),
          ...{ granularity, startTime, endTime },
          ...(query['groupBy'] && { groupBy }),
          ...{ sourceId, eventName, eventType, appVersion },
        },
        result: page.series.map(({ values, total, points }) => {
          const [name, type, source] = (['eventName', 'eventType', 'source'] as const).map(
            (dimension) => values[groupBy.indexOf(dimension)],
          );
          return {
            ...(source && { source: sourceOf(source, names.get(source)) }),
            ...(name && { eventName: name }),
            ...(type && { eventType: type }),
            total,
            series: points.map(({ time, count }) => ({ time: time.toISOString(), count })),
          };
        }),
        pagination: pagination(request, { ...page, keys: page.series.map(({ place }) => place), total: page.found }),
      };
    },
  };
}

function sourceOf(id: string, known: { name: string; slug: string } | undefined): object {
  return { id: shortId(id), ...(known && { name: known.name, slug: known.slug }) };
}

/** An id that no source here has matches nothing, as one of another workspace does. */
function sourceIds(given: readonly string[]): string[] {
  if (given.length > 200) {
    const message = '"sourceId" must have at most 200 values';
    throw new AppError('validation_error', message, { fields: [{ field: 'sourceId', message }] });
  }
  return given.flatMap((id) => uuidOf(id) ?? []);
}
