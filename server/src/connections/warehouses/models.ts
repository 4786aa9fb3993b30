/** Reverse ETL models: a query on a warehouse's source, each row of which is to become an event or a person. Stored; not run yet. */

import { type AuditEvent, record } from '../../access/audit/record.ts';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { storableText } from '../../db/text.ts';
import { type Executor, inTransaction, type Scope } from '../../db/tx.ts';
import { type FieldError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { problem, refuse } from '../problems.ts';
import type { Connections } from '../service.ts';
import type { ModelFields, ModelRow } from './model-queries.ts';
import * as queries from './model-queries.ts';

const LONGEST: Readonly<Record<keyof Omit<ModelFields, 'enabled'>, number>> = {
  name: 255,
  description: 2_000,
  query: 64 * 1_024,
  query_identifier_column: 255,
};
const FIELD_NAMES: Readonly<Record<string, string>> = { query_identifier_column: 'queryIdentifierColumn' };

export function createModels({ db, sources }: { db: Db; sources: Pick<Connections['sources'], 'get'> }) {
  return {
    /** Oldest first, both ways. */
    async page(scope: Scope, request: KeysetRequest): Promise<KeysetPage<ModelRow> & { total: number }> {
      const [page, total] = await Promise.all([
        keysetPage(
          request,
          (row: ModelRow) => row.id,
          (bounds) => queries.readModels(db, scope, bounds),
        ),
        queries.countModels(db, scope),
      ]);
      return { ...page, total };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<ModelRow> {
      return found(isUuid(id) ? await queries.findModel(db, scope, id) : undefined);
    },

    /** For a transaction of another service. */
    async exists(executor: Executor, scope: Scope, id: string): Promise<boolean> {
      return isUuid(id) && (await queries.findModel(executor, scope, id)) !== undefined;
    },

    /** @throws AppError validation_error, also for a source that is not there. */
    async create(scope: Scope, sourceId: string, fields: ModelFields): Promise<ModelRow> {
      const problems = problemsOf(fields);
      const source = await sources.get(scope, sourceId).catch(() => null);
      if (!source) problems.push(problem('sourceId', 'must be the id of a source'));
      refuse(problems);
      return inTransaction(db, async (tx) => {
        const row = await queries.insertModel(tx, scope, { id: newId(), source_id: sourceId, ...fields });
        await record(tx, entry('created', scope, undefined, row));
        return row;
      });
    },

    /** @throws AppError not_found, validation_error */
    async update(scope: Scope, id: string, change: Partial<ModelFields>): Promise<ModelRow> {
      refuse(problemsOf(change));
      return inTransaction(db, async (tx) => {
        const before = found(isUuid(id) ? await queries.lockModel(tx, scope, id) : undefined);
        const after = await queries.updateModel(tx, id, change);
        await record(tx, entry('updated', scope, before, after));
        return after;
      });
    },

    /** @throws AppError not_found */
    async remove(scope: Scope, id: string): Promise<void> {
      await inTransaction(db, async (tx) => {
        const before = found(isUuid(id) ? await queries.lockModel(tx, scope, id) : undefined);
        await queries.deleteModel(tx, id);
        await record(tx, entry('deleted', scope, before, undefined));
      });
    },
  };
}

export type Models = ReturnType<typeof createModels>;

function problemsOf(fields: Partial<ModelFields>): FieldError[] {
  const problems: FieldError[] = [];
  for (const [name, most] of Object.entries(LONGEST)) {
    const value = fields[name as keyof typeof LONGEST];
    if (value === undefined) continue;
    const field = FIELD_NAMES[name] ?? name;
    if (value === '' && name !== 'description') problems.push(problem(field, 'is not allowed to be empty'));
    if (value.length > most) problems.push(problem(field, `must not be longer than ${most} characters`));
    if (storableText(value) !== value) problems.push(problem(field, 'must not contain NUL or half a character'));
  }
  return problems;
}

function found(row: ModelRow | undefined): ModelRow {
  if (!row) throw notFound('model');
  return row;
}

function entry(
  what: 'created' | 'updated' | 'deleted',
  scope: Scope,
  before: ModelRow | undefined,
  after: ModelRow | undefined,
): AuditEvent {
  const row = after ?? before;
  if (!row) throw new Error('An audit entry is about a model.');
  const audited = ({ name, description, enabled, query, query_identifier_column }: ModelRow) => ({
    name,
    description,
    enabled,
    query,
    query_identifier_column,
  });
  return {
    action: `model.${what}`,
    target: { type: 'model', id: row.id, name: row.name },
    before: before && audited(before),
    after: after && audited(after),
    environment: scope.environment,
  };
}
