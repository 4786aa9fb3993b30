/** All SQL of warehouses and of the sources they are connected to. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';

export type WarehouseKind = 'events' | 'profiles';

export interface WarehouseRow {
  id: string;
  workspace_id: string;
  kind: WarehouseKind;
  metadata_id: string;
  name: string | null;
  enabled: boolean;
  settings: Record<string, unknown>;
  secrets_sealed: Buffer;
  schema_name: string | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = [
  'id',
  'workspace_id',
  'kind',
  'metadata_id',
  'name',
  'enabled',
  'settings',
  'secrets_sealed',
  'schema_name',
  'created_at',
  'updated_at',
] as const;

function warehousesIn(executor: Executor, scope: Scope, kind: WarehouseKind) {
  return executor
    .selectFrom('warehouses')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('kind', '=', kind);
}

/** Oldest first, in both directions. */
export async function pageOfWarehouses(
  executor: Executor,
  scope: Scope,
  kind: WarehouseKind,
  request: KeysetRequest,
): Promise<KeysetPage<WarehouseRow>> {
  return keysetPage(
    request,
    (row: WarehouseRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = warehousesIn(executor, scope, kind).select(COLUMNS).orderBy('id', order).limit(limit);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.execute();
    },
  );
}

export async function countWarehouses(executor: Executor, scope: Scope, kind: WarehouseKind): Promise<number> {
  const row = await warehousesIn(executor, scope, kind)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findWarehouse(
  executor: Executor,
  scope: Scope,
  kind: WarehouseKind,
  id: string,
): Promise<WarehouseRow | undefined> {
  return warehousesIn(executor, scope, kind).select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The row stays locked until the transaction ends. */
export async function lockWarehouse(
  tx: Tx,
  scope: Scope,
  kind: WarehouseKind,
  id: string,
): Promise<WarehouseRow | undefined> {
  return warehousesIn(tx, scope, kind).select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function insertWarehouse(
  tx: Tx,
  scope: Scope,
  row: Omit<WarehouseRow, 'workspace_id' | 'created_at' | 'updated_at'>,
): Promise<WarehouseRow> {
  return tx
    .insertInto('warehouses')
    .values({
      ...row,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      settings: JSON.stringify(row.settings),
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function updateWarehouse(
  tx: Tx,
  id: string,
  change: Pick<WarehouseRow, 'name' | 'enabled' | 'settings' | 'secrets_sealed' | 'schema_name'>,
): Promise<WarehouseRow> {
  return tx
    .updateTable('warehouses')
    .set({ ...change, settings: JSON.stringify(change.settings), updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function deleteWarehouse(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('warehouses').where('id', '=', id).execute();
}

/** Of several sources. */
export async function connect(tx: Tx, scope: Scope, warehouseId: string, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await sql`
    insert into warehouse_sources (warehouse_id, source_id, workspace_id)
    select ${warehouseId}, id, ${scope.workspaceId} from unnest(${sourceIds}::uuid[]) as id
    on conflict do nothing`.execute(tx);
}

/** @returns whether it was connected. */
export async function disconnect(tx: Tx, warehouseId: string, sourceId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('warehouse_sources')
    .where('warehouse_id', '=', warehouseId)
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function allSourceIds(tx: Tx, scope: Scope): Promise<string[]> {
  const rows = await tx
    .selectFrom('sources')
    .select('id')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** All of the scope, in one order; they stay locked until the transaction ends. */
export async function lockWarehouses(tx: Tx, scope: Scope): Promise<WarehouseRow[]> {
  return warehousesIn(tx, scope, 'events').select(COLUMNS).orderBy('id').forUpdate().execute();
}

/** Ids of the sources of a warehouse, oldest source first. */
export async function pageOfSourceIds(
  executor: Executor,
  warehouseId: string,
  request: KeysetRequest,
): Promise<KeysetPage<{ id: string }> & { total: number }> {
  const connected = () =>
    executor
      .selectFrom('warehouse_sources as c')
      .innerJoin('sources as s', 's.id', 'c.source_id')
      .where('c.warehouse_id', '=', warehouseId)
      .where('s.deleted_at', 'is', null);
  const page = await keysetPage(
    request,
    (row: { id: string }) => row.id,
    ({ after, before, order, limit }) => {
      let query = connected().select('s.id').orderBy('s.id', order).limit(limit);
      if (after !== undefined) query = query.where('s.id', '>', after);
      if (before !== undefined) query = query.where('s.id', '<', before);
      return query.execute();
    },
  );
  const { count } = await connected()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { ...page, total: count };
}

/** Warehouses that a source feeds, oldest first. */
export async function pageOfSource(
  executor: Executor,
  scope: Scope,
  sourceId: string,
  request: KeysetRequest,
): Promise<KeysetPage<WarehouseRow> & { total: number }> {
  const fed = () =>
    warehousesIn(executor, scope, 'events').where(({ exists, selectFrom }) =>
      exists(
        selectFrom('warehouse_sources as c')
          .select('c.source_id')
          .whereRef('c.warehouse_id', '=', 'warehouses.id')
          .where('c.source_id', '=', sourceId),
      ),
    );
  const page = await keysetPage(
    request,
    (row: WarehouseRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = fed().select(COLUMNS).orderBy('id', order).limit(limit);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.execute();
    },
  );
  const { count } = await fed()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { ...page, total: count };
}
