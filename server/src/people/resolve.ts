/**
 * The rules of who is who, in memory and without SQL: applies a batch's events in log order to the people
 * its identifiers point to, and says what must be written. docs/people.md has the rules in prose.
 */
import type { Scope } from '../db/tx.ts';
import type { Identifier } from '../events/types.ts';

/** A profile of this batch; after a merge the loser points to the winner through `mergedInto`. */
export interface Node {
  readonly id: string;
  readonly scope: Scope;
  /** False: made by this batch, so a lost merge leaves no trace of it in the database. */
  readonly stored: boolean;
  /** ms; with the id it decides which of two profiles is older. */
  readonly createdAt: number;
  hasUser: boolean;
  mergedInto: Node | null;
  /** Seen by events of this batch, ms. */
  firstSeen: number;
  lastSeen: number;
  traitWrites: TraitWrite[];
}

export interface TraitWrite {
  /** Place in the log, for two writes of the same time. */
  readonly order: number;
  readonly at: number;
  readonly traits: ReadonlyMap<string, unknown>;
}

export interface Pointer {
  readonly scope: Scope;
  readonly identifier: Identifier;
  node: Node;
  /** New, or moved to another person: must be written. */
  changed: boolean;
}

export interface EventIdentity {
  readonly scope: Scope;
  readonly identifiers: readonly Identifier[];
  /** alias only: the identity that joins. */
  readonly previousId: string | null;
}

/** `newProfileId` gives ids in rising order, so that of two new profiles the one met first is the older. */
export function createResolver(options: { newProfileId: () => string; now: number }) {
  const pointers = new Map<string, Pointer>();
  const nodes: Node[] = [];
  const losers: Node[] = [];

  function load(scope: Scope, identifier: Identifier, node: Node): void {
    pointers.set(pointerKey(scope, identifier), { scope, identifier, node, changed: false });
  }

  function find(scope: Scope, identifier: Identifier): Node | null {
    const pointer = pointers.get(pointerKey(scope, identifier));
    return pointer ? rootOf(pointer.node) : null;
  }

  function point(scope: Scope, identifier: Identifier, node: Node): void {
    const key = pointerKey(scope, identifier);
    const known = pointers.get(key);
    if (known) {
      known.node = node;
      known.changed = true;
    } else {
      pointers.set(key, { scope, identifier, node, changed: true });
    }
    if (identifier.type === 'user_id') node.hasUser = true;
  }

  function create(scope: Scope): Node {
    const node = newNode({ id: options.newProfileId(), scope, stored: false, createdAt: options.now, hasUser: false });
    nodes.push(node);
    return node;
  }

  /** The older profile wins, so that a person keeps the id that others know it by. */
  function merge(a: Node, b: Node): Node {
    if (a === b) return a;
    const [winner, loser] = isOlder(a, b) ? [a, b] : [b, a];
    loser.mergedInto = winner;
    winner.hasUser ||= loser.hasUser;
    winner.firstSeen = Math.min(winner.firstSeen, loser.firstSeen);
    winner.lastSeen = Math.max(winner.lastSeen, loser.lastSeen);
    winner.traitWrites = winner.traitWrites.concat(loser.traitWrites);
    if (loser.stored) losers.push(loser);
    return winner;
  }

  /** Whose event it is before anything joins: by priority, but a new user on a browser another one used is a new person. */
  function personOf(event: EventIdentity, previous: readonly Node[]): Node {
    const [first, ...others] = event.identifiers;
    const isUser = first?.type === 'user_id';
    const known = first && find(event.scope, first);
    if (known) return known;
    if (previous[0]) return previous[0];
    for (const identifier of others) {
      const node = find(event.scope, identifier);
      if (node && !(isUser && node.hasUser)) return node;
    }
    return create(event.scope);
  }

  /** @returns the event's profile; call rootOf on it when the batch is through. */
  function apply(event: EventIdentity): Node {
    const previousIds = event.previousId === null ? [] : previousIdentifiers(event.previousId);
    const previous = previousIds.flatMap((identifier) => find(event.scope, identifier) ?? []);
    let person = personOf(event, previous);
    // An alias is explicit: it joins even two people who both have a user id.
    for (const node of previous) person = merge(person, rootOf(node));
    if (previous.length === 0) {
      // Nobody has met it yet, so it may come as either kind. Before the user id: the newest one is shown as the person's own.
      for (const identifier of previousIds) point(event.scope, identifier, person);
    }
    for (const identifier of event.identifiers) {
      const owner = find(event.scope, identifier);
      if (owner === person) continue;
      if (owner === null) point(event.scope, identifier, person);
      else if (!(owner.hasUser && person.hasUser)) person = merge(person, owner);
      // Two users on one browser: the browser goes to the one who speaks now, an email or external id stays its owner's.
      else if (identifier.type === 'anonymous_id') point(event.scope, identifier, person);
    }
    return person;
  }

  return {
    load,
    apply,
    /** Everything to write, once all events are applied. */
    result() {
      return {
        created: nodes.filter((node) => node.mergedInto === null),
        merges: losers.map((loser) => ({ loser, winner: rootOf(loser) })),
        pointers: [...pointers.values()].filter((pointer) => pointer.changed),
      };
    },
  };
}

export function newNode(parts: Pick<Node, 'id' | 'scope' | 'stored' | 'createdAt' | 'hasUser'>): Node {
  return {
    ...parts,
    mergedInto: null,
    firstSeen: Number.POSITIVE_INFINITY,
    lastSeen: Number.NEGATIVE_INFINITY,
    traitWrites: [],
  };
}

export function rootOf(node: Node): Node {
  let root = node;
  while (root.mergedInto) root = root.mergedInto;
  // Long chains of merges in one batch stay cheap.
  for (let step = node; step.mergedInto; ) {
    const next: Node = step.mergedInto;
    if (next !== root) step.mergedInto = root;
    step = next;
  }
  return root;
}

function isOlder(a: Node, b: Node): boolean {
  if (a.stored !== b.stored) return a.stored;
  return a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
}

/** previousId carries no type: analytics.js sends the anonymous id, servers send an old user id. */
export function previousIdentifiers(previousId: string): Identifier[] {
  return [
    { type: 'anonymous_id', value: previousId },
    { type: 'user_id', value: previousId },
  ];
}

// Types have no space, so the value can hold anything.
function pointerKey(scope: Scope, identifier: Identifier): string {
  return `${scope.workspaceId} ${scope.environment} ${identifier.type} ${identifier.value}`;
}
