/** Requests to suppress or delete people, and who is suppressed: the rules; erase.ts does the work. */
import { record } from '../../access/audit/record.ts';
import { afterCommit } from '../../context.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Scope } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import type { Eraser } from './erase.ts';
import * as queries from './queries.ts';
import { asksDestinations, type RegulationType, type SubjectType } from './types.ts';

/** Contract segment-public-api §1.8 and §1.9. */
export const MAX_SUBJECTS = 5_000;
export const MONTHLY_SUBJECTS = 110_000;
const KEPT_DAYS = 90;
/** The longest id that an event may have. */
const MAX_ID = 512;
/** Characters of the subjects in one page: a page of 200 regulations of 5,000 people each would be half a gigabyte. */
const MAX_PAGE_CHARACTERS = 4 * 1024 * 1024;

export interface Regulation extends queries.RegulationRow {
  readonly values: readonly string[];
}

export interface NewRegulation {
  readonly type: RegulationType;
  readonly subjectType: SubjectType;
  readonly subjectIds: readonly string[];
  /** Of this scope; null: the whole workspace. */
  readonly sourceId: string | null;
  readonly collection?: string | undefined;
}

/** What is used of a month's people. */
export interface Quota {
  readonly consumed: number;
  readonly remaining: number;
  readonly reset: Date;
}

export type Regulations = ReturnType<typeof createRegulations>;

export function createRegulations({ db, now, eraser }: { db: Db; now: () => Date; eraser: Pick<Eraser, 'wake'> }) {
  const since = () => new Date(now().getTime() - KEPT_DAYS * 86_400_000);

  function quotaOf(consumed: number): Quota {
    return { consumed, remaining: Math.max(0, MONTHLY_SUBJECTS - consumed), reset: monthAfter(now()) };
  }

  async function withSubjects(rows: readonly queries.RegulationRow[]): Promise<Regulation[]> {
    const values =
      rows.length > 0
        ? await queries.subjectsOf(
            db,
            rows.map(({ id }) => id),
          )
        : new Map<string, string[]>();
    return rows.map((row) => ({ ...row, values: values.get(row.id) ?? [] }));
  }

  return {
    /** @throws AppError validation_error; bad_request; rate_limit_exceeded when the month's people are used up. */
    async create(scope: Scope, input: NewRegulation): Promise<{ regulation: queries.RegulationRow; quota: Quota }> {
      const values = checked(input);
      const { type, subjectType, sourceId, collection = null } = input;
      const kind = kindOf(type);
      const result = await inTransaction(db, async (tx) => {
        const month = monthOf(now());
        const used = await queries.takeQuota(tx, scope, { month, kind, count: values.length, most: MONTHLY_SUBJECTS });
        if (used === null) return null;
        const id = newId(now().getTime());
        const row = { id, source_id: sourceId, type, subject_type: subjectType, collection, values };
        const regulation = await queries.insertRegulation(tx, scope, row);
        // Whom it is about is not in the trail: the trail outlives them.
        await record(tx, {
          action: 'regulation.created',
          target: { type: 'regulation', id, name: type },
          after: { type, subject_type: subjectType, subjects: values.length, source_id: sourceId },
          ...{ workspaceId: scope.workspaceId, environment: scope.environment },
        });
        return { regulation, quota: quotaOf(used) };
      });
      if (!result) {
        const retryAfter = Math.ceil((monthAfter(now()).getTime() - now().getTime()) / 1_000);
        throw new AppError(
          'rate_limit_exceeded',
          `At most ${MONTHLY_SUBJECTS} people can be named in a calendar month.`,
          { retryAfter },
        );
      }
      await afterCommit(eraser.wake);
      return result;
    },

    async quota(scope: Scope, type: RegulationType): Promise<Quota> {
      return quotaOf(await queries.readQuota(db, scope, monthOf(now()), kindOf(type)));
    },

    /** Those of the last 90 days, oldest first. A page may be shorter than asked for. */
    async list(
      scope: Scope,
      filter: Omit<queries.RegulationFilter, 'since'>,
      request: KeysetRequest,
    ): Promise<KeysetPage<Regulation>> {
      const page = await queries.pageOfRegulations(db, scope, { ...filter, since: since() }, request);
      const backwards = request.before !== undefined;
      const rows = backwards ? page.rows.toReversed() : page.rows;
      let characters = 0;
      const fitting = rows.filter(({ subject_bytes }, index) => {
        characters += subject_bytes;
        return index === 0 || characters <= MAX_PAGE_CHARACTERS;
      });
      const cut = fitting.length < rows.length;
      return {
        rows: await withSubjects(backwards ? fitting.toReversed() : fitting),
        hasBefore: page.hasBefore || (cut && backwards),
        hasAfter: page.hasAfter || (cut && !backwards),
      };
    },

    /** Of the last 90 days. @param sourceId null: those of the whole workspace. */
    count: (scope: Scope, sourceId: string | null) => queries.countRegulations(db, scope, sourceId, since()),

    /** To 10,000. */
    countSuppressed: (scope: Scope) => queries.countSuppressions(db, scope, 10_000),

    /** @throws AppError not_found, also for one that is older than 90 days. */
    async get(scope: Scope, id: string): Promise<Regulation> {
      const row = isUuid(id) ? await queries.findRegulation(db, scope, id, since()) : undefined;
      const [found] = row ? await withSubjects([row]) : [];
      if (!found) throw notFound('regulation');
      return found;
    },

    /** @throws AppError not_found; conflict for one that has begun. */
    async withdraw(scope: Scope, id: string): Promise<void> {
      const row = isUuid(id) ? await queries.findRegulation(db, scope, id, since()) : undefined;
      if (!row) throw notFound('regulation');
      await inTransaction(db, async (tx) => {
        if (!(await queries.withdrawRegulation(tx, scope, id))) {
          throw new AppError('bad_request', 'The regulation has begun: it cannot be withdrawn any more.');
        }
        await record(tx, {
          action: 'regulation.deleted',
          target: { type: 'regulation', id, name: row.type },
          ...{ workspaceId: scope.workspaceId, environment: scope.environment },
        });
      });
    },

    /** User ids that are suppressed in the whole workspace, in the order they became so. */
    async suppressed(scope: Scope, request: KeysetRequest) {
      const { after, before } = request;
      const isNumber = (key: string | undefined) => key === undefined || /^\d{1,15}$/.test(key);
      if (!isNumber(after) || !isNumber(before)) {
        const message = '"pagination.cursor" must be one that a page of this list gave';
        throw new AppError('validation_error', message, { fields: [{ field: 'pagination.cursor', message }] });
      }
      return queries.pageOfSuppressions(db, scope, request);
    },
  };
}

/** @returns the ids, each once. @throws AppError naming every wrong one. */
function checked({ type, subjectType, subjectIds, sourceId, collection }: NewRegulation): string[] {
  const fields: FieldError[] = [];
  if (subjectIds.length === 0 || subjectIds.length > MAX_SUBJECTS) {
    fields.push({ field: 'subjectIds', message: `"subjectIds" must contain between 1 and ${MAX_SUBJECTS} items` });
  } else {
    for (const [index, id] of subjectIds.entries()) {
      const field = `subjectIds.${index}`;
      if (id === '') fields.push({ field, message: `"${field}" is not allowed to be empty` });
      else if (id.length > MAX_ID) {
        fields.push({ field, message: `"${field}" length must be less than or equal to ${MAX_ID} characters long` });
      } else if (id.includes('\u0000') || !id.isWellFormed()) {
        fields.push({ field, message: `"${field}" must not contain NUL or half a character` });
      }
      if (fields.length === 100) break;
    }
  }
  if (collection !== undefined && (collection === '' || collection.length > 200 || collection.includes('\u0000'))) {
    fields.push({ field: 'collection', message: '"collection" must have 1 to 200 characters' });
  }
  const [first] = fields;
  if (first) throw new AppError('validation_error', first.message, { fields });
  if (type === 'DELETE_ARCHIVE_ONLY' && sourceId === null) {
    throw new AppError('bad_request', 'DELETE_ARCHIVE_ONLY is for one source.');
  }
  if (subjectType === 'ANONYMOUS_ID' && type !== 'DELETE_ARCHIVE_ONLY') {
    throw new AppError('bad_request', 'ANONYMOUS_ID is only supported with DELETE_ARCHIVE_ONLY.');
  }
  return [...new Set(subjectIds)];
}

function kindOf(type: RegulationType): string {
  return asksDestinations(type) ? 'destinations' : 'internal';
}

function monthOf(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()));
}

function monthAfter(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1));
}
