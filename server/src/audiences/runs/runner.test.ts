/** The queue: what survives a process, what is given up, what a definition that cannot be counted says; accounts; schedules. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newDatabase, newScope } from '../../../test/support/database.ts';
import type { Database } from '../../db/open.ts';
import type { Scope } from '../../db/tx.ts';
import { newId } from '../../ids.ts';
import { type AudienceService, createAudienceService } from '../service.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;

let database: Database;
let scope: Scope;
let clock: number;
let service: AudienceService;
// Below those of the sequence, which the pipeline takes.
let eventId = -1_000_000_000;
const errors: unknown[] = [];

// Alone: a runner takes what waits of everybody.
beforeAll(async () => {
  database = await newDatabase();
  return () => database.close();
});

beforeEach(async () => {
  clock = START;
  scope = await newScope(database);
  service = newService();
});

function newService(): AudienceService {
  const log = { warn: () => {}, error: (...line: unknown[]) => errors.push(line) };
  return createAudienceService({ database, log, now: () => new Date(clock), sourceId: () => null });
}

async function person(traits: object, types: readonly string[] = ['user_id']): Promise<string> {
  const id = newId();
  const { workspaceId: workspace_id, environment } = scope;
  const at = new Date(clock);
  await database.db
    .insertInto('profiles')
    .values({ id, workspace_id, environment, traits: JSON.stringify(traits), first_seen_at: at, last_seen_at: at })
    .execute();
  await database.db
    .insertInto('identifiers')
    .values(types.map((type) => ({ workspace_id, environment, type, value: `${type} ${id}`, profile_id: id })))
    .execute();
  return id;
}

async function happened(
  profile_id: string,
  parts: { type?: string; name?: string; payload?: object; daysAgo?: number },
) {
  const { type = 'track', name = null, payload = {}, daysAgo = 0 } = parts;
  const at = new Date(clock - daysAgo * 86_400_000);
  await database.db
    .insertInto('events')
    .values({
      ...{ workspace_id: scope.workspaceId, environment: scope.environment },
      ...{ id: ++eventId, source_id: newId(), message_id: `m${eventId}`, type, name, profile_id },
      ...{ user_id: null, anonymous_id: null, occurred_at: at, received_at: at, payload: JSON.stringify(payload) },
    })
    .execute();
}

async function preview(query: string, rest: Partial<Parameters<AudienceService['previews']['create']>[1]> = {}) {
  const { id } = await service.previews.create(scope, { type: 'USERS', query, ...rest }, { metered: true });
  return id;
}

async function counted(query: string, rest: Parameters<typeof preview>[1] = {}) {
  const id = await preview(query, rest);
  await service.runner.runAll();
  return await service.previews.get(scope, id);
}

test('only people with one of the asked identifiers count, each once', async () => {
  await person({ plan: 'a' }, ['user_id', 'email', 'anonymous_id']);
  await person({ plan: 'a' }, ['email']);
  await person({ plan: 'a' }, ['anonymous_id']);
  await person({ plan: 'a' }, ['android.idfa', 'ios.idfa']);
  const query = `trait('plan') = 'a'`;
  expect((await counted(query)).size).toBe(3);
  expect((await counted(query, { options: { filterByExternalIds: ['anonymous_id'] } })).size).toBe(2);
  const all = await counted(query, { options: { filterByExternalIds: ['email', 'email', 'anonymous_id', 'user_id'] } });
  expect([all.size, all.options]).toEqual([3, { filterByExternalIds: ['email', 'anonymous_id', 'user_id'] }]);
});

test('more people than a slice holds are all counted, and a hundred are named', async () => {
  const { workspaceId, environment } = scope;
  const ids = Array.from({ length: 730 }, () => newId());
  const at = new Date(clock);
  await database.db
    .insertInto('profiles')
    .values(
      ids.map((id, n) => ({
        ...{ id, workspace_id: workspaceId, environment, first_seen_at: at, last_seen_at: at },
        traits: JSON.stringify({ even: n % 2 === 0 }),
      })),
    )
    .execute();
  await database.db
    .insertInto('identifiers')
    .values(
      ids.map((profile_id) => ({
        ...{ workspace_id: workspaceId, environment, type: 'user_id', value: profile_id, profile_id },
      })),
    )
    .execute();
  const { size, results } = await counted(`trait('even') = true`);
  expect([size, new Set(results).size]).toEqual([365, 100]);
});

test('events before the asked days do not count', async () => {
  const id = await person({});
  await happened(id, { name: 'Paid', daysAgo: 3 });
  await happened(id, { name: 'Paid', daysAgo: 1 });
  const query = `event('Paid').count() = 2`;
  expect((await counted(query)).size).toBe(1);
  expect((await counted(query, { options: { backfillEventDataDays: 2 } })).size).toBe(0);
});

describe('accounts', () => {
  test('have the newest traits that group events named, and the people who named them', async () => {
    const [ada, bob, eve] = [await person({ admin: true }), await person({}), await person({ admin: true })];
    const group = (id: string, groupId: unknown, traits: unknown, daysAgo: number) =>
      happened(id, { type: 'group', payload: { groupId, traits }, daysAgo });
    await group(ada, 'acme', { seats: 1, city: 'Oslo' }, 5);
    await group(bob, 'acme', { seats: 7 }, 1);
    await group(ada, 'acme', { seats: 2 }, 3);
    await group(eve, 'solo', null, 1);
    await group(eve, 'x'.repeat(5_000), [], 1);
    await happened(ada, { name: 'Login' });
    await happened(bob, { name: 'Login' });
    const members = async (query: string) => {
      const { results, failure } = await counted(query, { type: 'ACCOUNTS' });
      expect(failure).toBeNull();
      return (results ?? []).map((id) => id.slice(0, 10)).sort();
    };
    expect(await members(`trait('seats') = 7 AND trait('city') = 'Oslo'`)).toEqual(['acme']);
    expect(await members(`trait('seats').absent()`)).toEqual(['solo', 'xxxxxxxxxx']);
    expect(await members(`event('Login').count() = 2`)).toEqual(['acme']);
    expect(await members(`ANY trait('admin') = true`)).toEqual(['acme', 'solo', 'xxxxxxxxxx']);
    expect(await members(`ALL trait('admin') = true`)).toEqual(['solo', 'xxxxxxxxxx']);
    expect(await members(`ALL event('Login').count() = 1 AND NOT trait('seats') = 5`)).toEqual(['acme']);
    expect(await members(`ALL NOT trait('admin') = true`)).toEqual([]);
  });
});

describe('a run', () => {
  test('that a process left behind is taken again when its claim is over, and given up after three', async () => {
    await person({ plan: 'a' });
    const id = await preview(`trait('plan') = 'a'`);
    const begin = (attempts: number) =>
      database.db
        .updateTable('audience_runs')
        .set({ attempts, claimed_until: new Date(clock + MINUTE) })
        .where('id', '=', id)
        .execute();
    await begin(1);
    const next = newService();
    expect(await next.runner.runAll()).toBe(0);
    expect((await service.previews.get(scope, id)).state).toBe('running');
    clock += 2 * MINUTE;
    expect(await next.runner.runAll()).toBe(1);
    expect(await service.previews.get(scope, id)).toMatchObject({ state: 'completed', size: 1 });

    const lost = await preview(`trait('plan') = 'a'`);
    await database.db.updateTable('audience_runs').set({ attempts: 3 }).where('id', '=', lost).execute();
    await next.runner.runAll();
    expect(await service.previews.get(scope, lost)).toMatchObject({
      state: 'failed',
      failure: 'Counting was begun three times and not ended.',
    });
  });

  test('of what leads back to itself fails and says why', async () => {
    await person({});
    const fields = { type: 'USERS', enabled: true } as const;
    await service.audiences.create(scope, { ...fields, name: 'a', query: `trait('b') = true` });
    const b = await service.audiences.create(scope, { ...fields, name: 'b', query: `trait('a') = true` });
    await service.runner.runAll();
    expect(await service.audiences.get(scope, b.id)).toMatchObject({ run_state: 'failed', size: null });
    expect((await counted(`trait('a') = true`)).failure).toContain('a → b → a');
    // A disabled one is as if it were not there.
    await service.audiences.update(scope, b.id, { enabled: false });
    expect((await counted(`trait('a') = true`)).state).toBe('completed');
    expect(errors).toEqual([]);
  });

  test('of a redefined audience is the only one that counts', async () => {
    await person({ plan: 'a' });
    const made = await service.audiences.create(scope, { type: 'USERS', name: 'x', query: `trait('plan') = 'b'` });
    await database.db.updateTable('audience_runs').set({ state: 'completed' }).where('id', '=', made.run_id).execute();
    const changed = await service.audiences.update(scope, made.id, { query: `trait('plan') = 'a'` });
    expect(changed).toMatchObject({ run_state: 'running', size: null });
    await expect(service.audiences.update(scope, made.id, { query: `trait('plan') = 'c'` })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await service.runner.runAll()).toBe(1);
    expect(await service.audiences.get(scope, made.id)).toMatchObject({ size: 1, run_state: 'completed' });
    await service.audiences.remove(scope, made.id);
    const left = await database.db.selectFrom('audience_runs').where('audience_id', '=', made.id).execute();
    expect(left).toEqual([]);
  });

  test('never sees another workspace', async () => {
    await person({ plan: 'a' });
    const id = await preview(`trait('plan') = 'a'`);
    const first = scope;
    scope = await newScope(database);
    await person({ plan: 'a' });
    await service.runner.runAll();
    expect((await service.previews.get(first, id)).size).toBe(1);
    await expect(service.previews.get(scope, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('previews', () => {
  test('are 700 a month for a space', async () => {
    const { workspaceId: workspace_id, environment } = scope;
    const rows = Array.from({ length: 700 }, (_, n) => ({
      ...{ id: newId(), workspace_id, environment, metered: true, type: 'USERS' as const, query: '', options: '{}' },
      ...{ state: 'completed' as const, created_at: new Date(clock - n), audience_id: null },
    }));
    await database.db.insertInto('audience_runs').values(rows).execute();
    await expect(preview(`trait('a') = 1`)).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
    const own = service.previews.create(scope, { type: 'USERS', query: `trait('a') = 1` }, { metered: false });
    await expect(own).resolves.toEqual({ id: expect.any(String) });
    clock = Date.parse('2026-04-01T00:00:00Z');
    await expect(preview(`trait('a') = 1`)).resolves.toEqual(expect.any(String));
    await service.runner.runAll();
  });

  test('that wait are 50 at most', async () => {
    for (let n = 0; n < 50; n++) await preview(`trait('a') = 1`);
    await expect(preview(`trait('a') = 1`)).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
    expect(await service.runner.runAll()).toBe(50);
  });
});

describe('schedules', () => {
  test('that are due put their audience into the queue, once for all that was missed', async () => {
    await person({ plan: 'a' });
    const { id } = await service.audiences.create(scope, { type: 'LINKED', name: 'x', query: `trait('plan') = 'a'` });
    await service.runner.runAll();
    const schedule = await service.schedules.add(scope, id, { strategy: 'PERIODIC', config: { interval: '15m' } });
    expect(schedule.next_at).toEqual(new Date(START + 15 * MINUTE));
    await person({ plan: 'a' });
    clock += 14 * MINUTE;
    expect(await service.runner.runAll()).toBe(0);
    clock += 10 * 60 * MINUTE;
    expect(await service.runner.runAll()).toBe(1);
    expect((await service.audiences.get(scope, id)).size).toBe(2);
    expect((await service.schedules.get(scope, id, schedule.id)).next_at).toEqual(new Date(clock + 15 * MINUTE));
    // A disabled audience is not counted; its schedule goes on.
    await service.audiences.update(scope, id, { enabled: false });
    clock += 60 * MINUTE;
    expect(await service.runner.runAll()).toBe(0);
    expect((await service.schedules.get(scope, id, schedule.id)).next_at).toEqual(new Date(clock + 15 * MINUTE));
  });
});
