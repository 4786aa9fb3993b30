/** The SDK's client for the signed-in person and the chosen environment, and what the pages share around it. */
import { type Client, createClient } from '@headgate/sdk';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { accessToken, refresh } from '../app/session.ts';
import type { Environment } from './types.ts';

export interface Api {
  environment: Environment;
  client: Client;
}

function apiOf(environment: Environment): Api {
  return { environment, client: createClient({ token: accessToken, environment, onUnauthorized: refresh }) };
}

const APIS: Readonly<Record<Environment, Api>> = { live: apiOf('live'), test: apiOf('test') };

/** The environment stands in the address (`?env=test`), so that a link shows the same to everybody and tabs do not disturb each other. */
export function useApi(): Api {
  return APIS[useSearch({ strict: false, select: (search) => search.env }) ?? 'live'];
}

export function meQuery({ client, environment }: Api) {
  return { queryKey: [environment, 'me'], queryFn: () => client.me.get(), staleTime: 60_000 };
}

/** Whether the signed-in person's role has the scope; true until it is known, so that nothing flickers. */
export function useCan(scope: string): boolean {
  const me = useQuery(meQuery(useApi()));
  return me.data ? me.data.scopes.includes(scope) : true;
}
