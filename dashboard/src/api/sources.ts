/** All sources of an environment, as the pages that name or choose a source need them. */
import type { Api } from './client.ts';
import { listQuery } from './list.tsx';
import type { Source } from './types.ts';

export function sourcesQuery({ client, environment }: Api) {
  return listQuery<Source>([environment, 'sources'], (cursor) => client.sources.list({ cursor, limit: 100 }));
}
