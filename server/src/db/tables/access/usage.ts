/** The usage log and the counts of requests that nobody known made. */
import type { Generated } from 'kysely';
import type { Json, Time } from '../columns.ts';

export interface UsageTables {
  usage_log: {
    workspace_id: string;
    principal: string;
    until_at: Time;
    id: string;
    since_at: Time;
    principals: string[];
    requests: number;
    sorted: Generated<boolean>;
    summary: Json<Record<string, unknown>> | null;
    body: Buffer;
  };
  usage_denials: { minute: Time; network: string; door: string; code: string; requests: number };
}
