/** Row types of tracking plans and their rules. */
import type { Generated } from 'kysely';
import type { DefaultTime, Scoped } from '../columns.ts';

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
}
