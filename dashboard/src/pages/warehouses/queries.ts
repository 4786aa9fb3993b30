/** What several pages ask of warehouses. */
import type { Api } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import type { Warehouse } from '../../api/types.ts';

export function warehousesQuery({ client, environment }: Api) {
  return listQuery<Warehouse>([environment, 'warehouses'], (cursor) => client.warehouses.list({ cursor, limit: 50 }));
}

export function feedingQuery({ client, environment }: Api, id: string) {
  return listQuery<{ id: string; name: string }>([environment, 'warehouse', id, 'sources'], (cursor) =>
    client.warehouses.sources({ id, cursor, limit: 100 }),
  );
}
