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
type Args = Record<string, unknown>;
interface Id {
  id: string;
}

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
    signal?: AbortSignal,
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
      ...(signal && { signal }),
    });
    if (response.status === 401 && again && (await refresh())) return send(method, path, query, body, signal, false);
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
  async function* stream(path: string, query: Query, signal: AbortSignal) {
    const response = await send('GET', path, query, undefined, signal);
    if (!response.body) return;
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => {
            const colon = line.indexOf(': ');
            return [line.slice(0, colon), line.slice(colon + 2)] as const;
          }),
        );
        const data = fields.get('data');
        if (data !== undefined) {
          yield {
            event: fields.get('event') ?? 'message',
            data: JSON.parse(data) as unknown,
            id: fields.get('id') ?? null,
          };
        }
      }
    }
  }
  const split = ({ id, ...rest }: Args) => [id, rest] as const;
  return {
    me: { get: () => call<Me>('GET', '/me') },
    scopes: { list: () => call<{ items: ScopeInfo[] }>('GET', '/scopes') },
    apiKeys: {
      list: (q: Args) => call<Page<ApiKey>>('GET', '/api-keys', q as Query),
      create: (body: Args) => call<ApiKey & { key: string; warning?: string }>('POST', '/api-keys', {}, body),
      revoke: ({ id }: Id) => call<void>('DELETE', `/api-keys/${id}`),
    },
    sources: {
      list: (q: Args) => call<Page<Source>>('GET', '/sources', q as Query),
      create: (body: Args) => call<Source>('POST', '/sources', {}, body),
      get: ({ id }: Id) => call<Source>('GET', `/sources/${id}`),
      update: (args: Args) => call<Source>('PATCH', `/sources/${split(args)[0]}`, {}, split(args)[1]),
      delete: ({ id }: Id) => call<void>('DELETE', `/sources/${id}`),
    },
    destinations: {
      list: (q: Args) => call<Page<Destination>>('GET', '/destinations', q as Query),
      create: (body: Args) => call<Destination & { signing_secret: string }>('POST', '/destinations', {}, body),
      get: ({ id }: Id) => call<Destination>('GET', `/destinations/${id}`),
      update: (args: Args) => call<Destination>('PATCH', `/destinations/${split(args)[0]}`, {}, split(args)[1]),
      delete: ({ id }: Id) => call<void>('DELETE', `/destinations/${id}`),
      deliveries: (args: Args) =>
        call<Page<Delivery>>('GET', `/destinations/${split(args)[0]}/deliveries`, split(args)[1] as Query),
    },
    deliveries: { get: ({ id }: Id) => call<DeliveryDetail>('GET', `/deliveries/${id}`) },
    events: {
      list: (q: Args) => call<Page<EventItem>>('GET', '/events', q as Query),
      get: ({ id }: Id) => call<EventDetail>('GET', `/events/${id}`),
      counts: (q: Args) => call<{ items: MinuteCount[] }>('GET', '/events/counts', q as Query),
      stream: (q: Args, options: { signal: AbortSignal }) => stream('/events/stream', q as Query, options.signal),
    },
    people: {
      list: (q: Args) => call<Page<Person>>('GET', '/people', q as Query),
      get: ({ id }: Id) => call<PersonDetail>('GET', `/people/${id}`),
      events: (args: Args) => call<Page<EventItem>>('GET', `/people/${split(args)[0]}/events`, split(args)[1] as Query),
    },
    templates: {
      list: (q: Args) => call<Page<Template>>('GET', '/templates', q as Query),
      create: (body: Args) => call<Template>('POST', '/templates', {}, body),
      get: ({ id }: Id) => call<Template>('GET', `/templates/${id}`),
      update: (args: Args) => call<Template>('PATCH', `/templates/${split(args)[0]}`, {}, split(args)[1]),
      delete: ({ id }: Id) => call<void>('DELETE', `/templates/${id}`),
      preview: (args: Args) => call<Preview>('POST', `/templates/${split(args)[0]}/preview`, {}, split(args)[1]),
    },
    sandbox: {
      list: (q: Args) => call<Page<SandboxItem>>('GET', '/sandbox', q as Query),
      get: ({ id }: Id) => call<SandboxDetail>('GET', `/sandbox/${id}`),
    },
  };
}

export type Client = ReturnType<typeof createClient>;

export interface Api {
  environment: Environment;
  client: Client;
}

const APIS: Readonly<Record<Environment, Api>> = {
  live: { environment: 'live', client: createClient('live') },
  test: { environment: 'test', client: createClient('test') },
};

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
