/**
 * Which source follows which plan and what it wants done with events that do not fit, in memory and complete: a part of
 * connections/lookup.ts, and up to date with it. Rules are not in it: plans.ts reads those of plans that events come for.
 */
import type { Executor, Scope } from '../../../db/tx.ts';
import type { MirrorPart } from '../../lookup.ts';
import { type SchemaSettings, schemaSettingsOf } from '../../sources/schema-settings.ts';
import { changedSources } from './queries.ts';

export interface FollowedPlan {
  readonly id: string;
  readonly name: string;
  /** Of its rules, at least. */
  readonly revision: number;
}

/** A source as far as its plan is concerned. */
export interface PlannedSource {
  readonly id: string;
  readonly scope: Scope;
  readonly name: string;
  readonly slug: string;
  readonly enabled: boolean;
  readonly schema: SchemaSettings;
  /** null: it follows none. */
  readonly plan: FollowedPlan | null;
}

export interface PlannedSources {
  /** null: unknown or deleted. */
  find(id: string): PlannedSource | null;
  /** For the lookup. */
  readonly part: MirrorPart;
}

export function createPlannedSources({ db }: { db: Executor }): PlannedSources {
  const sources = new Map<string, PlannedSource>();

  return {
    find: (id) => sources.get(id) ?? null,

    async part(since) {
      const rows = await changedSources(db, since);
      return () => {
        for (const row of rows) {
          const { id, name, slug, enabled, plan_id, plan_name, plan_revision } = row;
          if (row.deleted) {
            sources.delete(id);
            continue;
          }
          const plan = plan_id === null ? null : { id: plan_id, name: plan_name ?? '', revision: plan_revision ?? 0 };
          const scope = { workspaceId: row.workspace_id, environment: row.environment };
          sources.set(id, { id, scope, name, slug, enabled, schema: schemaSettingsOf(row), plan });
        }
      };
    },
  };
}
