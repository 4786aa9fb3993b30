import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import type { Database } from '../db/open.ts';
import { newId } from '../ids.ts';
import { createSeal } from '../seal.ts';
import { type Connections, createConnections } from './service.ts';

const log = pino({ level: 'silent' });
let database: Database;
let connections: Connections;

function another(secret = 's'.repeat(32)): Connections {
  return createConnections({ db: database.db, secret, log, now: () => new Date(), checkUrl: (url) => url });
}

beforeAll(async () => {
  database = await testDatabase();
  connections = another();
});

describe('sources', () => {
  it('are found by their write key from the moment they are made until they are deleted', async () => {
    const scope = await newScope(database);
    const source = await connections.sources.create(scope, { name: 'Site' });
    expect(String(source.write_keys[0])).toMatch(/^[0-9A-Za-z]{24}$/);
    expect(connections.findByWriteKey(String(source.write_keys[0]))).toEqual({
      id: source.id,
      scope,
      name: 'Site',
      enabled: true,
    });
    await connections.sources.update(scope, source.id, { enabled: false });
    expect(connections.findByWriteKey(String(source.write_keys[0]))?.enabled).toBe(false);
    await connections.sources.remove(scope, source.id);
    expect(connections.findByWriteKey(String(source.write_keys[0]))).toBeNull();
    await expect(connections.sources.get(scope, source.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('made by another process are found within half a second', async () => {
    const scope = await newScope(database);
    const here = another();
    await here.start();
    const source = await connections.sources.create(scope, { name: 'Site' });
    const until = Date.now() + 1_500;
    while (!here.findByWriteKey(String(source.write_keys[0])) && Date.now() < until)
      await new Promise((d) => setTimeout(d, 20));
    expect(here.findByWriteKey(String(source.write_keys[0]))?.id).toBe(source.id);
    await here.stop();
  });

  it('with several write keys stop with each of them within a second, in other processes too', async () => {
    const scope = await newScope(database);
    const here = another();
    await here.start();
    const elsewhere = (key: string) => expect.poll(() => here.findByWriteKey(key)?.enabled, { timeout: 1_000 });
    const { id, write_keys } = await connections.sources.create(scope, { name: 'Site' });
    const [first = ''] = write_keys;
    const [, second = ''] = (await connections.sources.addWriteKey(scope, id)).write_keys;
    await elsewhere(second).toBe(true);
    await connections.sources.removeWriteKey(scope, id, first);
    expect([first, second].map((key) => connections.findByWriteKey(key)?.id)).toEqual([undefined, id]);
    await elsewhere(first).toBe(undefined);
    await connections.sources.update(scope, id, { enabled: false });
    await elsewhere(second).toBe(false);
    await connections.sources.remove(scope, id);
    await elsewhere(second).toBe(undefined);
    await here.stop();
  });

  it('are read one by one when they change, and with them what is attached', async () => {
    const scope = await newScope(database);
    const here = another();
    const seen: number[] = [];
    here.attach(async (since) => () => seen.push(since));
    await here.reload();
    await here.reload();
    const source = await here.sources.create(scope, { name: 'Site' });
    const input = { sourceId: source.id, name: 'Hook', url: 'https://a.b/' };
    const hooks = [
      await here.destinations.createWebhook(scope, input),
      await here.destinations.createWebhook(scope, input),
    ];
    const [a = '', b = ''] = hooks.map(({ row }) => row.id);
    expect(seen).toEqual([-1, expect.any(Number), expect.any(Number), expect.any(Number)]);
    expect(seen).toEqual([...seen].sort((x, y) => x - y));
    const live = () => here.destinationsOf(source.id).map(({ id }) => id);
    await here.destinations.update(scope, a, { enabled: false });
    expect([live(), here.destination(a)?.enabled]).toEqual([[b], false]);
    await here.destinations.update(scope, a, { enabled: true });
    expect(live()).toEqual([a, b]);
    await here.destinations.remove(scope, b);
    expect([live(), here.destination(b)]).toEqual([[a], null]);
  });

  it('of a workspace begin with one, made once, with the write key that was asked for', async () => {
    const { workspaceId } = await newScope(database);
    const writeKey = `first-${newId()}`;
    const made = await Promise.all([1, 2, 3].map(() => connections.bootstrap({ workspaceId, writeKey })));
    expect(new Set(made.map(({ source }) => source.id)).size).toBe(1);
    expect(made[0]?.source).toMatchObject({ write_keys: [writeKey], environment: 'live', enabled: true });
    const again = await connections.bootstrap({ workspaceId, writeKey: null });
    expect(again.source.id).toBe(made[0]?.source.id);
    await expect(connections.bootstrap({ workspaceId, writeKey: 'a b' })).rejects.toThrow('HEADGATE_WRITE_KEY');
  });

  it('with destinations cannot be deleted', async () => {
    const scope = await newScope(database);
    const source = await connections.sources.create(scope, { name: 'Site' });
    const { row } = await connections.destinations.createWebhook(scope, {
      sourceId: source.id,
      name: 'Hook',
      url: 'https://a.b/',
    });
    await expect(connections.sources.remove(scope, source.id)).rejects.toMatchObject({ code: 'conflict' });
    await connections.destinations.remove(scope, row.id);
    await connections.sources.remove(scope, source.id);
  });
});

describe('destinations', () => {
  it('of a source are those that are enabled', async () => {
    const scope = await newScope(database);
    const source = await connections.sources.create(scope, { name: 'Site' });
    const input = { sourceId: source.id, name: 'Hook', url: 'https://a.b/' };
    const on = await connections.destinations.createWebhook(scope, input);
    const off = await connections.destinations.createWebhook(scope, { ...input, enabled: false });
    expect(connections.destinationsOf(source.id).map((one) => one.id)).toEqual([on.row.id]);
    expect(connections.destination(off.row.id)).toMatchObject({ enabled: false, signingSecret: off.signingSecret });
    expect(connections.destinationsOf(newId())).toEqual([]);
  });

  it('belong to a source of the same workspace and environment', async () => {
    const scope = await newScope(database);
    const source = await connections.sources.create(scope, { name: 'Site' });
    const input = { sourceId: source.id, name: 'Hook', url: 'https://a.b/' };
    for (const other of [await newScope(database), { ...scope, environment: 'test' as const }]) {
      await expect(connections.destinations.createWebhook(other, input)).rejects.toMatchObject({
        code: 'validation_error',
      });
    }
  });

  it('keep their secret sealed: the row does not show it, and another installation cannot open it', async () => {
    const scope = await newScope(database);
    const source = await connections.sources.create(scope, { name: 'Site' });
    const input = { sourceId: source.id, name: 'Hook', url: 'https://a.b/' };
    const { row, signingSecret } = await connections.destinations.createWebhook(scope, input);
    expect(signingSecret).toMatch(/^whsec_[0-9A-Za-z+/]{43}=$/);
    expect(row.secret_sealed?.toString('latin1')).not.toContain(signingSecret.slice(6, 30));
    const elsewhere = another('another secret of 32 characters!');
    await elsewhere.reload();
    expect(elsewhere.destination(row.id)?.signingSecret).toBeNull();
  });
});

describe('a seal', () => {
  const seal = createSeal('k'.repeat(32), 'connections');

  it('opens what it sealed, for the same row only', () => {
    const sealed = seal.seal('geheim ü', 'row 1');
    expect(seal.open(sealed, 'row 1')).toBe('geheim ü');
    expect(() => seal.open(sealed, 'row 2')).toThrow();
    expect(seal.seal('geheim ü', 'row 1').equals(sealed)).toBe(false);
  });

  it('does not open what was changed by one bit anywhere', () => {
    const sealed = seal.seal('geheim', 'row');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => seal.open(changed, 'row')).toThrow();
    }
    expect(() => seal.open(sealed.subarray(0, 10), 'row')).toThrow();
  });
});
