/**
 * The rules of a tracking plan as the Config API has them (contract segment-config-api §14.2): events, and one schema each
 * for every call, identify and group. Ours are rows of a type; pages and screens are the Public API's alone and stay.
 */
import { type Static, Type } from 'typebox';
import type { RuleRow } from '../../../connections/tracking-plans/queries.ts';
import type { RuleInput, RuleType } from '../../../connections/tracking-plans/rules.ts';
import type { Replacement } from '../../../connections/tracking-plans/service.ts';

const Schema = Type.Unknown({ description: 'A JSON schema of draft 07; kept as it was sent.' });

const Event = Type.Object({
  name: Type.String(),
  description: Type.String(),
  version: Type.Integer(),
  rules: Schema,
});

export const Rules = Type.Object({
  events: Type.Array(Event),
  global: Type.Optional(Schema),
  identify: Type.Optional(Schema),
  group: Type.Optional(Schema),
  identify_traits: Type.Array(Type.Unknown(), { description: 'An older form; always empty.' }),
  group_traits: Type.Array(Type.Unknown(), { description: 'An older form; always empty.' }),
});

export const SentRules = Type.Object({
  events: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String(),
        description: Type.Optional(Type.String()),
        version: Type.Optional(Type.Integer({ description: 'Default 1.' })),
        rules: Type.Optional(Schema),
      }),
    ),
  ),
  global: Type.Optional(Schema),
  identify: Type.Optional(Schema),
  group: Type.Optional(Schema),
});

/** What update masks may name of them; the older forms are taken and ignored. */
export const RULE_FIELDS = [
  'rules',
  'rules.events',
  'rules.global',
  'rules.identify',
  'rules.group',
  'rules.identify_traits',
  'rules.group_traits',
] as const;

/** One rule each, without a name. */
const SINGLE = { global: 'COMMON', identify: 'IDENTIFY', group: 'GROUP' } as const;
const SINGLES = ['global', 'identify', 'group'] as const;
const LOWEST = 1;

/** What of a plan the named fields replace, and by what: what is named and not sent is cleared. */
export function replacementOf(
  named: ReadonlySet<string>,
  sent: Static<typeof SentRules> = {},
): Replacement | undefined {
  const types = new Set<RuleType>();
  const rules: RuleInput[] = [];
  const is = (field: string) => named.has('rules') || named.has(`rules.${field}`);
  if (is('events')) {
    types.add('TRACK');
    for (const [n, event] of (sent.events ?? []).entries()) {
      const at = `rules.events.${n}`;
      rules.push({
        type: 'TRACK',
        key: event.name,
        version: event.version ?? LOWEST,
        description: event.description ?? null,
        schema: event.rules ?? {},
        at: { rule: at, key: `${at}.name`, schema: `${at}.rules` },
      });
    }
  }
  for (const field of SINGLES) {
    if (!is(field)) continue;
    const type = SINGLE[field];
    types.add(type);
    const schema = sent[field];
    const at = `rules.${field}`;
    if (schema !== undefined && schema !== null)
      rules.push({
        type,
        key: null,
        version: LOWEST,
        description: null,
        schema,
        at: { rule: at, key: at, schema: at },
      });
  }
  return types.size === 0 ? undefined : { types, rules };
}

/** Of several versions of one that has no name here, the lowest is shown: it is the one that holds. */
export function shownRules(rows: readonly RuleRow[]): Static<typeof Rules> {
  const events = rows
    .filter(({ type }) => type === 'TRACK')
    .map(({ key, description, version, schema }) => ({
      name: key ?? '',
      description: description ?? '',
      version,
      rules: JSON.parse(schema) as unknown,
    }));
  const singles = SINGLES.flatMap((field) => {
    const [first] = rows.filter(({ type }) => type === SINGLE[field]).sort((a, b) => a.version - b.version);
    return first ? [[field, JSON.parse(first.schema) as unknown]] : [];
  });
  return { events, ...Object.fromEntries(singles), identify_traits: [], group_traits: [] };
}
