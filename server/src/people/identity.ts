/** The identity stage: finds or makes the person of every event of a batch, joins people, keeps their traits. */
import { lockInTransaction, type Scope, type Tx } from '../db/tx.ts';
import { refusalOf } from '../events/refusal.ts';
import type { Batch, Identifier, Stage, TrackedEvent } from '../events/types.ts';
import { newId } from '../ids.ts';
import { countedTime, identifiersOf, traitsOf, usableValue } from './identifiers.ts';
import {
  findOwners,
  findTraits,
  insertProfiles,
  type ProfileWrite,
  pointIdentifiers,
  touchProfiles,
  updateProfiles,
  writeMerges,
} from './queries.ts';
import { createResolver, type EventIdentity, type Node, newNode, previousIdentifiers, rootOf } from './resolve.ts';
import { jsonOf, mergeTraits, type TraitState, traitState, writeTraits } from './traits.ts';

/** Called in the merging transaction with all its merges, after the people are written: repoint what names a loser. */
export type MergeHook = (tx: Tx, merges: readonly Merge[]) => Promise<void>;

export interface Merge {
  readonly loserId: string;
  readonly winnerId: string;
}

/**
 * Everything that writes identifiers or profiles of a scope holds this first. Concurrent merges of the same
 * people then wait for each other and can neither deadlock nor fork a person. Event ids are taken under it
 * too, later in the same transaction: ids of one scope therefore commit in order (see event_ids in the
 * migration), which is why the stage list runs identity before the event store.
 * Several scopes are locked in sorted order.
 */
export async function lockPeople(tx: Tx, scopes: readonly Scope[]): Promise<void> {
  const keys = new Set(scopes.map((scope) => `people:${scope.workspaceId}:${scope.environment}`));
  for (const key of [...keys].sort()) await lockInTransaction(tx, key);
}

interface Met extends EventIdentity {
  readonly event: TrackedEvent;
  readonly order: number;
}

export function createIdentityStage(options: {
  now: () => Date;
  onMerge: readonly MergeHook[];
  newProfileId?: () => string;
}): Stage {
  const drawId = options.newProfileId ?? (() => newId(options.now().getTime()));

  async function run(tx: Tx, batch: Batch): Promise<void> {
    // Refused ones too: their ids come from the same sequence.
    await lockPeople(tx, scopesOf(batch));
    const met = meet(batch);
    if (met.length === 0) return;
    const now = options.now().getTime();
    const keys = keysOf(met);
    const owners = await findOwners(tx, keys);

    // At most one new person for each event, drawn when the first is needed.
    let ids: string[] | null = null;
    const newProfileId = () => {
      ids ??= met.map(drawId).sort().reverse();
      return ids.pop() ?? drawId();
    };
    const people = createResolver({ newProfileId, now });
    const stored = new Map<string, Node>();
    for (const owner of owners) {
      const key = keys[owner.place];
      if (!key) continue;
      const node = stored.get(owner.profile_id) ?? storedNode(owner, key.scope);
      stored.set(node.id, node);
      people.load(key.scope, key.identifier, node);
    }

    const nodes = met.map((item) => {
      const node = people.apply(item);
      note(node, item);
      return node;
    });
    const result = people.result();
    const touched = new Set(nodes.map(rootOf));
    const losers = new Map(result.merges.map(({ loser, winner }) => [loser, winner]));
    for (const [i, item] of met.entries()) {
      const node = nodes[i];
      if (node) item.event.profileId = rootOf(node).id;
    }
    await write(tx, touched, losers, result.created);
    if (result.pointers.length > 0) {
      await pointIdentifiers(
        tx,
        result.pointers.map(({ scope, identifier, node }) => ({ scope, identifier, profileId: rootOf(node).id })),
      );
    }
    if (losers.size > 0) {
      const merges = [...losers].map(([loser, winner]) => ({ loserId: loser.id, winnerId: winner.id }));
      for (const hook of options.onMerge) await hook(tx, merges);
    }
  }

  return { name: 'identity', run };
}

/** Profiles and merges. A fixed number of statements; a person who was only seen again costs no read of traits. */
async function write(
  tx: Tx,
  touched: ReadonlySet<Node>,
  losers: ReadonlyMap<Node, Node>,
  created: readonly Node[],
): Promise<void> {
  const winners = new Set(losers.values());
  const rewritten = [...new Set([...touched, ...winners])].filter(
    (node) => node.stored && (winners.has(node) || node.traitWrites.length > 0),
  );
  const base = new Map<string, { state: TraitState; firstSeen: number; lastSeen: number }>();
  if (rewritten.length > 0) {
    for (const row of await findTraits(tx, [...rewritten, ...losers.keys()].map(idOf))) {
      base.set(row.id, {
        state: traitState(row.traits, row.trait_times),
        firstSeen: row.first_seen_at.getTime(),
        lastSeen: row.last_seen_at.getTime(),
      });
    }
  }
  const seen = new Map(rewritten.map((node) => [node, { first: node.firstSeen, last: node.lastSeen }]));
  const include = (node: Node, from: Node) => {
    const times = seen.get(node);
    const known = base.get(from.id);
    if (!times || !known) return;
    times.first = Math.min(times.first, known.firstSeen);
    times.last = Math.max(times.last, known.lastSeen);
  };
  for (const node of rewritten) include(node, node);
  for (const [loser, winner] of losers) {
    include(winner, loser);
    const [into, from] = [base.get(winner.id), base.get(loser.id)];
    if (into && from) mergeTraits(into.state, from.state);
  }

  if (created.length > 0)
    await insertProfiles(
      tx,
      created.map((node) => profileWrite(node, traitState(), null)),
    );
  if (losers.size > 0) {
    await writeMerges(
      tx,
      [...losers].map(([loser, winner]) => ({ loserId: loser.id, winnerId: winner.id })),
    );
  }
  if (rewritten.length > 0) {
    await updateProfiles(
      tx,
      rewritten.map((node) => profileWrite(node, base.get(node.id)?.state ?? traitState(), seen.get(node) ?? null)),
    );
  }
  const rest = [...touched].filter((node) => node.stored && !seen.has(node));
  if (rest.length > 0) await touchProfiles(tx, rest);
}

function profileWrite(node: Node, state: TraitState, seen: { first: number; last: number } | null): ProfileWrite {
  for (const { traits, at } of node.traitWrites.toSorted((a, b) => a.order - b.order)) writeTraits(state, traits, at);
  return {
    id: node.id,
    scope: node.scope,
    traits: jsonOf(state.values),
    traitTimes: jsonOf(state.times),
    firstSeen: seen?.first ?? node.firstSeen,
    lastSeen: seen?.last ?? node.lastSeen,
    createdAt: node.createdAt,
  };
}

/** The events that name a person. The door lets no other in; one that comes anyway is refused and visible, not lost. */
function meet(batch: Batch): Met[] {
  const met: Met[] = [];
  const kept: TrackedEvent[] = [];
  for (const [order, event] of batch.events.entries()) {
    const identifiers = identifiersOf(event);
    const previousId = event.type === 'alias' ? usableValue(event.previousId) : null;
    if (identifiers.length === 0) {
      batch.refused.push(refusalOf(event, NOBODY));
      continue;
    }
    kept.push(event);
    met.push({ event, order, scope: event.scope, identifiers, previousId });
  }
  if (kept.length < batch.events.length) batch.events = kept;
  return met;
}

const NOBODY = {
  outcome: 'rejected',
  code: 'no_identifier',
  reason: 'The event names nobody: send userId or anonymousId.',
} as const;

function note(node: Node, { event, order }: Met): void {
  const at = countedTime(event);
  node.firstSeen = Math.min(node.firstSeen, at);
  node.lastSeen = Math.max(node.lastSeen, at);
  const traits = traitsOf(event);
  if (traits) node.traitWrites.push({ order, at, traits });
}

function keysOf(met: readonly Met[]): { scope: Scope; identifier: Identifier }[] {
  const keys = new Map<string, { scope: Scope; identifier: Identifier }>();
  for (const { scope, identifiers, previousId } of met) {
    const all = previousId === null ? identifiers : [...identifiers, ...previousIdentifiers(previousId)];
    for (const identifier of all) {
      keys.set(`${scope.workspaceId} ${scope.environment} ${identifier.type} ${identifier.value}`, {
        scope,
        identifier,
      });
    }
  }
  return [...keys.values()];
}

function storedNode(owner: { profile_id: string; created_at: Date; has_user: boolean }, scope: Scope): Node {
  return newNode({
    id: owner.profile_id,
    scope,
    stored: true,
    createdAt: owner.created_at.getTime(),
    hasUser: owner.has_user,
  });
}

function scopesOf(batch: Batch): Scope[] {
  return [...batch.events, ...batch.refused].map((item) => item.scope);
}

function idOf(node: Node): string {
  return node.id;
}
