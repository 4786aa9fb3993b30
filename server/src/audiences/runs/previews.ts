/** Previews: who a definition would hold for, counted in the background. */
import { record } from '../../access/audit/record.ts';
import { afterCommit } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import type { AudienceOptions } from '../../db/tables/audiences.ts';
import { inTransaction, lockInTransaction, type Scope, type Tx } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { type AudienceDefinition, checkedAudience, type QueryField, whyNotCounted } from '../definitions.ts';
import { audienceOptionProblems, DEFAULT_EXTERNAL_IDS, describedProblems, given, refuse } from '../fields.ts';
import { countRuns, findPreview, insertRun, type RunRow } from './queries.ts';

/** Documented (contract §1.8): of one space in a calendar month. */
const MOST_A_MONTH = 700;
/** Of one space at the same time, previews and audiences together. */
const MOST_OPEN = 50;

export interface PreviewRequest {
  readonly type: AudienceDefinition['type'];
  readonly query: string;
  readonly targetEntity?: string | null | undefined;
  readonly options?: Pick<AudienceOptions, 'filterByExternalIds' | 'backfillEventDataDays'> | undefined;
}

export function createPreviews({ db, now, wake }: { db: Db; now: () => Date; wake: () => void }) {
  return {
    /**
     * @param metered counts toward the documented number of a month.
     * @throws AppError validation_error, bad_request for what needs linked data, rate_limit_exceeded
     */
    async create(
      scope: Scope,
      request: PreviewRequest,
      { metered, ...field }: QueryField & { metered: boolean },
    ): Promise<{ id: string }> {
      const { type, query, targetEntity = null } = request;
      const { filterByExternalIds = [...DEFAULT_EXTERNAL_IDS], backfillEventDataDays } = request.options ?? {};
      const options = given({
        filterByExternalIds: [...new Set(filterByExternalIds)],
        backfillEventDataDays,
      }) as AudienceOptions;
      refuse([...describedProblems({ targetEntity }), ...audienceOptionProblems(options)]);
      const definition = { type, query, target_entity: targetEntity };
      const reason = whyNotCounted(definition, checkedAudience(type, query, field));
      if (reason !== null) throw new AppError('bad_request', reason);
      const id = newId();
      const at = now();
      await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `audience-runs:${scope.workspaceId}:${scope.environment}`);
        await refuseTooMany(tx, scope, { at, metered });
        const since = backfillEventDataDays ? new Date(at.getTime() - backfillEventDataDays * 86_400_000) : null;
        await insertRun(tx, scope, { id, audience_id: null, metered, ...definition, options, since, created_at: at });
        // The dashboard asks for one at every pause of somebody who writes; those are no entries.
        if (metered) {
          await record(tx, {
            action: 'audience-preview.created',
            target: { type: 'audience-preview', id, name: query },
            workspaceId: scope.workspaceId,
            environment: scope.environment,
          });
        }
        await afterCommit(wake);
      });
      return { id };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: string): Promise<RunRow> {
      const row = isUuid(id) ? await findPreview(db, scope, id) : undefined;
      if (!row) throw notFound('audience preview');
      return row;
    },
  };
}

export type Previews = ReturnType<typeof createPreviews>;

async function refuseTooMany(tx: Tx, scope: Scope, { at, metered }: { at: Date; metered: boolean }): Promise<void> {
  const month = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
  const next = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
  const count = await countRuns(tx, scope, month);
  if (metered && count.metered >= MOST_A_MONTH) {
    throw new AppError('rate_limit_exceeded', `A space has ${MOST_A_MONTH} audience previews a month.`, {
      retryAfter: Math.ceil((next - at.getTime()) / 1_000),
    });
  }
  if (count.open >= MOST_OPEN) {
    throw new AppError('rate_limit_exceeded', `${MOST_OPEN} counts of this space wait already.`, { retryAfter: 30 });
  }
}
