/** All keys of the workspace, for what names one by its number or lets one be chosen. */
import type { Api } from './client.ts';
import type { ApiKey } from './types.ts';

const PAGE = 100;
/** 2,000 keys; of a workspace with more, the newest. */
const MOST_PAGES = 20;

export function allKeysQuery({ client, environment }: Api) {
  return {
    queryKey: [environment, 'api-keys', 'all'],
    staleTime: 60_000,
    queryFn: async () => {
      const keys: ApiKey[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer = await client.apiKeys.list({ cursor, limit: PAGE });
        keys.push(...answer.items);
        if (!answer.cursor) break;
        cursor = answer.cursor;
      }
      return keys;
    },
  };
}
