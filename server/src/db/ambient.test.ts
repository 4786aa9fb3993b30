/** A request's transaction: all or nothing, over services that know nothing of it. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../test/support/app.ts';
import { afterCommit, type Context, withContext } from '../context.ts';
import type { OpenTransaction } from './ambient.ts';
import { inTransaction } from './tx.ts';

async function inAmbient(
  work: (parts: { transaction: OpenTransaction; source(name: string): Promise<unknown> }) => Promise<void>,
) {
  const app = await testApp();
  const workspace = await newWorkspace(app);
  const actor = { kind: 'system', id: null, label: 'test' } as const;
  const context: Context = {
    workspaceId: workspace.workspace.id,
    actor,
    ip: null,
    userAgent: null,
    requestId: null,
    ambient: null,
  };
  const scope = workspace.scope();
  await withContext(context, async () => {
    const transaction = await app.database.openAmbient(context);
    try {
      await work({ transaction, source: (name) => app.connections.sources.create(scope, { name }) });
    } finally {
      await transaction.rollback();
    }
  });
  const { rows } = await app.connections.sources.list(scope, { limit: 100, before: null });
  return rows.map((row) => row.name).sort();
}

test('what services committed inside is there after the commit', async () => {
  const names = await inAmbient(async ({ transaction, source }) => {
    await source('a');
    await source('b');
    await transaction.commit();
  });
  expect(names).toEqual(['a', 'b']);
});

test('and not when it is rolled back; nor does what waited for the commit run', async () => {
  let ran = false;
  const names = await inAmbient(async ({ transaction, source }) => {
    await source('a');
    await afterCommit(() => {
      ran = true;
    });
    await transaction.rollback();
  });
  expect(names).toEqual([]);
  expect(ran).toBe(false);
});

test('what waited runs after the commit, outside of the request', async () => {
  const order: string[] = [];
  await inAmbient(async ({ transaction, source }) => {
    await source('a');
    await afterCommit(() => order.push('after'));
    order.push('before');
    await transaction.commit();
  });
  expect(order).toEqual(['before', 'after']);
});

test('what fails after the commit neither undoes it nor keeps the rest from running', async () => {
  const order: string[] = [];
  const names = await inAmbient(async ({ transaction, source }) => {
    await source('a');
    await afterCommit(() => {
      throw new Error('the memory of this process could not be renewed');
    });
    await afterCommit(() => order.push('woken'));
    await transaction.commit();
  });
  expect(names).toEqual(['a']);
  expect(order).toEqual(['woken']);
});

test('a service whose transaction fails undoes its own work only', async () => {
  const app = await testApp();
  const names = await inAmbient(async ({ transaction, source }) => {
    await source('kept');
    await expect(
      app.database.db.transaction().execute(async (tx) => {
        await sql`update sources set name = 'lost'`.execute(tx);
        await sql`select 1/0`.execute(tx);
      }),
    ).rejects.toThrow(/division by zero/);
    await transaction.commit();
  });
  expect(names).toEqual(['kept']);
});

test('what follows a change waits for the transaction it was made in, and is dropped when that fails', async () => {
  const app = await testApp();
  const order: string[] = [];
  await inTransaction(app.database.db, async (tx) => {
    await afterCommit(() => order.push('after'));
    await sql`select 1`.execute(tx);
    order.push('last statement');
  });
  await expect(
    inTransaction(app.database.db, async () => {
      await afterCommit(() => order.push('never'));
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  await afterCommit(() => order.push('at once'));
  expect(order).toEqual(['last statement', 'after', 'at once']);
});

test('within a request it waits for the request as well', async () => {
  const app = await testApp();
  const order: string[] = [];
  await inAmbient(async ({ transaction }) => {
    await inTransaction(app.database.db, async () => {
      await afterCommit(() => order.push('after'));
    });
    order.push('service done');
    await transaction.commit();
  });
  expect(order).toEqual(['service done', 'after']);
});
