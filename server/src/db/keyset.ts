/** Pages by a key that stays with its row: what is there throughout is neither repeated nor skipped while others come and go. */

export interface KeysetRequest {
  readonly count: number;
  /** Rows after this key; or the `count` rows before it. Neither: from the start. */
  readonly after?: string;
  readonly before?: string;
}

export interface KeysetPage<T> {
  readonly rows: T[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

/** More rows are not counted for a page: that would take longer than the page. */
export const MAX_COUNTED = 5_000;

export interface Bounds {
  readonly after?: string;
  readonly before?: string;
  /** Of the rows to be read, by their key. */
  readonly order: 'asc' | 'desc';
  readonly limit: number;
}

/** @param read up to `limit` rows within the bounds, nearest to the bound first. */
export async function keysetPage<T>(
  { count, after, before }: KeysetRequest,
  keyOf: (row: T) => string,
  read: (bounds: Bounds) => Promise<T[]>,
): Promise<KeysetPage<T>> {
  if (before !== undefined) {
    const found = await read({ before, order: 'desc', limit: count + 1 });
    const rows = found.slice(0, count).reverse();
    const last = rows.at(-1);
    const following = last === undefined ? [] : await read({ after: keyOf(last), order: 'asc', limit: 1 });
    return { rows, hasBefore: found.length > count, hasAfter: following.length > 0 };
  }
  const found = await read({ ...(after !== undefined && { after }), order: 'asc', limit: count + 1 });
  const rows = found.slice(0, count);
  const first = rows[0];
  const preceding =
    after === undefined || first === undefined ? [] : await read({ before: keyOf(first), order: 'desc', limit: 1 });
  return { rows, hasBefore: preceding.length > 0, hasAfter: found.length > count };
}
