/** What the names in a definition stand for: audiences and computed traits about people, and what those name in turn. */
import type { Executor, Scope } from '../../db/tx.ts';
import { CannotCount, checkedAudience, checkedTrait } from '../definitions.ts';
import { definitionsNamed } from '../queries.ts';
import type { Named } from '../query/sql/compile.ts';

const MOST = 50;

/** @throws CannotCount when names lead to more than 50 others. */
export async function namedDefinitions(
  executor: Executor,
  scope: Scope,
  names: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const found = new Map<string, Named>();
  const asked = new Set<string>();
  let next = names;
  while (next.length > 0) {
    for (const name of next) asked.add(name);
    const further = new Set<string>();
    for (const { key, kind, query } of await definitionsNamed(executor, scope, next)) {
      const named = kind === 'audience' ? checkedAudience('USERS', query) : checkedTrait('USERS', query);
      found.set(
        key,
        kind === 'audience'
          ? { kind, root: checkedAudience('USERS', query).root }
          : { kind, root: checkedTrait('USERS', query).root },
      );
      for (const name of named.traits) if (!asked.has(name)) further.add(name);
    }
    if (found.size > MOST) throw new CannotCount(`The definition leads to more than ${MOST} others.`);
    next = [...further];
  }
  return found;
}
