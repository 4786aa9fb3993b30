/**
 * Who a definition holds for, a slice at a time: each statement looks at a bounded number of people or accounts and hands
 * back where it stopped. A slice is short whatever the definition is; between two of them the database serves others.
 *
 * People are walked by the identifiers that make them count (contract §1.9, filterByExternalIds), in the order of the
 * primary key; nobody counts twice. Accounts are walked by the ids that group events named.
 */
import { sql } from 'kysely';
import type { Executor, Scope } from '../../../db/tx.ts';
import type { Condition } from '../ast.ts';
import { type createCompiler, profilesOf } from './compile.ts';
import type { Sql } from './values.ts';

export interface SliceRequest {
  readonly scope: Scope;
  readonly compiler: ReturnType<typeof createCompiler>;
  readonly root: Condition;
  /** Rows to look at. */
  readonly size: number;
  /** How many of those found are named. */
  readonly sample: number;
  /** Where the slice before stopped; null: the beginning. */
  readonly after: string | null;
}

export interface Slice {
  /** Rows looked at; fewer than asked for: that was the last slice. */
  seen: number;
  last: string | null;
  hits: number;
  /** Ids of people, or of accounts. */
  sample: string[];
}

/** @param types of identifiers, of which a person must have one; this slice walks the one at `place`. */
export async function slicePeople(
  db: Executor,
  { types, place, ...request }: SliceRequest & { types: readonly string[]; place: number },
): Promise<Slice> {
  const { scope, after, size } = request;
  const own = sql`i.workspace_id = ${scope.workspaceId} and i.environment = ${scope.environment} and i.type = ${types[place] ?? ''}`;
  const from = after === null ? sql`` : sql`and i.value > ${after}`;
  return await slice(db, request, {
    walked: sql`select i.value as key, i.profile_id from identifiers i where ${own} ${from} order by i.value limit ${size}::int`,
    // Somebody with several identifiers counts at the first of them. Written so that rows are looked up by their index
    // one by one: joins would have the planner read whole tables for every slice.
    chosen: sql`select w.profile_id as id from walked w
      where (select true from identifiers f where f.profile_id = w.profile_id
        and (f.type = any(${types.slice(0, place)}::text[]) or (f.type = ${types[place] ?? ''} and f.value < w.key)) limit 1) is null`,
    rows: sql`select p.id, p.traits, ${profilesOf(sql`p.id`)} as profiles from chosen c
      cross join lateral (select p.id, p.traits from profiles p where p.id = c.id offset 0) p`,
    accounts: false,
  });
}

/** Newest group events of an account that tell its traits and its people. */
const MOST_GROUP_EVENTS = 10_000;

export async function sliceAccounts(db: Executor, request: SliceRequest): Promise<Slice> {
  const { scope, after, size } = request;
  const own = sql`e.workspace_id = ${scope.workspaceId} and e.environment = ${scope.environment} and e.type = 'group'`;
  const key = sql`left(e.payload ->> 'groupId', 512)`;
  const from = after === null ? sql`` : sql`and ${key} > ${after}`;
  const said = sql`select e.profile_id, e.payload -> 'traits' as traits, e.occurred_at, e.id from events e
    where ${own} and ${key} = w.key order by e.id desc limit ${MOST_GROUP_EVENTS}::int`;
  return await slice(db, request, {
    walked: sql`select distinct ${key} as key from events e where ${own} and ${key} is not null ${from} order by 1 limit ${size}::int`,
    chosen: sql`select w.key from walked w`,
    rows: sql`select w.key as id, coalesce(t.traits, '{}') as traits, m.members,
        array(select q from unnest(m.members) u(id) cross join lateral unnest(${profilesOf(sql`u.id`)}) q) as profiles
      from chosen w
      cross join lateral (select array(select distinct coalesce(p.merged_into, p.id)
        from (${said}) g join profiles p on p.id = g.profile_id) as members) m
      cross join lateral (select jsonb_object_agg(n.key, n.value) as traits from (
        select distinct on (k.key) k.key, k.value from (${said}) g
        cross join lateral jsonb_each(case jsonb_typeof(g.traits) when 'object' then g.traits else '{}' end) k
        order by k.key, g.occurred_at desc, g.id desc) n) t`,
    accounts: true,
  });
}

async function slice(
  db: Executor,
  { compiler, root, sample }: SliceRequest,
  { walked, chosen, rows, accounts }: { walked: Sql; chosen: Sql; rows: Sql; accounts: boolean },
): Promise<Slice> {
  const condition = compiler.condition(root, {
    traits: sql`s.traits`,
    profiles: sql`s.profiles`,
    ...(accounts && { members: sql`s.members` }),
  });
  // The rows are no table of their own: what the condition does not ask for is not worked out.
  const found = await sql<Slice>`
    with walked as materialized (${walked}),
      chosen as materialized (${chosen}),
      hits as materialized (select s.id::text as id from (${rows}) s where ${condition})
    select (select count(*)::int from walked) as seen, (select key from walked order by key desc limit 1) as last,
      (select count(*)::int from hits) as hits, array(select id from hits limit ${sample}::int) as sample`.execute(db);
  return found.rows[0] ?? { seen: 0, last: null, hits: 0, sample: [] };
}
