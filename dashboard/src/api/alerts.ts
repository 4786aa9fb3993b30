/** What the navigation and the alerts' pages both ask for. */
import type { Api } from './client.ts';

const EVERY_MS = 30_000;

/** How many alerts are open. */
export function openAlertsQuery({ client, environment }: Api) {
  return {
    queryKey: [environment, 'alerts', 'open-count'],
    queryFn: async () => (await client.alerts.list({ state: 'open', limit: 1 })).total,
    refetchInterval: EVERY_MS,
  };
}

/** How many sends wait for a decision. */
export function pendingApprovalsQuery({ client, environment }: Api) {
  return {
    queryKey: [environment, 'approvals', 'pending-count'],
    queryFn: async () => (await client.approvals.list({ state: 'pending', limit: 1 })).total,
    refetchInterval: EVERY_MS,
  };
}
