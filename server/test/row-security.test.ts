/**
 * The second wall between workspaces: a query that forgets its `where` sees the caller's workspace and no other, in a
 * request and in whatever a request starts.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, withContext } from '../src/context.ts';
import { inTransaction } from '../src/db/tx.ts';
import { newId } from '../src/ids.ts';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from './support/app.ts';
import { newVictim, type Victim } from './support/tenants.ts';

let app: TestApp;
let victim: Victim;
let own: TestWorkspace;

beforeAll(async () => {
  app = await buildApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
  victim = await newVictim(app);
  own = await newWorkspace(app);
});

afterAll(() => app.stop());

function contextOf(workspaceId: string): Context {
  const actor = { kind: 'user', id: newId(), label: 'somebody' } as const;
  return { workspaceId, actor, ip: null, userAgent: null, requestId: null, ambient: null };
}

/** Tables with rows of workspaces. */
async function tables(): Promise<{ name: string; confined: boolean; granted: boolean; column: boolean }[]> {
  const { rows } = await sql<{ name: string; confined: boolean; granted: boolean; column: boolean }>`
    select c.relname as name, c.relrowsecurity and not c.relforcerowsecurity as confined,
           has_table_privilege('headgate_app', c.oid, 'select') as granted,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id') as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`.execute(
    app.database.db,
  );
  return rows;
}

/** Counters that belong to nobody. */
const OPEN = ['access_revision', 'connections_revision'];

test('every table with a workspace_id is confined, and nothing else can be read but what is listed', async () => {
  for (const table of await tables()) {
    if (table.column) expect(table, table.name).toMatchObject({ confined: true });
    if (table.granted && !OPEN.includes(table.name)) expect(table, table.name).toMatchObject({ confined: true });
  }
});

describe('a query without a where', () => {
  test('sees no row of another workspace, in any table', async () => {
    const context = contextOf(own.workspace.id);
    for (const { name, granted } of await tables()) {
      if (!granted || OPEN.includes(name)) continue;
      const { rows } = await withContext(context, () =>
        sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(app.database.db),
      );
      const foreign = rows.filter(
        ({ row }) => row.includes(victim.marker) || row.includes(victim.workspace.workspace.id),
      );
      expect(foreign, name).toEqual([]);
    }
  });

  test('sees the rows of its own', async () => {
    const context = contextOf(victim.workspace.workspace.id);
    for (const name of ['sources', 'destinations', 'events', 'profiles', 'deliveries', 'templates', 'messages']) {
      const { rows } = await withContext(context, () => sql`select 1 from ${sql.table(name)}`.execute(app.database.db));
      expect(rows.length, name).toBeGreaterThan(0);
    }
  });

  test('changes and deletes no row of another workspace, and plants none there', async () => {
    const { db } = app.database;
    const context = contextOf(own.workspace.id);
    await withContext(context, () => sql`update sources set name = 'taken'`.execute(db));
    await withContext(context, () => sql`delete from templates`.execute(db));
    await expect(
      withContext(context, () =>
        inTransaction(db, (tx) =>
          tx
            .insertInto('sandbox_items')
            .values({
              workspace_id: victim.workspace.workspace.id,
              environment: 'live',
              kind: 'email',
              summary: '',
              content: '{}',
            })
            .execute(),
        ),
      ),
    ).rejects.toThrow(/row-level security/);
    const answer = await app.http.inject({ url: `/api/v1/sources/${victim.ids.source}`, headers: victim.own });
    expect(answer.json()).toMatchObject({ name: victim.marker });
    const template = await app.http.inject({ url: `/api/v1/templates/${victim.ids.template}`, headers: victim.own });
    expect(template.statusCode).toBe(200);
  });

  test('sees nothing at all when the workspace is one that does not exist', async () => {
    const { rows } = await withContext(contextOf(newId()), () =>
      sql`select 1 from workspaces union all select 1 from api_keys`.execute(app.database.db),
    );
    expect(rows).toEqual([]);
  });

  test('cannot read passwords and sessions, not even those of its own workspace', async () => {
    for (const query of [sql`select password_hash from users`, sql`select * from refresh_tokens`]) {
      await expect(withContext(contextOf(own.workspace.id), () => query.execute(app.database.db))).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});

test('a connection that was confined is not so for the next who takes it', async () => {
  const { db } = app.database;
  for (let n = 0; n < 30; n++) {
    await Promise.all([
      withContext(contextOf(own.workspace.id), () => sql`select 1 from workspaces`.execute(db)),
      sql`select 1 from workspaces`.execute(db),
    ]).then(([mine, all]) => {
      expect(mine.rows).toHaveLength(1);
      expect(all.rows.length).toBeGreaterThan(1);
    });
  }
});
