/** What permissions are made of: the roles, and by name what they can be given on, as far as the dashboard shows it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Api, useApi } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import { sourcesQuery } from '../../api/sources.ts';
import type { ListedFunction, Permission, Warehouse } from '../../api/types.ts';

export type ResourceType = Permission['resources'][number]['type'];

interface Thing {
  id: string;
  name: string;
}

type Things = Readonly<Partial<Record<ResourceType, readonly Thing[]>>>;

export function useThings(): Things & { isPending: boolean } {
  const api = useApi();
  const { client, environment } = api;
  const sources = useInfiniteQuery(sourcesQuery(api));
  const warehouses = useInfiniteQuery(
    listQuery<Warehouse>([environment, 'warehouses', 'all'], (cursor) =>
      client.warehouses.list({ cursor, limit: 100 }),
    ),
  );
  const functions = useInfiniteQuery(
    listQuery<ListedFunction>([environment, 'functions', 'all'], (cursor) =>
      client.functions.list({ cursor, limit: 100 }),
    ),
  );
  return {
    isPending: sources.isPending || warehouses.isPending || functions.isPending,
    SOURCE: sources.data?.items ?? [],
    WAREHOUSE: (warehouses.data?.items ?? []).map(({ id, name, type }) => ({ id, name: name ?? type.name })),
    FUNCTION: functions.data?.items ?? [],
  };
}

/** The id itself for what is not among them: of the other environment, a space, or gone. */
export function useResourceNames(): (type: string, id: string) => string {
  const things = useThings();
  return (type, id) =>
    things[type as ResourceType]?.find((one) => one.id === id)?.name ?? (things.isPending ? '…' : id);
}

export function rolesQuery({ client }: Api) {
  return { queryKey: ['roles'], queryFn: () => client.roles.list(), staleTime: Number.POSITIVE_INFINITY };
}
