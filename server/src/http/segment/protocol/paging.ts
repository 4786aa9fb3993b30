/**
 * Pages of the Public API (contract segment-public-api §1.6). A cursor names the row it stands at, not a position, so
 * pages neither repeat nor skip what stays while other rows come and go. `MA==` is the start of every list.
 */
import { AppError } from '../../../errors.ts';
import { isUuid } from '../../../ids.ts';

const START = 'MA==';
const DEFAULT_COUNT = 200;
const MAX_COUNT = 1_000;

export interface PageRequest {
  readonly count: number;
  /** Rows after this key; or the `count` rows before it. Neither: from the start. */
  readonly after?: string;
  readonly before?: string;
}

export interface Pagination {
  readonly current: string;
  readonly next?: string;
  readonly previous?: string;
  readonly totalEntries?: number;
}

/**
 * @param maxCount documented for some lists.
 * @param isKey whether a cursor's key can be one of this list's: what cannot is refused before a query has it.
 * @throws AppError validation_error with the field's dotted path.
 */
export function pageRequest(
  pagination: unknown,
  maxCount = MAX_COUNT,
  isKey: (key: string) => boolean = () => true,
): PageRequest & { current: string } {
  const { count, cursor } = (pagination ?? {}) as { count?: unknown; cursor?: unknown };
  if (count !== undefined && (!Number.isInteger(count) || Number(count) < 1 || Number(count) > maxCount)) {
    throw invalid('pagination.count', `"pagination.count" must be an integer between 1 and ${maxCount}`);
  }
  const size = count === undefined ? Math.min(DEFAULT_COUNT, maxCount) : Number(count);
  if (cursor === undefined || cursor === '' || cursor === START) return { count: size, current: START };
  const key = typeof cursor === 'string' && cursor.length <= 500 ? Buffer.from(cursor, 'base64').toString() : '';
  const of = key.slice(1);
  if (key.startsWith('>') && isKey(of)) return { count: size, after: of, current: String(cursor) };
  if (key.startsWith('<') && isKey(of)) return { count: size, before: of, current: String(cursor) };
  throw invalid('pagination.cursor', '"pagination.cursor" must be one that a page of this list gave');
}

/** Of a list by row id. */
export function idPageRequest(pagination: unknown, maxCount = MAX_COUNT): PageRequest & { current: string } {
  return pageRequest(pagination, maxCount, isUuid);
}

/**
 * Never a null: clients loop while `next` is there (contract §1.6).
 * @param page what the list found: whether there are rows before the first and after the last of them.
 */
export function pagination(
  request: { current: string },
  page: { keys: readonly string[]; hasBefore: boolean; hasAfter: boolean; total?: number },
): Pagination {
  const first = page.keys.at(0);
  const last = page.keys.at(-1);
  return {
    current: request.current,
    ...(page.hasAfter && last !== undefined && { next: cursorOf('>', last) }),
    ...(page.hasBefore && first !== undefined && { previous: cursorOf('<', first) }),
    ...(page.total !== undefined && { totalEntries: page.total }),
  };
}

/** A page of what is in memory, by a key that is unique and sorted ascending. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  asked: unknown,
): { items: readonly T[]; pagination: Pagination } {
  const request = pageRequest(asked);
  const { after, before, count } = request;
  const rest = all.filter(
    (item) => (after === undefined || keyOf(item) > after) && (before === undefined || keyOf(item) < before),
  );
  const items = before === undefined ? rest.slice(0, count) : rest.slice(-count);
  const first = items[0];
  const last = items.at(-1);
  return {
    items,
    pagination: pagination(request, {
      keys: items.map(keyOf),
      hasBefore: first !== undefined && all[0] !== first,
      hasAfter: last !== undefined && all.at(-1) !== last,
      total: all.length,
    }),
  };
}

function cursorOf(direction: '>' | '<', key: string): string {
  return Buffer.from(direction + key).toString('base64');
}

function invalid(field: string, message: string): AppError {
  return new AppError('validation_error', message, { fields: [{ field, message }] });
}
