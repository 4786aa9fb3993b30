/** /regulations and /suppressions: people whose events are not taken any more, or who are deleted. */
import { scopeOf } from '../../../access/principal.ts';
import type { Connections } from '../../../connections/service.ts';
import { AppError } from '../../../errors.ts';
import type { Quota, Regulation, Regulations } from '../../../people/suppression/regulations.ts';
import type { RegulationType, SubjectType } from '../../../people/suppression/types.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';
import { streamsOf } from './streams.ts';

export function regulationsHandlers({
  connections,
  regulations,
}: {
  connections: Connections;
  regulations: Regulations;
}): Handlers {
  async function create(call: Call, sourceId: string | null) {
    const scope = scopeOf(call.caller);
    const { regulationType, subjectType, subjectIds, collection } = call.body;
    const type = regulationType as RegulationType;
    try {
      const { regulation, quota } = await regulations.create(scope, {
        ...{ type, subjectType: subjectType as SubjectType, subjectIds, sourceId, collection },
      });
      tellQuota(call, quota);
      return { regulateId: shortId(regulation.id) };
    } catch (error) {
      // Of this endpoint these headers are the month's (contract §1.8).
      if (error instanceof AppError && error.status === 429) tellQuota(call, await regulations.quota(scope, type));
      throw error;
    }
  }

  async function sourceOf({ caller, params }: Call): Promise<string> {
    return (await connections.sources.get(scopeOf(caller), uuidOf(params['sourceId'] ?? '') ?? '')).id;
  }

  async function list({ caller, query }: Call, sourceId: string | null) {
    const request = pageRequest(query['pagination']);
    const { status, regulationTypes: types } = query;
    const page = await regulations.list(scopeOf(caller), { sourceId, status, types }, request);
    return {
      regulations: page.rows.map(serialize),
      pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
    };
  }

  return {
    createWorkspaceRegulation: (call) => create(call, null),
    createSourceRegulation: async (call) => create(call, await sourceOf(call)),
    createCloudSourceRegulation: async (call) => create(call, await sourceOf(call)),
    listWorkspaceRegulations: (call) => list(call, null),
    listRegulationsFromSource: async (call) => list(call, await sourceOf(call)),

    async getRegulation({ caller, params }) {
      const row = await regulations.get(scopeOf(caller), uuidOf(params['regulateId'] ?? '') ?? '');
      return {
        regulation: {
          id: shortId(row.id),
          workspaceId: shortId(row.workspace_id),
          overallStatus: row.status,
          ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
          createdAt: row.created_at.toISOString(),
          streamStatus: streamsOf(row, connections.allDestinations()),
        },
      };
    },

    async listSuppressions({ caller, query }) {
      const request = pageRequest(query['pagination']);
      const page = await regulations.suppressed(scopeOf(caller), request);
      const subjectIds = page.rows.map((row) => row.user_id);
      return {
        suppressed: subjectIds.length > 0 ? [{ subjectType: 'userId', subjectIds }] : [],
        pagination: pagination(request, { ...page, keys: page.rows.map((row) => String(row.id)) }),
      };
    },
  };
}

function serialize(row: Regulation): object {
  return {
    id: shortId(row.id),
    subjectType: row.subject_type,
    subjects: row.values,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    regulationType: row.type,
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
  };
}

function tellQuota(call: Call, { consumed, remaining, reset }: Quota): void {
  call.setHeader('x-ratelimit-consumed', String(consumed));
  call.setHeader('x-ratelimit-remaining', String(remaining));
  call.setHeader('x-ratelimit-reset', reset.toUTCString());
}
