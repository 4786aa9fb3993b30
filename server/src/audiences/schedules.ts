/** When linked audiences are counted again by the clock. */
import { type AuditEvent, record } from '../access/audit/record.ts';
import type { Db } from '../db/open.ts';
import type { ScheduleConfig } from '../db/tables/audiences.ts';
import { inTransaction, type Scope } from '../db/tx.ts';
import { AppError, notFound } from '../errors.ts';
import { isUuid, newId } from '../ids.ts';
import { type Audiences, found, refuseUnlessLinked } from './audiences.ts';
import { refuse } from './fields.ts';
import type { AudienceRow } from './queries.ts';
import { lockAudience } from './queries.ts';
import type { ScheduleRow } from './runs/queries.ts';
import * as queries from './runs/queries.ts';
import { nextRun, type Strategy, timetableProblems } from './timetable.ts';

const MOST_OF_ONE = 20;

export interface Timetable {
  readonly strategy: Strategy;
  readonly config: Readonly<Record<string, unknown>>;
}

export function createSchedules({
  db,
  now,
  audiences,
}: {
  db: Db;
  now: () => Date;
  audiences: Pick<Audiences, 'get' | 'enqueue'>;
}) {
  function writeOf({ strategy, config }: Timetable) {
    refuse(timetableProblems(strategy, config));
    const known = config as ScheduleConfig;
    const at = now();
    return { strategy, config: known, next_at: nextRun(known, at), updated_at: at };
  }

  return {
    /** Of several audiences at once, oldest first. */
    ofAudiences: (scope: Scope, rows: readonly { id: string }[]): Promise<ScheduleRow[]> =>
      queries.readSchedules(
        db,
        scope,
        rows.map(({ id }) => id),
      ),

    /** @throws AppError not_found */
    async list(scope: Scope, audienceId: string): Promise<ScheduleRow[]> {
      const { id } = await audiences.get(scope, audienceId);
      return await queries.readSchedules(db, scope, [id]);
    },

    /** @throws AppError not_found */
    async get(scope: Scope, audienceId: string, id: string): Promise<ScheduleRow> {
      const { id: own } = await audiences.get(scope, audienceId);
      return foundSchedule(isUuid(id) ? await queries.findSchedule(db, scope, own, id) : undefined);
    },

    /** @throws AppError not_found, validation_error; bad_request for other than linked audiences. */
    async add(scope: Scope, audienceId: string, timetable: Timetable): Promise<ScheduleRow> {
      const row = { id: newId(), ...writeOf(timetable) };
      return inTransaction(db, async (tx) => {
        const audience = found(isUuid(audienceId) ? await lockAudience(tx, scope, audienceId) : undefined);
        refuseUnlessLinked(audience);
        if ((await queries.readSchedules(tx, scope, [audience.id])).length >= MOST_OF_ONE) {
          throw new AppError('bad_request', `An audience has at most ${MOST_OF_ONE} schedules. Delete one first.`);
        }
        await queries.insertSchedule(tx, scope, { ...row, audience_id: audience.id, created_at: row.updated_at });
        const made = foundSchedule(await queries.findSchedule(tx, scope, audience.id, row.id));
        await record(tx, entry('created', audience, undefined, made));
        return made;
      });
    },

    /** @throws AppError not_found, validation_error */
    async update(scope: Scope, audienceId: string, id: string, timetable: Timetable): Promise<ScheduleRow> {
      const row = writeOf(timetable);
      return inTransaction(db, async (tx) => {
        const audience = found(isUuid(audienceId) ? await lockAudience(tx, scope, audienceId) : undefined);
        const before = foundSchedule(isUuid(id) ? await queries.lockSchedule(tx, scope, audience.id, id) : undefined);
        await queries.updateSchedule(tx, before.id, row);
        const after = foundSchedule(await queries.findSchedule(tx, scope, audience.id, before.id));
        await record(tx, entry('updated', audience, before, after));
        return after;
      });
    },

    /** @throws AppError not_found */
    async remove(scope: Scope, audienceId: string, id: string): Promise<void> {
      await inTransaction(db, async (tx) => {
        const audience = found(isUuid(audienceId) ? await lockAudience(tx, scope, audienceId) : undefined);
        const before = foundSchedule(isUuid(id) ? await queries.lockSchedule(tx, scope, audience.id, id) : undefined);
        await queries.deleteSchedule(tx, before.id);
        await record(tx, entry('deleted', audience, before, undefined));
      });
    },

    /** Puts the runs that are due into the queue: each once, whichever process is first. A late one is not made up for. */
    async enqueueDue(): Promise<void> {
      await inTransaction(db, async (tx) => {
        const at = now();
        for (const schedule of await queries.takeDueSchedules(tx, at)) {
          const scope = { workspaceId: schedule.workspace_id, environment: schedule.environment };
          const audience = await lockAudience(tx, scope, schedule.audience_id);
          if (audience?.enabled && audience.run_state !== 'running') await audiences.enqueue(tx, scope, audience);
          await queries.moveSchedule(tx, schedule.id, nextRun(schedule.config, at));
        }
      });
    },
  };
}

export type Schedules = ReturnType<typeof createSchedules>;

function foundSchedule(row: ScheduleRow | undefined): ScheduleRow {
  if (!row) throw notFound('audience schedule');
  return row;
}

function entry(
  what: string,
  audience: AudienceRow,
  before: ScheduleRow | undefined,
  after: ScheduleRow | undefined,
): AuditEvent {
  const audited = ({ strategy, config }: ScheduleRow) => ({ strategy, config });
  return {
    action: `audience-schedule.${what}`,
    target: { type: 'audience-schedule', id: (after ?? before)?.id ?? '', name: audience.name },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: audience.workspace_id,
    environment: audience.environment,
  };
}
