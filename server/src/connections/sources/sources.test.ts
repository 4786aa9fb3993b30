import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { newScope, testDatabase } from '../../../test/support/database.ts';
import type { Database } from '../../db/open.ts';
import { type Connections, createConnections } from '../service.ts';
import { SLUG, slugsFor } from './slugs.ts';

let database: Database;
let sources: Connections['sources'];
let labels: Connections['labels'];

beforeAll(async () => {
  database = await testDatabase();
  const log = pino({ level: 'silent' });
  const parts = { db: database.db, secret: 's'.repeat(32), log, now: () => new Date(), checkUrl: (url: string) => url };
  ({ sources, labels } = createConnections(parts));
});

describe('slugs', () => {
  it('are made from the name, whatever it is', () => {
    for (const [name, slug] of [
      ['Web Shop', 'web-shop'],
      ['  Café Ünïcode! ', 'cafe-unicode'],
      ['日本', 'source'],
      ['---', 'source'],
      ['x'.repeat(300), 'x'.repeat(100)],
    ]) {
      const [first = '', second, ...more] = slugsFor(name ?? '');
      expect([first, second]).toEqual([slug, `${slug}-2`]);
      expect([first, ...more].every((one) => SLUG.test(one))).toBe(true);
    }
  });

  it('are unique in their place, also of many sources made at once', async () => {
    const scope = await newScope(database);
    const made = await Promise.all(Array.from({ length: 12 }, () => sources.create(scope, { name: 'Web' })));
    const slugs = made.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(12);
    expect(slugs.every((slug) => /^web(-[0-9a-f]+)?$/.test(slug))).toBe(true);
    const elsewhere = await sources.create({ ...scope, environment: 'test' }, { name: 'Web' });
    expect(elsewhere.slug).toBe('web');
    // A deleted source's is free again.
    const first = made.find(({ slug }) => slug === 'web');
    await sources.remove(scope, first?.id ?? '');
    expect((await sources.create(scope, { slug: 'web' })).slug).toBe('web');
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => sources.create(scope, { slug: 'one' })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('two changes at once', () => {
  it('of different fields both survive', async () => {
    const scope = await newScope(database);
    const { id } = await sources.create(scope, { name: 'Web', settings: { a: 1 } });
    await Promise.all([
      sources.update(scope, id, { name: 'Shop' }),
      sources.update(scope, id, { settings: { b: 2 } }),
      sources.update(scope, id, { slug: 'shop' }),
      sources.update(scope, id, { settings: { a: null } }),
      sources.addWriteKey(scope, id),
      sources.updateSchemaSettings(scope, id, { track: { allowUnplannedEvents: false } }),
      sources.updateSchemaSettings(scope, id, { group: { allowUnplannedTraits: false } }),
    ]);
    const row = await sources.get(scope, id);
    expect(row).toMatchObject({ name: 'Shop', slug: 'shop', settings: { b: 2 } });
    expect(row.write_keys).toHaveLength(2);
    expect(row.schema_settings).toEqual({
      track: { allowUnplannedEvents: false },
      group: { allowUnplannedTraits: false },
    });
  });

  it('of the whole list of labels end as one of the two', async () => {
    const scope = await newScope(database);
    const { id } = await sources.create(scope, { name: 'Web' });
    const lists = ['a', 'b'].map((key) => [1, 2, 3].map((n) => ({ key, value: String(n) })));
    for (const label of lists.flat()) await labels.create(scope, label);
    for (let round = 0; round < 5; round++) {
      await Promise.all(lists.map((list) => sources.putLabels(scope, id, list, 'replace')));
      const keys = (await sources.get(scope, id)).labels.map(({ key }) => key).join('');
      expect(['aaa', 'bbb']).toContain(keys);
    }
  });
});

describe('a source', () => {
  it('that others forward to leaves them forwarding nothing when it is deleted', async () => {
    const scope = await newScope(database);
    const [from, to] = [await sources.create(scope, { name: 'From' }), await sources.create(scope, { name: 'To' })];
    await sources.updateSchemaSettings(scope, from.id, { forwardViolationsTo: to.id, forwardBlockedTo: to.id });
    await sources.remove(scope, to.id);
    const row = await sources.get(scope, from.id);
    expect([row.forward_violations_to, row.forward_blocked_to]).toEqual([null, null]);
  });

  it('tells every field that is wrong, and stores nothing of it', async () => {
    const scope = await newScope(database);
    const wrong = {
      name: 'x'.repeat(300),
      slug: 'no way',
      metadataId: 'nothing',
      settings: { a: 'x'.repeat(300_000) },
    };
    await expect(sources.create(scope, wrong)).rejects.toMatchObject({
      code: 'validation_error',
      details: { fields: ['name', 'slug', 'settings', 'metadataId'].map((field) => ({ field })) },
    });
    const made = await sources.create(scope, { name: 'Web' });
    const labelled = sources.update(scope, made.id, { name: 'Shop', labels: [{ key: '', value: 'x' }] });
    await expect(labelled).rejects.toMatchObject({ code: 'validation_error' });
    expect((await sources.get(scope, made.id)).name).toBe('Web');
    expect((await sources.page(scope, { count: 10 })).total).toBe(1);
  });

  it('is read with all others page by page, while some are made and deleted', async () => {
    const scope = await newScope(database);
    const ids: string[] = [];
    for (let n = 0; n < 9; n++) ids.push((await sources.create(scope, { name: `S${n}` })).id);
    const first = await sources.page(scope, { count: 4 });
    expect([first.rows.map(({ id }) => id), first.hasBefore, first.hasAfter]).toEqual([ids.slice(0, 4), false, true]);
    await sources.remove(scope, ids[1] ?? '');
    await sources.remove(scope, ids[3] ?? '');
    await sources.create(scope, { name: 'new' });
    const second = await sources.page(scope, { count: 4, after: ids[3] ?? '' });
    expect(second.rows.map(({ id }) => id)).toEqual(ids.slice(4, 8));
    const back = await sources.page(scope, { count: 4, before: ids[4] ?? '' });
    expect([back.rows.map(({ id }) => id), back.hasBefore, back.hasAfter]).toEqual([[ids[0], ids[2]], false, true]);
    const last = await sources.page(scope, { count: 4, after: ids[7] ?? '' });
    expect([last.rows.length, last.hasBefore, last.hasAfter]).toEqual([2, true, false]);
  });
});
