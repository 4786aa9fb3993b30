/** Event delivery metrics (contract segment-config-api §15): time series of a destination, and summaries. */
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Catalog } from '../../../connections/catalog/catalog.ts';
import type { Connections } from '../../../connections/service.ts';
import { AppError, invalidField, notFound } from '../../../errors.ts';
import { metricsOf, namesOf, type Report, seriesOf } from '../../../events/metrics/delivery-metrics.ts';
import type { Reports } from '../../../events/metrics/reports.ts';
import {
  bucketsOf,
  DELIVERY_METRICS,
  GRANULARITIES,
  type Window,
  windowWithDefaults,
} from '../../../events/metrics/windows.ts';
import type { Http } from '../../route.ts';
import { uuidOf } from '../../segment/protocol/ids.ts';
import { ConfigError } from '../protocol/conventions.ts';
import { NamePart, type Names, SourceParams, type SourcePlace, WorkspaceParams } from '../protocol/names.ts';

const Metric = Type.Object({
  name: Type.String({ description: '`workspaces/<w>/sources/<s>/destinations/<d>/metrics/<metric>`' }),
  granularity: Type.String(),
  points: Type.Array(Type.Object({ time: Type.String(), value: Type.Number() })),
});
const Metrics = Type.Object({ metrics: Type.Array(Metric), next_page_token: Type.String() });
const Summary = Type.Object({
  name: Type.String(),
  metrics: Type.Array(
    Type.Object({
      metric_name: Type.String(),
      total: Type.Number(),
      breakdown: Type.Array(Type.Object({ metric_name: Type.String(), value: Type.Number() })),
    }),
  ),
});

const WindowQuery = Type.Object({
  start_time: Type.Optional(Type.String({ maxLength: 40 })),
  end_time: Type.Optional(Type.String({ maxLength: 40 })),
  granularity: Type.Optional(Type.String({ maxLength: 10, description: GRANULARITIES.join(', ') })),
  // `names`, `names[]` or a list with commas; also as JSON in a body of the GET: namesIn.
  names: Type.Optional(Type.Unknown()),
});

const DestinationParams = Type.Object({ ...SourceParams.properties, destination: NamePart });
const tags = ['Segment Config API'];
const access = { scope: 'workspace:read', door: 'segment-config' } as const;
/** Of one call. */
const MAX_NAMES = 100;
const MAX_BODY = 256 * 1024;

interface DestinationPlace extends SourcePlace {
  readonly destinationId: string;
  readonly destinationName: string;
}

export function deliveryMetricsRoutes(
  door: Http,
  {
    catalog,
    connections,
    reports,
    names,
    now = () => new Date(),
  }: { catalog: Catalog; connections: Connections; reports: Reports; names: Names; now?: () => Date },
): void {
  async function destinationIn(place: SourcePlace, text: string): Promise<DestinationPlace> {
    const { destinations } = connections;
    const type = catalog.destinations.find(text);
    const [ofType] = type ? await destinations.ofType(place.scope, place.source.id, type.id) : [];
    const row = ofType ?? (await destinations.get(place.scope, uuidOf(text) ?? ''));
    if (row.source_id !== place.source.id) throw notFound('destination');
    const slug = destinations.typeOf(row).slug;
    return { ...place, destinationId: row.id, destinationName: `${place.sourceName}/destinations/${slug}` };
  }

  async function destination(request: Pick<FastifyRequest, 'principal'>, params: Static<typeof DestinationParams>) {
    return destinationIn(await names.source(request, params), params.destination);
  }

  async function reportOf(place: DestinationPlace, query: Static<typeof WindowQuery>) {
    const window = windowIn(query, now());
    const { source, destinationId } = place;
    return { window, report: await reports.deliveries(place.scope, { sourceId: source.id, destinationId, window }) };
  }

  async function summaryOf(
    place: DestinationPlace,
    query: Static<typeof WindowQuery>,
  ): Promise<Static<typeof Summary>> {
    const { report } = await reportOf(place, query);
    return {
      name: place.destinationName,
      metrics: metricsOf(report).map(({ name, total, breakdown }) => ({
        metric_name: name,
        total,
        breakdown: breakdown.map((part) => ({ metric_name: part.name, value: part.value })),
      })),
    };
  }

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/sources/:source/destinations/:destination/metrics',
    config: { access },
    schema: {
      operationId: 'segmentConfigMetrics.list',
      tags,
      summary: 'All time series of a destination (Segment Config API)',
      params: DestinationParams,
      querystring: WindowQuery,
      response: { 200: Metrics, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await destination(request, request.params);
      const { window, report } = await reportOf(place, request.query);
      const metrics = namesOf(report).flatMap((name) => metric(place, name, window, report) ?? []);
      return { metrics, next_page_token: '' };
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/sources/:source/destinations/:destination/metrics/:metric',
    config: { access },
    schema: {
      operationId: 'segmentConfigMetrics.get',
      tags,
      summary: 'One time series of a destination (Segment Config API)',
      params: Type.Object({ ...DestinationParams.properties, metric: NamePart }),
      querystring: WindowQuery,
      response: { 200: Metric, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await destination(request, request.params);
      const { window, report } = await reportOf(place, request.query);
      const found = metric(place, request.params.metric, window, report);
      if (!found) throw notFound('metric');
      return found;
    },
  });

  // A colon begins a parameter for the router, so the verbs after one are read here: also where it is written %3A.
  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/sources/:source/destinations/:destination/:call',
    config: { access },
    schema: {
      operationId: 'segmentConfigMetrics.ofDestination',
      tags,
      summary: '`metrics:batchGet` and `metrics:getSummary` of a destination (Segment Config API)',
      params: Type.Object({ ...DestinationParams.properties, call: NamePart }),
      querystring: WindowQuery,
      response: { 200: Type.Union([Metrics, Summary]), '4xx': ConfigError },
    },
    async handler(request) {
      const { call } = request.params;
      if (call !== 'metrics:batchGet' && call !== 'metrics:getSummary') throw notFound('path');
      const place = await destination(request, request.params);
      if (call === 'metrics:getSummary') return summaryOf(place, request.query);
      const { window, report } = await reportOf(place, request.query);
      const metrics = (await namesIn(request)).map((full) => {
        const name = full.slice(full.lastIndexOf('/') + 1);
        const parent = full.includes('/') ? full.slice(0, full.lastIndexOf('/metrics/')) : '';
        const found = metric(place, name, window, report);
        if (!found || !sameName(parent, place)) throw notFound(`metric ${full.slice(0, 300)}`);
        return found;
      });
      return { metrics, next_page_token: '' };
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/:call',
    config: { access },
    schema: {
      operationId: 'segmentConfigMetrics.ofWorkspace',
      tags,
      summary: '`event-delivery-metrics:batchGetSummary`: summaries of several destinations (Segment Config API)',
      params: Type.Object({ ...WorkspaceParams.properties, call: NamePart }),
      querystring: WindowQuery,
      response: { 200: Type.Object({ summaries: Type.Array(Summary) }), '4xx': ConfigError },
    },
    async handler(request) {
      const { workspace, call } = request.params;
      if (call !== 'event-delivery-metrics:batchGetSummary') throw notFound('path');
      await names.workspace(request, { workspace });
      const summaries: Static<typeof Summary>[] = [];
      for (const name of await namesIn(request)) {
        const [, of = '', source = '', text = ''] =
          /^workspaces\/([^/]+)\/sources\/([^/]+)\/destinations\/([^/]+)(?:\/config\/[^/]+)?$/.exec(name) ?? [];
        const place = await names.source(request, { workspace: of, source });
        summaries.push(await summaryOf(await destinationIn(place, text), request.query));
      }
      return { summaries };
    },
  });
}

function metric(place: DestinationPlace, name: string, window: Window, report: Report): Static<typeof Metric> | null {
  const values = seriesOf(name, report);
  if (!values) return null;
  return {
    name: `${place.destinationName}/metrics/${name}`,
    granularity: window.granularity,
    points: bucketsOf(window).map((time) => ({ time: time.toISOString(), value: values.get(time.getTime()) ?? 0 })),
  };
}

/** A bare metric's name is of the destination in the path. */
function sameName(parent: string, place: DestinationPlace): boolean {
  return parent === '' || parent === place.destinationName;
}

function windowIn(query: Static<typeof WindowQuery>, now: Date): Window {
  const { start_time: startTime, end_time: endTime } = query;
  const asked = (query.granularity ?? 'MINUTE').toUpperCase();
  const granularity = GRANULARITIES.find((one) => one === asked);
  if (!granularity) throw invalidField('granularity', `must be one of ${GRANULARITIES.join(', ')}`);
  try {
    return windowWithDefaults({ granularity, startTime, endTime }, DELIVERY_METRICS, now);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const inSnakeCase = error.message.replaceAll('startTime', 'start_time').replaceAll('endTime', 'end_time');
    throw new AppError('bad_request', inSnakeCase);
  }
}

/** From the query, however it repeats them, and from the JSON body that one client sends with its GET. */
async function namesIn(request: FastifyRequest): Promise<string[]> {
  const query = new URL(request.url, 'http://localhost').searchParams;
  const given = [...query.getAll('names'), ...query.getAll('names[]')].flatMap((text) => text.split(','));
  const found = [...given, ...(await namesInBody(request))].map((name) => name.trim()).filter((name) => name !== '');
  if (found.length === 0 || found.length > MAX_NAMES) {
    throw invalidField('names', `must have between 1 and ${MAX_NAMES} names`);
  }
  return found;
}

async function namesInBody({ raw, headers }: FastifyRequest): Promise<string[]> {
  if (Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined) return [];
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of raw as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new AppError('payload_too_large', `A body of at most ${MAX_BODY} bytes is read here.`);
    parts.push(Buffer.from(part));
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(parts).toString() || '{}');
    const list = typeof body === 'object' && body !== null && 'names' in body ? body.names : [];
    return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
  } catch {
    throw new AppError('bad_request', 'The body is not valid JSON.');
  }
}
