/** Segment's Public API (contract segment-public-api): at the root, as its clients are pointed at a host, and under /segment. */
import type { Access } from '../../access/service.ts';
import type { Catalog } from '../../connections/catalog/catalog.ts';
import type { Connections } from '../../connections/service.ts';
import type { Http } from '../route.ts';
import { catalogHandlers } from './connections/catalog.ts';
import { labelsHandlers } from './connections/labels.ts';
import { sourcesHandlers } from './connections/sources.ts';
import { type Handlers, segmentDoor } from './protocol/door.ts';
import { testingHandlers } from './testing.ts';
import { workspaceHandlers } from './workspace.ts';

export interface SegmentServices {
  readonly access: Access;
  readonly catalog: Catalog;
  readonly connections: Connections;
}

export function registerSegment(app: Http, services: SegmentServices): void {
  const handlers: Handlers = {
    ...workspaceHandlers(services),
    ...catalogHandlers(services),
    ...sourcesHandlers(services),
    ...labelsHandlers(services),
    ...testingHandlers(),
  };
  app.register(async (door) => segmentDoor(door, handlers));
  app.register(async (door) => segmentDoor(door, handlers), { prefix: '/segment' });
}
