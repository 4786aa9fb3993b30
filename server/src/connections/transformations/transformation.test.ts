/** The key that properties are hashed with: shown to who may change it, and not lost when its mask comes back. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildApp, newWorkspace, TEST_SECRET, type TestApp, testApp } from '../../../test/support/app.ts';
import { newDatabase } from '../../../test/support/database.ts';
import { inTransaction } from '../../db/tx.ts';
import { createSeal } from '../../seal.ts';
import { createCatalog } from '../catalog/catalog.ts';
import { createLookup } from '../lookup.ts';
import { renewAllSeals, sealOpenKeys } from '../renew-seals.ts';
import { bumpRevision } from '../revision.ts';
import { createTransformations } from './transformations.ts';

test('a key of hashes is masked for readers; the mask changes nothing and is no key', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const source = await app.connections.sources.create(w.scope(), { name: 'Kiosk' });
  const ask = async (method: 'GET' | 'POST' | 'PATCH', url: string, headers: object, payload?: object) => {
    const answer = await app.http.inject({ method, url, headers: { ...headers }, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };
  const hash = (key: string) => ({ algorithm: 'SHA256', key, paths: ['email'] });
  const body = {
    source_id: source.id,
    name: 'hashes',
    if: 'all',
    enabled: true,
    hash_properties: hash('pepper-1'),
  };
  const made = await ask('POST', '/api/v1/transformations', w.ownerHeaders(), body);
  expect([made.status, made.body.hash_properties]).toEqual([201, hash('pepper-1')]);
  const own = `/api/v1/transformations/${made.body.id}`;

  const reader = await w.keyHeaders({ scopes: ['workspace:read', 'sources:read'] });
  const writer = await w.keyHeaders({ scopes: ['workspace'] });
  const segments = (await ask('GET', '/transformations', writer)).body.data.transformations[0];
  expect(segments.hashPropertiesConfiguration).toEqual(hash('pepper-1'));
  const url = `/transformations/${segments.id}`;
  for (const path of [own, '/api/v1/transformations', url, '/transformations']) {
    const { status, text } = await ask('GET', path, reader);
    expect([status, text.includes('pepper-1'), text.includes('••••')], path).toEqual([200, false, true]);
  }

  const change = async (key: string) =>
    await ask('PATCH', url, writer, { hashPropertiesConfiguration: { ...hash(key), paths: ['phone'] } });
  expect((await change('••••••••')).body.data.transformation.hashPropertiesConfiguration).toEqual({
    ...hash('pepper-1'),
    paths: ['phone'],
  });
  const masked = await ask('POST', '/api/v1/transformations', w.ownerHeaders(), {
    ...body,
    hash_properties: hash('••'),
  });
  expect([masked.status, masked.text]).toEqual([422, expect.stringContaining('is masked')]);
});

const HASH = { algorithm: 'SHA256', key: 'pepper-1', paths: ['email'] };

/** Transformations of the app's database, as an installation with this secret has them. */
function transformationsOf({ database: { db } }: TestApp, secret = TEST_SECRET) {
  const errors: unknown[] = [];
  const log = { error: (line: unknown) => void errors.push(line) } as never;
  const lookup = createLookup({ db, destinations: { part: async () => () => {} } as never, log });
  const seal = createSeal(secret, 'connections');
  const service = createTransformations({ db, lookup, catalog: createCatalog(), seal, log });
  return { ...service, reload: lookup.reload, errors };
}

/** A source of its own with a transformation that hashes under a key. */
async function newHashing(app: TestApp) {
  const scope = (await newWorkspace(app)).scope();
  const source = await app.connections.sources.create(scope, { name: 'Kiosk' });
  const ours = transformationsOf(app);
  const input = { sourceId: source.id, name: 'hashes', if: 'all', enabled: true, hashPropertiesConfiguration: HASH };
  const { id } = await ours.create(scope, input);
  const { db } = app.database;
  const row = () => db.selectFrom('transformations').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const update = (change: Parameters<typeof ours.update>[2]) => ours.update(scope, id, change);
  /** What the pipeline makes of an address. */
  const hashed = ({ ofSource }: Pick<typeof ours, 'ofSource'> = ours) => {
    const [rule] = ofSource(source.id);
    const event = rule?.changed({ type: 'track', event: 'A', properties: { email: 'a@b.test' } });
    return { rule, email: (event?.['properties'] as { email?: string } | undefined)?.email };
  };
  return { scope, id, row, update, hashed };
}

const under = (key: string) => createHmac('sha256', key).update('a@b.test').digest('hex');

test('a key of hashes stands sealed in its row, through every change of it', async () => {
  const app = await testApp();
  const { id, row, update, hashed } = await newHashing(app);
  const seal = createSeal(TEST_SECRET, 'connections');
  const opened = async () => {
    const { definition, hash_key_sealed } = await row();
    expect(JSON.stringify(definition)).not.toMatch(/pepper|•/);
    return hash_key_sealed && seal.open(hash_key_sealed, id);
  };
  expect([await opened(), hashed().email]).toEqual(['pepper-1', under('pepper-1')]);
  await update({ name: 'renamed' });
  expect(await opened()).toBe('pepper-1');
  await update({ hashPropertiesConfiguration: { ...HASH, key: '••••••••' } });
  expect(await opened()).toBe('pepper-1');
  await update({ hashPropertiesConfiguration: { ...HASH, key: 'pepper-2' } });
  expect([await opened(), hashed().email]).toEqual(['pepper-2', under('pepper-2')]);
  const { key: _key, ...plain } = HASH;
  await update({ hashPropertiesConfiguration: plain });
  expect(await opened()).toBeNull();
});

test('keys of before they were sealed are sealed at the start; those of the previous secret anew', async () => {
  const app = await buildApp({ database: await newDatabase() });
  const { id, row, hashed } = await newHashing(app);
  const { db } = app.database;
  const open = { hashPropertiesConfiguration: HASH };
  const change = { definition: JSON.stringify(open), hash_key_sealed: null };
  await db.updateTable('transformations').set(change).where('id', '=', id).execute();
  const seal = createSeal(TEST_SECRET, 'connections');
  const run = (work: typeof sealOpenKeys, by = seal) => inTransaction(db, (tx) => work(tx, by));
  expect([await run(sealOpenKeys), await run(sealOpenKeys)]).toEqual([1, 0]);
  const next = createSeal('a secret of the year after, of 32 or more', 'connections', TEST_SECRET);
  expect([await run(renewAllSeals, next), await run(renewAllSeals, next)]).toEqual([1, 0]);
  const { definition, hash_key_sealed } = await row();
  expect(JSON.stringify(definition)).not.toContain('pepper');
  expect(next.open(hash_key_sealed ?? Buffer.of(), id)).toBe('pepper-1');
  expect(hashed().email).toBe(under('pepper-1'));
  await app.stop();
  await app.database.close();
});

test('under a key that cannot be opened nothing is hashed: events are refused, and it is shown as one that is there', async () => {
  const app = await testApp();
  const { scope, id, hashed, row } = await newHashing(app);
  const strange = transformationsOf(app, 'the secret of another installation, 32');
  await strange.reload();
  expect(hashed(strange).rule?.matches).toBeNull();
  expect(strange.errors.length).toBeGreaterThan(0);
  const shown = await strange.get(scope, id);
  expect(shown.definition.hashPropertiesConfiguration).toEqual({ ...HASH, key: '••••••••' });
  // What else is changed leaves the sealed key as it is.
  const before = (await row()).hash_key_sealed;
  await strange.update(scope, id, { name: 'renamed' });
  expect((await row()).hash_key_sealed).toEqual(before);
});

test('a process that still has the old secret goes on with what it has while others seal anew', async () => {
  const app = await buildApp({ database: await newDatabase() });
  const { scope, id, hashed, row } = await newHashing(app);
  const old = transformationsOf(app);
  await old.reload();
  const next = 'a secret of the year after, of 32 or more';
  const { db } = app.database;
  const renewed = () =>
    inTransaction(db, async (tx) => {
      await bumpRevision(tx);
      return await renewAllSeals(tx, createSeal(next, 'connections', TEST_SECRET));
    });
  expect(await renewed()).toBe(1);
  await old.reload();
  expect([old.errors.length, hashed(old).email]).toEqual([1, under('pepper-1')]);
  expect(hashed(old).rule?.matches).not.toBeNull();
  // A key that stands in the definition was set later than the sealed one.
  const later = transformationsOf(app, next);
  const definition = JSON.stringify({ hashPropertiesConfiguration: { ...HASH, key: 'pepper-3' } });
  await db.updateTable('transformations').set({ definition }).where('id', '=', id).execute();
  await later.update(scope, id, { name: 'renamed' });
  expect(hashed(later).email).toBe(under('pepper-3'));
  expect(JSON.stringify((await row()).definition)).not.toContain('pepper');
  await app.stop();
  await app.database.close();
});
