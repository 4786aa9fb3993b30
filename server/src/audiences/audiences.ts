/** Audiences: stored definitions of who belongs together, and how many those are. */
import { type AuditEvent, record } from '../access/audit/record.ts';
import { afterCommit } from '../context.ts';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../db/keyset.ts';
import type { Db } from '../db/open.ts';
import type { AudienceOptions } from '../db/tables/audiences.ts';
import { inTransaction, type Scope, type Tx } from '../db/tx.ts';
import { AppError, notFound } from '../errors.ts';
import { isUuid, newId } from '../ids.ts';
import { checkedAudience, type QueryField, whyNotCounted } from './definitions.ts';
import { audienceOptionProblems, author, describedProblems, given, problem, refuse } from './fields.ts';
import { keyOf, newKey } from './keys.ts';
import type { AudienceRow, Search } from './queries.ts';
import * as queries from './queries.ts';
import { deleteRunsOf, insertRun } from './runs/queries.ts';

export interface AudienceNew {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  readonly type: AudienceRow['type'];
  readonly query: string;
  readonly targetEntity?: string | null | undefined;
  readonly options?: AudienceOptions | undefined;
}

export type AudienceChange = Partial<Omit<AudienceNew, 'type'>>;

export interface Sort {
  readonly field: 'CREATED_AT' | 'NAME' | 'UPDATED_AT';
  readonly direction: 'ASC' | 'DESC';
}

const MAX_SEARCH = 255;

export function createAudiences({ db, now, wake }: { db: Db; now: () => Date; wake: () => void }) {
  async function get(scope: Scope, id: string): Promise<AudienceRow> {
    return found(isUuid(id) ? await queries.findAudience(db, scope, id) : undefined);
  }

  /** Puts its count into the queue, in place of those before. @returns the run's id; null when nothing can count it. */
  async function enqueue(tx: Tx, scope: Scope, row: Omit<AudienceRow, 'run_state'>): Promise<string | null> {
    await deleteRunsOf(tx, row.id);
    const countable = row.enabled && whyNotCounted(row, checkedAudience(row.type, row.query)) === null;
    const id = countable ? newId() : null;
    if (id !== null) {
      await insertRun(tx, scope, {
        id,
        audience_id: row.id,
        metered: false,
        type: row.type,
        query: row.query,
        target_entity: row.target_entity,
        options: row.options,
        since: sinceOf(row),
        created_at: now(),
      });
      await afterCommit(wake);
    }
    await queries.updateAudience(tx, row.id, { run_id: id });
    return id;
  }

  return {
    get,
    enqueue,

    /** Oldest first, both ways. */
    async page(
      scope: Scope,
      request: KeysetRequest,
      search?: Search,
    ): Promise<KeysetPage<AudienceRow> & { total: number }> {
      refuseSearch(search);
      const page = await keysetPage(
        request,
        (row: AudienceRow) => row.id,
        (bounds) => queries.readAudiences(db, scope, bounds, search),
      );
      return { ...page, total: await queries.countAudiences(db, scope, search) };
    },

    /** Newest first. */
    async list(scope: Scope, { limit, before }: { limit: number; before: string | null }) {
      const bounds = { order: 'desc', limit, ...(before !== null && { before }) } as const;
      const rows = await queries.readAudiences(db, scope, bounds);
      return { rows, total: await queries.countAudiences(db, scope) };
    },

    /** Audiences whose definitions name this one. @throws AppError not_found */
    async references(
      scope: Scope,
      id: string,
      request: KeysetRequest,
      { search, sort }: { search?: Search | undefined; sort?: Sort | undefined } = {},
    ): Promise<KeysetPage<AudienceRow> & { total: number; keyOf: (row: AudienceRow) => string }> {
      refuseSearch(search);
      const { key } = await get(scope, id);
      const all = (await queries.audiencesNaming(db, scope, key)).filter((row) => !search || matches(row, search));
      const page = await keysetPage(request, sortKey(sort), async ({ after, before, order, limit }) => {
        const keyed = sortKey(sort);
        const rising = (order === 'asc') === (sort?.direction !== 'DESC');
        const beyond = (row: AudienceRow, bound: string | undefined, above: boolean) =>
          bound === undefined || (above ? keyed(row) > bound : keyed(row) < bound);
        const ascending = sort?.direction !== 'DESC';
        return all
          .filter((row) => beyond(row, after, ascending) && beyond(row, before, !ascending))
          .sort((a, b) => (keyed(a) < keyed(b) === rising ? -1 : 1))
          .slice(0, limit);
      });
      return { ...page, total: all.length, keyOf: sortKey(sort) };
    },

    /** @throws AppError validation_error, bad_request */
    async create(scope: Scope, fields: AudienceNew, field: QueryField = {}): Promise<AudienceRow> {
      const { name, description = null, enabled = true, type, query, targetEntity = null } = fields;
      const options = given(fields.options ?? {});
      refuse([...describedProblems(fields), ...audienceOptionProblems(options), ...targetProblems(type, targetEntity)]);
      const { traits } = checkedAudience(type, query, field);
      refuseBackfill(options);
      const at = now();
      return inTransaction(db, async (tx) => {
        const who = author();
        const row = {
          ...{ id: newId(), key: await newKey(tx, scope, keyOf(name, 'audience')), name, description, enabled },
          ...{ type, query, target_entity: targetEntity, options, traits: [...traits] },
          ...{ run_id: null, size: null, sized_at: null },
          ...{ created_by: who, updated_by: who, created_at: at, updated_at: at },
        };
        await queries.insertAudience(tx, scope, row);
        await enqueue(tx, scope, { ...row, workspace_id: scope.workspaceId, environment: scope.environment });
        const made = found(await queries.findAudience(tx, scope, row.id));
        await record(tx, entry('created', scope, undefined, made));
        return made;
      });
    },

    /** @throws AppError not_found, validation_error, bad_request; conflict for another definition while this one is counted. */
    async update(scope: Scope, id: string, change: AudienceChange, field: QueryField = {}): Promise<AudienceRow> {
      refuse([...describedProblems(change), ...audienceOptionProblems(change.options ?? {})]);
      return inTransaction(db, async (tx) => {
        const before = found(isUuid(id) ? await queries.lockAudience(tx, scope, id) : undefined);
        const { name, description, enabled, query, targetEntity } = change;
        refuse(targetProblems(before.type, targetEntity));
        const options = { ...before.options, ...given(change.options ?? {}) };
        refuseBackfill(options);
        const counts = query !== undefined || targetEntity !== undefined || change.options !== undefined;
        if (counts && before.run_state === 'running') {
          throw new AppError('conflict', 'The audience is being counted. Change its definition when that has ended.');
        }
        const traits = query === undefined ? before.traits : [...checkedAudience(before.type, query, field).traits];
        const after = {
          ...before,
          ...given({ name, description, enabled, query, target_entity: targetEntity }),
          ...(counts && { size: null, sized_at: null }),
          ...{ traits, options, updated_by: author(), updated_at: now() },
        } as AudienceRow;
        const { run_state: _, workspace_id: __, environment: ___, run_id: ____, ...written } = after;
        await queries.updateAudience(tx, before.id, written);
        if (counts || (after.enabled && !before.enabled)) await enqueue(tx, scope, after);
        const stored = found(await queries.findAudience(tx, scope, before.id));
        await record(tx, entry('updated', scope, before, stored));
        return stored;
      });
    },

    /** With its schedules and runs. @throws AppError not_found */
    async remove(scope: Scope, id: string): Promise<void> {
      await inTransaction(db, async (tx) => {
        const before = found(isUuid(id) ? await queries.lockAudience(tx, scope, id) : undefined);
        await queries.deleteAudience(tx, before.id);
        await record(tx, entry('deleted', scope, before, undefined));
      });
    },

    /** Counts a linked audience now. @throws AppError not_found; bad_request for others and for what cannot be counted. */
    async run(scope: Scope, id: string): Promise<{ id: string }> {
      return inTransaction(db, async (tx) => {
        const row = found(isUuid(id) ? await queries.lockAudience(tx, scope, id) : undefined);
        refuseUnlessLinked(row);
        const reason = whyNotCounted(row, checkedAudience(row.type, row.query));
        if (reason !== null) throw new AppError('bad_request', reason);
        if (!row.enabled) throw new AppError('bad_request', 'The audience is disabled. Enable it first.');
        // One that waits or runs is the one asked for.
        const run = row.run_state === 'running' ? row.run_id : await enqueue(tx, scope, row);
        await record(tx, { ...entry('run-forced', scope, undefined, row), after: undefined });
        return { id: run ?? '' };
      });
    },
  };
}

export type Audiences = ReturnType<typeof createAudiences>;

/** Documented (contract §1.9). @throws AppError bad_request */
export function refuseUnlessLinked({ type }: Pick<AudienceRow, 'type'>): void {
  if (type !== 'LINKED') throw new AppError('bad_request', 'Only LINKED audiences have schedules and forced runs.');
}

export function found(row: AudienceRow | undefined): AudienceRow {
  if (!row) throw notFound('audience');
  return row;
}

/** Only a count that is told so leaves out what happened before the audience was made. */
function sinceOf({ options, created_at }: Pick<AudienceRow, 'options' | 'created_at'>): Date | null {
  const days = options.backfillEventDataDays;
  if (days !== undefined) return new Date(created_at.getTime() - days * 86_400_000);
  return options.includeHistoricalData === false ? created_at : null;
}

function targetProblems(type: AudienceRow['type'], target: string | null | undefined) {
  const plain = target === undefined || target === null;
  return plain || type === 'LINKED' ? [] : [problem('definition.targetEntity', 'is for LINKED audiences only')];
}

/** Documented (contract §1.9). */
function refuseBackfill({ includeHistoricalData, backfillEventDataDays }: AudienceOptions): void {
  if (backfillEventDataDays !== undefined && includeHistoricalData !== true) {
    throw new AppError('bad_request', 'options.backfillEventDataDays needs options.includeHistoricalData to be true.');
  }
}

function refuseSearch(search: Search | undefined): void {
  if (!search) return;
  if (search.query.length > MAX_SEARCH || search.query.includes('\0')) {
    refuse([problem('search.query', `must have at most ${MAX_SEARCH} characters, none of them NUL`)]);
  }
}

function matches(row: AudienceRow, { type, query }: Search): boolean {
  if (type === 'KEY') return row.key.startsWith(query);
  return (type === 'NAME' ? row.name : row.query).toLowerCase().includes(query.toLowerCase());
}

/** By what a list is sorted, and then by the id: one text, short enough for a cursor. */
function sortKey(sort: Sort | undefined): (row: AudienceRow) => string {
  return (row) => {
    if (sort?.field === 'NAME') return `${row.name.slice(0, 50)}\n${row.id}`;
    if (sort?.field === 'UPDATED_AT') return `${row.updated_at.toISOString()}\n${row.id}`;
    return row.id;
  };
}

export function entry(
  what: string,
  scope: Scope,
  before: AudienceRow | undefined,
  after: AudienceRow | undefined,
): AuditEvent {
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about an audience.');
  const audited = ({ name, description, enabled, type, query, target_entity, options }: AudienceRow) => {
    return { name, description, enabled, type, query, target_entity, options };
  };
  return {
    action: `audience.${what}`,
    target: { type: 'audience', id: row.id, name: row.name },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: scope.workspaceId,
    environment: scope.environment,
  };
}
