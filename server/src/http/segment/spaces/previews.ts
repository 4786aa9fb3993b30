/** /spaces/{spaceId}/audiences/previews: who a definition would hold for. */
import type { AudienceService } from '../../../audiences/service.ts';
import { notFound } from '../../../errors.ts';
import type { Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { sizeOf } from './audiences.ts';
import { spaceOf } from './spaces.ts';

export function previewsHandlers({ previews }: AudienceService): Handlers {
  return {
    async createAudiencePreview(call) {
      const { definition, audienceType, options } = call.body;
      const { query, targetEntity } = definition;
      const request = { type: audienceType, query, targetEntity, options };
      const { id } = await previews.create(spaceOf(call), request, { metered: true });
      return { audiencePreview: { id: shortId(id) } };
    },

    async getAudiencePreview(call) {
      const scope = spaceOf(call);
      const id = uuidOf(call.params['id'] ?? '');
      if (id === null) throw notFound('audience preview');
      const row = await previews.get(scope, id);
      const { state, type, size, results, failure } = row;
      return {
        audiencePreview: {
          id: shortId(row.id),
          audienceType: type,
          definition: { ...(row.target_entity !== null && { targetEntity: row.target_entity }), query: row.query },
          options: row.options,
          status: state.toUpperCase(),
          ...(state === 'completed' && {
            results: (results ?? []).map((member) => ({ id: type === 'ACCOUNTS' ? member : shortId(member) })),
            size: sizeOf(type, size ?? 0),
          }),
          ...(failure !== null && { failureReason: failure }),
        },
      };
    },
  };
}
