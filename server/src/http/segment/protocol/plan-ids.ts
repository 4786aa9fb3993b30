/** Ids of tracking plans, as the Public API shows them. */
import { prefixedId, uuidOfPrefixed } from './ids.ts';

const PREFIX = 'tp_';

export function shownPlanId(uuid: string): string {
  return prefixedId(PREFIX, uuid);
}

/** @returns null for a text that is no id of a plan. */
export function planUuid(id: string): string | null {
  return uuidOfPrefixed(PREFIX, id);
}
