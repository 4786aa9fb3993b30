/** /spaces/{spaceId}/computed-traits: definitions of values. */
import type { ComputedTraitRow } from '../../../audiences/queries.ts';
import type { AudienceService } from '../../../audiences/service.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';
import { authorText, spaceOf } from './spaces.ts';

export function computedTraitsHandlers({ computedTraits }: AudienceService): Handlers {
  return {
    async listComputedTraits(call) {
      const request = pageRequest(call.query['pagination']);
      const page = await computedTraits.page(spaceOf(call), request);
      return {
        computedTraits: page.rows.map((row) => serialize(call, row)),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createComputedTrait(call) {
      const { name, enabled, description, definition, options } = call.body;
      const { type, query } = definition;
      const row = await computedTraits.create(spaceOf(call), { name, enabled, description, options, type, query });
      return { computedTrait: serialize(call, row) };
    },

    async getComputedTrait(call) {
      return { computedTrait: serialize(call, await computedTraits.get(spaceOf(call), idOf(call))) };
    },

    async updateComputedTraitForSpace(call) {
      const { name, enabled, description, definition } = call.body;
      const row = await computedTraits.update(spaceOf(call), idOf(call), {
        ...{ name, enabled, description },
        ...{ type: definition?.type, query: definition?.query },
      });
      return { computedTrait: serialize(call, row) };
    },

    async removeComputedTraitFromSpace(call) {
      await computedTraits.remove(spaceOf(call), idOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

function idOf({ params }: Call): string {
  const id = uuidOf(params['id'] ?? '');
  if (id === null) throw notFound('computed trait');
  return id;
}

/** Without a status unless it is disabled: nothing computes the values of everybody yet. */
function serialize({ params }: Call, row: ComputedTraitRow) {
  return {
    id: shortId(row.id),
    spaceId: params['spaceId'],
    name: row.name,
    ...(row.description !== null && { description: row.description }),
    key: row.key,
    enabled: row.enabled,
    definition: { query: row.query, type: row.type },
    ...(!row.enabled && { status: 'Disabled' }),
    createdBy: authorText(row.created_by),
    updatedBy: authorText(row.updated_by),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    options: row.options,
  };
}
