/** What the pipeline asks for each event, in memory: rules by what they belong to, in the order they were made. */

export interface Groups<T> {
  of(owner: string): readonly T[];
  /** Puts a changed rule in its place; null: it is not in force any more. */
  place(id: string, owner: string, rule: T | null): void;
}

const NONE: readonly never[] = [];

export function createGroups<T extends { readonly id: string }>(): Groups<T> {
  const byOwner = new Map<string, readonly T[]>();
  const owners = new Map<string, string>();

  function without(id: string): void {
    const owner = owners.get(id);
    if (owner === undefined) return;
    owners.delete(id);
    const left = (byOwner.get(owner) ?? []).filter((rule) => rule.id !== id);
    if (left.length === 0) byOwner.delete(owner);
    else byOwner.set(owner, left);
  }

  return {
    of: (owner) => byOwner.get(owner) ?? NONE,
    place(id, owner, rule) {
      without(id);
      if (rule === null) return;
      owners.set(id, owner);
      const rules = [...(byOwner.get(owner) ?? []), rule];
      // Ids grow with time.
      byOwner.set(
        owner,
        rules.sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
    },
  };
}
