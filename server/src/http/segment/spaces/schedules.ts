/** /spaces/{spaceId}/audiences/{id}/schedules: when linked audiences are counted. */
import type { ScheduleRow } from '../../../audiences/runs/queries.ts';
import type { Timetable } from '../../../audiences/schedules.ts';
import type { AudienceService } from '../../../audiences/service.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { prefixedId, uuidOfPrefixed } from '../protocol/ids.ts';
import { spaceOf } from './spaces.ts';

export function schedulesHandlers({ schedules }: AudienceService): Handlers {
  return {
    async listAudienceSchedulesFromSpaceAndAudience(call) {
      const rows = await schedules.list(spaceOf(call), audienceOf(call));
      return { audienceSchedules: rows.map(serializeSchedule) };
    },

    async addAudienceScheduleToAudience(call) {
      const row = await schedules.add(spaceOf(call), audienceOf(call), timetableOf(call));
      return { audienceSchedule: serializeSchedule(row) };
    },

    async getAudienceScheduleFromSpaceAndAudience(call) {
      const row = await schedules.get(spaceOf(call), audienceOf(call), idOf(call));
      return { audienceSchedule: serializeSchedule(row) };
    },

    async updateAudienceScheduleForAudience(call) {
      const row = await schedules.update(spaceOf(call), audienceOf(call), idOf(call), timetableOf(call));
      return { audienceSchedule: serializeSchedule(row) };
    },

    async removeAudienceScheduleFromAudience(call) {
      await schedules.remove(spaceOf(call), audienceOf(call), idOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

export function serializeSchedule({ id, strategy, config, next_at }: ScheduleRow) {
  return { id: prefixedId('sch_', id), strategy, config, nextExecution: next_at.toISOString() };
}

function timetableOf({ body }: Call): Timetable {
  return { strategy: body['strategy'], config: body['config'] };
}

function audienceOf({ params }: Call): string {
  const id = uuidOfPrefixed('aud_', params['id'] ?? '');
  if (id === null) throw notFound('audience');
  return id;
}

function idOf({ params }: Call): string {
  const id = uuidOfPrefixed('sch_', params['scheduleId'] ?? '');
  if (id === null) throw notFound('audience schedule');
  return id;
}
