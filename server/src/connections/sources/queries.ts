/** All SQL of sources, their write keys and labels. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage, MAX_COUNTED } from '../../db/keyset.ts';
import type { Environment, Executor, Scope, Tx } from '../../db/tx.ts';

export interface LabelOfSource {
  readonly key: string;
  readonly value: string;
  /** null: the label was put on the source without one. */
  readonly description: string | null;
}

export interface SourceRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  name: string;
  slug: string;
  /** Id of the catalog's source type. */
  metadata_id: string;
  settings: Record<string, unknown>;
  /** What the Config API knows of the sender's library. */
  library_config: Record<string, unknown>;
  schema_settings: Record<string, Record<string, unknown>>;
  forward_violations_to: string | null;
  forward_blocked_to: string | null;
  tracking_plan_id: string | null;
  /** Oldest first. */
  write_keys: string[];
  labels: LabelOfSource[];
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

export interface Page {
  readonly limit: number;
  /** The last id of the previous page; newest first, ids are time-ordered. */
  readonly before: string | null;
}

export interface SourceFilter {
  /** Those that follow this plan. */
  readonly trackingPlanId?: string;
}

const COLUMNS = [
  'id',
  'workspace_id',
  'environment',
  'name',
  'slug',
  'metadata_id',
  'settings',
  'library_config',
  'schema_settings',
  'forward_violations_to',
  'forward_blocked_to',
  'tracking_plan_id',
  'enabled',
  'created_at',
  'updated_at',
] as const;

const WRITE_KEYS = sql<string[]>`
  array(select k.write_key from source_write_keys k where k.source_id = sources.id order by k.id)`.as('write_keys');

const LABELS = sql<LabelOfSource[]>`
  coalesce((select json_agg(json_build_object('key', l.key, 'value', l.value, 'description', s.description) order by s.id)
    from source_labels s join labels l on l.id = s.label_id where s.source_id = sources.id), '[]')`.as('labels');

function sourcesIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('sources')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null);
}

function wholeSources(executor: Executor, scope: Scope) {
  return sourcesIn(executor, scope).select(COLUMNS).select([WRITE_KEYS, LABELS]);
}

/** Newest first. */
export async function listSources(executor: Executor, scope: Scope, page: Page): Promise<SourceRow[]> {
  let query = wholeSources(executor, scope).orderBy('id', 'desc').limit(page.limit);
  if (page.before !== null) query = query.where('id', '<', page.before);
  return query.execute();
}

/** Oldest first, in both directions. */
export async function pageOfSources(
  executor: Executor,
  scope: Scope,
  request: KeysetRequest,
  filter: SourceFilter = {},
): Promise<KeysetPage<SourceRow>> {
  return keysetPage(
    request,
    (row: SourceRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = wholeSources(executor, scope).orderBy('id', order).limit(limit);
      if (filter.trackingPlanId !== undefined) query = query.where('tracking_plan_id', '=', filter.trackingPlanId);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.execute();
    },
  );
}

export async function countSources(executor: Executor, scope: Scope): Promise<number> {
  const query = sourcesIn(executor, scope).select((eb) => eb.fn.countAll<number>().as('count'));
  return (await query.executeTakeFirstOrThrow()).count;
}

/** As a page tells it; undefined: more than are counted for one. Those of a plan always are. */
export async function totalOfSources(
  executor: Executor,
  scope: Scope,
  filter: SourceFilter,
): Promise<number | undefined> {
  let some = sourcesIn(executor, scope).select('id');
  if (filter.trackingPlanId === undefined) some = some.limit(MAX_COUNTED + 1);
  else some = some.where('tracking_plan_id', '=', filter.trackingPlanId);
  const row = await executor
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return filter.trackingPlanId === undefined && row.count > MAX_COUNTED ? undefined : row.count;
}

export async function findSource(executor: Executor, scope: Scope, id: string): Promise<SourceRow | undefined> {
  return wholeSources(executor, scope).where('id', '=', id).executeTakeFirst();
}

/** In the order of their ids. */
export async function findSources(executor: Executor, scope: Scope, ids: readonly string[]): Promise<SourceRow[]> {
  if (ids.length === 0) return [];
  return wholeSources(executor, scope).where('id', 'in', ids).orderBy('id').execute();
}

export async function findSourceBySlug(executor: Executor, scope: Scope, slug: string): Promise<SourceRow | undefined> {
  return wholeSources(executor, scope).where('slug', '=', slug).executeTakeFirst();
}

/** The row stays locked until the transaction ends, so that a destination cannot be added to a source on its way out. */
/** Deleted ones too. */
export async function sourceNames(
  executor: Executor,
  scope: Scope,
  ids: readonly string[],
): Promise<{ id: string; name: string; slug: string }[]> {
  return executor
    .selectFrom('sources')
    .select(['id', 'name', 'slug'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', 'in', sql<string>`(select unnest(${[...ids]}::uuid[]))`)
    .execute();
}

export async function lockSource(tx: Tx, scope: Scope, id: string): Promise<SourceRow | undefined> {
  const locked = await sourcesIn(tx, scope).select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  // A statement of its own: it sees write keys and labels as they are after the wait for the lock.
  return locked && findSource(tx, scope, id);
}

export async function firstSource(executor: Executor, scope: Scope): Promise<SourceRow | undefined> {
  return wholeSources(executor, scope).orderBy('id').limit(1).executeTakeFirst();
}

/** Those of the given slugs that a source has; `except` is a source's own id. */
export async function takenSlugs(
  tx: Tx,
  scope: Scope,
  slugs: readonly string[],
  except: string | null = null,
): Promise<Set<string>> {
  let query = sourcesIn(tx, scope).select('slug').where('slug', 'in', slugs);
  if (except !== null) query = query.where('id', '!=', except);
  return new Set((await query.execute()).map(({ slug }) => slug));
}

export async function insertSource(
  tx: Tx,
  scope: Scope,
  source: {
    id: string;
    name: string;
    slug: string;
    metadataId: string;
    settings: Record<string, unknown>;
    writeKey: string;
    enabled: boolean;
  },
): Promise<SourceRow> {
  await tx
    .insertInto('sources')
    .values({
      id: source.id,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      name: source.name,
      slug: source.slug,
      metadata_id: source.metadataId,
      settings: JSON.stringify(source.settings),
      enabled: source.enabled,
      deleted_at: null,
      forward_violations_to: null,
      forward_blocked_to: null,
      tracking_plan_id: null,
    })
    .execute();
  await insertWriteKey(tx, scope, source.id, source.writeKey);
  return wholeSources(tx, scope).where('id', '=', source.id).executeTakeFirstOrThrow();
}

export interface SourceChange {
  name?: string;
  slug?: string;
  /** JSON. */
  settings?: string;
  /** JSON. */
  library_config?: string;
  /** JSON. */
  schema_settings?: string;
  forward_violations_to?: string | null;
  forward_blocked_to?: string | null;
  enabled?: boolean;
  deleted_at?: Date;
}

/** @returns the source as it is now; undefined when it is deleted. */
export async function updateSource(
  tx: Tx,
  scope: Scope,
  id: string,
  change: SourceChange,
): Promise<SourceRow | undefined> {
  await tx
    .updateTable('sources')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
  return findSource(tx, scope, id);
}

/** What other sources forward to a deleted one goes nowhere, and its labels are free. */
export async function forgetSource(tx: Tx, scope: Scope, id: string): Promise<void> {
  await tx.deleteFrom('source_labels').where('source_id', '=', id).execute();
  for (const column of ['forward_violations_to', 'forward_blocked_to'] as const) {
    await tx
      .updateTable('sources')
      .set({ [column]: null })
      .where('workspace_id', '=', scope.workspaceId)
      .where(column, '=', id)
      .execute();
  }
}

export async function insertWriteKey(tx: Tx, scope: Scope, sourceId: string, writeKey: string): Promise<void> {
  await tx
    .insertInto('source_write_keys')
    .values({ workspace_id: scope.workspaceId, source_id: sourceId, write_key: writeKey })
    .execute();
}

export async function deleteWriteKey(tx: Tx, scope: Scope, sourceId: string, writeKey: string): Promise<void> {
  await tx
    .deleteFrom('source_write_keys')
    .where('workspace_id', '=', scope.workspaceId)
    .where('source_id', '=', sourceId)
    .where('write_key', '=', writeKey)
    .execute();
}

export interface ChangedSourceRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  name: string;
  enabled: boolean;
  deleted: boolean;
  write_keys: string[];
}

/** Of every workspace, for memory. @param since a revision; -1: all that are not deleted. */
export async function changedSources(executor: Executor, since: number): Promise<ChangedSourceRow[]> {
  const query = executor
    .selectFrom('sources')
    .select(['id', 'workspace_id', 'environment', 'name', 'enabled'])
    .select([sql<boolean>`deleted_at is not null`.as('deleted'), WRITE_KEYS]);
  return (since < 0 ? query.where('deleted_at', 'is', null) : query.where('revision', '>', since)).execute();
}
