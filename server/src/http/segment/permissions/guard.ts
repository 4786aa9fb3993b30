/**
 * Holds every call against the table of rules.ts. Who may do everything of an area is let through at once; for the others
 * the object that is named, and what it belongs to, decides. An object that is there and not theirs is 403, one that is
 * not there 404; lists hold what they may read, and no total.
 */
import { type Authority, authorityOf } from '../../../access/permissions/authority.ts';
import type { Target } from '../../../access/permissions/types.ts';
import { type Definition, withMaskedKey } from '../../../connections/transformations/transformation.ts';
import { AppError } from '../../../errors.ts';
import { OPERATIONS } from '../protocol/contract.ts';
import type { Call, CallGuard, Handler } from '../protocol/door.ts';
import type { Resources } from './resources.ts';
import { type Need, type Rule, ruleOf } from './rules.ts';

/** A list is filled up with the pages that follow; past so many the client goes on. */
const MOST_PAGES = 20;
const DEFAULT_COUNT = 200;

/** @throws Error for an operation that the table says nothing about: nobody may call what nobody thought about. */
export function createGuard(resources: Resources): CallGuard {
  for (const { id } of OPERATIONS) ruleOf(id);

  async function isMet(need: Need, authority: Authority, call: Call): Promise<boolean> {
    const { area, level, on } = need;
    if (authority.may(area, level, null)) return true;
    if (!on || !authority.mayAny(area, level)) return on?.optional === true && idsAt(on.at, call).length === 0;
    const ids = idsAt(on.at, call);
    if (ids.length === 0) return on.optional === true;
    for (const id of ids) {
      if (!authority.may(area, level, await resources.target(call.caller, on.kind, id))) return false;
    }
    return true;
  }

  async function authorize(rule: Rule, authority: Authority, call: Call): Promise<void> {
    if (rule.needs.length === 0) return;
    for (const needs of rule.needs) {
      let met = true;
      for (const need of needs) met &&= await isMet(need, authority, call);
      if (met) return;
    }
    const [first] = rule.needs[0] ?? [];
    throw new AppError(
      'forbidden',
      `Your permissions do not allow this: it takes a role that may ${first?.level ?? 'use'} this ${first?.area ?? 'object'}.`,
    );
  }

  async function visible(only: NonNullable<Rule['only']>, authority: Authority, call: Call, handler: Handler) {
    const { list, area, kind, id } = only;
    const asked = (call.query['pagination'] ?? {}) as { count?: number; cursor?: string };
    const empty = { [list]: [] as unknown[], pagination: { current: asked.cursor || 'MA==' } };
    // Nothing to be seen, and so nothing to be looked for.
    if (!authority.mayAny(area, 'read')) return empty;
    const count = asked.count ?? DEFAULT_COUNT;
    const targets = new Map<string, Target>();
    const kept: unknown[] = [];
    let first: Page | undefined;
    let last: Page | undefined;
    let cursor = asked.cursor;
    for (let page = 0; page < MOST_PAGES && kept.length < count; page++) {
      const pagination = { ...asked, count: count - kept.length, ...(cursor !== undefined && { cursor }) };
      const data = (await handler({ ...call, query: { ...call.query, pagination } })) as Record<string, unknown>;
      for (const item of (data[list] ?? []) as Record<string, unknown>[]) {
        const key = String(item[id]);
        const target = targets.get(key) ?? (await resources.target(call.caller, kind, key));
        targets.set(key, target);
        if (authority.may(area, 'read', target)) kept.push(item);
      }
      last = data['pagination'] as Page | undefined;
      first ??= last;
      cursor = last?.next;
      if (cursor === undefined) break;
    }
    return {
      [list]: kept,
      pagination: {
        ...empty.pagination,
        ...(first && { current: first.current }),
        ...(last?.next !== undefined && { next: last.next }),
        ...(first?.previous !== undefined && { previous: first.previous }),
      },
    };
  }

  return {
    /** Lets the handler answer what the caller may do and see. @throws AppError forbidden, not_found. */
    async answer(operationId: string, call: Call, handler: Handler): Promise<unknown> {
      const rule = ruleOf(operationId);
      const authority = authorityOf(call.caller);
      await authorize(rule, authority, call);
      const { only } = rule;
      const data =
        only && !authority.may(only.area, 'read', null)
          ? await visible(only, authority, call, handler)
          : await handler(call);
      return withoutKeys(data, authority);
    },
  };
}

interface Page {
  readonly current: string;
  readonly next?: string;
  readonly previous?: string;
}

/** `params.sourceId`, `body.input.modelId`: ids that a request names, none or many. */
function idsAt(path: string, call: Call): string[] {
  let value: unknown = call;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
    value = (value as Record<string, unknown>)[name];
  }
  const ids = Array.isArray(value) ? value : [value];
  return ids.filter((id): id is string => typeof id === 'string' && id !== '');
}

/** Only who may change a source sees its write keys (contract segment-public-api §2), who may change all what they hash with. */
function withoutKeys(data: unknown, authority: Authority): unknown {
  if (authority.may('source', 'write', null) || typeof data !== 'object' || data === null) return data;
  const hidden = (item: Record<string, unknown>) => {
    if (!Array.isArray(item['writeKeys'])) return item;
    const labels = Array.isArray(item['labels']) ? (item['labels'] as Target['labels']) : [];
    const target = { type: 'SOURCE', id: String(item['id']), labels } as const;
    return authority.may('source', 'write', target) ? item : { ...item, writeKeys: [] };
  };
  const { source, sources, transformation, transformations } = data as Record<string, unknown>;
  return {
    ...data,
    ...(isObject(source) && { source: hidden(source) }),
    ...(Array.isArray(sources) && { sources: sources.map((one) => (isObject(one) ? hidden(one) : one)) }),
    ...(isObject(transformation) && { transformation: withMaskedKey(transformation as Definition) }),
    ...(Array.isArray(transformations) && { transformations: (transformations as Definition[]).map(withMaskedKey) }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
