/**
 * Takes the events of suppressed people out of the batch before anything of them is stored. A person is suppressed by a
 * user id. What would join that person is left out too: an alias from or to it, an anonymous id or an address it is known
 * by. An event of another user id on the same browser is that user's, as the identity rules have it (docs/people.md).
 */
import type { Scope } from '../../db/tx.ts';
import { refusalOf } from '../../events/refusal.ts';
import type { Identifier, Stage, TrackedEvent } from '../../events/types.ts';
import { identifiersOf, usableValue } from '../identifiers.ts';
import { previousIdentifiers } from '../resolve.ts';
import { findSuppressed, suppressingScopes } from './queries.ts';

export const suppressionStage: Stage = {
  name: 'suppression',
  async run(tx, batch) {
    const scopes = new Map<string, Scope>();
    for (const { scope } of batch.events) scopes.set(scopeKey(scope), scope);
    if (scopes.size === 0) return;
    const active = new Set((await suppressingScopes(tx, [...scopes.values()])).map(scopeKey));
    if (active.size === 0) return;
    const keys = batch.events.flatMap((event, place) =>
      active.has(scopeKey(event.scope)) ? joining(event).map((identifier) => ({ place, event, identifier })) : [],
    );
    const suppressed = new Set(await findSuppressed(tx, keys));
    if (suppressed.size === 0) return;
    for (const place of suppressed) {
      const event = batch.events[place];
      if (event) batch.refused.push(refusalOfNobody(event));
    }
    batch.events = batch.events.filter((_, place) => !suppressed.has(place));
  },
};

/** The identifiers by which an event would come to a person there already is. */
function joining(event: TrackedEvent): Identifier[] {
  const identifiers = identifiersOf(event);
  const own = event.userId ? identifiers.filter(({ type }) => type === 'user_id') : identifiers;
  const previousId = event.type === 'alias' ? usableValue(event.previousId) : null;
  return previousId === null ? own : [...own, ...previousIdentifiers(previousId)];
}

/** That something was left out is told; of whom and what it said is not kept. */
function refusalOfNobody(event: TrackedEvent) {
  const refusal = refusalOf(event, {
    outcome: 'rejected',
    code: 'suppressed',
    reason: 'The person is suppressed: nothing of this event was kept.',
    filtered: true,
  });
  return { ...refusal, messageId: null, payload: '' };
}

function scopeKey({ workspaceId, environment }: Scope): string {
  return `${workspaceId} ${environment}`;
}
