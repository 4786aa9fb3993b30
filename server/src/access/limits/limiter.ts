/**
 * Decides whether a request is within its limit: from memory, at once. While other processes serve the same database,
 * each spends blocks it has reserved with them (sharing.ts), and may be a small share of the limit ahead of that.
 */
import { Cell, roll, type Spender } from './cell.ts';
import { fits, type Policy, unitsAt, type Window, waitFor } from './window.ts';

export type { Policy } from './window.ts';

export interface Decision {
  readonly allowed: boolean;
  readonly quota: number;
  /** Units left, whole. */
  readonly remaining: number;
  /** When the running cell ends or, refused, when to come again: milliseconds since 1970 by this process's clock. */
  readonly resetAt: number;
  /** Milliseconds until the same request is let in, if nothing else comes; 0 when it was. */
  readonly retryAfterMs: number;
}

/** The other processes; see sharing.ts. Without it a limiter is alone. */
export interface Sharing {
  /** Live processes, this one too; 1: alone. */
  processes(): number;
  /** The database does not answer. */
  cutOff(): boolean;
  /** Milliseconds that the database's clock is ahead of this one. */
  skewMs(): number;
  /** This cell has units to tell. */
  note(cell: Cell): void;
  /** Resolves when the shared count was asked for `cost` units, or could not be. */
  reserve(cell: Cell, quota: number, cost: number): Promise<void>;
}

/** All processes together may be this part of a limit ahead of what they have reserved. */
const AHEAD = 0.04;
/** Of one policy. Subjects are authenticated, so this is more than an installation has in two minutes. */
const MOST_CELLS = 200_000;
const SWEEP_FROM = 1_024;

export interface Limiter {
  /**
   * Takes `cost` units of a subject's quota. At once, unless other processes have to be asked; never rejects.
   * @param subject its name, or what has its cell in it.
   * @param quota the subject's own, default the policy's. A cost above it counts as all of it.
   */
  take(policy: Policy, subject: string | Spender, cost: number, quota?: number): Decision | Promise<Decision>;
  /** Gives back what a request took under one policy and was refused under another. */
  giveBack(policy: Policy, subject: string, cost: number): void;
  /** Subjects held in memory. */
  size(): number;
  /** Every cell, for telling the other processes. */
  cells(): Iterable<Cell>;
}

export function createLimiter(parts: {
  now: () => number;
  sharing?: Sharing;
  /** Of one policy; the oldest go when there are more. */
  mostCells?: number;
}): Limiter {
  const { now, sharing, mostCells = MOST_CELLS } = parts;
  const policies = new Map<string, { cells: Map<string, Cell>; sweepAt: number }>();

  function cellOf(policy: Policy, subject: string | Spender, at: number): Cell {
    if (typeof subject === 'string') return find(policy, subject, at);
    if (subject.policy === policy && !subject.gone) return subject;
    const { other } = subject;
    if (other !== null && other.policy === policy && !other.gone) return other;
    const cell = find(policy, subject.subject, at, subject);
    if (cell !== subject) subject.other = cell;
    return cell;
  }

  /** @param spender whose own cell becomes the first one of this name. */
  function find(policy: Policy, subject: string, at: number, spender?: Spender): Cell {
    let group = policies.get(policy.name);
    if (!group) {
      group = { cells: new Map(), sweepAt: SWEEP_FROM };
      policies.set(policy.name, group);
    }
    let cell = group.cells.get(subject);
    if (!cell) {
      if (group.cells.size >= group.sweepAt) sweep(group, at);
      const index = Math.floor(at / policy.windowMs);
      cell = spender?.begin(policy, index) ? spender : new Cell(subject, policy, index);
      group.cells.set(subject, cell);
    }
    return cell;
  }

  /** What is over is forgotten; of what is left, the oldest tenth when it is too much: not a sweep for each newcomer. */
  function sweep(group: { cells: Map<string, Cell>; sweepAt: number }, at: number): void {
    for (const [subject, cell] of group.cells) {
      if ((cell.index + 2) * cell.policy.windowMs <= at) forget(group.cells, subject, cell);
    }
    if (group.cells.size > mostCells * 0.9) {
      for (const [subject, cell] of group.cells) {
        if (group.cells.size <= mostCells * 0.9) break;
        forget(group.cells, subject, cell);
      }
    }
    group.sweepAt = Math.min(mostCells, Math.max(SWEEP_FROM, group.cells.size * 2));
  }

  function forget(cells: Map<string, Cell>, subject: string, cell: Cell): void {
    cell.gone = true;
    cells.delete(subject);
  }

  function spend(cell: Cell, cost: number): void {
    cell.own += cost;
    cell.busy = true;
  }

  function take(
    policy: Policy,
    subject: string | Spender,
    wanted: number,
    quota = policy.quota,
  ): Decision | Promise<Decision> {
    const cost = Math.min(wanted, quota);
    const at = now() + (sharing ? sharing.skewMs() : 0);
    const cell = cellOf(policy, subject, at);
    const index = Math.floor(at / policy.windowMs);
    if (index > cell.index) roll(cell, index);
    if (!sharing || sharing.processes() === 1) return takeAlone(cell, policy, at, cost, quota);
    if (sharing.cutOff()) return takeShare(cell, at, cost, Math.max(cost, quota / sharing.processes()), quota);
    if (cell.budget >= cost) {
      cell.budget -= cost;
      spend(cell, cost);
      return answer(cell, policy, at, quota, 0);
    }
    if (
      cell.ahead + cost <= Math.floor((quota * AHEAD) / sharing.processes()) &&
      fits(cell, at, policy.windowMs, quota, cost)
    ) {
      cell.ahead += cost;
      cell.untold += cost;
      cell.current += cost;
      spend(cell, cost);
      sharing.note(cell);
      return answer(cell, policy, at, quota, 0);
    }
    if (at < cell.emptyUntil) return refuse(cell, policy, at, quota, cost);
    return takeReserved(sharing, cell, cost, quota);
  }

  function takeAlone(cell: Cell, policy: Policy, at: number, cost: number, quota: number): Decision {
    // Left over from a time with other processes: reserved, so counted, and not spent.
    if (cell.budget > 0) {
      cell.current -= Math.min(cell.current, cell.budget);
      cell.budget = 0;
    }
    if (!fits(cell, at, policy.windowMs, quota, cost)) return refuse(cell, policy, at, quota, cost);
    cell.current += cost;
    cell.untold += cost;
    spend(cell, cost);
    return answer(cell, policy, at, quota, 0);
  }

  /** Without the database: a fair part of the limit, by what this process let in itself. */
  function takeShare(cell: Cell, at: number, cost: number, share: number, quota: number): Decision {
    const own: Window = { index: cell.index, current: cell.own, previous: cell.ownBefore };
    const wait = waitFor(own, at, cell.policy, share, cost);
    if (wait > 0) return answer(cell, cell.policy, at, quota, wait);
    cell.current += cost;
    cell.untold += cost;
    spend(cell, cost);
    sharing?.note(cell);
    return answer(cell, cell.policy, at, quota, 0);
  }

  async function takeReserved(shared: Sharing, cell: Cell, cost: number, quota: number): Promise<Decision> {
    await shared.reserve(cell, quota, cost);
    const at = now() + shared.skewMs();
    const index = Math.floor(at / cell.policy.windowMs);
    // The block is of the cell that was asked for; at its edge it is spent all the same, and was counted there.
    if (cell.budget >= cost) {
      cell.budget -= cost;
      spend(cell, cost);
      return answer(cell, cell.policy, at, quota, 0);
    }
    if (index > cell.index) roll(cell, index);
    if (shared.cutOff()) return takeShare(cell, at, cost, Math.max(cost, quota / shared.processes()), quota);
    const wait = Math.max(1, waitFor(cell, at, cell.policy, quota, cost));
    cell.emptyUntil = at + Math.max(1, waitFor(cell, at, cell.policy, quota, 1));
    return answer(cell, cell.policy, at, quota, wait);
  }

  function refuse(cell: Cell, policy: Policy, at: number, quota: number, cost: number): Decision {
    return answer(cell, policy, at, quota, Math.max(1, waitFor(cell, at, policy, quota, cost)));
  }

  function answer(cell: Cell, { windowMs }: Policy, at: number, quota: number, wait: number): Decision {
    const left = Math.floor(quota - unitsAt(cell, at, windowMs)) + cell.budget;
    const skew = sharing ? sharing.skewMs() : 0;
    return {
      allowed: wait === 0,
      quota,
      remaining: wait > 0 || left < 0 ? 0 : left,
      resetAt: (wait > 0 ? at + wait : (cell.index + 1) * windowMs) - skew,
      retryAfterMs: wait,
    };
  }

  return {
    take,
    giveBack(policy, subject, cost) {
      const cell = policies.get(policy.name)?.cells.get(subject);
      if (!cell) return;
      cell.own = Math.max(0, cell.own - cost);
      if (sharing && sharing.processes() > 1) {
        cell.budget += cost;
        return;
      }
      cell.current = Math.max(0, cell.current - cost);
      cell.untold = Math.max(0, cell.untold - cost);
    },
    size() {
      let size = 0;
      for (const { cells } of policies.values()) size += cells.size;
      return size;
    },
    *cells() {
      for (const { cells } of policies.values()) yield* cells.values();
    },
  };
}
