/** The pipeline over a real log: order, dedupe across crashes, cursors, a poison event, counts, the live stream. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, type TestWorkspace, testApp } from '../../../test/support/app.ts';
import type { Scope } from '../../db/tx.ts';
import { createEventLog } from '../log/append.ts';
import type { Stage } from '../types.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { pipelineStages } from './stages.ts';

let app: TestApp;
let workspace: TestWorkspace;
let scope: Scope;
let sourceId: string;

beforeAll(async () => {
  app = await testApp();
});

beforeEach(async () => {
  workspace = await newWorkspace(app);
  scope = workspace.scope();
  sourceId = (await app.connections.sources.create(scope, { name: 'Site' })).id;
});

const log = createEventLogOnce();

function createEventLogOnce() {
  let made: ReturnType<typeof createEventLog> | undefined;
  return () => {
    made ??= createEventLog({ db: app.database.db });
    return made;
  };
}

function append(batch: object[]): Promise<void> {
  const header = { ...scope, sourceId, receivedAt: Date.now(), ip: '203.0.113.1', kind: 'batch' as const };
  return log().append({ header, body: Buffer.from(JSON.stringify({ batch })) }, 0xffff, batch.length);
}

function appendText(text: string): Promise<void> {
  const header = { ...scope, sourceId, receivedAt: Date.now(), ip: '203.0.113.1', kind: 'batch' as const };
  return log().append({ header, body: Buffer.from(text) }, 0xffff, 1);
}

/** Stands for arrays within arrays that JSON.stringify could not write. */
const nested = (levels: number) => `nested ${levels}`;

function jsonOfDeep(value: object): string {
  return JSON.stringify(value).replace(/"nested (\d+)"/, (_, levels) => {
    return `{"a":${'['.repeat(Number(levels))}${']'.repeat(Number(levels))}}`;
  });
}

async function running(pipeline: Pipeline, work: () => Promise<void>): Promise<void> {
  pipeline.start();
  try {
    await work();
  } finally {
    await pipeline.stop();
  }
}

const track = (user: string, n: number, extra: object = {}) => ({
  type: 'track',
  event: `e${n}`,
  userId: user,
  messageId: randomUUID(),
  ...extra,
});

const nothing: Stage = { name: 'nothing', run: async () => {} };

function pipelineWith(others: Partial<{ identity: Stage; deliveries: Stage }>, log = pino({ level: 'silent' })) {
  const stages = pipelineStages({ trackingPlans: nothing, identity: app.people.stage, deliveries: nothing, ...others });
  return createPipeline({ db: app.database.db, stages, log });
}

async function names(): Promise<(string | null)[]> {
  const { events } = await app.events.list(scope, { outcome: 'accepted' }, 1_000);
  return events.reverse().map((event) => event.name);
}

describe('the pipeline', () => {
  test('keeps the order of the log, over many appends and batches', async () => {
    const expected: string[] = [];
    for (let n = 0; n < 40; n += 4) {
      await append([0, 1, 2, 3].map((k) => track('u', n + k)));
      for (let k = 0; k < 4; k++) expected.push(`e${n + k}`);
      if (n % 12 === 0) await app.pipeline.runOnce();
    }
    await processEvents(app);
    expect(await names()).toEqual(expected);
  });

  test('what a crash rolled back is done again, once', async () => {
    await append([track('u', 1), track('u', 2)]);
    let crash = true;
    const crashing = pipelineWith({
      deliveries: {
        name: 'crash',
        async run() {
          if (crash) throw new Error('the connection is gone');
        },
      },
    });
    await expect(crashing.runOnce()).rejects.toThrow('gone');
    expect(await names()).toEqual([]);
    crash = false;
    await processEvents(app, crashing);
    await processEvents(app);
    expect(await names()).toEqual(['e1', 'e2']);
  });

  test('two pipelines at the same time process each event once', async () => {
    const pipelines = [pipelineWith({}), pipelineWith({}), pipelineWith({})];
    for (let n = 0; n < 30; n++) await append([track(`u${n % 5}`, n)]);
    await Promise.all(
      pipelines.map(async (pipeline) => {
        for (let turn = 0; turn < 15; turn++) await pipeline.runOnce();
      }),
    );
    await processEvents(app);
    expect((await names()).sort()).toEqual(Array.from({ length: 30 }, (_, n) => `e${n}`).sort());
  });

  test('an event that cannot be processed is refused, visibly, and stops nobody', async () => {
    const poison: Stage = {
      name: 'poison',
      async run(tx, batch) {
        await app.people.stage.run(tx, batch);
        // A value that PostgreSQL refuses with class 22.
        for (const event of batch.events) if (event.name === 'e2') event.payload['bad'] = '\u0000';
      },
    };
    await append([track('u', 1), track('u', 2), track('u', 3)]);
    const pipeline = pipelineWith({ identity: poison });
    pipeline.start();
    while ((await app.events.list(scope, {}, 10)).events.length < 3) await new Promise((done) => setTimeout(done, 20));
    await pipeline.stop();
    const { events } = await app.events.list(scope, {}, 10);
    expect(events.map((event) => [event.name, event.outcome, event.code]).sort()).toEqual([
      ['e1', 'accepted', null],
      ['e2', 'rejected', 'processing_failed'],
      ['e3', 'accepted', null],
    ]);
  });

  test('a damaged row of the log is set aside, and goes through again once it is mended', async () => {
    await append([track('u', 1)]);
    await append([track('u', 2)]);
    await appendText('{"batch":[{"type":"track","secret":"not to be logged');
    await append([track('u', 3)]);
    const { db } = app.database;
    const newest = await sql<{ tx: string; seq: number; body: Buffer }>`
      select tx::text as tx, seq, body from event_log order by seq desc limit 3`.execute(db);
    const second = newest.rows[2];
    if (!second) throw new Error('the log is empty');
    const broken = Buffer.from(second.body);
    broken.fill(0xee, 1);
    await sql`update event_log set body = ${broken} where seq = ${second.seq}`.execute(db);
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    await running(pipelineWith({}, log), async () => {
      await expect.poll(names, { timeout: 10_000 }).toEqual(['e1', 'e3']);
    });
    expect(lines.filter((line) => line.includes('was set aside'))).toHaveLength(2);
    expect(lines.join('')).not.toContain('not to be logged');
    // As docs/operations.md has it.
    await sql`update damaged_log_rows set body = ${second.body} where seq = ${second.seq}`.execute(db);
    await sql`
      with row as (delete from damaged_log_rows where (tx, seq) = (${second.tx}::xid8, ${second.seq}) returning partitions, events, body)
      insert into event_log (partitions, events, body) select * from row`.execute(db);
    await running(pipelineWith({}, log), async () => {
      await expect.poll(names, { timeout: 10_000 }).toEqual(['e1', 'e3', 'e2']);
    });
    const left = await sql<{ reason: string }>`select reason from damaged_log_rows`.execute(db);
    expect(left.rows).toEqual([{ reason: 'entry 0 cannot be read' }]);
    await sql`delete from damaged_log_rows`.execute(db);
  });

  test('an event whose own ids cannot be stored is refused as well, and stops nobody', async () => {
    const bad = [
      { messageId: 'a\u0000b' },
      { messageId: '\ud800' },
      { event: 'half \udc00' },
      { userId: 'u\u0000', properties: nested(50_000) },
    ];
    const texts = bad.map((extra) => jsonOfDeep({ ...track('u', 2), ...extra }));
    const good = JSON.stringify(track('u', 1));
    await appendText(`{"batch":[${[good, ...texts].join(',')}]}`);
    await append([track('u', 3)]);
    await running(pipelineWith({}), async () => {
      await expect.poll(names, { timeout: 10_000 }).toEqual(['e1', 'e3']);
    });
    const { events } = await app.events.list(scope, { outcome: 'rejected' }, 10);
    // The last names nobody: its only id cannot be stored. However deep it nests, that is what is said of it.
    expect(events.map((event) => event.code).sort()).toEqual([
      'no_identifier',
      'processing_failed',
      'processing_failed',
      'processing_failed',
    ]);
  });

  test('a refusal whose fields end in half a character is told of', async () => {
    const messageId = `${'a'.repeat(255)}😀`;
    const header = {
      ...{ ...scope, sourceId, receivedAt: Date.now(), ip: '203.0.113.1', kind: 'batch' as const },
      refused: [[0, 'invalid_field', 'too long'] as const, [1, 'too_deep', 'too deep'] as const],
    };
    const deep = jsonOfDeep({ ...track('u', 2), properties: nested(50_000) });
    const body = Buffer.from(`{"batch":[${JSON.stringify(track('u', 1, { messageId }))},${deep}]}`);
    await log().append({ header, body }, 1, 2);
    await processEvents(app);
    const { events } = await app.events.list(scope, {}, 10);
    expect(events.map((event) => [event.name, event.code])).toEqual([
      ['e2', 'too_deep'],
      ['e1', 'invalid_field'],
    ]);
  });

  test('a failure that is not the fault of an event refuses none', async () => {
    let failures = 3;
    const broken: Stage = {
      name: 'broken',
      async run(tx, batch) {
        await app.people.stage.run(tx, batch);
        if (batch.events.some((event) => event.name === 'e2')) {
          // First the data, so that events are tried one by one; then a full disk, as PostgreSQL says it.
          if (failures > 0 && failures-- === 3) await sql`select 'x'::int`.execute(tx);
          if (failures > 0) await sql`do $$ begin raise exception using errcode = '53100'; end $$`.execute(tx);
        }
      },
    };
    await append([track('u', 1), track('u', 2)]);
    await running(pipelineWith({ identity: broken }), async () => {
      await expect.poll(names, { timeout: 10_000 }).toEqual(['e1', 'e2']);
    });
    expect((await app.events.list(scope, { outcome: 'rejected' }, 10)).events).toEqual([]);
  });

  test('counts each minute by outcome', async () => {
    const event = track('u', 1);
    await append([event, event, track('u', 2)]);
    await processEvents(app);
    const counts = await app.events.counts(scope, 3);
    expect(counts).toHaveLength(3);
    const sum = (key: 'accepted' | 'duplicate' | 'rejected') => counts.reduce((total, row) => total + row[key], 0);
    expect([sum('accepted'), sum('duplicate'), sum('rejected')]).toEqual([2, 1, 0]);
  });

  test('the environments of a workspace do not see each other', async () => {
    await append([track('u', 1)]);
    await processEvents(app);
    expect((await app.events.list(workspace.scope('test'), {}, 10)).events).toEqual([]);
    expect(await app.events.list(scope, { text: 'E1' }, 10)).toMatchObject({ total: 1, events: [{ user_id: 'u' }] });
  });
});

describe('the routes', () => {
  test('list, filter, page and get', async () => {
    const headers = await workspace.keyHeaders({ scopes: ['events:read'] });
    await append(Array.from({ length: 5 }, (_, n) => track(`u${n}`, n)));
    await processEvents(app);
    const get = async (url: string) => (await app.http.inject({ method: 'GET', url, headers })).json();
    const first = await get('/api/v1/events?limit=3');
    expect(first).toMatchObject({ total: 5, items: [{ name: 'e4' }, { name: 'e3' }, { name: 'e2' }] });
    const second = await get(`/api/v1/events?limit=3&cursor=${first.cursor}`);
    expect(second).toMatchObject({ cursor: null, items: [{ name: 'e1' }, { name: 'e0' }] });
    expect(await get('/api/v1/events?q=u3&type=track&outcome=accepted')).toMatchObject({
      total: 1,
      items: [{ name: 'e3' }],
    });
    const id = first.items[0].id;
    expect(await get(`/api/v1/events/${id}`)).toMatchObject({ id, payload: { event: 'e4', userId: 'u4' } });
    expect((await get('/api/v1/events/counts?minutes=10')).items).toHaveLength(10);
    const stranger = await newWorkspace(app);
    const other = await app.http.inject({
      method: 'GET',
      url: `/api/v1/events/${id}`,
      headers: await stranger.keyHeaders(),
    });
    expect(other.statusCode).toBe(404);
  });

  test.each(['limit=0', 'limit=101', 'cursor=nonsense', 'type=x', 'source_id=1', 'q='])(
    'refuses ?%s',
    async (query) => {
      const answer = await app.http.inject({
        method: 'GET',
        url: `/api/v1/events?${query}`,
        headers: await workspace.keyHeaders(),
      });
      expect([answer.statusCode, answer.json().error.code]).toEqual([422, 'validation_error']);
    },
  );
});

describe('the live stream', () => {
  test('tells of new events of its scope only', async () => {
    const seen: string[] = [];
    const end = app.stream.watch(scope, (item) =>
      seen.push(item.kind === 'event' ? (item.event.name ?? '') : item.kind),
    );
    const other = app.stream.watch(workspace.scope('test'), () => seen.push('leak'));
    await new Promise((done) => setTimeout(done, 50));
    await append([track('u', 1), track('u', 2)]);
    await processEvents(app);
    await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['e1', 'e2']);
    end();
    other();
  });
});
