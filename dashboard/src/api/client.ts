/** The SDK's client for the signed-in person and the chosen environment, and what the pages share around it. */

import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { accessToken, refresh } from '../app/session.ts';
import type {
  ApiKey,
  Delivery,
  DeliveryDetail,
  Destination,
  Environment,
  EventDetail,
  EventItem,
  Me,
  MinuteCount,
  Page,
  Person,
  PersonDetail,
  Preview,
  SandboxDetail,
  SandboxItem,
  ScopeInfo,
  Source,
  Template,
} from './types.ts';

type Query = Record<string, string | number | undefined | null>;

export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function createClient(environment: Environment) {
  async function send(
    method: string,
    path: string,
    query: Query = {},
    body?: unknown,
    again = true,
  ): Promise<Response> {
    const token = await accessToken();
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
    }
    const response = await fetch(`/api/v1${path}${params.size > 0 ? `?${params}` : ''}`, {
      method,
      headers: {
        'x-headgate-environment': environment,
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.status === 401 && again && (await refresh())) return send(method, path, query, body, false);
    if (!response.ok) {
      const answer: unknown = await response.json().catch(() => null);
      const detail = answer && typeof answer === 'object' && 'detail' in answer ? String(answer.detail) : null;
      throw new ApiError(response.status, detail ?? `The server answered ${response.status}.`);
    }
    return response;
  }
  async function call<T>(method: string, path: string, query?: Query, body?: unknown): Promise<T> {
    const response = await send(method, path, query, body);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  return {
    me: { get: () => call<Me>('GET', '/me') },
    scopes: { list: () => call<{ items: ScopeInfo[] }>('GET', '/scopes') },
    apiKeys: {
      list: (q: Query) => call<Page<ApiKey>>('GET', '/api-keys', q),
      create: (body: object) => call<ApiKey & { key: string; warning?: string }>('POST', '/api-keys', {}, body),
      revoke: (id: string) => call<void>('DELETE', `/api-keys/${id}`),
    },
    sources: {
      list: (q: Query) => call<Page<Source>>('GET', '/sources', q),
      create: (body: { name: string }) => call<Source>('POST', '/sources', {}, body),
      get: (id: string) => call<Source>('GET', `/sources/${id}`),
      update: (id: string, body: Partial<Pick<Source, 'name' | 'enabled'>>) =>
        call<Source>('PATCH', `/sources/${id}`, {}, body),
      delete: (id: string) => call<void>('DELETE', `/sources/${id}`),
    },
    destinations: {
      list: (q: Query) => call<Page<Destination>>('GET', '/destinations', q),
      create: (body: object) => call<Destination>('POST', '/destinations', {}, body),
      get: (id: string) => call<Destination>('GET', `/destinations/${id}`),
      update: (id: string, body: object) => call<Destination>('PATCH', `/destinations/${id}`, {}, body),
      delete: (id: string) => call<void>('DELETE', `/destinations/${id}`),
      deliveries: (id: string, q: Query) => call<Page<Delivery>>('GET', `/destinations/${id}/deliveries`, q),
    },
    deliveries: { get: (id: string) => call<DeliveryDetail>('GET', `/deliveries/${id}`) },
    events: {
      list: (q: Query) => call<Page<EventItem>>('GET', '/events', q),
      get: (id: string) => call<EventDetail>('GET', `/events/${id}`),
      counts: (q: Query) => call<{ items: MinuteCount[] }>('GET', '/events/counts', q),
      stream: (q: Query) => send('GET', '/events/stream', q),
    },
    people: {
      list: (q: Query) => call<Page<Person>>('GET', '/people', q),
      get: (id: string) => call<PersonDetail>('GET', `/people/${id}`),
      events: (id: string, q: Query) => call<Page<EventItem>>('GET', `/people/${id}/events`, q),
    },
    templates: {
      list: (q: Query) => call<Page<Template>>('GET', '/templates', q),
      create: (body: object) => call<Template>('POST', '/templates', {}, body),
      get: (id: string) => call<Template>('GET', `/templates/${id}`),
      update: (id: string, body: object) => call<Template>('PATCH', `/templates/${id}`, {}, body),
      delete: (id: string) => call<void>('DELETE', `/templates/${id}`),
      preview: (id: string, body: object) => call<Preview>('POST', `/templates/${id}/preview`, {}, body),
    },
    sandbox: {
      list: (q: Query) => call<Page<SandboxItem>>('GET', '/sandbox', q),
      get: (id: string) => call<SandboxDetail>('GET', `/sandbox/${id}`),
    },
  };
}

export type Client = ReturnType<typeof createClient>;

const clients: Record<Environment, Client> = { live: createClient('live'), test: createClient('test') };

export interface Api {
  environment: Environment;
  client: Client;
}

/** The environment stands in the address (`?env=test`), so that a link shows the same to everybody and tabs do not disturb each other. */
export function useApi(): Api {
  const environment: Environment = useSearch({ strict: false, select: (search) => search.env }) ?? 'live';
  return { environment, client: clients[environment] };
}

export function meQuery({ client, environment }: Api) {
  return { queryKey: [environment, 'me'], queryFn: () => client.me.get(), staleTime: 60_000 };
}

/** Whether the signed-in person's role has the scope; true until it is known, so that nothing flickers. */
export function useCan(scope: string): boolean {
  const me = useQuery(meQuery(useApi()));
  return me.data ? me.data.scopes.includes(scope) : true;
}
