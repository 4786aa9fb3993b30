/**
 * What a source's tracking plan and schema settings make of one event: it passes, with what was found wrong told in its
 * context; it passes without some properties or traits; or it is blocked. No database here.
 */
import { isObject, type JsonObject, objectIn } from '../json.ts';
import type { Pattern } from '../patterns.ts';
import type { RuleType } from '../rules.ts';
import { checkValue, type Found, newCheck, type Violation } from './json-schema.ts';

/** What is done with events that a plan does not foresee: the source's schema settings. */
export interface Settings {
  readonly track: Readonly<Record<string, unknown>>;
  readonly identify: Readonly<Record<string, unknown>>;
  readonly group: Readonly<Record<string, unknown>>;
}

export interface CompiledPlan {
  readonly id: string;
  readonly name: string;
  /** Of a type and, for TRACK, a name: the rules, lowest version first. */
  rules(type: RuleType, key: string): readonly CompiledRule[];
  /** Compiled ones, of all plans. */
  readonly patterns: Map<string, Pattern | null>;
}

export interface CompiledRule {
  readonly version: number;
  readonly schema: unknown;
}

export interface JudgedEvent {
  readonly type: string;
  readonly name: string | null;
  readonly payload: JsonObject;
}

export interface Judgement {
  readonly violations: readonly Violation[];
  /** null: it passes. */
  readonly blocked: { readonly code: BlockCode; readonly reason: string } | null;
  /** What it carries on; the event's own payload where nothing is changed. Says what was found and left out. */
  readonly payload: JsonObject;
}

export type BlockCode = 'unplanned_event' | 'plan_violation' | 'common_violation';

interface Kind {
  readonly type: RuleType;
  /** Where the fields stand that settings speak of; null: no settings speak of such events. */
  readonly part: 'properties' | 'traits';
  readonly settings: keyof Settings | null;
  readonly allowUnplanned: string;
  readonly allowViolating: string;
}

const TRAITS = {
  part: 'traits',
  allowUnplanned: 'allowUnplannedTraits',
  allowViolating: 'allowTraitsOnViolations',
} as const;
const PROPERTIES = {
  part: 'properties',
  allowUnplanned: 'allowUnplannedEventProperties',
  allowViolating: 'allowPropertiesOnViolations',
} as const;

const KINDS: Readonly<Record<string, Kind>> = {
  track: { type: 'TRACK', ...PROPERTIES, settings: 'track' },
  identify: { type: 'IDENTIFY', ...TRAITS, settings: 'identify' },
  group: { type: 'GROUP', ...TRAITS, settings: 'group' },
  page: { type: 'PAGE', ...PROPERTIES, settings: null },
  screen: { type: 'SCREEN', ...PROPERTIES, settings: null },
};

export function judge(event: JudgedEvent, plan: CompiledPlan, all: Settings): Judgement {
  const kind = KINDS[event.type];
  const settings = kind?.settings ? all[kind.settings] : {};
  const found: Violation[] = [];
  let payload = event.payload;
  let omitted: string[] = [];
  const omittedOnViolation: string[] = [];
  const verdict = (blocked: Judgement['blocked']): Judgement => {
    const violations = found
      .slice(0, MAX_VIOLATIONS)
      .map(({ type, field, description }) => ({ type, field, description }));
    // Who looks into what was blocked wants it as it came.
    if (blocked) return { violations, blocked, payload: told(event.payload, violations, [], []) };
    return { violations, blocked, payload: told(payload, violations, omitted, omittedOnViolation) };
  };

  if (kind) {
    const rule = ruleFor(plan, kind.type, event);
    if (!rule && event.type === 'track') {
      const description = `${event.name ?? ''} is not in the tracking plan`;
      found.push({ type: 'Unplanned Event', field: 'event', description });
      if (settings['allowUnplannedEvents'] === false)
        return verdict({ code: 'unplanned_event', reason: `The tracking plan ${plan.name} does not know this event.` });
    } else {
      if (kind.settings && settings[kind.allowUnplanned] === false) {
        omitted = unplanned(rule?.schema, payload, kind.part);
        payload = without(payload, kind.part, omitted);
      }
      const own = rule ? broken(rule, payload, plan) : [];
      found.push(...own);
      if (own.length > 0) {
        if (settings['allowEventOnViolations'] === false)
          return verdict({
            code: 'plan_violation',
            reason: `It breaks the tracking plan ${plan.name}: ${listed(own)}`,
          });
        if (kind.settings && settings[kind.allowViolating] === false)
          omittedOnViolation.push(...offending(own, payload, kind.part));
      }
    }
  }

  const [commonRule] = plan.rules('COMMON', '');
  const common = commonRule ? broken(commonRule, payload, plan) : [];
  found.push(...common);
  if (common.length > 0 && kind?.settings) {
    const action = settings['commonEventOnViolations'];
    if (action === 'BLOCK')
      return verdict({
        code: 'common_violation',
        reason: `It breaks the common rule of the tracking plan ${plan.name}: ${listed(common)}`,
      });
    if (action === 'OMIT_PROPERTIES' || action === 'OMIT_TRAITS')
      omittedOnViolation.push(...offending(common, payload, kind.part));
  }
  if (kind && omittedOnViolation.length > 0) payload = without(payload, kind.part, omittedOnViolation);
  return verdict(null);
}

/** The version that the event asks for, else the lowest: older senders go on as they did. */
function ruleFor(plan: CompiledPlan, type: RuleType, { name, payload }: JudgedEvent): CompiledRule | undefined {
  const own = type === 'IDENTIFY' || type === 'GROUP' ? [] : plan.rules(type, name ?? '');
  const versions = own.length > 0 || type === 'TRACK' ? own : plan.rules(type, '');
  if (versions.length < 2) return versions[0];
  const asked = objectIn(objectIn(payload, 'context'), 'protocols')?.['event_version'];
  return versions.find(({ version }) => asked === version || asked === String(version)) ?? versions[0];
}

/** Each rule is checked by itself: what one of them finds leaves no less room for the other's. */
function broken({ schema }: CompiledRule, payload: JsonObject, plan: CompiledPlan): readonly Found[] {
  const check = newCheck();
  checkValue(schema, payload, check, plan.patterns);
  return check.found;
}

/** Fields that the rule does not name, without a rule all; none where the rule says by a schema what others are like. */
function unplanned(schema: unknown, payload: JsonObject, part: 'properties' | 'traits'): string[] {
  const sent = objectIn(payload, part);
  if (!sent) return [];
  const fields = objectIn(objectIn(schema, 'properties'), part);
  const names = objectIn(fields, 'properties');
  if (fields && (isObject(fields['additionalProperties']) || isObject(fields['patternProperties']))) return [];
  return Object.keys(sent).filter((name) => !names || !Object.hasOwn(names, name));
}

/** Fields that are there and broken; one that is missing cannot be left out. */
function offending(violations: readonly Found[], payload: JsonObject, part: 'properties' | 'traits'): string[] {
  const sent = objectIn(payload, part);
  if (!sent) return [];
  // A name may have dots of its own: each beginning of a path may be one.
  const beginnings = new Set<string>();
  for (const { at } of violations) {
    if (!at.startsWith(`${part}.`)) continue;
    const path = at.slice(part.length + 1);
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) beginnings.add(path.slice(0, dot));
    beginnings.add(path);
  }
  return Object.keys(sent).filter((name) => beginnings.has(name));
}

function without(payload: JsonObject, part: 'properties' | 'traits', names: readonly string[]): JsonObject {
  const sent = objectIn(payload, part);
  if (!sent || names.length === 0) return payload;
  const gone = new Set(names);
  return { ...payload, [part]: Object.fromEntries(Object.entries(sent).filter(([name]) => !gone.has(name))) };
}

/** Told of one event, and sent on. */
const MAX_VIOLATIONS = 20;
const MAX_NAMES = 100;

function told(
  payload: JsonObject,
  violations: readonly Violation[],
  omitted: readonly string[],
  omittedOnViolation: readonly string[],
): JsonObject {
  if (violations.length === 0 && omitted.length === 0 && omittedOnViolation.length === 0) return payload;
  const context = objectIn(payload, 'context') ?? {};
  const protocols = {
    ...objectIn(context, 'protocols'),
    ...(omitted.length > 0 && { omitted: omitted.slice(0, MAX_NAMES) }),
    ...(omittedOnViolation.length > 0 && {
      omitted_on_violation: [...new Set(omittedOnViolation)].slice(0, MAX_NAMES),
    }),
  };
  return {
    ...payload,
    context: {
      ...context,
      ...(violations.length > 0 && { violations }),
      ...(Object.keys(protocols).length > 0 && { protocols }),
    },
  };
}

function listed(violations: readonly Violation[]): string {
  const first = violations.slice(0, 5).map(({ description }) => description);
  const more = violations.length - first.length;
  return `${first.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
