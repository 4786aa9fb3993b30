/** What sources sent lately, beside what a plan says of it: for whoever edits the plan. */
import type { ReadSchema, SeenSchema } from '../../events/schema.ts';
import { objectIn } from './json.ts';
import type { RuleRow } from './queries.ts';
import type { RuleType } from './rules.ts';

export interface ObservedField {
  readonly name: string;
  readonly types: readonly string[];
  /** Events of the sample that had it. */
  readonly seen: number;
  readonly planned: boolean;
}

export interface ObservedEvent {
  readonly type: string;
  readonly name: string;
  readonly planned: boolean;
  readonly received: number;
  readonly blocked: number;
  readonly lastSeen: Date | null;
  readonly sampled: number;
  readonly violating: number;
  readonly fields: readonly ObservedField[];
}

export interface Observed {
  readonly days: number;
  readonly events: readonly ObservedEvent[];
}

const RULES: Readonly<Record<string, RuleType>> = {
  track: 'TRACK',
  identify: 'IDENTIFY',
  group: 'GROUP',
  page: 'PAGE',
  screen: 'SCREEN',
};

export type { ReadSchema };

export function observed(seen: SeenSchema, rules: readonly RuleRow[]): Observed {
  const planned = plannedFields(rules);
  const byName = new Map<string, { event: ObservedEvent; fields: ObservedField[] }>();
  const place = (type: string, name: string) => {
    const key = `${type} ${name}`;
    const found = byName.get(key);
    if (found) return found;
    const fields: ObservedField[] = [];
    const none = { received: 0, blocked: 0, lastSeen: null, sampled: 0, violating: 0 };
    const event = { type, name, planned: planned(type, name) !== null, ...none, fields };
    const made = { event, fields };
    byName.set(key, made);
    return made;
  };
  for (const { type, name, received, blocked, last_seen } of seen.events) {
    const found = place(type, name);
    found.event = { ...found.event, received, blocked, lastSeen: last_seen };
  }
  for (const { type, name, field, types, seen: times, sampled, violating } of seen.fields) {
    const found = place(type, name);
    found.event = { ...found.event, sampled, violating };
    if (field === '') continue;
    found.fields.push({ name: field, types, seen: times, planned: planned(type, name)?.has(field) ?? false });
  }
  return { days: seen.days, events: [...byName.values()].map(({ event }) => event) };
}

/** @returns the names of an event's fields by its rule of the lowest version; null: the plan does not know it. */
function plannedFields(rules: readonly RuleRow[]): (type: string, name: string) => ReadonlySet<string> | null {
  const byName = new Map<string, ReadonlySet<string>>();
  for (const { type, key, schema } of [...rules].sort((a, b) => b.version - a.version)) {
    const part = type === 'IDENTIFY' || type === 'GROUP' ? 'traits' : 'properties';
    const fields = objectIn(objectIn(objectIn(JSON.parse(schema), 'properties'), part), 'properties');
    byName.set(`${type} ${key ?? ''}`, new Set(Object.keys(fields ?? {})));
  }
  return (type, name) => byName.get(`${RULES[type]} ${name}`) ?? byName.get(`${RULES[type]} `) ?? null;
}
