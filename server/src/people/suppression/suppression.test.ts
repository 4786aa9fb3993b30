/** Suppressing and deleting people, for real: what comes back, what is left, what a crash leaves undone. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, type TestWorkspace, testApp } from '../../../test/support/app.ts';
import type { Scope } from '../../db/tx.ts';
import { recordOutcomes } from '../../delivery/queries.ts';
import { createEventLog } from '../../events/log/append.ts';
import { capture } from '../../outbound/sandbox.ts';
import { createEraser } from './erase.ts';
import type { RegulationType } from './types.ts';

const HOOK = { name: 'Hook', url: 'http://127.0.0.1:9/' };

let app: TestApp;
let workspace: TestWorkspace;
let scope: Scope;
let sourceId: string;

beforeAll(async () => {
  app = await testApp();
}, 120_000);

beforeEach(async () => {
  workspace = await newWorkspace(app);
  scope = workspace.scope();
  sourceId = (await app.connections.sources.create(scope, { name: 'Site' })).id;
});

async function append(batch: object[], at: { scope?: Scope; source?: string } = {}): Promise<void> {
  const header = {
    ...(at.scope ?? scope),
    ...{ sourceId: at.source ?? sourceId, receivedAt: Date.now(), ip: '203.0.113.1', kind: 'batch' as const },
  };
  const body = Buffer.from(JSON.stringify({ batch: batch.map((one) => ({ messageId: randomUUID(), ...one })) }));
  await createEventLog({ db: app.database.db }).append({ header, body }, 0xffff, batch.length);
}

async function send(batch: object[], at: { scope?: Scope; source?: string } = {}): Promise<void> {
  await append(batch, at);
  await processEvents(app);
}

async function work(eraser = app.eraser): Promise<void> {
  for (;;) {
    await processEvents(app);
    if (await eraser.runOnce()) continue;
    const { rows } =
      await sql`select from regulations where finished_at is null and workspace_id = ${scope.workspaceId}`.execute(
        app.database.db,
      );
    if (rows.length === 0) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function regulate(type: RegulationType, subjectIds: string[], source: string | null = null): Promise<string> {
  const input = { type, subjectType: 'USER_ID' as const, subjectIds, sourceId: source };
  const { regulation } = await app.regulations.create(scope, input);
  return regulation.id;
}

const track = (event: string, who: object) => ({ type: 'track', event, ...who });

async function names(of: Scope = scope): Promise<(string | null)[]> {
  const { events } = await app.events.list(of, { outcome: 'accepted' }, 100);
  return events.map((event) => event.name ?? event.type).reverse();
}

/** Rows of the workspace, by table. */
async function left(...tables: string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where workspace_id = ${scope.workspaceId}`.execute(
      app.database.db,
    );
    counts[table] = rows[0]?.n ?? 0;
  }
  return counts;
}

describe('a suppressed person', () => {
  beforeEach(async () => {
    const traits = { email: 'ann@example.com' };
    await send([{ type: 'identify', userId: 'ann', anonymousId: 'phone', traits }]);
    await regulate('SUPPRESS_ONLY', ['ann', 'never met']);
    await work();
  });

  test('comes back by none of the ids it is known by, and by no alias', async () => {
    await send([
      track('by id', { userId: 'ann' }),
      track('by browser', { anonymousId: 'phone' }),
      track('by email', { anonymousId: 'new', context: { traits: { email: 'ann@example.com' } } }),
      track('never met', { userId: 'never met', anonymousId: 'other' }),
      { type: 'alias', userId: 'new name', previousId: 'ann' },
      { type: 'alias', userId: 'ann', previousId: 'new name' },
      { type: 'alias', userId: 'new name', previousId: 'phone' },
      { type: 'identify', userId: 'ann', anonymousId: 'tablet' },
    ]);
    await send([track('tablet', { anonymousId: 'tablet' }), track('new name', { userId: 'new name' })]);
    expect(await names()).toEqual(['identify', 'tablet', 'new name']);
    const { people } = await app.people.list(scope, {}, 10);
    expect(people).toHaveLength(3);
    const [ann] = (await app.people.list(scope, { prefix: 'ann' }, 10)).people;
    const { identifiers } = await app.people.get(scope, ann?.id ?? '');
    expect(identifiers.map(({ value }) => value).sort()).toEqual(['ann', 'ann@example.com', 'phone']);
  });

  test('leaves nothing of its events behind, but that there were some', async () => {
    await send([track('secret', { userId: 'ann', properties: { card: '4111' } })]);
    const { events } = await app.events.list(scope, { outcome: 'rejected' }, 10);
    expect(events).toMatchObject([{ code: 'suppressed', message_id: null, user_id: null }]);
    const found = await app.events.get(scope, events[0]?.id ?? 0);
    expect(JSON.stringify(found)).not.toMatch(/4111|"ann"/);
    expect(await left('deliveries')).toEqual({ deliveries: 0 });
    const metrics = await sql<{ step: string }>`
      select step from metric_counts where workspace_id = ${scope.workspaceId} and grain = 'day' order by step`.execute(
      app.database.db,
    );
    expect(metrics.rows.map(({ step }) => step)).toEqual(['filtered', 'received']);
  });

  test('is another than who uses the same browser later', async () => {
    await send([track('bob', { userId: 'bob', anonymousId: 'phone' }), track('later', { anonymousId: 'phone' })]);
    await send([track('later still', { anonymousId: 'phone' })]);
    // Within the batch the browser was still the suppressed one's.
    expect(await names()).toEqual(['identify', 'bob', 'later still']);
  });

  test('is suppressed in its environment only, and until it is unsuppressed', async () => {
    const test = workspace.scope('test');
    const testSource = (await app.connections.sources.create(test, { name: 'Site' })).id;
    await send([track('test', { userId: 'ann' })], { scope: test, source: testSource });
    expect(await names(test)).toEqual(['test']);
    await regulate('UNSUPPRESS', ['ann']);
    await work();
    await send([track('again', { userId: 'ann' })]);
    expect(await names()).toEqual(['identify', 'again']);
  });
});

test('suppressed at one source, a person is taken from others', async () => {
  const other = (await app.connections.sources.create(scope, { name: 'Shop' })).id;
  await regulate('SUPPRESS_ONLY', ['ann'], sourceId);
  await work();
  await send([track('site', { userId: 'ann' })]);
  await send([track('shop', { userId: 'ann' })], { source: other });
  expect(await names()).toEqual(['shop']);
  await regulate('SUPPRESS_ONLY', ['ann', 'bob']);
  await work();
  const undo = await regulate('UNSUPPRESS', ['ann', 'carl'], sourceId);
  await work();
  expect(await app.regulations.get(scope, undo)).toMatchObject({ status: 'PARTIAL_SUCCESS' });
  await send([track('site', { userId: 'ann' })]);
  expect(await names()).toEqual(['shop']);
});

describe('a deleted person', () => {
  async function makeAnn(events: number): Promise<void> {
    await app.connections.destinations.createWebhook(scope, { ...HOOK, sourceId });
    // Two people who become one: the events stand under both profiles.
    await send([track('first', { anonymousId: 'phone' }), track('second', { userId: 'ann' })]);
    await send([{ type: 'identify', userId: 'ann', anonymousId: 'phone', traits: { email: 'ann@example.com' } }]);
    for (let n = 0; n < events; n += 500) {
      await send(Array.from({ length: Math.min(500, events - n) }, (_, k) => track(`e${n + k}`, { userId: 'ann' })));
    }
    await send([
      track('same', { messageId: 'same', userId: 'ann' }),
      track('same', { messageId: 'same', userId: 'ann' }),
    ]);
    await capture(app.database.db, scope, 'http', 'POST', { body: { userId: 'ann', event: 'x' } });
    await capture(app.database.db, scope, 'http', 'POST', { body: { items: [{ customer: { id: 'ann' } }] } });
    await capture(app.database.db, scope, 'email', 'mail', { to: 'Ann@example.com', html: 'x' });
    const [delivery] = await app.database.db
      .selectFrom('deliveries')
      .select('id')
      .where('workspace_id', '=', scope.workspaceId)
      .limit(1)
      .execute();
    const attempt = { startedAt: Date.now(), durationMs: 1, response: 'hello Ann' };
    const outcome = { id: delivery?.id ?? 0, state: 'delivered' as const, attempts: 1, nextAttemptAt: null, attempt };
    await recordOutcomes(app.database.db, [{ ...outcome, status: 200, error: null }], Date.now());
  }

  async function makeBob(): Promise<void> {
    const same = track('bob', { userId: 'bob', anonymousId: 'laptop', messageId: 'b' });
    await send([same, same]);
    await capture(app.database.db, scope, 'http', 'POST', { body: { userId: 'bob' } });
  }

  const TABLES = ['events', 'deliveries', 'refused_events', 'sandbox_items', 'profiles', 'identifiers', 'month_people'];
  const BOB = {
    ...{ events: 1, deliveries: 1, refused_events: 1, sandbox_items: 1 },
    ...{ profiles: 1, identifiers: 2, month_people: 2 },
  };
  const WORK = { regulation_people: 0, regulation_traces: 0 };

  test('is gone from everywhere, and nobody else is', async () => {
    await makeAnn(20);
    await makeBob();
    const id = await regulate('DELETE_INTERNAL', ['ann', 'nobody']);
    await work();
    expect(await app.regulations.get(scope, id)).toMatchObject({ status: 'FINISHED', finished_at: expect.any(Date) });
    expect(await left(...TABLES)).toEqual(BOB);
    expect(await left(...Object.keys(WORK))).toEqual(WORK);
    const attempts = await sql`select from delivery_attempts a join deliveries d on d.id = a.delivery_id
      where d.workspace_id = ${scope.workspaceId}`.execute(app.database.db);
    expect(attempts.rows).toEqual([]);
    // Not suppressed: a new event makes a new person.
    await send([track('new', { userId: 'ann' })]);
    expect(await names()).toEqual(['bob', 'new']);
  });

  test('is gone also where events still waited in the log, and does not come back when suppressed', async () => {
    await makeAnn(0);
    await append([track('waiting', { userId: 'ann' })]);
    await regulate('SUPPRESS_WITH_DELETE_INTERNAL', ['ann']);
    await app.eraser.runOnce();
    await app.eraser.runOnce();
    await app.eraser.runOnce();
    // It waits for the log.
    expect((await left('profiles'))['profiles']).toBeGreaterThan(0);
    await work();
    await send([track('after', { userId: 'ann' })]);
    expect(await names()).toEqual([]);
    expect(await left('profiles', 'events', 'identifiers')).toEqual({ profiles: 0, events: 0, identifiers: 0 });
  });

  test('is deleted to the end by whoever goes on after a crash, and by several at once', async () => {
    await makeAnn(1_200);
    await makeBob();
    const { db } = app.database;
    const log = pino({ level: 'silent' });
    const crash = createEraser({
      db,
      log,
      onErase: [
        () => {
          throw new Error('the connection is gone');
        },
      ],
    });
    const id = await regulate('DELETE_ONLY', ['ann']);
    for (let step = 0; step < 3; step++) await crash.runOnce();
    expect(await app.regulations.get(scope, id)).toMatchObject({ status: 'RUNNING', stage: 'people', tries: 1 });
    const before = await left(...TABLES);
    expect(before['profiles']).toBe(3);
    await sql`update regulations set not_before = now() where id = ${id}`.execute(db);
    // Pieces are bounded: one does not delete them all.
    const erasers = [createEraser({ db, log }), createEraser({ db, log })];
    for (let step = 0; step < 2; step++) await Promise.all(erasers.map((eraser) => eraser.runOnce()));
    expect((await left('events'))['events']).toBeGreaterThan(1);
    await work(erasers[0]);
    expect(await left(...TABLES)).toEqual(BOB);
    expect(await left(...Object.keys(WORK))).toEqual(WORK);
  });

  test('from one source keeps what others sent; without any of that the profile goes too', async () => {
    const other = (await app.connections.sources.create(scope, { name: 'Shop' })).id;
    await send([track('site', { userId: 'ann' }), track('site', { userId: 'bob' })]);
    await send([track('shop', { userId: 'ann' })], { source: other });
    await regulate('DELETE_INTERNAL', ['ann', 'bob'], sourceId);
    await work();
    expect(await names()).toEqual(['shop']);
    expect((await app.people.list(scope, {}, 10)).people).toHaveLength(1);
    await send([track('site', { userId: 'ann', anonymousId: 'phone' })]);
    const input = {
      type: 'DELETE_ARCHIVE_ONLY',
      subjectType: 'ANONYMOUS_ID',
      subjectIds: ['phone'],
      sourceId,
    } as const;
    await app.regulations.create(scope, input);
    await work();
    expect(await names()).toEqual(['shop']);
    expect((await app.people.list(scope, {}, 10)).people).toHaveLength(1);
  });

  test('a regulation that keeps failing ends as failed and holds up no other', async () => {
    const { db } = app.database;
    const broken = createEraser({
      db,
      log: pino({ level: 'silent' }),
      onErase: [
        () => {
          throw new Error('always');
        },
      ],
    });
    await send([track('x', { userId: 'ann' })]);
    const failing = await regulate('DELETE_ONLY', ['ann']);
    const fine = await regulate('SUPPRESS_ONLY', ['bob']);
    for (let step = 0; step < 20; step++) {
      await sql`update regulations set not_before = now() where id = ${failing}`.execute(db);
      await broken.runOnce();
    }
    expect(await app.regulations.get(scope, fine)).toMatchObject({ status: 'FINISHED' });
    expect(await app.regulations.get(scope, failing)).toMatchObject({ status: 'FAILED', error: expect.any(String) });
    expect(await names()).toEqual(['x']);
  });
});
