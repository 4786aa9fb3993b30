/** Where a regulation stands at every place that keeps data: here first, then the destinations of each source that it asks. */
import type { Connections } from '../../../connections/service.ts';
import type { Regulation } from '../../../people/suppression/regulations.ts';
import { asksDestinations } from '../../../people/suppression/types.ts';
import { shortId } from '../protocol/ids.ts';

/** Destinations in one answer. */
const MAX_DESTINATIONS = 1_000;

interface DestinationStatus {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly errString: string;
  /** '' while it is not finished. */
  readonly finishedAt: string;
}

export interface StreamStatus {
  /** Of the source; of the workspace for what is kept here of all of them. */
  readonly id: string;
  readonly destinationStatus: DestinationStatus[];
}

export function streamsOf(row: Regulation, destinations: ReturnType<Connections['allDestinations']>): StreamStatus[] {
  const { status, error } = row;
  const finishedAt = row.finished_at?.toISOString() ?? '';
  const own = { id: 'headgate', name: 'Headgate', status, errString: error ?? '', finishedAt };
  const all = new Map<string, DestinationStatus[]>([[row.source_id ?? row.workspace_id, [own]]]);
  let count = 0;
  for (const destination of asksDestinations(row.type) ? destinations : []) {
    const { scope, sourceId } = destination;
    if (scope.workspaceId !== row.workspace_id || scope.environment !== row.environment) continue;
    if (row.source_id !== null && sourceId !== row.source_id) continue;
    if (++count > MAX_DESTINATIONS) break;
    const list = all.get(sourceId) ?? [];
    all.set(sourceId, list);
    const [state, errString] =
      status === 'INITIALIZED' ? ['INITIALIZED', ''] : ['NOT_SUPPORTED', 'No deletion is sent to destinations.'];
    list.push({ id: shortId(destination.id), name: destination.name, status: state, errString, finishedAt });
  }
  return [...all].map(([id, destinationStatus]) => ({ id: shortId(id), destinationStatus }));
}
