/** /labels: the labels that sources can carry. */
import { scopeOf } from '../../../access/principal.ts';
import type { Connections } from '../../../connections/service.ts';
import type { Handlers } from '../protocol/door.ts';
import { serializeLabel } from './sources.ts';

export function labelsHandlers({ connections }: { connections: Connections }): Handlers {
  const { labels } = connections;
  return {
    async listLabels({ caller }) {
      return { labels: (await labels.list(scopeOf(caller))).map(serializeLabel) };
    },

    async createLabel({ caller, body }) {
      const { key, value, description } = body['label'];
      return { label: serializeLabel(await labels.create(scopeOf(caller), { key, value, description })) };
    },

    async deleteLabel({ caller, params }) {
      await labels.remove(scopeOf(caller), params['key'] ?? '', params['value'] ?? '');
      return { status: 'SUCCESS' };
    },
  };
}
