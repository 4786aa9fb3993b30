/**
 * Counts who a definition holds for. The work is cut into slices that take about SLICE_MS each, so that whatever somebody
 * asks for, events and requests get their turn: the embedded engine runs one statement at a time and cannot break one off.
 * A server breaks a slice off after STATEMENT_MS; it is tried again with fewer people. What one person can cost is bounded
 * by the number of events that are looked at.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../db/open.ts';
import { type Executor, type Scope, sqlState } from '../../db/tx.ts';
import { CannotCount } from '../definitions.ts';
import type { Condition } from '../query/ast.ts';
import { createCompiler, type Named } from '../query/sql/compile.ts';
import { type Slice, sliceAccounts, slicePeople } from '../query/sql/slices.ts';

/** What a statement should take. */
const SLICE_MS = { embedded: 80, server: 300 };
const STATEMENT_MS = 10_000;
const FIRST_SLICE = 100;
const LARGEST_SLICE = 5_000;
/** Fewer would cost more in planning than in looking; only a slice that took long goes below. */
const SMALL_SLICE = 250;
const LONG_MS = 1_000;
/** Lets those who wait for the one connection of the embedded engine have it. */
const PAUSE_MS = 2;
/** People that a preview names (contract: "sampled"). */
const SAMPLE = 100;
/** Newest events of a person that count, by how many event() stand within one another: their product is the work. */
const MOST_EVENTS = [20_000, 20_000, 1_000, 150] as const;

export interface Asked {
  readonly scope: Scope;
  readonly root: Condition;
  readonly accounts: boolean;
  readonly now: Date;
  readonly since: Date | null;
  /** Kinds of identifiers of which a person must have one. */
  readonly externalIds: readonly string[];
  readonly named: ReadonlyMap<string, Named>;
}

export async function countMembers(
  database: Pick<Database, 'db' | 'kind'>,
  asked: Asked,
  parts: {
    sourceId: (text: string) => string | null;
    /** Called between slices; what it throws ends the count. */
    onSlice: () => Promise<void>;
  },
): Promise<{ size: number; sample: string[] }> {
  const { db, kind } = database;
  const compilerFor = (depth: number) =>
    createCompiler({ ...asked, sourceId: parts.sourceId, mostEvents: MOST_EVENTS[depth] ?? 0 });
  const measure = compilerFor(0);
  const row = { traits: sql`s.traits`, profiles: sql`s.profiles` };
  measure.condition(asked.root, asked.accounts ? { ...row, members: sql`s.members` } : row);
  const depth = measure.depth();

  let size = FIRST_SLICE;
  let hits = 0;
  const sample: string[] = [];

  /** One walk, from its beginning to its end. */
  async function walk(read: (executor: Executor, after: string | null, size: number) => Promise<Slice>): Promise<void> {
    let after: string | null = null;
    for (;;) {
      const asking = size;
      const start = performance.now();
      const from = after;
      const found = await bounded((executor) => read(executor, from, asking));
      if (found === null) {
        if (asking === 1) throw new CannotCount('One person takes longer than a statement may: ask for fewer events.');
        size = Math.max(1, Math.floor(asking / 8));
        continue;
      }
      hits += found.hits;
      sample.push(...found.sample.slice(0, SAMPLE - sample.length));
      if (found.seen < asking) return;
      after = found.last;
      const took = Math.max(1, performance.now() - start);
      const fitting = Math.floor(asking * Math.min(4, SLICE_MS[kind] / took));
      size = Math.min(LARGEST_SLICE, Math.max(took > LONG_MS ? 1 : SMALL_SLICE, fitting));
      await parts.onSlice();
      await sleep(PAUSE_MS);
    }
  }

  /** @returns null when the statement was broken off. */
  async function bounded(read: (executor: Executor) => Promise<Slice>): Promise<Slice | null> {
    // The embedded engine has no clock to break a statement off by.
    if (kind === 'embedded') return await read(db);
    try {
      return await db.transaction().execute(async (tx) => {
        // Compiling a statement to machine code takes longer than a slice.
        await sql.raw(`set local statement_timeout = ${STATEMENT_MS}; set local jit = off`).execute(tx);
        return await read(tx);
      });
    } catch (error) {
      if (sqlState(error) === QUERY_CANCELED) return null;
      throw error;
    }
  }

  const { scope, root, externalIds: types } = asked;
  const request = (after: string | null, wanted: number) => ({
    ...{ scope, root, after, size: wanted, sample: SAMPLE },
    compiler: compilerFor(depth),
  });
  if (asked.accounts) await walk((executor, after, wanted) => sliceAccounts(executor, request(after, wanted)));
  else {
    for (const place of types.keys()) {
      await walk((executor, after, wanted) => slicePeople(executor, { ...request(after, wanted), types, place }));
    }
  }
  return { size: hits, sample };
}

const QUERY_CANCELED = '57014';
