/** All SQL of runs: the queue of what is to be counted, and of schedules, which put more into it. */
import { type Selectable, sql } from 'kysely';
import type { AudienceTables } from '../../db/tables/audiences.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';

export type RunRow = Selectable<AudienceTables['audience_runs']>;
export type ScheduleRow = Selectable<AudienceTables['audience_schedules']>;

export type NewRun = Pick<
  RunRow,
  'id' | 'audience_id' | 'metered' | 'type' | 'query' | 'target_entity' | 'options' | 'since' | 'created_at'
>;

export async function insertRun(tx: Tx, scope: Scope, run: NewRun): Promise<void> {
  await tx
    .insertInto('audience_runs')
    .values({
      ...run,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      options: JSON.stringify(run.options),
    })
    .execute();
}

/** Earlier ones count what the audience no longer is. A process that is at one notices that it is gone. */
export async function deleteRunsOf(tx: Tx, audienceId: string): Promise<void> {
  await tx.deleteFrom('audience_runs').where('audience_id', '=', audienceId).execute();
}

export async function findPreview(executor: Executor, scope: Scope, id: string): Promise<RunRow | undefined> {
  return await executor
    .selectFrom('audience_runs')
    .selectAll()
    .where('id', '=', id)
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('audience_id', 'is', null)
    .executeTakeFirst();
}

/** Runs of a scope: metered previews since a time, and what waits or runs. */
export async function countRuns(tx: Tx, scope: Scope, since: Date): Promise<{ metered: number; open: number }> {
  const { rows } = await sql<{ metered: number; open: number }>`
    select count(*) filter (where metered and created_at >= ${since}) as metered,
      count(*) filter (where state = 'running') as open
    from audience_runs where workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
      and (created_at >= ${since} or state = 'running')`.execute(tx);
  return rows[0] ?? { metered: 0, open: 0 };
}

/** The oldest that nobody counts. */
export async function claimRun(
  executor: Executor,
  { now, until }: { now: Date; until: Date },
): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`
    update audience_runs set claimed_until = ${until}, attempts = attempts + 1
    where id = (select id from audience_runs where state = 'running' and (claimed_until is null or claimed_until < ${now})
      order by created_at limit 1 for update skip locked)
    returning *`.execute(executor);
  return rows[0];
}

/** @param until null: another process may take it at once. @returns false when the run is gone. */
export async function renewClaim(executor: Executor, id: string, until: Date | null): Promise<boolean> {
  const { rows } = await sql`
    update audience_runs set claimed_until = ${until} where id = ${id} and state = 'running' returning id`.execute(
    executor,
  );
  return rows.length > 0;
}

export type Outcome =
  | { readonly state: 'completed'; readonly size: number; readonly results: readonly string[] }
  | { readonly state: 'failed'; readonly failure: string };

export async function finishRun(
  tx: Tx,
  run: Pick<RunRow, 'id' | 'audience_id'>,
  outcome: Outcome,
  at: Date,
): Promise<void> {
  const done = outcome.state === 'completed';
  await tx
    .updateTable('audience_runs')
    .set({
      state: outcome.state,
      size: done ? outcome.size : null,
      results: done ? JSON.stringify(outcome.results) : null,
      failure: done ? null : outcome.failure,
      claimed_until: null,
      finished_at: at,
    })
    .where('id', '=', run.id)
    .execute();
  if (!done || run.audience_id === null) return;
  await tx
    .updateTable('audiences')
    .set({ size: outcome.size, sized_at: at })
    .where('id', '=', run.audience_id)
    .where('run_id', '=', run.id)
    .execute();
}

// schedules -----------------------------------------------------------------------------------------

function schedulesOf(executor: Executor, scope: Scope, audienceId: string) {
  return executor
    .selectFrom('audience_schedules')
    .selectAll()
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('audience_id', '=', audienceId);
}

/** Oldest first. */
export async function readSchedules(
  executor: Executor,
  scope: Scope,
  audienceIds: readonly string[],
): Promise<ScheduleRow[]> {
  return await executor
    .selectFrom('audience_schedules')
    .selectAll()
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where(sql<boolean>`audience_id = any(${[...audienceIds]}::uuid[])`)
    .orderBy('id')
    .execute();
}

export async function lockSchedule(
  tx: Tx,
  scope: Scope,
  audienceId: string,
  id: string,
): Promise<ScheduleRow | undefined> {
  return await schedulesOf(tx, scope, audienceId).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function findSchedule(executor: Executor, scope: Scope, audienceId: string, id: string) {
  return await schedulesOf(executor, scope, audienceId).where('id', '=', id).executeTakeFirst();
}

export type ScheduleWrite = Pick<ScheduleRow, 'strategy' | 'config' | 'next_at' | 'updated_at'>;

export async function insertSchedule(
  tx: Tx,
  scope: Scope,
  row: ScheduleWrite & { id: string; audience_id: string; created_at: Date },
): Promise<void> {
  const { workspaceId: workspace_id, environment } = scope;
  await tx
    .insertInto('audience_schedules')
    .values({ ...row, workspace_id, environment, config: JSON.stringify(row.config) })
    .execute();
}

export async function updateSchedule(tx: Tx, id: string, row: ScheduleWrite): Promise<void> {
  await tx
    .updateTable('audience_schedules')
    .set({ ...row, config: JSON.stringify(row.config) })
    .where('id', '=', id)
    .execute();
}

export async function deleteSchedule(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('audience_schedules').where('id', '=', id).execute();
}

/** Locked until the transaction ends; what another process has locked is its own to run. */
export async function takeDueSchedules(tx: Tx, now: Date): Promise<ScheduleRow[]> {
  const { rows } = await sql<ScheduleRow>`
    select * from audience_schedules where next_at <= ${now} order by next_at limit 50 for update skip locked`.execute(
    tx,
  );
  return rows;
}

export async function moveSchedule(tx: Tx, id: string, next: Date): Promise<void> {
  await tx.updateTable('audience_schedules').set({ next_at: next }).where('id', '=', id).execute();
}
