/** What a connection that broke leaves behind. */
import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../test/support/app.ts';
import { type Context, withContext } from '../context.ts';
import { newId } from '../ids.ts';

test('a connection that breaks within a request leaves neither its workspace nor its transaction to the next one', async () => {
  const app = await testApp();
  const { pool } = app.database;
  const { workspace } = await newWorkspace(app);
  const actor = { kind: 'user', id: newId(), label: 'somebody' } as const;
  const context: Context = {
    workspaceId: workspace.id,
    actor,
    ip: null,
    userAgent: null,
    requestId: null,
    ambient: null,
  };
  const whoAmI = "select current_user as role, current_setting('headgate.workspace', true) as workspace";
  const [system] = (await pool.query(whoAmI)).rows;
  expect(system.role).not.toBe('headgate_app');
  for (const breaks of [false, true]) {
    await withContext(context, async () => {
      const client = await pool.connect();
      await client.query('begin');
      if (breaks) await expect(client.query('select 1 / 0')).rejects.toThrow();
      else await client.query('select 1');
      client.release(new Error('broken'));
    });
    // As many as the pool may hold, so that the one that replaces the broken one is among them.
    const clients = await Promise.all(Array.from({ length: pool.options.max ?? 10 }, () => pool.connect()));
    for (const client of clients) {
      const { rows } = await client.query(whoAmI);
      client.release();
      expect(rows).toEqual([{ role: system.role, workspace: '' }]);
    }
  }
});
