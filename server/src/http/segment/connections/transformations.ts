/** /transformations: what the events of a source are changed to. */
import { scopeOf } from '../../../access/principal.ts';
import type { TransformationRow } from '../../../connections/transformations/queries.ts';
import { DEFINITION_FIELDS } from '../../../connections/transformations/transformation.ts';
import type { NewTransformation, Transformations } from '../../../connections/transformations/transformations.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';

export function transformationsHandlers({ transformations }: { transformations: Transformations }): Handlers {
  return {
    async listTransformations({ caller, query }) {
      const request = pageRequest(query['pagination']);
      const page = await transformations.page(scopeOf(caller), request);
      return {
        transformations: page.rows.map(serialize),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createTransformation({ caller, body }) {
      return { transformation: serialize(await transformations.create(scopeOf(caller), sent(body))) };
    },

    async getTransformation(call) {
      return { transformation: serialize(await transformations.get(scopeOf(call.caller), idOf(call))) };
    },

    async updateTransformation(call) {
      const { caller, body } = call;
      return { transformation: serialize(await transformations.update(scopeOf(caller), idOf(call), sent(body))) };
    },

    async deleteTransformation(call) {
      await transformations.remove(scopeOf(call.caller), idOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

/** The contract checked the shape; which fields are there depends on the operation. */
function sent(body: Call['body']): NewTransformation {
  const fields = ['destinationMetadataId', 'name', 'if', 'enabled', ...DEFINITION_FIELDS];
  const given = fields.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]);
  const { sourceId } = body;
  return { ...Object.fromEntries(given), ...(sourceId !== undefined && { sourceId: uuidOf(sourceId) ?? sourceId }) };
}

function serialize(row: TransformationRow): object {
  const { name, enabled, condition, definition, destination_metadata_id: metadataId } = row;
  return {
    id: shortId(row.id),
    name,
    sourceId: shortId(row.source_id),
    ...(metadataId !== null && { destinationMetadataId: metadataId }),
    enabled,
    if: condition,
    ...definition,
  };
}

function idOf({ params }: Call): string {
  const id = uuidOf(params['transformationId'] ?? '');
  if (id === null) throw notFound('transformation');
  return id;
}
