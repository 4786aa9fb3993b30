/**
 * OpenAPI 3.1, made from what the routes declare, at GET /openapi.json.
 * Beside the schemas an operation shows `x-scope` (what the caller needs) and `x-sends` (the caller must also be
 * allowed to send). Routes without an operationId, and a vendor's prefixed second mount, are left out.
 */
import swagger from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import type { Http, RouteAccess } from './route.ts';

/** The version of the HTTP API, which is not the product's. */
const API_VERSION = '1';

const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key (`sk_live_hg_…`, `sk_test_hg_…`) or the access token of a signed-in user.',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key.' },
  writeKey: { type: 'http', scheme: 'basic', description: "A source's write key as user name, with no password." },
} as const;

/** In the order of the reference. */
const TAGS: readonly [string, string][] = [
  ['Tracking', "Events in: Segment's Tracking API, for any of its clients with only the host changed."],
  ['Sources', 'Where events come from; each has a write key.'],
  ['Events', 'What arrived, and what became of it.'],
  ['People', 'Profiles with their identifiers, traits and events.'],
  ['Destinations', 'Where the events of a source are sent.'],
  ['Deliveries', 'One event on its way to one destination, with every attempt.'],
  ['Templates', 'Emails with variables, in Liquid.'],
  ['Emails', 'One message to one person.'],
  ['Sandbox', 'What the test environment captured instead of sending it.'],
  ['API keys', 'Credentials of programs, with scopes, an environment and a separate permission to send.'],
  ['Account', 'Who is calling, and what they may do.'],
  ['Session', 'Signing in and out.'],
  ['SegOps', 'The same keys in the shapes that clients of SegOps know.'],
  ['Segment Config API', 'The workspace and its access tokens, in the shapes that clients of the Config API know.'],
  ['Operations', 'Health of the process.'],
];

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

/** Must be awaited before the first route is registered: it learns the routes as they come. */
export async function useOpenApi(app: Http): Promise<{ document(): OpenApiDocument }> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Headgate',
        version: API_VERSION,
        description: 'Customer events, people, deliveries and email behind scoped API keys.',
      },
      tags: TAGS.map(([name, description]) => ({ name, description })),
      components: { securitySchemes: SECURITY_SCHEMES },
    },
    transform({ schema, url, route }) {
      const documented = schema?.['operationId'] !== undefined && schema.hide !== true;
      if (!documented) return { schema: { ...schema, hide: true }, url };
      const access = route.config?.access;
      const description = [schema?.description, needs(access)].filter(Boolean).join('\n\n');
      return { schema: { ...schema, description, ...annotations(access) } as FastifySchema, url };
    },
  });
  let cached: OpenApiDocument | null = null;
  const document = () => {
    cached ??= tidy(app.swagger() as unknown as OpenApiDocument);
    return cached;
  };
  app.route({
    method: 'GET',
    url: '/openapi.json',
    config: { access: { scope: 'public' } },
    schema: { hide: true },
    handler: async () => document(),
  });
  return { document };
}

function annotations(access: RouteAccess | undefined): Record<string, unknown> {
  if (!access || access.scope === 'public') return { security: [] };
  if (access.scope === 'write-key') return { security: [{ writeKey: [] }, { bearer: [] }] };
  return {
    security: [{ bearer: [] }, { apiKey: [] }],
    ...(access.scope !== 'signed-in' && { 'x-scope': access.scope }),
    ...(access.sends && { 'x-sends': true }),
  };
}

/** The same for readers: the reference shows no extension fields. */
function needs(access: RouteAccess | undefined): string {
  if (!access || access.scope === 'public') return 'Needs no credential.';
  if (access.scope === 'write-key') return 'Needs the write key of a source.';
  if (access.scope === 'signed-in') return 'Needs any valid credential.';
  return `Needs the scope \`${access.scope}\`${access.sends ? ', and the permission to send' : ''}.`;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  '200': 'Done.',
  '201': 'Created.',
  '202': 'Taken; the work goes on.',
  '204': 'Done; no content.',
  '4XX': 'Refused: `error.code` and `error.message` say why and what to change.',
};

/** Paths in order, so that the committed copy changes only where the API does; plain words for the statuses. */
function tidy(document: OpenApiDocument): OpenApiDocument {
  const paths = Object.fromEntries(Object.entries(document.paths).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    const { responses = {} } = operation as { responses?: Record<string, { description?: string }> };
    for (const [status, response] of Object.entries(responses)) {
      if (response.description === 'Default Response') response.description = DESCRIPTIONS[status] ?? 'See `error`.';
    }
  }
  return JSON.parse(JSON.stringify({ ...document, paths }));
}
