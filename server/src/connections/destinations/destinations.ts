/** Destinations: where a source's events go. Rules for creating, changing and deleting them, whichever door asks. */
import { randomBytes } from 'node:crypto';
import { type AuditEvent, record } from '../../access/audit/record.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';
import { AppError, type FieldError, invalidField, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import type { Seal } from '../../seal.ts';
import type { Catalog, DestinationType } from '../catalog/catalog.ts';
import { problem, refuse, textProblems } from '../problems.ts';
import type { LiveDestinations } from './live.ts';
import type { ConnectionMode, DestinationChange, DestinationRow, Page } from './queries.ts';
import * as queries from './queries.ts';
import {
  isReadOnly,
  isSecret,
  mergedSettings,
  NO_SETTINGS,
  type StoredSettings,
  settingsProblems,
  withoutHeaderValues,
} from './settings.ts';
import { deleteSubscriptionsOf } from './subscriptions/queries.ts';
import { hooksOf, WEBHOOKS } from './targets.ts';

const MAX_NAME = 255;

export interface NewDestination {
  /** Of the same workspace and environment. */
  readonly sourceId: string;
  /** Id of a destination type of the catalog. */
  readonly metadataId: string;
  readonly name?: string | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly connectionMode?: ConnectionMode | null | undefined;
  /** false: required settings may come later, and a source has one destination of a type. Default: true. */
  readonly complete?: boolean | undefined;
}

export interface ChangedDestination {
  /** null: none any more. */
  readonly name?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  /** Merged key by key; null removes a key. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly connectionMode?: ConnectionMode | null | undefined;
}

export interface DestinationsParts {
  readonly db: Executor;
  readonly catalog: Catalog;
  readonly seal: Seal;
  readonly now: () => Date;
  readonly live: Pick<LiveDestinations, 'destination'>;
  /** Runs a change in a transaction, and returns when the lookup has it. */
  readonly change: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly hasSource: (executor: Executor, scope: Scope, id: string) => Promise<boolean>;
  /** Locks a source against deletion; undefined: there is none. */
  readonly lockSource: (tx: Tx, scope: Scope, id: string) => Promise<{ id: string } | undefined>;
  /** Returns the URL in its normal form. @throws AppError when a webhook must not be sent there. */
  readonly checkUrl: (url: string) => string;
}

export type Destinations = ReturnType<typeof createDestinations>;

export function createDestinations(parts: DestinationsParts) {
  const { db, catalog, seal, now, live, change, hasSource, lockSource, checkUrl } = parts;

  function typeOf(row: Pick<DestinationRow, 'metadata_id'>): DestinationType {
    const type = catalog.destinations.find(row.metadata_id);
    if (!type) throw new Error(`The catalog has no destination type ${row.metadata_id}.`);
    return type;
  }

  function nameOf(row: Pick<DestinationRow, 'name' | 'metadata_id'>): string {
    return row.name ?? typeOf(row).name;
  }

  function merged(
    row: string,
    type: DestinationType,
    stored: StoredSettings,
    given: Readonly<Record<string, unknown>>,
  ) {
    const secret = new Set(type.options.filter((one) => isSecret(type, one)).map(({ name }) => name));
    return mergedSettings(stored, given, { seal, context: row, isSecretKey: (name) => secret.has(name) });
  }

  /** Of the types that are delivered: a URL that nothing may be sent to is refused before the first event fails there. */
  function urlProblems(type: DestinationType, settings: Readonly<Record<string, unknown>>): FieldError[] {
    return type.id === WEBHOOKS
      ? hooksOf(settings).flatMap(({ field, url }) => urlProblem(`settings.${field}`, url))
      : [];
  }

  function urlProblem(field: string, url: string): FieldError[] {
    try {
      checkUrl(url);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [problem(field, error.details.fields?.[0]?.message ?? error.message)];
    }
  }

  async function insert(
    tx: Tx,
    scope: Scope,
    made: Omit<queries.NewDestinationRow, 'sourceId'> & { sourceId: string; single: boolean },
  ): Promise<DestinationRow | 'no source' | 'another one'> {
    const source = isUuid(made.sourceId) ? await lockSource(tx, scope, made.sourceId) : undefined;
    if (!source) return 'no source';
    if (made.single && (await queries.destinationsOfType(tx, scope, source.id, made.metadataId)).length > 0) {
      return 'another one';
    }
    const row = await queries.insertDestination(tx, scope, { ...made, sourceId: source.id });
    await record(tx, entry('created', undefined, row));
    return row;
  }

  /** One change of one destination, with its audit entry. @throws AppError not_found */
  async function edit(
    scope: Scope,
    id: string,
    work: (before: DestinationRow) => DestinationChange,
  ): Promise<DestinationRow> {
    if (!isUuid(id)) throw notFound('destination');
    return change(async (tx) => {
      const before = found(await queries.lockDestination(tx, scope, id));
      const after = found(await queries.updateDestination(tx, scope, id, work(before)));
      await record(tx, entry('updated', before, after));
      return after;
    });
  }

  function entry(
    what: 'created' | 'updated' | 'deleted',
    before: DestinationRow | undefined,
    after: DestinationRow | undefined,
  ): AuditEvent {
    const row = after ?? before;
    if (!row) throw new Error('An audit entry is about a destination.');
    return {
      action: `destination.${what}`,
      target: { type: 'destination', id: row.id, name: nameOf(row) },
      before: before && audited(before),
      after: after && audited(after),
      workspaceId: row.workspace_id,
      environment: row.environment,
    };
  }

  /**
   * @throws AppError not_found; validation_error for settings that the type does not take; bad_request when all settings
   * given are read-only ones (of several, they are left as they are).
   */
  async function update(scope: Scope, id: string, input: ChangedDestination): Promise<DestinationRow> {
    const { name, enabled, connectionMode, settings } = input;
    if (typeof name === 'string') refuse(textProblems('name', name, { least: 1, most: MAX_NAME }));
    return edit(scope, id, (before) => ({
      ...(name !== undefined && { name }),
      ...(enabled !== undefined && { enabled }),
      ...(connectionMode !== undefined && { connection_mode: connectionMode }),
      ...(settings !== undefined && settingsChange(before, settings)),
    }));
  }

  return {
    typeOf,
    nameOf,

    /** Newest first. */
    async list(scope: Scope, page: Page, sourceId: string | null): Promise<{ rows: DestinationRow[]; total: number }> {
      if (sourceId !== null && !isUuid(sourceId)) return { rows: [], total: 0 };
      const [rows, total] = await Promise.all([
        queries.listDestinations(db, scope, page, sourceId),
        queries.countDestinations(db, scope, sourceId),
      ]);
      return { rows, total };
    },

    /** Oldest first, both ways. @param sourceId null: of every source. */
    async page(
      scope: Scope,
      sourceId: string | null,
      request: KeysetRequest,
    ): Promise<KeysetPage<DestinationRow> & { total?: number }> {
      const [page, total] = await Promise.all([
        queries.pageOfDestinations(db, scope, sourceId, request),
        queries.totalOfDestinations(db, scope, sourceId),
      ]);
      return { ...page, ...(total !== undefined && { total }) };
    },

    /** Of one source and type, oldest first. */
    async ofType(scope: Scope, sourceId: string, metadataId: string): Promise<DestinationRow[]> {
      return queries.destinationsOfType(db, scope, sourceId, metadataId);
    },

    /** Of each type that a source has, the id of the oldest one. */
    async oldestOfTypes(scope: Scope, sourceId: string): Promise<Set<string>> {
      return new Set(await queries.oldestOfTypes(db, scope, sourceId));
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<DestinationRow> {
      return found(isUuid(id) ? await queries.findDestination(db, scope, id) : undefined);
    },

    /** id → name, of deleted ones too. An id of another scope has no entry. */
    async names(executor: Executor, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
      const names = new Map<string, string>();
      for (const id of ids) {
        const known = live.destination(id);
        if (known?.scope.workspaceId === scope.workspaceId && known.scope.environment === scope.environment) {
          names.set(id, known.name);
        }
      }
      const missing = ids.filter((id) => !names.has(id));
      if (missing.length === 0) return names;
      for (const row of await queries.destinationNames(executor, scope, missing)) names.set(row.id, nameOf(row));
      return names;
    },

    /**
     * @throws AppError validation_error for an unknown source or type and for settings that the type does not take;
     * bad_request for a second one of a type that has one a source; conflict for that where `complete` is false.
     */
    async create(scope: Scope, input: NewDestination): Promise<DestinationRow> {
      const { name, enabled = true, settings, connectionMode = null, complete = true } = input;
      const problems = name === undefined ? [] : textProblems('name', name, { least: 1, most: MAX_NAME });
      const type = catalog.destinations.find(input.metadataId);
      if (type?.id === input.metadataId) {
        problems.push(...settingsProblems({ type, settings, stored: null, complete }), ...urlProblems(type, settings));
      } else problems.push(problem('metadataId', 'must be the id of a destination of the catalog'));
      if (!type || problems.length > 0) return refuseAll(scope, input.sourceId, problems);
      const id = newId();
      const stored = merged(id, type, NO_SETTINGS, settings);
      const made = await change((tx) =>
        insert(tx, scope, {
          id,
          sourceId: input.sourceId,
          metadataId: type.id,
          name: name ?? null,
          settings: { ...stored.settings },
          settingsSealed: { ...stored.sealed },
          secretSealed: null,
          connectionMode,
          enabled,
          single: !complete || !canBeMany(type),
        }),
      );
      if (made === 'no source') return refuseAll(scope, input.sourceId, []);
      if (made !== 'another one') return made;
      throw complete
        ? new AppError('bad_request', 'Multiple configurations of this destination type not supported.')
        : new AppError('conflict', 'destination already exists: this source has one of this type');
    },

    /**
     * A webhook with one URL whose requests are signed.
     * @returns the row, and the signing secret (`whsec_` + base64 of 32 bytes): it is shown now and never again.
     * @throws AppError validation_error for a source of another scope or a URL that webhooks may not reach.
     */
    async createWebhook(
      scope: Scope,
      input: { sourceId: string; name: string; url: string; enabled?: boolean | undefined },
    ): Promise<{ row: DestinationRow; signingSecret: string }> {
      const url = checkUrl(input.url);
      const id = newId();
      const signingSecret = `whsec_${randomBytes(32).toString('base64')}`;
      const row = await change((tx) =>
        insert(tx, scope, {
          id,
          sourceId: input.sourceId,
          metadataId: WEBHOOKS,
          name: input.name,
          settings: { globalHook: url },
          settingsSealed: {},
          secretSealed: seal.seal(signingSecret, id),
          connectionMode: null,
          enabled: input.enabled ?? true,
          single: false,
        }),
      );
      if (row === 'no source' || row === 'another one') {
        throw invalidField('source_id', 'no source with this id in this workspace and environment');
      }
      return { row, signingSecret };
    },

    update,

    /** @throws AppError not_found; validation_error for a URL that webhooks may not reach. */
    async updateWebhook(
      scope: Scope,
      id: string,
      input: { name?: string | undefined; enabled?: boolean | undefined; url: string },
    ): Promise<DestinationRow> {
      const { url, ...rest } = input;
      const settings = { globalHook: checkUrl(url) };
      return update(scope, id, { ...rest, settings });
    },

    /** Its pending deliveries end as failed, its subscriptions go with it. @throws AppError not_found */
    async remove(scope: Scope, id: string): Promise<void> {
      if (!isUuid(id)) throw notFound('destination');
      await change(async (tx) => {
        const before = found(await queries.updateDestination(tx, scope, id, { deleted_at: now() }));
        await deleteSubscriptionsOf(tx, scope, [id]);
        await record(tx, entry('deleted', before, undefined));
      });
    },

    /** All of a source that is deleted in this transaction. @returns their audit entries. */
    async removeOf(tx: Tx, scope: Scope, sourceId: string): Promise<AuditEvent[]> {
      const rows = await queries.removeDestinationsOf(tx, scope, sourceId, now());
      await deleteSubscriptionsOf(
        tx,
        scope,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => entry('deleted', row, undefined));
    },
  };

  function settingsChange(before: DestinationRow, given: Readonly<Record<string, unknown>>): DestinationChange {
    const type = typeOf(before);
    const readOnly = new Set(type.options.filter(isReadOnly).map(({ name }) => name));
    const names = Object.keys(given);
    if (names.length > 0 && names.every((name) => readOnly.has(name))) {
      throw new AppError('bad_request', `These settings are read-only: ${names.join(', ')}.`);
    }
    const writable = Object.fromEntries(Object.entries(given).filter(([name]) => !readOnly.has(name)));
    const stored = { settings: before.settings, sealed: before.settings_sealed };
    refuse([
      ...settingsProblems({ type, settings: writable, stored, complete: false }),
      ...urlProblems(type, writable),
    ]);
    const after = merged(before.id, type, stored, writable);
    return { settings: JSON.stringify(after.settings), settings_sealed: JSON.stringify(after.sealed) };
  }

  /** With what is wrong about the source, if it is: all failing fields are told at once. */
  async function refuseAll(scope: Scope, sourceId: string, problems: FieldError[]): Promise<never> {
    const known = isUuid(sourceId) && (await hasSource(db, scope, sourceId));
    const source = known ? [] : [problem('sourceId', 'must be the id of a source of this workspace')];
    refuse([...source, ...problems]);
    throw new Error('Something was wrong with the destination, and now nothing is.');
  }
}

/**
 * Types that run actions, and webhooks, can be connected to a source several times. The catalog does not say it of those
 * of before the actions; the vendor takes one of each.
 */
function canBeMany(type: DestinationType): boolean {
  return type.mode !== null || type.id === WEBHOOKS;
}

function found(row: DestinationRow | undefined): DestinationRow {
  if (row === undefined) throw notFound('destination');
  return row;
}

function audited(row: DestinationRow): Record<string, unknown> {
  const { name, source_id, metadata_id, settings, connection_mode, enabled } = row;
  return { name, source_id, metadata_id, settings: withoutHeaderValues(settings), connection_mode, enabled };
}
