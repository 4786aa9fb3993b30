/**
 * Destination filters: which events a destination of a source gets, and what of them (contract segment-public-api §1.9,
 * §4.6). The rules, whichever door asks, and the filters in force in memory, for the pipeline.
 */
import { record } from '../../access/audit/record.ts';
import { afterCommit } from '../../context.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Scope, type Tx } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import type { JsonObject } from '../../events/types.ts';
import { MAX_DEPTH } from '../../events/validate.ts';
import { isUuid, newId } from '../../ids.ts';
import { createGroups } from '../groups.ts';
import type { Lookup } from '../lookup.ts';
import { problem, refuse, textProblems } from '../problems.ts';
import { bumpRevision } from '../revision.ts';
import { actionProblems, actionsOf, type FilterAction } from './actions.ts';
import { applyFilters, type FilterRule, filterRule } from './apply.ts';
import { compileCondition } from './fql/fql.ts';
import type { FilterChange, FilterRow } from './queries.ts';
import * as queries from './queries.ts';

export interface NewFilter {
  /** What the caller takes for the destination's source. Default: that which it is. */
  readonly sourceId?: string;
  readonly if: string;
  readonly actions: readonly FilterAction[];
  readonly title: string;
  readonly description?: string | undefined;
  readonly enabled: boolean;
}

export interface ChangedFilter {
  readonly if?: string | undefined;
  readonly actions?: readonly FilterAction[] | undefined;
  readonly title?: string | undefined;
  /** null clears it. */
  readonly description?: string | null | undefined;
  readonly enabled?: boolean | undefined;
}

const MAX_FILTERS = 10;
const MAX_TITLE = 64;
const MAX_DESCRIPTION = 1_000;
const MAX_CONDITION_BYTES = 3_072;
const MAX_PREVIEW_BYTES = 128 * 1_024;

export type Filters = ReturnType<typeof createFilters>;

export function createFilters({ db, lookup }: { db: Db; lookup: Pick<Lookup, 'attach' | 'reload'> }) {
  const inForce = createGroups<FilterRule>();
  lookup.attach(async (since) => {
    const rows = await queries.changedFilters(db, since);
    const rules = rows.map((row) => (row.active ? filterRule(row) : null));
    return () => {
      for (const [n, row] of rows.entries()) inForce.place(row.id, row.destination_id, rules[n] ?? null);
    };
  });

  /** Runs one change and returns when it is in force. */
  async function change<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await inTransaction(db, async (tx) => {
      await bumpRevision(tx);
      return work(tx);
    });
    await afterCommit(lookup.reload);
    return result;
  }

  /** @throws AppError not_found for a destination that is not there (any more), and for a filter that is not one of its own. */
  async function locked(tx: Tx, scope: Scope, destinationId: string, id: string): Promise<FilterRow> {
    if (!isUuid(destinationId) || !isUuid(id)) throw notFound('filter');
    if ((await queries.lockSourceOf(tx, scope, destinationId)) === undefined) throw notFound('filter');
    return found(await queries.lockFilter(tx, scope, destinationId, id));
  }

  /** @throws AppError not_found, of `what` was asked for */
  async function checkDestination(scope: Scope, id: string, what: string): Promise<void> {
    if (!isUuid(id) || (await queries.sourceOf(db, scope, id)) === undefined) throw notFound(what);
  }

  return {
    /** In force for a destination. */
    of: inForce.of,

    /** Oldest first, both ways. @throws AppError not_found for the destination. */
    async page(
      scope: Scope,
      destinationId: string,
      request: KeysetRequest,
    ): Promise<KeysetPage<FilterRow> & { total: number }> {
      await checkDestination(scope, destinationId, 'destination');
      const page = await queries.pageOfFilters(db, scope, destinationId, request);
      return { ...page, total: await queries.countFilters(db, scope, destinationId) };
    },

    /** @throws AppError not_found, also when the destination is gone. */
    async get(scope: Scope, destinationId: string, id: string): Promise<FilterRow> {
      await checkDestination(scope, destinationId, 'filter');
      return found(isUuid(id) ? await queries.findFilter(db, scope, destinationId, id) : undefined);
    },

    /** @throws AppError not_found for the destination; validation_error; bad_request for one too many. */
    async create(scope: Scope, destinationId: string, input: NewFilter): Promise<FilterRow> {
      const { if: condition, actions, title, description = null, enabled } = input;
      refuse(problemsOf(input));
      if (!isUuid(destinationId)) throw notFound('destination');
      return change(async (tx) => {
        const sourceId = await queries.lockSourceOf(tx, scope, destinationId);
        if (sourceId === undefined) throw notFound('destination');
        if (input.sourceId !== undefined && input.sourceId !== sourceId)
          refuse([problem('sourceId', 'must be the id of the source that feeds the destination')]);
        if ((await queries.countFilters(tx, scope, destinationId)) >= MAX_FILTERS) {
          throw new AppError('bad_request', `A destination has at most ${MAX_FILTERS} filters. Remove one first.`);
        }
        const row = await queries.insertFilter(tx, scope, {
          id: newId(),
          source_id: sourceId,
          destination_id: destinationId,
          title,
          description,
          condition,
          actions: actionsOf(actions),
          enabled,
        });
        await audit(tx, 'created', undefined, row);
        return row;
      });
    },

    /** @throws AppError not_found, validation_error */
    async update(scope: Scope, destinationId: string, id: string, input: ChangedFilter): Promise<FilterRow> {
      refuse(problemsOf(input));
      const { if: condition, actions, title, description, enabled } = input;
      const wanted: FilterChange = {
        ...(condition !== undefined && { condition }),
        ...(actions !== undefined && { actions: JSON.stringify(actionsOf(actions)) }),
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        ...(enabled !== undefined && { enabled }),
      };
      return change(async (tx) => {
        const before = await locked(tx, scope, destinationId, id);
        const after = await queries.updateFilter(tx, before.id, wanted);
        await audit(tx, whatChanged(before, after), before, after);
        return after;
      });
    },

    /** @throws AppError not_found */
    async remove(scope: Scope, destinationId: string, id: string): Promise<void> {
      await change(async (tx) => {
        const before = await locked(tx, scope, destinationId, id);
        await queries.updateFilter(tx, before.id, { deleted_at: new Date() });
        await audit(tx, 'deleted', before, undefined);
      });
    },

    /** What a filter would make of an event. @returns null when it drops it. @throws AppError validation_error */
    preview(filter: { if: string; actions: readonly FilterAction[] }, payload: JsonObject): JsonObject | null {
      refuse([...problemsOf(filter, 'filter.'), ...payloadProblems(payload)]);
      const { if: condition, actions } = filter;
      const rule = filterRule({ id: '', title: '', condition, actions: actionsOf(actions) });
      return applyFilters([rule], payload).payload ?? null;
    },
  };
}

function problemsOf({ if: condition, actions, title, description }: ChangedFilter, at = ''): FieldError[] {
  const problems = [
    ...(condition === undefined ? [] : conditionProblems(condition)),
    ...(actions === undefined ? [] : actionProblems(actions)),
    ...(title === undefined ? [] : textProblems('title', title, { most: MAX_TITLE, least: 1 })),
    ...(description == null ? [] : textProblems('description', description, { most: MAX_DESCRIPTION })),
  ];
  return problems.map(({ field, message }) => ({ field: at + field, message: message.replace('"', `"${at}`) }));
}

function conditionProblems(text: string): FieldError[] {
  if (Buffer.byteLength(text) > MAX_CONDITION_BYTES)
    return [problem('if', `must be at most ${MAX_CONDITION_BYTES} bytes`)];
  const wrong = textProblems('if', text, { most: MAX_CONDITION_BYTES });
  const syntax = compileCondition(text).problem;
  return syntax ? [...wrong, problem('if', `is not valid FQL: ${syntax.message}`)] : wrong;
}

function payloadProblems(payload: JsonObject): FieldError[] {
  if (isDeeper(payload, MAX_DEPTH)) return [problem('payload', `must not nest deeper than ${MAX_DEPTH} levels`)];
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  return bytes > MAX_PREVIEW_BYTES ? [problem('payload', `must be at most ${MAX_PREVIEW_BYTES} bytes of JSON`)] : [];
}

/** Stops at the limit: what is asked may be deeper than the stack. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Switching it on or off has a name of its own where nothing else changed with it. */
function whatChanged(before: FilterRow, after: FilterRow): 'updated' | 'enabled' | 'disabled' {
  const rest = (row: FilterRow) => JSON.stringify({ ...audited(row), enabled: null });
  if (before.enabled === after.enabled || rest(before) !== rest(after)) return 'updated';
  return after.enabled ? 'enabled' : 'disabled';
}

async function audit(
  tx: Tx,
  what: 'created' | 'updated' | 'enabled' | 'disabled' | 'deleted',
  before: FilterRow | undefined,
  after: FilterRow | undefined,
): Promise<void> {
  const row = after ?? before;
  if (!row) return;
  await record(tx, {
    action: `filter.${what}`,
    target: { type: 'filter', id: row.id, name: row.title },
    before: before && audited(before),
    after: after && audited(after),
    workspaceId: row.workspace_id,
    environment: row.environment,
  });
}

function audited({ title, description, condition, actions, enabled, destination_id }: FilterRow) {
  return { title, description, if: condition, actions, enabled, destination_id };
}

function found(row: FilterRow | undefined): FilterRow {
  if (row === undefined) throw notFound('filter');
  return row;
}
