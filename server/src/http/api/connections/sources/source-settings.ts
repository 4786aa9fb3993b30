/** Parts of a source: its write keys, and what it does with events that its tracking plan does not foresee. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../../access/principal.ts';
import type { Catalog } from '../../../../connections/catalog/catalog.ts';
import type { Connections } from '../../../../connections/service.ts';
import type { SourceRow } from '../../../../connections/sources/queries.ts';
import { schemaSettingsOf } from '../../../../connections/sources/schema-settings.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams } from '../../conventions.ts';
import { Source, serializeSource } from './sources.ts';

const Action = (omit: 'OMIT_PROPERTIES' | 'OMIT_TRAITS') =>
  Type.Union([Type.Literal('ALLOW'), Type.Literal('BLOCK'), Type.Literal(omit)]);
const Target = Type.Union([Type.String({ maxLength: 100 }), Type.Null()], {
  description: 'Id of the source that gets them; null: none.',
});

const Track = Type.Object({
  allow_unplanned_events: Type.Boolean(),
  allow_unplanned_event_properties: Type.Boolean(),
  allow_event_on_violations: Type.Boolean(),
  allow_properties_on_violations: Type.Boolean(),
  common_event_on_violations: Action('OMIT_PROPERTIES'),
});

const Traits = Type.Object({
  allow_unplanned_traits: Type.Boolean(),
  allow_traits_on_violations: Type.Boolean(),
  common_event_on_violations: Action('OMIT_TRAITS'),
});

const SchemaSettings = Type.Object({
  track: Track,
  identify: Traits,
  group: Traits,
  forward_violations_to: Target,
  forward_blocked_events_to: Target,
});

const closed = { additionalProperties: false } as const;

const Changes = Type.Object(
  {
    track: Type.Optional(Type.Partial(Track, closed)),
    identify: Type.Optional(Type.Partial(Traits, closed)),
    group: Type.Optional(Type.Partial(Traits, closed)),
    forward_violations_to: Type.Optional(Target),
    forward_blocked_events_to: Type.Optional(Target),
  },
  { additionalProperties: false, minProperties: 1 },
);

const tags = ['Sources'];

export function sourceSettingsRoutes(
  app: Http,
  { connections, catalog }: { connections: Connections; catalog: Catalog },
): void {
  const { sources } = connections;

  app.route({
    method: 'POST',
    url: '/sources/:id/write-keys',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'sources.addWriteKey',
      tags,
      summary: 'Add a write key to a source; the others go on working',
      params: IdParams,
      response: { 201: Source, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const row = await sources.addWriteKey(scopeOf(principalOf(request)), request.params.id);
      return reply.code(201).send(serializeSource(row, catalog));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/sources/:id/write-keys/:write_key',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'sources.removeWriteKey',
      tags,
      summary: 'Remove a write key from a source: events sent with it are refused from now on',
      params: Type.Object({ id: Type.String({ maxLength: 100 }), write_key: Type.String({ maxLength: 200 }) }),
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { id, write_key } = request.params;
      await sources.removeWriteKey(scopeOf(principalOf(request)), id, write_key);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'GET',
    url: '/sources/:id/schema-settings',
    config: { access: { scope: 'sources:read' } },
    schema: {
      operationId: 'sources.schemaSettings',
      tags,
      summary: 'Get what a source does with events that its tracking plan does not foresee',
      params: IdParams,
      response: { 200: SchemaSettings, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await sources.get(scopeOf(principalOf(request)), request.params.id));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/sources/:id/schema-settings',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'sources.updateSchemaSettings',
      tags,
      summary: 'Change some of them; what is left out stays',
      params: IdParams,
      body: Changes,
      response: { 200: SchemaSettings, '4xx': ErrorBody },
    },
    async handler(request) {
      const { track, identify, group, forward_violations_to, forward_blocked_events_to } = request.body;
      const row = await sources.updateSchemaSettings(scopeOf(principalOf(request)), request.params.id, {
        track: track && renamed(track, camelCase),
        identify: identify && renamed(identify, camelCase),
        group: group && renamed(group, camelCase),
        forwardViolationsTo: forward_violations_to,
        forwardBlockedTo: forward_blocked_events_to,
      });
      return serialize(row);
    },
  });
}

function serialize(row: SourceRow): Static<typeof SchemaSettings> {
  const { track, identify, group, forwardViolationsTo, forwardBlockedTo } = schemaSettingsOf(row);
  return {
    track: renamed(track, snakeCase) as Static<typeof Track>,
    identify: renamed(identify, snakeCase) as Static<typeof Traits>,
    group: renamed(group, snakeCase) as Static<typeof Traits>,
    forward_violations_to: forwardViolationsTo,
    forward_blocked_events_to: forwardBlockedTo,
  };
}

function renamed(group: Readonly<Record<string, unknown>>, rename: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(group).map(([name, value]) => [rename(name), value]));
}

function camelCase(name: string): string {
  return name.replace(/_[a-z]/g, (two) => two.charAt(1).toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`);
}
