/** Instances of insert functions: a function put in before a destination or after a source, with settings of its own. */
import { type AuditEvent, record } from '../../access/audit/record.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Scope, sqlState, type Tx, UNIQUE_VIOLATION } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import type { Seal } from '../../seal.ts';
import { problem, refuse } from '../problems.ts';
import type { InstanceRow } from './instance-queries.ts';
import * as queries from './instance-queries.ts';
import { mergedSettings, type Settings, type Stored, shownSettings } from './instance-settings.ts';
import { type FunctionKind, findFunction, lockFunction, type SettingDefinition } from './queries.ts';
import { problemsOf } from './rules.ts';

const MAX_INSTANCES = 1_000;

export interface Instance {
  readonly id: string;
  readonly functionId: string;
  /** Of a source or a destination. */
  readonly integrationId: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Secrets masked. */
  readonly settings: Record<string, unknown>;
  /** The secrets alone, masked. */
  readonly encryptedSettings: Record<string, unknown>;
}

export interface InstancesParts {
  readonly db: Db;
  readonly seal: Seal;
  /** Runs a change of what deliveries hold in memory, and returns when they have it. */
  readonly change: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** What the id is of in this scope. */
  readonly integrationOf: (scope: Scope, id: string) => Promise<'source' | 'destination' | null>;
}

/** What each kind of insert function is put in at; the other kinds are put in nowhere. */
const PLACES: Readonly<Record<FunctionKind, readonly ('source' | 'destination')[]>> = {
  source: [],
  destination: [],
  insert_source: ['source'],
  insert_destination: ['destination'],
  insert_transformation: ['source', 'destination'],
};

export function createInstances({ db, seal, change, integrationOf }: InstancesParts) {
  /** What cannot be opened is as good as not there: it was sealed under another installation's secret. */
  function storedOf(row: InstanceRow): Stored {
    try {
      const values = JSON.parse(seal.open(row.settings_sealed, row.id)) as Settings;
      return { values, secrets: row.secret_names };
    } catch {
      return { values: {}, secrets: [] };
    }
  }

  function shown(row: InstanceRow, definitions: readonly SettingDefinition[]): Instance {
    const { settings, encrypted } = shownSettings(definitions, storedOf(row));
    return {
      id: row.id,
      functionId: row.function_id,
      integrationId: row.source_id ?? row.destination_id ?? '',
      name: row.name,
      enabled: row.enabled,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      settings,
      encryptedSettings: encrypted,
    };
  }

  async function definitionsOf(executor: Tx | Db, scope: Scope, functionId: string): Promise<SettingDefinition[]> {
    return (await findFunction(executor, scope, functionId))?.settings ?? [];
  }

  return {
    /** For the deletion of a function. */
    count: (tx: Tx, scope: Scope, functionId: string) => queries.countInstances(tx, scope, functionId),

    /** Oldest first, both ways; none of a function that is not there. */
    async page(
      scope: Scope,
      functionId: string,
      request: KeysetRequest,
    ): Promise<KeysetPage<Instance> & { total: number }> {
      if (!isUuid(functionId)) return { rows: [], hasBefore: false, hasAfter: false, total: 0 };
      const [page, total, definitions] = await Promise.all([
        queries.pageOfInstances(db, scope, functionId, request),
        queries.countInstances(db, scope, functionId),
        definitionsOf(db, scope, functionId),
      ]);
      return { ...page, rows: page.rows.map((row) => shown(row, definitions)), total };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<Instance> {
      const row = isUuid(id) ? await queries.findInstance(db, scope, id) : undefined;
      if (!row) throw notFound('insert function instance');
      return shown(row, await definitionsOf(db, scope, row.function_id));
    },

    /** @throws AppError validation_error; conflict where the function is in already. */
    async create(
      scope: Scope,
      input: {
        functionId: string;
        integrationId: string;
        name: string;
        enabled?: boolean | undefined;
        settings: Settings;
      },
    ): Promise<Instance> {
      const { functionId, integrationId, name, enabled = true, settings } = input;
      const place = isUuid(integrationId) ? await integrationOf(scope, integrationId) : null;
      return put(() =>
        change(async (tx) => {
          // Locked: it must not be deleted meanwhile, nor its definitions changed.
          const found = isUuid(functionId) ? await lockFunction(tx, scope, functionId) : undefined;
          const places = found ? PLACES[found.kind] : [];
          const inserted = places.length > 0 ? found : undefined;
          const problems: FieldError[] = nameProblems(name);
          if (!inserted) problems.push(problem('functionId', 'must be the id of an insert function of the workspace'));
          if (place === null || (inserted && !places.includes(place))) {
            const wanted = inserted ? places.join(' or ') : 'source or destination';
            problems.push(problem('integrationId', `must be the id of a ${wanted} of the workspace`));
          }
          const definitions = inserted?.settings ?? [];
          const merged = mergedSettings(definitions, { values: {}, secrets: [] }, inserted ? settings : {});
          refuse([...problems, ...merged.problems]);
          if ((await queries.countInstances(tx, scope, null)) >= MAX_INSTANCES) {
            const text = `A workspace has at most ${MAX_INSTANCES} instances of insert functions. Delete one first.`;
            throw new AppError('bad_request', text);
          }
          const id = newId();
          const row = await queries.insertInstance(tx, scope, {
            id,
            functionId,
            sourceId: place === 'source' ? integrationId : null,
            destinationId: place === 'destination' ? integrationId : null,
            name,
            enabled,
            settingsSealed: seal.seal(JSON.stringify(merged.stored.values), id),
            secretNames: merged.stored.secrets,
          });
          const after = shown(row, definitions);
          await record(tx, entry('created', row, { after: audited(after) }));
          return after;
        }),
      );
    },

    /** Settings are merged key by key; null removes a key. @throws AppError not_found, validation_error */
    async update(
      scope: Scope,
      id: string,
      input: { name?: string | undefined; enabled?: boolean | undefined; settings?: Settings | undefined },
    ): Promise<Instance> {
      const { name, enabled, settings } = input;
      if (!isUuid(id)) throw notFound('insert function instance');
      return change(async (tx) => {
        const row = await queries.lockInstance(tx, scope, id);
        if (!row) throw notFound('insert function instance');
        const definitions = await definitionsOf(tx, scope, row.function_id);
        const merged = settings && mergedSettings(definitions, storedOf(row), settings);
        refuse([...nameProblems(name), ...(merged?.problems ?? [])]);
        const changed = await queries.updateInstance(tx, scope, id, {
          ...(name !== undefined && { name }),
          ...(enabled !== undefined && { enabled }),
          ...(merged && {
            settings_sealed: seal.seal(JSON.stringify(merged.stored.values), id),
            secret_names: [...merged.stored.secrets],
          }),
        });
        const after = shown(changed ?? row, definitions);
        const rewritten = merged?.changedSecrets ?? [];
        await record(
          tx,
          entry('updated', row, {
            before: audited(shown(row, definitions)),
            after: { ...audited(after), ...(rewritten.length > 0 && { rewritten }) },
          }),
        );
        return after;
      });
    },

    /** @throws AppError not_found */
    async remove(scope: Scope, id: string): Promise<void> {
      if (!isUuid(id)) throw notFound('insert function instance');
      await change(async (tx) => {
        const row = await queries.deleteInstance(tx, scope, id);
        if (!row) throw notFound('insert function instance');
        const before = shown(row, await definitionsOf(tx, scope, row.function_id));
        await record(tx, entry('deleted', row, { before: audited(before) }));
      });
    },

    /** Seals what the previous secret sealed anew. Two processes may do it at once. */
    async renewSeals(): Promise<void> {
      const renewed = (await queries.allSealed(db)).flatMap(({ id, settings_sealed: old }) => {
        const sealed = seal.renewed(old, id);
        return sealed ? [{ id, old, sealed }] : [];
      });
      if (renewed.length === 0) return;
      await inTransaction(db, async (tx) => {
        for (const { id, old, sealed } of renewed) await queries.replaceSeal(tx, id, old, sealed);
      });
    },
  };
}

function nameProblems(name: string | undefined): FieldError[] {
  return problemsOf({ name }).map(({ field, message }) => ({
    field: field.replace('displayName', 'name'),
    message: message.replace('displayName', 'name'),
  }));
}

async function put<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw new AppError('conflict', 'This function is put in there already. Change that instance instead.');
  }
}

function entry(
  what: 'created' | 'updated' | 'deleted',
  row: InstanceRow,
  sides: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): AuditEvent {
  return {
    action: `function-instance.${what}`,
    target: { type: 'function_instance', id: row.id, name: row.name },
    ...sides,
    workspaceId: row.workspace_id,
    environment: row.environment,
  };
}

function audited({ name, enabled, functionId, integrationId, settings }: Instance): Record<string, unknown> {
  return { name, enabled, function_id: functionId, integration_id: integrationId, settings };
}
