/** The SDK's client for the signed-in person, the workspace and the chosen environment, and what the pages share around it. */
import { type Client, createClient } from '@headgate/sdk';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { accessToken, refresh } from '../app/session.ts';
import { chosenWorkspace, stayIn } from '../app/workspace.ts';
import type { Environment } from './types.ts';

export interface Api {
  environment: Environment;
  client: Client;
}

/** A call that names a workspace itself keeps it. */
const inWorkspace: typeof fetch = (input, init) => {
  const workspace = chosenWorkspace();
  const headers = new Headers(init?.headers);
  if (workspace !== undefined && !headers.has('x-headgate-workspace')) headers.set('x-headgate-workspace', workspace);
  return fetch(input, { ...init, headers });
};

function apiOf(environment: Environment): Api {
  return {
    environment,
    client: createClient({ token: accessToken, environment, onUnauthorized: refresh, fetch: inWorkspace }),
  };
}

const APIS: Readonly<Record<Environment, Api>> = { live: apiOf('live'), test: apiOf('test') };

/** For what needs no credential. */
export const ANONYMOUS = createClient();

/** The environment stands in the address (`?env=test`), so that a link shows the same to everybody and tabs do not disturb each other. */
export function useApi(): Api {
  return APIS[useSearch({ strict: false, select: (search) => search.env }) ?? 'live'];
}

export function meQuery({ client, environment }: Api) {
  return {
    queryKey: [environment, 'me'],
    queryFn: async () => {
      const me = await client.me.get();
      stayIn(me.workspace.id);
      return me;
    },
    staleTime: 60_000,
  };
}

/** Whether the signed-in person's role has the scope; true until it is known, so that nothing flickers. */
export function useCan(scope: string): boolean {
  const me = useQuery(meQuery(useApi()));
  return me.data ? me.data.scopes.includes(scope) : true;
}
