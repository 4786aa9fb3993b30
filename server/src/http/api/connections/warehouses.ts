/** /warehouses: where events are to be loaded, what feeds them, whether they can be reached. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../access/principal.ts';
import type { Catalog } from '../../../connections/catalog/catalog.ts';
import type { Warehouse, Warehouses } from '../../../connections/warehouses/warehouses.ts';
import { invalidField } from '../../../errors.ts';
import { isUuid } from '../../../ids.ts';
import { type Http, principalOf } from '../../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, IdParams, label, PageOf, PageQuery, time } from '../conventions.ts';

const Settings = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Secrets are masked and the password is left out; a masked value that is sent back changes nothing.',
});

const WarehouseBody = Type.Object({
  id: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  type: Type.Object({ id: Type.String(), slug: Type.String(), name: Type.String() }),
  enabled: Type.Boolean(),
  settings: Settings,
  created_at: Type.String(),
  updated_at: Type.String(),
});

const FeedingSource = Type.Object({
  id: Type.String(),
  name: Type.String(),
  slug: Type.String(),
  enabled: Type.Boolean(),
});
const State = Type.Object({ state: Type.Union([Type.Literal('CONNECTED'), Type.Literal('FAILED')]) });
const Both = Type.Object({ id: IdParams.properties.id, source_id: IdParams.properties.id });

function serialize({
  id,
  name,
  type,
  enabled,
  settings,
  createdAt,
  updatedAt,
}: Warehouse): Static<typeof WarehouseBody> {
  return {
    id,
    name,
    type: { id: type.id, slug: type.slug, name: type.name },
    enabled,
    settings: { ...settings },
    created_at: time(createdAt),
    updated_at: time(updatedAt),
  };
}

export function warehousesRoutes(
  app: Http,
  { warehouses, catalog }: { warehouses: Warehouses; catalog: Catalog },
): void {
  const tags = ['Warehouses'];
  const reads = { access: { scope: 'destinations:read', area: 'warehouse' } } as const;
  const writes = { access: { scope: 'destinations:write', area: 'warehouse' } } as const;

  app.route({
    method: 'GET',
    url: '/warehouses',
    config: reads,
    schema: {
      operationId: 'warehouses.list',
      tags,
      summary: 'List warehouses, oldest first',
      querystring: PageQuery,
      response: { 200: PageOf(WarehouseBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = await warehouses.events.page(scopeOf(principalOf(request)), keyset(request.query));
      return { items: page.rows.map(serialize), cursor: nextOf(page), total: page.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/warehouses',
    config: writes,
    schema: {
      operationId: 'warehouses.create',
      tags,
      summary: 'Create a warehouse; every source feeds it unless `connect_sources` is false',
      body: Type.Object(
        {
          type: Type.String({ minLength: 1, maxLength: 100, description: 'Id of a type of the catalog.' }),
          name: Type.Optional(label()),
          enabled: Type.Optional(Type.Boolean()),
          settings: Settings,
          connect_sources: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: { 201: WarehouseBody, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { type: metadataId, name, enabled, settings, connect_sources } = request.body;
      if (catalog.warehouses.find(metadataId)?.id !== metadataId)
        throw invalidField('type', 'must be the id of a warehouse of the catalog');
      const disconnectAllSources = connect_sources === false;
      const input = { metadataId, name, enabled, settings, disconnectAllSources };
      return reply.code(201).send(serialize(await warehouses.events.create(scopeOf(principalOf(request)), input)));
    },
  });

  app.route({
    method: 'GET',
    url: '/warehouses/:id',
    config: reads,
    schema: {
      operationId: 'warehouses.get',
      tags,
      summary: 'Get a warehouse',
      params: IdParams,
      response: { 200: WarehouseBody, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await warehouses.events.get(scopeOf(principalOf(request)), request.params.id));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/warehouses/:id',
    config: writes,
    schema: {
      operationId: 'warehouses.update',
      tags,
      summary: 'Change a warehouse; settings are merged key by key, null removes one',
      params: IdParams,
      body: Type.Object(
        {
          name: Type.Optional(Type.Union([label(), Type.Null()])),
          enabled: Type.Optional(Type.Boolean()),
          settings: Type.Optional(Settings),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: WarehouseBody, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await warehouses.events.update(scopeOf(principalOf(request)), request.params.id, request.body));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/warehouses/:id',
    config: writes,
    schema: {
      operationId: 'warehouses.delete',
      tags,
      summary: 'Delete a warehouse; what is in the database itself stays',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await warehouses.events.remove(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/warehouses/:id/try',
    // Stores nothing, and an answer from before says nothing about now.
    config: { access: { scope: 'destinations:write', area: 'warehouse', cost: 10, idempotent: false } },
    schema: {
      operationId: 'warehouses.try',
      tags,
      summary: 'Connect to the warehouse now and say whether it works',
      params: IdParams,
      response: { 200: State, '4xx': ErrorBody },
    },
    async handler(request) {
      return { state: await warehouses.connectionState(scopeOf(principalOf(request)), request.params.id) };
    },
  });

  app.route({
    method: 'GET',
    url: '/warehouses/:id/sources',
    config: reads,
    schema: {
      operationId: 'warehouses.sources',
      tags,
      summary: 'List the sources that feed a warehouse, oldest first',
      params: IdParams,
      querystring: PageQuery,
      response: { 200: PageOf(FeedingSource), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = await warehouses.sourcesOf(scopeOf(principalOf(request)), request.params.id, keyset(request.query));
      const items = page.rows.map(({ id, name, slug, enabled }) => ({ id, name, slug, enabled }));
      return { items, cursor: nextOf(page), total: page.total };
    },
  });

  app.route({
    method: 'PUT',
    url: '/warehouses/:id/sources/:source_id',
    config: writes,
    schema: {
      operationId: 'warehouses.connect',
      tags,
      summary: 'Let a source feed a warehouse',
      params: Both,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await warehouses.connect(scopeOf(principalOf(request)), request.params.id, request.params.source_id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/warehouses/:id/sources/:source_id',
    config: writes,
    schema: {
      operationId: 'warehouses.disconnect',
      tags,
      summary: 'A source feeds a warehouse no more',
      params: Both,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await warehouses.disconnect(scopeOf(principalOf(request)), request.params.id, request.params.source_id);
      return reply.code(204).send(null);
    },
  });
}

/** Oldest first, forward only. */
function keyset({ limit = 50, cursor }: Static<typeof PageQuery>): { count: number; after?: string } {
  if (cursor === undefined) return { count: limit };
  const after = String(decodeCursor(cursor, 1)[0]);
  if (!isUuid(after)) throw invalidField('cursor', 'take it unchanged from the previous page');
  return { count: limit, after };
}

function nextOf({ rows, hasAfter }: { rows: readonly { id: string }[]; hasAfter: boolean }): string | null {
  const last = rows.at(-1);
  return hasAfter && last ? encodeCursor([last.id]) : null;
}
