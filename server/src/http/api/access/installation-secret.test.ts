/** A change of the installation's secret, and a prefix of one's own, as an app with that configuration has them. */
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { buildApp, newWorkspace, TEST_SECRET } from '../../../../test/support/app.ts';
import { createSeal } from '../../../seal.ts';
import { createLogger } from '../../logging.ts';

const BEFORE = 'the secret of last year, 32 characters or more';

test('signing secrets that the previous secret sealed go on, and are sealed anew at the start', async () => {
  const app = await buildApp({ env: { HEADGATE_PREVIOUS_SECRET: BEFORE } });
  const { db } = app.database;
  const w = await newWorkspace(app);
  const source = await app.connections.sources.create(w.scope(), { name: 'Shop' });
  const made = await app.http.inject({
    method: 'POST',
    url: '/api/v1/destinations',
    headers: w.ownerHeaders(),
    payload: { type: 'webhook', name: 'Hook', source_id: source.id, settings: { url: 'http://127.0.0.1:9/' } },
  });
  const { id, signing_secret } = made.json();
  const stored = async () =>
    (await db.selectFrom('destinations').select('secret_sealed').where('id', '=', id).executeTakeFirstOrThrow())
      .secret_sealed;
  const old = createSeal(BEFORE, 'connections').seal(signing_secret, id);
  await db.updateTable('destinations').set({ secret_sealed: old }).where('id', '=', id).execute();
  expect(await app.connections.renewSeals()).toBe(1);
  expect(createSeal(TEST_SECRET, 'connections').open((await stored()) ?? Buffer.of(), id)).toBe(signing_secret);
  expect(app.connections.destination(id)?.signingSecret).toBe(signing_secret);
  expect(await app.connections.renewSeals()).toBe(0);
  await app.stop();
});

test('HEADGATE_KEY_PREFIX: new keys begin with it, older ones go on, logs and URLs know both', async () => {
  let logged = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  const log = createLogger({ level: 'trace', destination });
  const app = await buildApp({ env: { HEADGATE_KEY_PREFIX: 'acme' }, log });
  const w = await newWorkspace(app);
  const key = await w.key();
  expect(key).toMatch(/^acme_live_hg_[0-9A-Za-z]{46}$/);
  const plain = await buildApp({ database: app.database });
  const older = await (await newWorkspace(plain)).key();
  await app.access.refreshKeys();
  await plain.access.refreshKeys();
  for (const node of [app, plain]) {
    for (const text of [key, older]) {
      const headers = { authorization: `Bearer ${text}` };
      expect((await node.http.inject({ url: '/api/v1/scopes', headers })).statusCode).toBe(200);
      const url = `/api/v1/scopes?key=${text}`;
      expect((await node.http.inject({ url, headers })).json().error.code).toBe('credential_in_url');
    }
  }
  log.info({ note: `${key} and ${older}` }, `used ${key}`);
  expect(logged).toContain('acme_live_hg_');
  for (const text of [key, older]) expect(logged).not.toContain(text.slice(-20));
  await app.stop();
  await plain.stop();
});
