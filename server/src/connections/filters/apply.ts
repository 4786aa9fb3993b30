/**
 * What the filters of a destination make of one event. All conditions are asked of the event as it came; then drop,
 * sample, allow, drop fields, in the order of the vendor's API guide whichever filter an action is of.
 */
import type { JsonObject } from '../../events/types.ts';
import { applyFields, type FilterAction, passes } from './actions.ts';
import { compileCondition, type Predicate } from './fql/fql.ts';
import { copyOf } from './paths.ts';

export interface FilterRule {
  readonly id: string;
  readonly title: string;
  /** null: the stored statement does not parse (any more). What it would have kept back is kept back: every event. */
  readonly matches: Predicate | null;
  readonly actions: readonly FilterAction[];
}

export type Filtered =
  /** The same object when nothing was changed, else a copy. */
  | { readonly payload: JsonObject; readonly droppedBy?: never }
  | { readonly droppedBy: FilterRule; readonly reason: 'filter' | 'sample'; readonly payload?: never };

export function filterRule(filter: {
  id: string;
  title: string;
  condition: string;
  actions: readonly FilterAction[];
}): FilterRule {
  const { id, title, condition, actions } = filter;
  return { id, title, matches: compileCondition(condition).run ?? null, actions };
}

export function applyFilters(rules: readonly FilterRule[], event: JsonObject): Filtered {
  const matching: FilterRule[] = [];
  for (const rule of rules) {
    if (rule.matches === null) return { droppedBy: rule, reason: 'filter' };
    if (rule.matches(event)) matching.push(rule);
  }
  let changes = false;
  for (const rule of matching) {
    for (const action of rule.actions) {
      if (action.type === 'DROP') return { droppedBy: rule, reason: 'filter' };
      if (action.type !== 'SAMPLE') changes = true;
      else if (!passes(action, event)) return { droppedBy: rule, reason: 'sample' };
    }
  }
  if (!changes) return { payload: event };
  const payload = copyOf(event);
  for (const type of ['ALLOW_PROPERTIES', 'DROP_PROPERTIES'] as const) {
    for (const { actions } of matching) {
      for (const action of actions) if (action.type === type) applyFields(action, payload);
    }
  }
  return { payload };
}
