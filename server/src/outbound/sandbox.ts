/** What would have left the process in the test environment: kept whole, so that it can be looked at. All its SQL. */

import { sql } from 'kysely';
import type { Db } from '../db/open.ts';
import { storableText } from '../db/text.ts';
import type { Executor, Scope } from '../db/tx.ts';
import { notFound } from '../errors.ts';

export type SandboxKind = 'email' | 'http';

export interface SandboxItem {
  id: number;
  kind: SandboxKind;
  /** One line: `POST https://…` or a mail's recipient and subject. */
  summary: string;
  created_at: Date;
}

export interface Captured {
  readonly scope: Scope;
  readonly kind: SandboxKind;
  readonly summary: string;
  /** email: what the transport would have got; http: {method, url, headers, body}. */
  readonly content: Record<string, unknown>;
}

/** Keeps one item in the caller's transaction. @returns its id. */
export async function capture(
  executor: Executor,
  scope: Scope,
  kind: SandboxKind,
  summary: string,
  content: Record<string, unknown>,
): Promise<number> {
  const [id] = await captureAll(executor, [{ scope, kind, summary, content }]);
  return id ?? 0;
}

/** Keeps many in one statement, in this order. @returns their ids. */
export async function captureAll(executor: Executor, items: readonly Captured[]): Promise<number[]> {
  if (items.length === 0) return [];
  const rows = items.map((item, position) => ({
    position,
    workspace_id: item.scope.workspaceId,
    environment: item.scope.environment,
    kind: item.kind,
    summary: storableText(item.summary).slice(0, 500).toWellFormed(),
    content: item.content,
  }));
  const result = await sql<{ id: number }>`
    insert into sandbox_items (workspace_id, environment, kind, summary, content)
    select workspace_id, environment, kind, summary, content
    from json_to_recordset(${toJson(rows)}::json) as t(position integer, workspace_id uuid, environment text, kind text,
      summary text, content jsonb)
    order by position
    returning id`.execute(executor);
  return result.rows.map((row) => row.id);
}

function toJson(rows: unknown): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? storableText(value) : value));
}

export type Sandbox = ReturnType<typeof createSandbox>;

export function createSandbox({ db }: { db: Db }) {
  function itemsIn(scope: Scope, kind: SandboxKind | null) {
    const query = db
      .selectFrom('sandbox_items')
      .where('workspace_id', '=', scope.workspaceId)
      .where('environment', '=', scope.environment);
    return kind === null ? query : query.where('kind', '=', kind);
  }

  return {
    /** Newest first. `beforeId`: the last id of the previous page. */
    async list(
      scope: Scope,
      filter: { kind: SandboxKind | null; limit: number; beforeId: number | null },
    ): Promise<{ items: SandboxItem[]; total: number }> {
      let query = itemsIn(scope, filter.kind)
        .select(['id', 'kind', 'summary', 'created_at'])
        .orderBy('id', 'desc')
        .limit(filter.limit);
      if (filter.beforeId !== null) query = query.where('id', '<', filter.beforeId);
      const [items, count] = await Promise.all([
        query.execute(),
        itemsIn(scope, filter.kind)
          .select((eb) => eb.fn.countAll<number>().as('total'))
          .executeTakeFirstOrThrow(),
      ]);
      return { items, total: count.total };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: number): Promise<SandboxItem & { content: Record<string, unknown> }> {
      const item = await itemsIn(scope, null)
        .select(['id', 'kind', 'summary', 'created_at', 'content'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (!item) throw notFound('sandbox item');
      return item;
    },
  };
}
