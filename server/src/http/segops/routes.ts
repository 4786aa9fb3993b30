/** SegOps's door at the root and, for a client that is pointed at /segops, once more under that prefix. */
// Its types add `hide` to route schemas.
import type {} from '@fastify/swagger';
import type { Access } from '../../access/service.ts';
import type { Http } from '../route.ts';
import { segopsApiKeyRoutes } from './api-keys.ts';
import { handleSegopsError } from './conventions.ts';
import { sessionRoutes } from './session.ts';

export interface SegopsServices {
  readonly access: Access;
  /** Tells whether cookies can be kept to TLS. */
  readonly publicUrl: string;
}

export function registerSegops(app: Http, services: SegopsServices): void {
  app.register(async (door) => registerAuth(door, services), { prefix: '/api/auth' });
  app.register(
    async (door) => {
      // Documented once, at the root.
      door.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true };
      });
      registerAuth(door, services);
    },
    { prefix: '/segops/api/auth' },
  );
}

function registerAuth(door: Http, services: SegopsServices): void {
  door.setErrorHandler(handleSegopsError);
  sessionRoutes(door, services);
  segopsApiKeyRoutes(door, services);
}
