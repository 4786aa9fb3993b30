/** /transformations: what the events of a source are changed to, for everything it feeds or for one type of destination. */
import { type Static, Type } from 'typebox';
import { type Principal, scopeOf } from '../../../../access/principal.ts';
import type { TransformationRow } from '../../../../connections/transformations/queries.ts';
import { type Definition, withMaskedKey } from '../../../../connections/transformations/transformation.ts';
import type { Transformations } from '../../../../connections/transformations/transformations.ts';
import { invalidField } from '../../../../errors.ts';
import { isUuid } from '../../../../ids.ts';
import { withFieldNames } from '../../../fields.ts';
import { type Http, principalOf } from '../../../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, IdParams, label, PageOf, PageQuery, time } from '../../conventions.ts';

const Path = Type.String({ minLength: 1, maxLength: 255 });
const Paths = Type.Array(Path, { maxItems: 200 });

const definition = {
  drop: Type.Optional(Type.Boolean({ description: 'Drops the event; the rest is not looked at.' })),
  new_event_name: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'Of track events.' })),
  property_renames: Type.Optional(
    Type.Array(Type.Object({ old_name: Path, new_name: Path }, { additionalProperties: false }), { maxItems: 200 }),
  ),
  property_values: Type.Optional(
    Type.Array(
      Type.Object(
        { paths: Type.Array(Path, { maxItems: 10 }), value: Type.String({ maxLength: 1_000 }) },
        { additionalProperties: false },
      ),
      { maxItems: 10 },
    ),
  ),
  fql_properties: Type.Optional(
    Type.Array(Type.Object({ fql: Type.String({ maxLength: 5_120 }), name: Path }, { additionalProperties: false }), {
      maxItems: 1,
    }),
  ),
  allow_properties: Type.Optional(Paths),
  hash_properties: Type.Optional(
    Type.Object(
      {
        algorithm: Type.String({ maxLength: 20, description: 'MD5, SHA1, SHA224, SHA256, SHA384 or SHA512.' }),
        key: Type.Optional(Type.String({ maxLength: 1_000, description: 'Makes it an HMAC.' })),
        encoding: Type.Optional(
          Type.Union([Type.Literal('BASE16'), Type.Literal('BASE64'), Type.Literal('BASE64URL'), Type.Literal('HEX')]),
        ),
        paths: Paths,
      },
      { additionalProperties: false },
    ),
  ),
};
const DefinitionBody = Type.Object(definition);
const Condition = Type.String({ maxLength: 5_120, description: "FQL, as `event = 'Order'`; `all` is every event." });
const MetadataId = Type.String({ maxLength: 100, description: 'The id of a destination type of the catalog.' });

const Transformation = Type.Object({
  id: Type.String(),
  name: Type.String(),
  source_id: Type.String(),
  destination_type: Type.Union([Type.String(), Type.Null()], {
    description: 'null: for everything that the source feeds, the event store too.',
  }),
  if: Type.String(),
  enabled: Type.Boolean(),
  ...definition,
  created_at: Type.String(),
  updated_at: Type.String(),
});

function serialize(row: TransformationRow, caller: Principal): Static<typeof Transformation> {
  const shown = caller.scopes.has('sources:write') ? row.definition : withMaskedKey(row.definition);
  const { propertyRenames, propertyValueTransformations, fqlDefinedProperties, ...rest } = shown;
  const { hashPropertiesConfiguration: hash } = rest;
  return {
    id: row.id,
    name: row.name,
    source_id: row.source_id,
    destination_type: row.destination_metadata_id,
    if: row.condition,
    enabled: row.enabled,
    ...(rest.drop !== undefined && { drop: rest.drop }),
    ...(rest.newEventName !== undefined && { new_event_name: rest.newEventName }),
    ...(propertyRenames && {
      property_renames: propertyRenames.map(({ oldName, newName }) => ({ old_name: oldName, new_name: newName })),
    }),
    ...(propertyValueTransformations && {
      property_values: propertyValueTransformations.map(({ propertyPaths, propertyValue }) => {
        return { paths: [...propertyPaths], value: propertyValue };
      }),
    }),
    ...(fqlDefinedProperties && {
      fql_properties: fqlDefinedProperties.map(({ fql, propertyName }) => ({ fql, name: propertyName })),
    }),
    ...(rest.allowProperties && { allow_properties: [...rest.allowProperties] }),
    ...(hash && { hash_properties: { ...hash, paths: [...hash.paths] } }),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

function definitionOf(body: Static<typeof DefinitionBody>): Definition {
  const { property_renames, property_values, fql_properties, allow_properties, hash_properties: hash } = body;
  return {
    ...(body.drop !== undefined && { drop: body.drop }),
    ...(body.new_event_name !== undefined && { newEventName: body.new_event_name }),
    ...(property_renames && {
      propertyRenames: property_renames.map(({ old_name, new_name }) => ({ oldName: old_name, newName: new_name })),
    }),
    ...(property_values && {
      propertyValueTransformations: property_values.map(({ paths, value }) => {
        return { propertyPaths: paths, propertyValue: value };
      }),
    }),
    ...(fql_properties && {
      fqlDefinedProperties: fql_properties.map(({ fql, name }) => ({ fql, propertyName: name })),
    }),
    ...(allow_properties && { allowProperties: allow_properties }),
    ...(hash && { hashPropertiesConfiguration: hash }),
  };
}

const NAMES: Readonly<Record<string, string>> = {
  sourceId: 'source_id',
  destinationMetadataId: 'destination_type',
  newEventName: 'new_event_name',
  propertyRenames: 'property_renames',
  oldName: 'old_name',
  newName: 'new_name',
  propertyValueTransformations: 'property_values',
  propertyPaths: 'paths',
  propertyValue: 'value',
  fqlDefinedProperties: 'fql_properties',
  propertyName: 'name',
  allowProperties: 'allow_properties',
  hashPropertiesConfiguration: 'hash_properties',
};
const rename = (field: string) =>
  field
    .split('.')
    .map((part) => NAMES[part] ?? part)
    .join('.');

const tags = ['Transformations'];

export function transformationsRoutes(app: Http, { transformations }: { transformations: Transformations }): void {
  app.route({
    method: 'GET',
    url: '/transformations',
    config: { access: { scope: 'sources:read' } },
    schema: {
      operationId: 'transformations.list',
      tags,
      summary: 'List transformations, oldest first',
      querystring: PageQuery,
      response: { 200: PageOf(Transformation), '4xx': ErrorBody },
    },
    async handler(request) {
      const { limit = 50, cursor } = request.query;
      const after = cursor === undefined ? {} : { after: idIn(cursor) };
      const page = await transformations.page(scopeOf(principalOf(request)), { count: limit, ...after });
      const last = page.rows.at(-1);
      const next = page.hasAfter && last ? encodeCursor([last.id]) : null;
      return { items: page.rows.map((row) => serialize(row, principalOf(request))), cursor: next, total: page.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/transformations',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'transformations.create',
      tags,
      summary: 'Create a transformation; it is in force when this is answered',
      body: Type.Object(
        {
          name: label(),
          source_id: Type.String({ maxLength: 100 }),
          destination_type: Type.Optional(MetadataId),
          if: Condition,
          enabled: Type.Optional(Type.Boolean()),
          ...definition,
        },
        { additionalProperties: false },
      ),
      response: { 201: Transformation, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { name, source_id: sourceId, destination_type, if: condition, enabled = true, ...rest } = request.body;
      const row = await withFieldNames(rename, () =>
        transformations.create(scopeOf(principalOf(request)), {
          name,
          sourceId,
          destinationMetadataId: destination_type,
          if: condition,
          enabled,
          ...definitionOf(rest),
        }),
      );
      return reply.code(201).send(serialize(row, principalOf(request)));
    },
  });

  app.route({
    method: 'GET',
    url: '/transformations/:id',
    config: { access: { scope: 'sources:read' } },
    schema: {
      operationId: 'transformations.get',
      tags,
      summary: 'Get a transformation',
      params: IdParams,
      response: { 200: Transformation, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      return serialize(await transformations.get(scopeOf(caller), request.params.id), caller);
    },
  });

  app.route({
    method: 'PATCH',
    url: '/transformations/:id',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'transformations.update',
      tags,
      summary: 'Change a transformation; what is left out stays',
      params: IdParams,
      body: Type.Object(
        {
          name: Type.Optional(label()),
          source_id: Type.Optional(Type.String({ maxLength: 100 })),
          destination_type: Type.Optional(MetadataId),
          if: Type.Optional(Condition),
          enabled: Type.Optional(Type.Boolean()),
          ...definition,
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: Transformation, '4xx': ErrorBody },
    },
    async handler(request) {
      const { name, source_id: sourceId, destination_type, if: condition, enabled, ...rest } = request.body;
      const row = await withFieldNames(rename, () =>
        transformations.update(scopeOf(principalOf(request)), request.params.id, {
          name,
          sourceId,
          destinationMetadataId: destination_type,
          if: condition,
          enabled,
          ...definitionOf(rest),
        }),
      );
      return serialize(row, principalOf(request));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/transformations/:id',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'transformations.delete',
      tags,
      summary: 'Delete a transformation',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await transformations.remove(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });
}

/** @throws AppError validation_error for a made-up cursor. */
function idIn(cursor: string): string {
  const id = String(decodeCursor(cursor, 1)[0]);
  if (!isUuid(id)) throw invalidField('cursor', 'take it unchanged from the previous page');
  return id;
}
