/**
 * The rules of plans that events come for, kept in memory until they change or others need the room. A schema is parsed
 * when the first event of its name comes.
 */
import type { Executor } from '../../../db/tx.ts';
import type { Pattern } from '../patterns.ts';
import type { RuleType } from '../rules.ts';
import type { CompiledPlan, CompiledRule } from './judge.ts';
import { type PlanRules, rulesOf } from './queries.ts';
import type { FollowedPlan } from './sources.ts';

/** Of schemas, in characters. */
const MAX_KEPT = 64 * 1024 * 1024;

interface Kept {
  readonly plan: CompiledPlan;
  readonly revision: number;
  readonly size: number;
}

export interface Plans {
  /** @returns those that still exist, as they are now or newer than `wanted` knows them. */
  load(executor: Executor, wanted: Iterable<FollowedPlan>): Promise<ReadonlyMap<string, CompiledPlan>>;
}

export function createPlans(maxKept = MAX_KEPT): Plans {
  /** Longest unused first. */
  const kept = new Map<string, Kept>();
  let size = 0;
  const patterns = new Map<string, Pattern | null>();

  function drop(id: string): void {
    size -= kept.get(id)?.size ?? 0;
    kept.delete(id);
  }

  function keep(id: string, one: Kept): void {
    drop(id);
    kept.set(id, one);
    size += one.size;
    for (const oldest of kept.keys()) {
      if (size <= maxKept || oldest === id) break;
      drop(oldest);
    }
  }

  return {
    async load(executor, wanted) {
      const found = new Map<string, CompiledPlan>();
      const missing = new Map<string, FollowedPlan>();
      for (const plan of wanted) {
        const have = kept.get(plan.id);
        if (!have || have.revision < plan.revision || have.plan.name !== plan.name) missing.set(plan.id, plan);
        else {
          keep(plan.id, have);
          found.set(plan.id, have.plan);
        }
      }
      if (missing.size === 0) return found;
      for (const row of await rulesOf(executor, [...missing.keys()])) {
        const plan = compile(row, missing.get(row.id)?.name ?? '', patterns);
        keep(row.id, { plan, revision: row.revision, size: sizeOf(row) });
        found.set(row.id, plan);
      }
      return found;
    },
  };
}

const NONE: readonly CompiledRule[] = [];

export function compile(
  { id, rules }: Pick<PlanRules, 'id' | 'rules'>,
  name: string,
  patterns: CompiledPlan['patterns'],
): CompiledPlan {
  const byName = new Map<string, CompiledRule[]>();
  for (const { type, key, version, schema } of rules) {
    const place = nameOf(type, key ?? '');
    const list = byName.get(place);
    if (list) list.push(lazy(version, schema));
    else byName.set(place, [lazy(version, schema)]);
  }
  for (const list of byName.values()) list.sort((a, b) => a.version - b.version);
  return { id, name, patterns, rules: (type, key) => byName.get(nameOf(type, key)) ?? NONE };
}

function nameOf(type: RuleType, key: string): string {
  return `${type} ${key}`;
}

function lazy(version: number, text: string): CompiledRule {
  let parsed: unknown;
  return {
    version,
    get schema() {
      parsed ??= JSON.parse(text);
      return parsed;
    },
  };
}

function sizeOf({ rules }: PlanRules): number {
  return rules.reduce((sum, { schema }) => sum + schema.length + 200, 0);
}
