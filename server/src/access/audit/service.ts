/** The audit trail as its readers have it: filtered lists, one entry, an export, verification; and what keeps it. */
import type { FastifyBaseLogger } from 'fastify';
import { currentContext, withContext } from '../../context.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid } from '../../ids.ts';
import type { Principal } from '../principal.ts';
import { checkpointFile, createCheckpointKey, readCheckpoints } from './checkpoints.ts';
import { createAuditKeeper } from './keeper.ts';
import { countEntries, type EntryFilter, type EntryRow, findEntry, listEntries, pageOfEntries } from './queries.ts';
import { verifyAudit, type WorkspaceReport } from './verify.ts';

/** What a reader may choose by. */
export type AuditFilter = Omit<EntryFilter, 'workspaceId' | 'environment'>;

export type AuditEntry = EntryRow;
export type AuditVerification = WorkspaceReport;

export type Audit = ReturnType<typeof createAudit>;

/** Of one call; a second or two of work. */
export const VERIFY_MOST = 100_000;
const EXPORT_BATCH = 500;

export function createAudit(parts: {
  db: Db;
  secret: string;
  /** The secret before it. */
  previousSecret?: string | null;
  dataDir: string;
  /** null: entries are kept for ever. */
  days: number | null;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, secret, previousSecret = null, dataDir } = parts;
  const key = createCheckpointKey(secret);
  const previousKey = previousSecret === null ? null : createCheckpointKey(previousSecret);
  const file = checkpointFile(dataDir);
  const keeper = createAuditKeeper({ ...parts, key, previousKey, file });

  return {
    /** PEM of the key that checkpoints are signed with. */
    publicKey: key.publicKey,
    keeper,

    /** Newest first; `total` counts to 10,000. @param page.before the last seq of the page before. */
    async list(
      caller: Principal,
      filter: AuditFilter,
      page: { limit: number; before: number | null },
    ): Promise<{ rows: EntryRow[]; total: number }> {
      const visible = { ...filter, ...visibleTo(caller) };
      const [rows, total] = await Promise.all([listEntries(db, visible, page), countEntries(db, visible)]);
      return { rows, total };
    },

    /** Newest first, both ways. */
    async page(caller: Principal, filter: AuditFilter, request: KeysetRequest): Promise<KeysetPage<EntryRow>> {
      return await pageOfEntries(db, { ...filter, ...visibleTo(caller) }, request);
    },

    /** @param id the entry's UUID, or its number in the workspace's chain. @throws AppError not_found */
    async get(caller: Principal, id: string): Promise<EntryRow> {
      const by = isUuid(id) ? { id } : /^[1-9]\d{0,14}$/.test(id) ? { seq: Number(id) } : null;
      const row = by && (await findEntry(db, visibleTo(caller), by));
      if (!row) throw notFound('audit entry');
      return row;
    },

    /** All that the filter finds, newest first, as many at a time as fit in memory. */
    async *export(caller: Principal, filter: AuditFilter): AsyncGenerator<EntryRow[], void, void> {
      const visible = { ...filter, ...visibleTo(caller) };
      // Whoever takes the next page is the socket, and outside of the request's context.
      const context = currentContext();
      const page = (before: number | null): Promise<EntryRow[]> =>
        listEntries(db, visible, { limit: EXPORT_BATCH, before });
      let before: number | null = null;
      for (;;) {
        const from: number | null = before;
        const rows: EntryRow[] = await (context ? withContext(context, () => page(from)) : page(from));
        if (rows.length > 0) yield rows;
        if (rows.length < EXPORT_BATCH) return;
        before = rows.at(-1)?.seq ?? null;
      }
    },

    /** The caller's workspace, `VERIFY_MOST` entries at most: go on with `from`. */
    async verify(caller: Principal, from: number | undefined): Promise<WorkspaceReport> {
      const { workspaceId } = caller;
      const { checkpoints: exported } = await readCheckpoints(file, workspaceId);
      const report = await verifyAudit({
        db,
        workspaceId,
        checkpoints: { key, exported },
        fromSeq: from,
        maxEntries: VERIFY_MOST,
      });
      const [found] = report.workspaces;
      if (!found) throw new AppError('not_found', 'This workspace has no audit trail.');
      return found;
    },
  };
}

/** A person sees the whole workspace; a live key not what is of the test environment, a test key nothing else. */
function visibleTo(caller: Principal): Pick<EntryFilter, 'workspaceId' | 'environment'> {
  return { workspaceId: caller.workspaceId, environment: caller.kind === 'user' ? null : caller.environment };
}
