/** Warehouses: where events of sources, or people, are to be loaded. Rules, whichever door asks. */

import { type AuditEvent, record, recordMany } from '../../access/audit/record.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { storableText } from '../../db/text.ts';
import { inTransaction, lockInTransaction, type Scope, type Tx } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { createSeal } from '../../seal.ts';
import type { Catalog, WarehouseType } from '../catalog/catalog.ts';
import { problem, refuse } from '../problems.ts';
import type { Connections } from '../service.ts';
import type { ConnectionState, TryConnection } from './connect.ts';
import type { WarehouseKind, WarehouseRow } from './queries.ts';
import * as queries from './queries.ts';
import { masked, merged, movedSecrets, type Settings, settingsProblems, split } from './settings.ts';

const MAX_NAME = 255;
/** Of a kind, in an environment. */
const MAX_WAREHOUSES = 1_000;
const SCHEMA_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

export interface Warehouse {
  readonly id: string;
  readonly workspaceId: string;
  readonly type: WarehouseType;
  readonly name: string | null;
  readonly enabled: boolean;
  /** As a reader may see them: secrets masked, the password left out. */
  readonly settings: Settings;
  readonly schemaName: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewWarehouse {
  readonly metadataId: string;
  readonly name?: string | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  readonly settings: Settings;
  /** Not even the sources that are there already. Default: all of them are connected. */
  readonly disconnectAllSources?: boolean | undefined;
  readonly schemaName?: string | undefined;
}

export interface ChangedWarehouse {
  /** null: none. It wins over `settings.name`. */
  readonly name?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  /** Merged key by key; null removes a key. */
  readonly settings?: Settings | undefined;
  readonly schemaName?: string | undefined;
}

export interface WarehousesParts {
  readonly db: Db;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly catalog: Catalog;
  readonly sources: Pick<Connections['sources'], 'get' | 'many'>;
  readonly tryConnection: TryConnection;
}

export type Warehouses = ReturnType<typeof createWarehouses>;

export function createWarehouses(parts: WarehousesParts) {
  const { db, catalog, sources, tryConnection } = parts;
  const seal = createSeal(parts.secret, 'warehouses', parts.previousSecret);

  function typeOf(metadataId: string): WarehouseType | undefined {
    const type = catalog.warehouses.find(metadataId);
    return type?.id === metadataId ? type : undefined;
  }

  function secretsOf(row: WarehouseRow): Settings {
    return JSON.parse(seal.open(row.secrets_sealed, row.id)) as Settings;
  }

  function shown(row: WarehouseRow): Warehouse {
    const type = typeOf(row.metadata_id);
    if (!type) throw new Error(`The catalog has no warehouse type ${row.metadata_id}.`);
    return {
      id: row.id,
      workspaceId: row.workspace_id,
      type,
      name: row.name,
      enabled: row.enabled,
      settings: { ...row.settings, ...masked(Object.keys(secretsOf(row))) },
      schemaName: row.schema_name,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    };
  }

  async function locked(tx: Tx, scope: Scope, kind: WarehouseKind, id: string): Promise<WarehouseRow> {
    const row = isUuid(id) ? await queries.lockWarehouse(tx, scope, kind, id) : undefined;
    if (!row) throw notFound('warehouse');
    return row;
  }

  async function found(scope: Scope, kind: WarehouseKind, id: string): Promise<WarehouseRow> {
    const row = isUuid(id) ? await queries.findWarehouse(db, scope, kind, id) : undefined;
    if (!row) throw notFound('warehouse');
    return row;
  }

  /** The warehouses of one kind. */
  function ofKind(kind: WarehouseKind) {
    return {
      /** Oldest first, both ways. */
      async page(scope: Scope, request: KeysetRequest): Promise<KeysetPage<Warehouse> & { total: number }> {
        const [page, total] = await Promise.all([
          queries.pageOfWarehouses(db, scope, kind, request),
          queries.countWarehouses(db, scope, kind),
        ]);
        return { ...page, rows: page.rows.map(shown), total };
      },

      /** @throws AppError not_found */
      async get(scope: Scope, id: string): Promise<Warehouse> {
        return shown(await found(scope, kind, id));
      },

      /** @throws AppError validation_error telling every field. */
      async create(scope: Scope, input: NewWarehouse): Promise<Warehouse> {
        const type = typeOf(input.metadataId);
        const given = merged({}, input.settings);
        refuse([
          ...(type ? settingsProblems(type, input.settings) : []),
          ...(type ? [] : [problem('metadataId', 'must be the id of a warehouse of the catalog')]),
          ...commonProblems(input),
        ]);
        if (!type) throw notFound('warehouse type');
        const id = newId();
        const { open, secret } = split(type, withoutName(given));
        const row = await inTransaction(db, async (tx) => {
          await lockInTransaction(tx, `warehouses ${scope.workspaceId}`);
          if ((await queries.countWarehouses(tx, scope, kind)) >= MAX_WAREHOUSES)
            throw new AppError('bad_request', `There are ${MAX_WAREHOUSES} warehouses. Delete one first.`);
          const made = await queries.insertWarehouse(tx, scope, {
            id,
            kind,
            metadata_id: type.id,
            name: input.name ?? nameIn(given) ?? null,
            enabled: input.enabled ?? true,
            settings: open,
            secrets_sealed: seal.seal(JSON.stringify(secret), id),
            schema_name: input.schemaName ?? null,
          });
          if (kind === 'events' && input.disconnectAllSources !== true)
            await queries.connect(tx, scope, id, await queries.allSourceIds(tx, scope));
          await record(tx, entry('created', scope, undefined, made));
          return made;
        });
        return shown(row);
      },

      /** @throws AppError not_found; validation_error telling every field. */
      async update(scope: Scope, id: string, input: ChangedWarehouse): Promise<Warehouse> {
        refuse(commonProblems(input));
        const row = await inTransaction(db, async (tx) => {
          const before = await locked(tx, scope, kind, id);
          const type = typeOf(before.metadata_id);
          if (!type) throw new Error(`The catalog has no warehouse type ${before.metadata_id}.`);
          const given = input.settings ?? {};
          const stored = { ...before.settings, ...secretsOf(before) };
          const settings = withoutName(merged(stored, given));
          refuse([...settingsProblems(type, given), ...movedSecrets(type, stored, settings, given)]);
          const { open, secret } = split(type, settings);
          const after = await queries.updateWarehouse(tx, id, {
            name: newName(before.name, input),
            enabled: input.enabled ?? before.enabled,
            settings: open,
            secrets_sealed: seal.seal(JSON.stringify(secret), id),
            schema_name: input.schemaName ?? before.schema_name,
          });
          await record(tx, entry(whatChanged(before, after), scope, before, after));
          return after;
        });
        return shown(row);
      },

      /** @throws AppError not_found */
      async remove(scope: Scope, id: string): Promise<void> {
        await inTransaction(db, async (tx) => {
          const before = await locked(tx, scope, kind, id);
          await queries.deleteWarehouse(tx, id);
          await record(tx, entry('deleted', scope, before, undefined));
        });
      },
    };
  }

  return {
    events: ofKind('events'),
    profiles: ofKind('profiles'),

    /** Tries settings that are not stored. @throws AppError validation_error, not_available, bad_request */
    async validate(scope: Scope, metadataId: string, settings: Settings): Promise<ConnectionState> {
      const type = typeOf(metadataId);
      if (!type)
        throw new AppError('validation_error', '', { fields: [problem('metadataId', 'is not in the catalog')] });
      refuse(settingsProblems(type, settings));
      return tryConnection(scope, type, settings);
    },

    /** Tries the stored settings now. @throws AppError not_found, not_available, bad_request */
    async connectionState(scope: Scope, id: string): Promise<ConnectionState> {
      const row = await found(scope, 'events', id);
      return tryConnection(scope, shown(row).type, { ...row.settings, ...secretsOf(row) });
    },

    /** Sources that feed it, oldest first. @throws AppError not_found */
    async sourcesOf(scope: Scope, id: string, request: KeysetRequest) {
      await found(scope, 'events', id);
      const page = await queries.pageOfSourceIds(db, id, request);
      return {
        ...page,
        rows: await sources.many(
          scope,
          page.rows.map((row) => row.id),
        ),
      };
    },

    /** Warehouses that it feeds, oldest first. @throws AppError not_found */
    async ofSource(scope: Scope, sourceId: string, request: KeysetRequest) {
      await sources.get(scope, sourceId);
      const page = await queries.pageOfSource(db, scope, sourceId, request);
      return { ...page, rows: page.rows.map(shown) };
    },

    /** Again is no error. @throws AppError not_found for either of them. */
    async connect(scope: Scope, id: string, sourceId: string): Promise<void> {
      const source = await sources.get(scope, sourceId);
      await inTransaction(db, async (tx) => {
        const row = await locked(tx, scope, 'events', id);
        await queries.connect(tx, scope, id, [sourceId]);
        await record(tx, { ...entry('connected', scope, row, row), before: {}, after: { source: source.slug } });
      });
    },

    /** A new source feeds all warehouses unless it was asked not to. */
    async connectToAll(scope: Scope, sourceId: string): Promise<void> {
      const source = await sources.get(scope, sourceId);
      await inTransaction(db, async (tx) => {
        const entries: AuditEvent[] = [];
        for (const row of await queries.lockWarehouses(tx, scope)) {
          await queries.connect(tx, scope, row.id, [sourceId]);
          entries.push({ ...entry('connected', scope, row, row), before: {}, after: { source: source.slug } });
        }
        await recordMany(tx, entries);
      });
    },

    /** @throws AppError not_found for either of them, or when they are not connected. */
    async disconnect(scope: Scope, id: string, sourceId: string): Promise<void> {
      const source = await sources.get(scope, sourceId);
      await inTransaction(db, async (tx) => {
        const row = await locked(tx, scope, 'events', id);
        if (!(await queries.disconnect(tx, id, sourceId)))
          throw new AppError('not_found', 'This source does not feed this warehouse.');
        await record(tx, { ...entry('disconnected', scope, row, row), before: { source: source.slug }, after: {} });
      });
    },
  };
}

function commonProblems({ name, schemaName }: ChangedWarehouse): FieldError[] {
  const problems: FieldError[] = [];
  if (typeof name === 'string') {
    if (name.length > MAX_NAME) problems.push(problem('name', `must not be longer than ${MAX_NAME} characters`));
    if (storableText(name) !== name) problems.push(problem('name', 'must not contain NUL or half a character'));
  }
  if (schemaName !== undefined && !SCHEMA_NAME.test(schemaName))
    problems.push(problem('schemaName', 'must be 1 to 63 letters, digits or _, and not begin with a digit'));
  return problems;
}

/** The field's server keeps the name among the settings (contract segment-public-api §3.3); here it has a column. */
function withoutName(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'name'));
}

function nameIn(settings: Settings): string | undefined {
  const { name } = settings;
  return typeof name === 'string' ? name : undefined;
}

function newName(before: string | null, { name, settings = {} }: ChangedWarehouse): string | null {
  if (name !== undefined) return name;
  if (settings['name'] === null) return null;
  return nameIn(settings) ?? before;
}

function whatChanged(before: WarehouseRow, after: WarehouseRow): 'updated' | 'enabled' | 'disabled' {
  if (before.enabled === after.enabled) return 'updated';
  return after.enabled ? 'enabled' : 'disabled';
}

function entry(
  what: string,
  scope: Scope,
  before: WarehouseRow | undefined,
  after: WarehouseRow | undefined,
): AuditEvent {
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about a warehouse.');
  return {
    action: `warehouse.${what}`,
    target: { type: 'warehouse', id: row.id, name: row.name ?? '' },
    before: before && audited(before),
    after: after && audited(after),
    environment: scope.environment,
  };
}

function audited({ name, enabled, settings, metadata_id, schema_name }: WarehouseRow) {
  return { name, enabled, settings, metadata_id, schema_name };
}
