/** Tracking plans, their rules, and the sources they hold for. */
import type { Generated } from 'kysely';
import type { DefaultTime, Scoped } from './columns.ts';

export interface TrackingPlanTables {
  tracking_plans: Scoped & {
    id: string;
    type: 'ENGAGE' | 'LIVE' | 'PROPERTY_LIBRARY' | 'RULE_LIBRARY' | 'TEMPLATE';
    name: string;
    slug: string | null;
    description: string | null;
    revision: Generated<number>;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  tracking_plan_rules: {
    plan_id: string;
    position: number;
    workspace_id: string;
    type: 'COMMON' | 'GROUP' | 'IDENTIFY' | 'PAGE' | 'SCREEN' | 'TRACK';
    key: string | null;
    version: number;
    description: string | null;
    schema: string;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  tracking_plan_sources: {
    source_id: string;
    plan_id: string;
    workspace_id: string;
    created_at: DefaultTime;
  };
  tracking_plans_revision: { only_row: Generated<boolean>; revision: number };
}
