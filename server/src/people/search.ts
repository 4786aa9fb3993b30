/** Reading people: lists, one person, the profiles that were merged into one. All SQL beside the identity stage's. */
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Scope } from '../db/tx.ts';

export interface PersonRow {
  id: string;
  traits: Record<string, unknown>;
  first_seen_at: Date;
  last_seen_at: Date;
  /** The newest of its kind. */
  user_id: string | null;
  email: string | null;
  identifiers_count: number;
}

const COLUMNS = sql`p.id, p.traits, p.first_seen_at, p.last_seen_at, ${newest('user_id')} as user_id,
  ${newest('email')} as email, (select count(*) from identifiers i where i.profile_id = p.id) as identifiers_count`;

function newest(type: string): RawBuilder<string | null> {
  return sql`(select i.value from identifiers i where i.profile_id = p.id and i.type = ${type}
    order by i.created_at desc, i.value limit 1)`;
}

export interface PeopleFilter {
  /** Start of an identifier's value; letters of an email's case do not matter. */
  readonly prefix?: string | undefined;
  /** Last row of the page before. */
  readonly after?: { readonly lastSeen: Date; readonly id: string } | undefined;
}

function where(scope: Scope, { prefix, after }: PeopleFilter): RawBuilder<unknown> {
  const conditions = [
    sql`p.workspace_id = ${scope.workspaceId} and p.environment = ${scope.environment} and p.merged_into is null`,
  ];
  if (prefix !== undefined) {
    // Emails are kept in lower case.
    const patterns = [...new Set([prefix, prefix.toLowerCase()])].map((text) => `${text.replace(/[\\%_]/g, '\\$&')}%`);
    const matches = patterns.map((pattern) => sql`i.value like ${pattern}`);
    conditions.push(sql`p.id in (select i.profile_id from identifiers i where i.workspace_id = ${scope.workspaceId}
      and i.environment = ${scope.environment} and (${sql.join(matches, sql` or `)}))`);
  }
  if (after) conditions.push(sql`(p.last_seen_at, p.id) < (${after.lastSeen}, ${after.id})`);
  return sql.join(conditions, sql` and `);
}

/** Last seen first. */
export async function listPeople(
  db: Executor,
  scope: Scope,
  filter: PeopleFilter,
  limit: number,
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select ${COLUMNS} from profiles p where ${where(scope, filter)}
    order by p.last_seen_at desc, p.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Exact up to `most`: counting on would read the whole index on every page. */
export async function countPeople(db: Executor, scope: Scope, filter: PeopleFilter, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from (select from profiles p where ${where(scope, filter)} limit ${most}) counted`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The person an id stands for, also one that was merged away. */
export async function findPerson(db: Executor, scope: Scope, id: string): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`
    select ${COLUMNS} from profiles p
    where p.id = (select coalesce(merged_into, id) from profiles where id = ${id}
      and workspace_id = ${scope.workspaceId} and environment = ${scope.environment})`.execute(db);
  return rows[0] ?? null;
}

export async function identifiersOfPerson(
  db: Executor,
  id: string,
  limit: number,
): Promise<{ type: string; value: string }[]> {
  return db
    .selectFrom('identifiers')
    .select(['type', 'value'])
    .where('profile_id', '=', id)
    .orderBy('type')
    .orderBy('created_at', 'desc')
    .orderBy('value')
    .limit(limit)
    .execute();
}

/** The person's own profile and every one merged into it: events keep the profile they came with. */
export async function profileIdsOfPerson(db: Executor, scope: Scope, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with root as (select coalesce(merged_into, id) as id from profiles where id = ${id}
      and workspace_id = ${scope.workspaceId} and environment = ${scope.environment})
    select id from root union all select p.id from profiles p join root on p.merged_into = root.id`.execute(db);
  return rows.map((row) => row.id);
}
