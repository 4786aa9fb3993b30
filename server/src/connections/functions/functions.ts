/** Functions: code of a workspace's own, its versions, and which of them is deployed. */
import { type AuditEvent, record } from '../../access/audit/record.ts';
import { currentContext } from '../../context.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Scope, sqlState, type Tx, UNIQUE_VIOLATION } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { problem, refuse } from '../problems.ts';
import type { FunctionKind, FunctionRow, ListedFunction, SettingDefinition, VersionRow } from './queries.ts';
import * as queries from './queries.ts';
import { definitionsOf, type FunctionFields, problemsOf } from './rules.ts';
import type { Runner } from './sandbox/runner.ts';

const MAX_FUNCTIONS = 1_000;
const KEPT_VERSIONS = 100;

export interface NewFunction extends FunctionFields {
  readonly kind: FunctionKind;
  readonly name: string;
  readonly code: string;
}

export interface FunctionsParts {
  readonly db: Db;
  readonly checker: Pick<Runner, 'check'>;
  readonly now: () => Date;
  /** Runs a change of what deliveries hold in memory, and returns when they have it. */
  readonly change: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly countInstances: (tx: Tx, scope: Scope, functionId: string) => Promise<number>;
}

export type Functions = ReturnType<typeof createFunctions>;

export function createFunctions({ db, checker, now, change, countInstances }: FunctionsParts) {
  /** @throws AppError validation_error naming line and column of what does not parse. */
  async function checkCode(scope: Scope, code: string): Promise<void> {
    const { error } = await checker.check(scope.workspaceId, code);
    if (!error) return;
    const place = error.line === undefined ? '' : `line ${error.line}, column ${error.column}: `;
    refuse([problem('code', `does not parse: ${place}${error.message}`)]);
  }

  /** One change of one function, with its audit entry. @throws AppError not_found; conflict for a name that is taken. */
  async function edit(
    scope: Scope,
    id: string,
    action: 'updated' | 'deployed',
    work: (tx: Tx, before: FunctionRow) => Promise<queries.FunctionChange>,
  ): Promise<FunctionRow> {
    if (!isUuid(id)) throw notFound('function');
    const inOne = (one: (tx: Tx) => Promise<FunctionRow>) =>
      action === 'deployed' ? change(one) : inTransaction(db, one);
    return named(() =>
      inOne(async (tx) => {
        const before = found(await queries.lockFunction(tx, scope, id));
        const after = found(await queries.updateFunction(tx, scope, id, await work(tx, before)));
        await record(tx, entry(action, before, after));
        return after;
      }),
    );
  }

  async function get(scope: Scope, id: string): Promise<FunctionRow> {
    return found(isUuid(id) ? await queries.findFunction(db, scope, id) : undefined);
  }

  async function version(scope: Scope, id: string, versionId: string): Promise<VersionRow> {
    await get(scope, id);
    const row = isUuid(versionId) ? await queries.findVersion(db, scope, id, versionId) : undefined;
    if (!row) throw notFound('version');
    return row;
  }

  /** Oldest first, both ways; without code. */
  async function page(
    scope: Scope,
    kind: FunctionKind,
    request: KeysetRequest,
  ): Promise<KeysetPage<ListedFunction> & { total: number }> {
    const [found, total] = await Promise.all([
      queries.pageOfFunctions(db, scope, kind, request),
      queries.countFunctions(db, scope, kind),
    ]);
    return { ...found, total };
  }

  return {
    page,

    async pageWithCode(scope: Scope, kind: FunctionKind, request: KeysetRequest): Promise<KeysetPage<FunctionRow>> {
      const { rows, ...rest } = await page(scope, kind, request);
      const codes = await queries.codesOf(
        db,
        scope,
        rows.map(({ id }) => id),
      );
      return { ...rest, rows: rows.map((row) => ({ ...row, code: codes.get(row.id) ?? '' })) };
    },

    /** Newest first; without code. @param kind null: of every kind. */
    async list(
      scope: Scope,
      kind: FunctionKind | null,
      wanted: { limit: number; before: string | null },
    ): Promise<{ rows: ListedFunction[]; total: number }> {
      const [rows, total] = await Promise.all([
        queries.listFunctions(db, scope, kind, wanted),
        queries.countFunctions(db, scope, kind),
      ]);
      return { rows, total };
    },

    /** @throws AppError not_found */
    get,

    /** It is not deployed. @throws AppError validation_error; conflict for a name that another one of its kind has. */
    async create(scope: Scope, input: NewFunction): Promise<FunctionRow> {
      const { kind, name, code, description = null, logoUrl = null, settings = [] } = input;
      refuse(problemsOf(input));
      await checkCode(scope, code);
      return named(() =>
        inTransaction(db, async (tx) => {
          if ((await queries.countFunctions(tx, scope, null)) >= MAX_FUNCTIONS) {
            throw new AppError('bad_request', `A workspace has at most ${MAX_FUNCTIONS} functions. Delete one first.`);
          }
          const row = await queries.insertFunction(tx, scope, {
            id: newId(),
            kind,
            name,
            description,
            logoUrl,
            settings: definitionsOf(settings),
            versionId: newId(),
            code,
            author: author(),
          });
          await record(tx, entry('created', undefined, row));
          return row;
        }),
      );
    },

    /**
     * Other code becomes a new version, the current one; what is deployed stays.
     * @throws AppError not_found; validation_error; conflict for a name that another one of its kind has.
     */
    async update(scope: Scope, id: string, input: FunctionFields): Promise<FunctionRow> {
      const { name, code, description, logoUrl, settings } = input;
      if (!isUuid(id)) throw notFound('function');
      refuse(problemsOf(input));
      if (code !== undefined) {
        // A stranger learns nothing from code that does not parse.
        await get(scope, id);
        await checkCode(scope, code);
      }
      return edit(scope, id, 'updated', async (tx, before) => {
        const versionId = code === undefined || code === before.code ? null : newId();
        if (versionId !== null && code !== undefined) {
          await queries.insertVersion(tx, scope, { id: versionId, functionId: id, code, author: author() });
          await queries.forgetVersions(tx, scope, id, KEPT_VERSIONS);
        }
        return {
          ...(name !== undefined && { name }),
          ...(description !== undefined && { description }),
          ...(logoUrl !== undefined && { logo_url: logoUrl }),
          ...(settings !== undefined && { settings: JSON.stringify(definitionsOf(settings)) }),
          ...(versionId !== null && { current_version_id: versionId }),
        };
      });
    },

    /** With its versions. @throws AppError not_found; conflict while it is put in somewhere. */
    async remove(scope: Scope, id: string): Promise<void> {
      if (!isUuid(id)) throw notFound('function');
      await inTransaction(db, async (tx) => {
        const before = found(await queries.lockFunction(tx, scope, id));
        if ((await countInstances(tx, scope, id)) > 0) {
          throw new AppError('conflict', 'This function still has instances. Delete them first.');
        }
        await queries.deleteFunction(tx, scope, id);
        await record(tx, entry('deleted', before, undefined));
      });
    },

    /** The current code is what runs from now on. @throws AppError not_found */
    async deploy(scope: Scope, id: string): Promise<FunctionRow> {
      return edit(scope, id, 'deployed', async (tx, before) => {
        const at = now();
        await queries.markDeployed(tx, scope, before.current_version_id, at);
        return { deployed_version_id: before.current_version_id, deployed_at: at };
      });
    },

    versions: {
      /** Oldest first, both ways. @throws AppError not_found */
      async page(
        scope: Scope,
        id: string,
        request: KeysetRequest,
      ): Promise<KeysetPage<VersionRow> & { total: number }> {
        await get(scope, id);
        const [found, total] = await Promise.all([
          queries.pageOfVersions(db, scope, id, request),
          queries.countVersions(db, scope, id),
        ]);
        return { ...found, total };
      },

      /** Newest first. */
      async list(
        scope: Scope,
        id: string,
        wanted: { limit: number; before: string | null },
      ): Promise<{ rows: VersionRow[]; total: number }> {
        const [rows, total] = await Promise.all([
          queries.listVersions(db, scope, id, wanted),
          queries.countVersions(db, scope, id),
        ]);
        return { rows, total };
      },

      /** @throws AppError not_found */
      get: version,

      /** Its code becomes the current one. @throws AppError not_found */
      async restore(scope: Scope, id: string, versionId: string): Promise<VersionRow> {
        await version(scope, id, versionId);
        await edit(scope, id, 'updated', async (tx) => {
          // It may have been forgotten meanwhile.
          if (!(await queries.findVersion(tx, scope, id, versionId))) throw notFound('version');
          return { current_version_id: versionId };
        });
        return version(scope, id, versionId);
      },
    },
  };
}

/** The signed-in user; keys are no authors. */
function author(): string | null {
  const actor = currentContext()?.actor;
  return actor?.kind === 'user' && actor.id !== null && isUuid(actor.id) ? actor.id : null;
}

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw new AppError('conflict', 'Another function of this kind has this name. Choose another one.');
  }
}

function found(row: FunctionRow | undefined): FunctionRow {
  if (!row) throw notFound('function');
  return row;
}

function entry(
  what: 'created' | 'updated' | 'deleted' | 'deployed',
  before: FunctionRow | undefined,
  after: FunctionRow | undefined,
): AuditEvent {
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about a function.');
  return {
    action: `function.${what}`,
    target: { type: 'function', id: row.id, name: row.name },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: row.workspace_id,
    environment: row.environment,
  };
}

/** The versions have the code. */
function audited(row: FunctionRow): Record<string, unknown> {
  const { kind, name, description, logo_url, settings, current_version_id, deployed_version_id } = row;
  return { kind, name, description, logo_url, settings: settings.map(shown), current_version_id, deployed_version_id };
}

function shown({ name, type, required, sensitive }: SettingDefinition): string {
  return `${name}: ${type}${required ? ', required' : ''}${sensitive ? ', sensitive' : ''}`;
}
