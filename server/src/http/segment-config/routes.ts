/**
 * Segment's Config API under /v1beta and, for a client that is pointed at /segment-config, once more under that prefix.
 * Here are the workspace and its access tokens: the part of it that is about access.
 */
// Its types add `hide` to route schemas.
import type {} from '@fastify/swagger';
import type { Access } from '../../access/service.ts';
import { AppError } from '../../errors.ts';
import type { Http } from '../route.ts';
import { accessTokenRoutes } from './access-tokens.ts';
import { handleConfigError, readEveryBodyAsJson } from './conventions.ts';
import { workspaceRoutes } from './workspaces.ts';

export interface SegmentConfigServices {
  readonly access: Access;
}

export function registerSegmentConfig(app: Http, services: SegmentConfigServices): void {
  app.register(async (door) => segmentConfigDoor(door, services), { prefix: '/v1beta' });
  app.register(
    async (door) => {
      // Documented once, at the root.
      door.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
      });
      segmentConfigDoor(door, services);
    },
    { prefix: '/segment-config/v1beta' },
  );
}

function segmentConfigDoor(door: Http, services: SegmentConfigServices): void {
  door.setErrorHandler(handleConfigError);
  door.setNotFoundHandler(() => {
    throw new AppError('not_found', 'There is no such path or method here.');
  });
  readEveryBodyAsJson(door);
  workspaceRoutes(door, services);
  accessTokenRoutes(door, services);
}
