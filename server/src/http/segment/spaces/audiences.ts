/** /spaces/{spaceId}/audiences: definitions, what refers to them, forced runs. */

import { DEFAULT_EXTERNAL_IDS } from '../../../audiences/fields.ts';
import type { AudienceRow, Search } from '../../../audiences/queries.ts';
import type { ScheduleRow } from '../../../audiences/runs/queries.ts';
import type { AudienceService } from '../../../audiences/service.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { prefixedId, shortId, uuidOfPrefixed } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';
import { serializeSchedule } from './schedules.ts';
import { authorText, spaceOf } from './spaces.ts';

/** Documented for the lists of audiences (contract §1.6). */
const MAX_COUNT = 200;

export function audiencesHandlers({ audiences, schedules }: AudienceService): Handlers {
  return {
    async listAudiences(call) {
      const scope = spaceOf(call);
      const request = pageRequest(call.query['pagination'], MAX_COUNT);
      const page = await audiences.page(scope, request, call.query['search'] as Search | undefined);
      const included = call.query['include'] === 'schedules' ? await schedules.ofAudiences(scope, page.rows) : null;
      return {
        audiences: page.rows.map((row) => summary(call, row, included)),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createAudience(call) {
      const { name, enabled, description, definition, audienceType, options } = call.body;
      const { query, targetEntity } = definition;
      const row = await audiences.create(spaceOf(call), {
        ...{ name, enabled, description, options, query, targetEntity },
        type: audienceType,
      });
      return { audience: serialize(call, row) };
    },

    async getAudience(call) {
      const scope = spaceOf(call);
      const row = await audiences.get(scope, audienceIdOf(call));
      const included = call.query['include'] === 'schedules' ? await schedules.ofAudiences(scope, [row]) : null;
      return { audience: summary(call, row, included) };
    },

    async updateAudienceForSpace(call) {
      const { name, enabled, description, definition, options } = call.body;
      const row = await audiences.update(spaceOf(call), audienceIdOf(call), {
        ...{ name, enabled, description, options },
        ...{ query: definition?.query, targetEntity: definition?.targetEntity },
      });
      return { audience: serialize(call, row) };
    },

    async removeAudienceFromSpace(call) {
      await audiences.remove(spaceOf(call), audienceIdOf(call));
      return { status: 'SUCCESS' };
    },

    async listAudienceConsumersFromSpaceAndAudience(call) {
      const request = pageRequest(call.query['pagination']);
      const { search, sort } = call.query;
      const page = await audiences.references(spaceOf(call), audienceIdOf(call), request, { search, sort });
      return {
        audiences: page.rows.map((row) => serialize(call, row)),
        pagination: pagination(request, { ...page, keys: page.rows.map(page.keyOf) }),
      };
    },

    async forceExecuteAudienceRun(call) {
      const { id } = await audiences.run(spaceOf(call), audienceIdOf(call, 'audienceId'));
      return { run: { id: shortId(id) } };
    },
  };
}

export function audienceIdOf({ params }: Call, name = 'id'): string {
  const id = uuidOfPrefixed('aud_', params[name] ?? '');
  if (id === null) throw notFound('audience');
  return id;
}

function serialize({ params }: Call, row: AudienceRow) {
  return {
    id: prefixedId('aud_', row.id),
    spaceId: params['spaceId'],
    name: row.name,
    ...(row.description !== null && { description: row.description }),
    key: row.key,
    enabled: row.enabled,
    definition: { ...(row.target_entity !== null && { targetEntity: row.target_entity }), query: row.query },
    status: statusOf(row),
    createdBy: authorText(row.created_by),
    updatedBy: authorText(row.updated_by),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    audienceType: row.type,
    options: row.options,
  };
}

function summary(call: Call, row: AudienceRow, schedules: readonly ScheduleRow[] | null) {
  return {
    ...serialize(call, row),
    computeCadence: { type: 'BATCH' },
    ...(row.size !== null && { size: sizeOf(row.type, row.size) }),
    options: { filterByExternalIds: DEFAULT_EXTERNAL_IDS, ...row.options },
    ...(schedules && {
      schedules: schedules.filter(({ audience_id }) => audience_id === row.id).map(serializeSchedule),
    }),
  };
}

export function sizeOf(type: AudienceRow['type'], count: number) {
  return { count, type: type === 'ACCOUNTS' ? 'ACCOUNTS' : 'USERS' };
}

/** Of the documented words those that are true: members are counted, but not followed from event to event. */
function statusOf({ enabled, run_state }: AudienceRow): string {
  if (!enabled) return 'Disabled';
  if (run_state === 'running') return 'Computing';
  return run_state === 'failed' ? 'Failed' : 'Not Computing';
}
